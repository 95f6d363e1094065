import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

/// Shows how a receipt ended, and ends the program by it.
enum SaleOutcome {
    /// - Throws: the exit status: 0 registered, 1 refused, 3 pending or unknown.
    static func show(_ outcome: FermaOutcome, json: Bool) throws {
        if json {
            Terminal.print(Self.json(of: outcome).text)
        } else {
            Terminal.print(Self.line(of: outcome))
            for line in outcome.paper.lines { Terminal.print(line) }
        }
        let status = Self.status(of: outcome)
        if status != 0 { throw ExitCode(status) }
    }

    /// What the contract wants of a document, and some more.
    static func json(of outcome: FermaOutcome) -> JSON {
        let document = outcome.document
        let answer = Self.answer(of: outcome)
        return [
            "outcome": .string(Self.word(of: outcome)),
            "requestID": .string(outcome.facts.identity.requestID),
            "number": .optional(document?.number.map(String.init)),
            "sign": document?.sign.map { .integer($0) } ?? .null,
            "qr": .optional(document?.qr),
            "print": .array(outcome.paper.lines.map { .string($0) }),
            "totalKopecks": outcome.facts.total.map { .integer($0.minorUnits) } ?? .null,
            "source": .optional(answer.flatMap(Self.source)),
            "code": answer?.code.map { .integer($0) } ?? .null,
            "message": .optional(Self.text(of: outcome)),
            "correctedBy": .optional(outcome.facts.correctedBy?.requestID),
            "needsPerson": .bool(outcome.needsPerson),
            "next": Self.next(of: outcome),
            "inconsistencies": .array(Self.inconsistencies(of: outcome).map { .string("\($0)") }),
        ]
    }

    static func word(of outcome: FermaOutcome) -> String {
        switch outcome.state {
        case .registered: "registered"
        case .pending: "pending"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }

    static func status(of outcome: FermaOutcome) -> Int32 {
        switch outcome.state {
        case .registered: 0
        case .refused: 1
        case .pending, .unknown: 3
        }
    }

    private static func line(of outcome: FermaOutcome) -> String {
        [Self.word(of: outcome), outcome.needsPerson ? "a person must decide" : nil, Self.text(of: outcome)]
            .compactMap(\.self).joined(separator: ": ")
    }

    /// Whose code it is: both tables have the same numbers.
    private static func source(_ answer: FermaAnswer) -> String? {
        switch answer.outcome {
        case .deviceError: "device"
        case .serviceError: "service"
        case .fiscalised, .unknown: nil
        }
    }

    private static func answer(of outcome: FermaOutcome) -> FermaAnswer? {
        switch outcome.state {
        case .registered: nil
        case .pending(let pending): pending.answer
        case .refused(let refused): refused.answer
        case .unknown(let unknown): unknown.answer
        }
    }

    /// What happened last, where the sale is not settled.
    private static func text(of outcome: FermaOutcome) -> String? {
        switch outcome.state {
        case .registered: nil
        case .pending(let pending): pending.text
        case .refused(let refused): refused.text
        case .unknown(let unknown): unknown.text
        }
    }

    /// When it goes out by itself, in seconds since 1970.
    private static func next(of outcome: FermaOutcome) -> JSON {
        guard case .until(let instant) = outcome.waiting else { return .null }
        return .integer(instant.secondsSinceEpoch)
    }

    private static func inconsistencies(of outcome: FermaOutcome) -> [Inconsistency] {
        if case .registered(let registered) = outcome.state { return registered.inconsistencies }
        return []
    }
}
