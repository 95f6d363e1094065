import ArgumentParser
import CRKProtocol
import FiscalCore
import ProgramSupport

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What a till shows about its register. Nothing is sent.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            Self.show(try await register.status(), self.arguments)
        }
    }

    static func show(_ status: CRKStatus, _ arguments: RegisterArguments) {
        let timetable = status.settings.timetable
        var members: [String: JSONValue] = [
            "mode": .string(Self.word(status.mode)), "unit": .string(status.unit.text),
            "number": .optional(status.settings.registrationNumber?.text), "unsent": .int(Int(status.unsent)),
            "shippedThrough": .int(Int(status.shippedThrough)), "orders": .int(status.orders),
            "sendFreqEventHub": timetable.map { .int(Int($0.sendFreqEventHub.number)) } ?? .null,
            "checkFreqWebApi": timetable.map { .int(Int($0.checkFreqWebApi.seconds)) } ?? .null,
            "shipmentTypes": timetable.map {
                .array($0.shipmentTypes.types.map(\.rawValue).sorted().map { .string($0) })
            } ?? .null,
            "qrCode": .string("\(status.settings.qrCode)"),
            "nextShipment": .optional(status.nextShipment?.utcMilliseconds),
            "nextPoll": .optional(status.nextPoll?.utcMilliseconds),
            "shipmentTrouble": .optional(status.shipmentTrouble),
            "sharedKeyDays": .array(status.sharedKeyDays.map { .string("\($0)") }),
            "certificates": .array(
                status.certificates.map {
                    .object([
                        "role": .string($0.role.rawValue), "subject": .string($0.subject),
                        "daysLeft": .int(Int($0.daysLeft)),
                    ])
                }),
        ]
        if case .fiscalising(let progress) = status.mode {
            members["fiscalisation"] = .object(FiscalisationText.members(progress))
        }
        if case .readOnly(let confirmed) = status.mode { members["confirmed"] = .bool(confirmed) }
        arguments.show(
            members,
            "\(Self.word(status.mode)), \(status.unsent) documents unsent, \(status.orders) orders open")
    }

    static func word(_ mode: CRKStatus.Mode) -> String {
        switch mode {
        case .notFiscalised: "notFiscalised"
        case .fiscalising: "fiscalising"
        case .fiscalised: "fiscalised"
        case .readOnly: "readOnly"
        }
    }
}

struct DecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "A person's word about a fiscalisation that waits for one.")

    @OptionGroup var arguments: RegisterArguments

    @Argument(help: "request-again, give-up, go-on-without-timetable, step-is-done or step-is-not-done.")
    var choice: String
    @Option(help: "The step that the device cannot tell of.") var step: Int?
    @Option(help: "The number of the fiscal report, when that is the step.") var report: Int64?
    @Option(help: "Who decides.") var by: String
    @Option(help: "Why.") var why: String

    func run() async throws {
        let choice = try self.read()
        try await self.arguments.withRegister { register, _ in
            try await register.decide(choice, by: self.by, because: self.why)
            StatusCommand.show(try await register.status(), self.arguments)
        }
    }

    private func read() throws -> CRKDecision.Choice {
        func step() throws -> FiscalisationStep {
            guard let step = self.step.flatMap(FiscalisationStep.init(rawValue:)) else {
                throw Terminal.fail("--step: required (0...14)")
            }
            return step
        }
        switch self.choice {
        case "request-again": return .requestAgain
        case "give-up": return .giveUp
        case "go-on-without-timetable": return .goOnWithoutTimetable
        case "step-is-done": return .stepIsDone(try step(), report: self.report)
        case "step-is-not-done": return .stepIsNotDone(try step())
        default: throw Terminal.fail("choice: oneOf (request-again, give-up, …)")
        }
    }
}
