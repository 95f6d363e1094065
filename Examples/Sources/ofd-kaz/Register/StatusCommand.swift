import ArgumentParser
import FiscalCore
import OFDKazProtocol
import ProgramSupport

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What a till shows about its register. Nothing is sent.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await Self.show(try await self.arguments.open(), json: self.arguments.json)
    }

    static func show(_ register: OFDRegister, json: Bool) async throws {
        let status = await register.status
        let members: [String: JSONValue] = [
            "mode": .string(Self.word(status.mode)),
            "queue": .int(status.queueLength),
            "shift": status.shiftIsOpen ? status.shiftNumber.map { .int(Int($0)) } ?? .null : .null,
            "shiftIsOpen": .bool(status.shiftIsOpen),
            "token": .string("redacted"),
            "reqnum": .int(Int(status.reqnum)),
            "cash": .string(status.cash.text),
            "cause": .optional(Self.cause(status.mode)),
            "outcomeIsUnknown": .bool(status.outcomeIsUnknown),
            "offlineSince": Self.seconds(status.offlineSince),
            "nextAttempt": Self.seconds(status.nextAttempt),
            "shiftEndsAt": Self.seconds(status.shiftEndsAt),
            "shiftMustBeClosed": .bool(status.shiftMustBeClosed),
            "offlineEndsAt": Self.seconds(status.offlineEndsAt),
            "nomenclature": status.nomenclatureVersion.map { .int(Int($0)) } ?? .null,
            "info": .optional(status.infoText),
            "notice": .array(status.notice.lines.map { .string($0) }),
            "lastError": .optional(status.lastError),
        ]
        var line = "\(Self.word(status.mode)), \(status.queueLength) waiting, cash \(status.cash.text)"
        if let cause = Self.cause(status.mode) { line += ", \(cause)" }
        Terminal.print(json: .object(members), if: json, else: line)
    }

    /// The words of the contract.
    static func word(_ mode: RegisterMode) -> String {
        switch mode {
        case .online: "online"
        case .offline: "offline"
        case .blocked: "blocked"
        case .serverBlocked: "serverBlocked"
        }
    }

    /// What a person has to do.
    private static func cause(_ mode: RegisterMode) -> String? {
        switch mode {
        case .online, .offline(awaitingTransport: false), .serverBlocked(awaitingToken: false): nil
        case .offline(awaitingTransport: true): "the transport setting must change"
        case .blocked(.token), .serverBlocked(awaitingToken: true): "a token must be typed in"
        case .blocked(.message(let code)): "the first message was refused with code \(code.rawValue)"
        case .blocked(.service(let code)): "service must look at code \(code.rawValue)"
        }
    }

    private static func seconds(_ instant: FiscalInstant?) -> JSONValue {
        instant.map { .int(Int($0.secondsSinceEpoch)) } ?? .null
    }
}
