public import FiscalCore

/// One document as the till's journal keeps it: what was said, every answer as it came, and how far it is.
public struct TillDocument: Sendable, Hashable {
    /// The host's own identifier: the key, for −99 and 0 are none (decision T11).
    public let id: String
    /// Position among the documents of this till.
    public var sequence: Int64
    public var openedAt: FiscalInstant
    public var machine = TillDocumentMachine()
    /// The body that answered `createDocument`, byte for byte. A finishing answer never replaces it.
    public var createAnswer: String?
    /// The body of the finishing call, made once and repeated byte for byte.
    public var finishRequest: String?
    /// The body that answered the finishing call, byte for byte.
    public var finishAnswer: String?
    /// Bodies that refused a call, the oldest first.
    public var refusals: [String] = []
    /// How many calls were sent about the document, questions not counted.
    public var attempts: Int64 = 0
    /// What persons decided about it.
    public var decisions: [TillDecision] = []

    init(id: String, sequence: Int64, openedAt: FiscalInstant) {
        self.id = id
        self.sequence = sequence
        self.openedAt = openedAt
    }

    /// The answer to `createDocument`, read; nil before it came.
    public var created: FiscalResponse? { self.createAnswer.flatMap { try? FiscalResponse(parsing: $0.utf8) } }

    /// The answer to the finishing call, read; nil before it came.
    public var finished: FiscalResponse? { self.finishAnswer.flatMap { try? FiscalResponse(parsing: $0.utf8) } }

    /// Whether `createDocument` reported an outage.
    public var createFailed: Bool { self.created?.classify(step: .create).kind == .createFailed }
}

// MARK: As it lies in the store

extension TillDocument {
    private static let version: Int64 = 1

    /// The stored bytes.
    var bytes: [UInt8] {
        let state = self.machine.state
        let decisions: [JSON] = self.decisions.map {
            ["by": .string($0.by), "because": .string($0.because), "at": .integer($0.at.millisecondsSinceEpoch)]
        }
        let json: JSON = [
            "version": .integer(Self.version), "id": .string(self.id), "sequence": .integer(self.sequence),
            "openedAt": .integer(self.openedAt.millisecondsSinceEpoch), "state": .string(state.word),
            "step": .optional(state.step?.rawValue), "mayHaveArrived": .bool(self.machine.mayHaveArrived),
            "createAnswer": .optional(self.createAnswer), "finishRequest": .optional(self.finishRequest),
            "finishAnswer": .optional(self.finishAnswer),
            "refusals": .array(self.refusals.map { .string($0) }), "attempts": .integer(self.attempts),
            "decisions": .array(decisions),
        ]
        return json.bytes
    }

    /// Reads stored bytes back.
    init(restoring bytes: [UInt8]) throws(FiscalServiceClientError) {
        guard let json = try? JSON(parsing: bytes, maximumBytes: .max) else {
            throw FiscalServiceClientError(.damagedJournal, "a document cannot be read")
        }
        guard json["version"]?.integer == Self.version else {
            throw FiscalServiceClientError(.damagedJournal, "a document of another version cannot be read")
        }
        guard let id = json["id"]?.string, let sequence = json["sequence"]?.integer,
            let openedAt = json["openedAt"]?.integer, let word = json["state"]?.string,
            let mayHaveArrived = json["mayHaveArrived"]?.bool, let attempts = json["attempts"]?.integer,
            let refusals = json["refusals"]?.array, let decisions = json["decisions"]?.array,
            let state = TillDocumentMachine.State(
                word: word, step: json["step"]?.string.flatMap { FiscalStep(rawValue: $0) },
                mayHaveArrived: mayHaveArrived)
        else { throw FiscalServiceClientError(.damagedJournal, "a document lacks a member") }
        self.init(
            id: id, sequence: sequence, openedAt: FiscalInstant(millisecondsSinceEpoch: openedAt))
        self.machine = TillDocumentMachine(restoring: state)
        self.createAnswer = json["createAnswer"]?.string
        self.finishRequest = json["finishRequest"]?.string
        self.finishAnswer = json["finishAnswer"]?.string
        self.refusals = refusals.compactMap(\.string)
        self.attempts = attempts
        self.decisions = decisions.compactMap { TillDecision($0) }
    }
}

extension TillDecision {
    fileprivate init?(_ json: JSON) {
        guard let by = json["by"]?.string, let because = json["because"]?.string, let at = json["at"]?.integer else {
            return nil
        }
        self.init(by: by, because: because, at: FiscalInstant(millisecondsSinceEpoch: at))
    }
}

extension TillDocumentMachine.State {
    fileprivate var word: String {
        switch self {
        case .creating: "creating"
        case .open: "open"
        case .finishing: "finishing"
        case .finished: "finished"
        case .closed: "closed"
        }
    }

    fileprivate var step: FiscalStep? {
        switch self {
        case .finishing(let step, _), .finished(let step): step
        case .creating, .open, .closed: nil
        }
    }

    fileprivate init?(word: String, step: FiscalStep?, mayHaveArrived: Bool) {
        switch (word, step) {
        case ("creating", _): self = .creating(mayHaveArrived: mayHaveArrived)
        case ("open", _): self = .open(mayHaveArrived: mayHaveArrived)
        case ("finishing", let step?): self = .finishing(step, mayHaveArrived: mayHaveArrived)
        case ("finished", let step?): self = .finished(step)
        case ("closed", _): self = .closed
        default: return nil
        }
    }
}
