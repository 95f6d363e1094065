import ArgumentParser
import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import Foundation
import ProgramSupport

extension CRKSyncReport {
    /// Shows what a round did, and ends the program by it.
    /// - Throws: the exit status 3 when something did not work and is still to be done.
    func show(_ arguments: RegisterArguments, unsent: Int64, stored: Int? = nil) throws {
        var members: [String: JSONValue] = [
            "executed": .array(
                self.executed.map { .object(["commandId": .string($0.commandID), "fault": .optional($0.fault)]) }),
            "packets": .int(self.packets), "shippedThrough": .int(Int(self.shippedThrough)),
            "unsent": .int(Int(unsent)), "troubles": .array(self.troubles.map { .string($0) }),
            "nextDue": .optional(self.nextDue?.utcMilliseconds),
        ]
        if let stored { members["stored"] = .int(stored) }
        if let fiscalisation, fiscalisation.step != .storeTimetable || fiscalisation.waiting != .nothing {
            members["fiscalisation"] = .object(FiscalisationText.members(fiscalisation))
        }
        let line =
            "\(self.packets) packets, \(self.executed.count) orders, \(unsent) documents unsent"
            + self.troubles.map { "; \($0)" }.joined()
        arguments.show(members, line)
        if !self.troubles.isEmpty || (stored != nil && unsent > 0) { throw ExitCode(3) }
    }
}

struct PollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll", abstract: "Looks for orders now, carries them out and confirms them.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let report = try await register.poll()
            try report.show(self.arguments, unsent: try await register.status().unsent)
        }
    }
}

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Does what is due now, and says when something is due next.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let report = try await register.sync()
            try report.show(self.arguments, unsent: try await register.status().unsent)
        }
    }
}

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Does what is due whenever it is due, until the process is ended.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let events = Task {
                for await event in register.events { Terminal.print("\(event)") }
            }
            defer { events.cancel() }
            try await register.run()
        }
    }
}

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Adds documents to the protected memory, and sends everything that is unsent now.",
        discussion: """
            Each line: {"number":n,"type":"PR","event":13,"detailed":{…},"short":{…}}. Without a number it takes the next \
            one; with one it can be given again after a crash. Exit status: 0 the Event Hub has everything, 3 it waits.
            """)

    @OptionGroup var arguments: RegisterArguments
    @Argument(help: "One document a line; - is the standard input.") var file: String

    func run() async throws {
        let lines = try Terminal.input(self.file) { try Terminal.read(self.file) }.split(separator: UInt8(ascii: "\n"))
        let documents = try lines.enumerated().map { index, line in
            try Terminal.input("\(self.file):\(index + 1)") { try MemoryDocument(JSON(parsing: Array(line))) }
        }
        try await self.arguments.withRegister { register, memory in
            // Nothing but the fiscal report may be the first document.
            switch try await register.status().mode {
            case .notFiscalised: throw CRKError(.notFiscalised, "documents come after the fiscal report")
            case .readOnly: throw CRKError(.readOnly, "the register is read-only")
            case .fiscalising where try memory.last() == 0:
                throw CRKError(.notFiscalised, "documents come after the fiscal report")
            case .fiscalising, .fiscalised: break
            }
            let stored = try memory.append(documents)
            let report = try await register.ship()
            try report.show(self.arguments, unsent: try await register.status().unsent, stored: stored)
        }
    }
}
