import ArgumentParser
import FiscalCore
import ProgramSupport
import TSEOffline
import TSEServiceFolder

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What a till shows about its documents, the fiscal service and the TSE.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withSession { session in
            let till = try await session.till.status()
            let open = try await session.till.unfinishedDocuments().map(\.id)
            let tse = try await session.tse()
            let waiting = OutageReport(try await session.outages()).waiting
            let members: JSON = [
                "tse": .string(tse.status == 200 ? "connected" : "down"),
                "reason": .optional(tse.status == 200 ? nil : tse.json["Error"]?.string ?? "HTTP \(tse.status)"),
                "serial": tse.json["TseSerial"] ?? .null,
                "openTransactions": tse.json["StartedTransactions"] ?? .null,
                "signatures": tse.json["CreatedSignatures"] ?? .null,
                "open": .array(open.map { .string($0) }),
                "unanswered": .integer(till.unanswered),
                "waiting": .array(waiting.map { .string($0) }),
            ]
            let line =
                "TSE \(tse.status == 200 ? "connected" : "down"), \(open.count) open, \(waiting.count) waiting"
            Terminal.print(self.arguments.json ? members.text : line)
        }
    }
}

struct ResignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resign", abstract: "Has signed now what was finished in an outage.",
        discussion: """
            With --url the service does that by itself; the command takes up finishing calls that were not answered, and \
            shows what still waits. Exit status: 0 nothing waits, 3 something does.
            """)

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withSession { session in
            let till = try await session.till.sync()
            let round = try await session.service?.service.sync()
            let waiting = OutageReport(try await session.outages()).waiting
            let members: JSON = [
                "signed": .array((round?.signed ?? []).map { .string($0) }),
                "waiting": .array(waiting.map { .string($0) }),
                "closedOrphans": .array((round?.closedOrphans ?? []).map { .integer($0.number) }),
                "unanswered": .bool(till.isWaiting),
                "reason": .optional(round?.failure?.code.rawValue),
                "next": round?.nextProbe.map { .integer($0.secondsSinceEpoch) } ?? .null,
            ]
            let line = "\(round?.signed.count ?? 0) signed, \(waiting.count) waiting"
            Terminal.print(self.arguments.json ? members.text : line)
            if !waiting.isEmpty || till.isWaiting || round?.failure != nil { throw ExitCode(3) }
        }
    }
}

struct OutagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outages",
        abstract: "The outages of the TSE: begin, end, reason, receipts without signature, and what became of them.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withSession { session in
            let log = try await session.outages()
            let lines = OutageReport(log).lines.joined(separator: "\n")
            Terminal.print(self.arguments.json ? log.text : lines.isEmpty ? "no outages" : lines)
        }
    }
}

struct PullOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull-out", abstract: "Pulls the simulated TSE out (--sim only).")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "For the next such call only: create, store or cancel.")
    var at: String?

    func run() async throws {
        let step = try self.at.map { word in
            guard let step = FiscalStep(rawValue: word) else {
                throw Terminal.fail("--at: oneOf (create, store, cancel)")
            }
            return step
        }
        try await self.arguments.withSession { session in
            guard let service = session.service else { throw Terminal.fail("--sim: required (the TSE is elsewhere)") }
            try await service.pullOut(at: step)
            Terminal.print(json: .object(["tse": .string("out")]), if: self.arguments.json, else: "the TSE is out")
        }
    }
}

struct PutBackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put-back", abstract: "Puts the simulated TSE back (--sim only).")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withSession { session in
            guard let service = session.service else { throw Terminal.fail("--sim: required (the TSE is elsewhere)") }
            try await service.putBack()
            Terminal.print(
                json: .object(["tse": .string("connected")]), if: self.arguments.json, else: "the TSE is back")
        }
    }
}

/// What a service's outage log says.
struct OutageReport {
    private let outages: [JSON]

    init(_ log: JSON) {
        self.outages = log["outages"]?.array ?? []
    }

    private var documents: [JSON] { self.outages.flatMap { $0["documents"]?.array ?? [] } }

    /// Documents that wait for their signature.
    var waiting: [String] {
        self.documents.filter { $0["state"]?.string == "offlinePending" }.compactMap { $0["id"]?.string }
    }

    /// One line each.
    var lines: [String] {
        self.outages.map { outage in
            let begin = outage["begin"]?.string ?? "?"
            let end = outage["end"]?.string ?? "lasts"
            let reason = outage["reason"]?.string ?? "?"
            return "\(begin) – \(end): \(reason), \(outage["documents"]?.array?.count ?? 0) receipts"
        }
    }
}
