import FiscalCore

/// The answers that the service and its registers remember by identity.
struct FermaMemory: Sendable, Hashable, Codable {
    /// One answer.
    struct Entry: Sendable, Hashable, Codable {
        /// The number of the request that it answered.
        var request: Int
        var answer: FermaAnswerData
        /// Until then the request is in progress (code 24).
        var readyAt: FiscalInstant
        /// Forgotten afterwards.
        var keptUntil: FiscalInstant
        /// Only the register knows it: the service has never seen the answer.
        var isWithRegister = false
    }

    private var entries: [FermaRequestIdentity: Entry] = [:]

    /// What is remembered at `now`.
    subscript(identity: FermaRequestIdentity, at now: FiscalInstant) -> Entry? {
        self.entries[identity].flatMap { $0.keptUntil < now ? nil : $0 }
    }

    mutating func keep(_ entry: Entry, for identity: FermaRequestIdentity) {
        self.entries[identity] = entry
    }

    mutating func forget(_ identity: FermaRequestIdentity) {
        self.entries[identity] = nil
    }
}

/// What an answer of a register says, before it is written.
struct FermaAnswerData: Sendable, Hashable, Codable {
    /// Its place among the registers.
    var register: Int
    /// 0 when a document was formed.
    var code: Int
    /// The document's place in the ledger.
    var document: Int?
    var messages: [String] = []
    var isFatal = false
    /// Whether the full answer was asked for.
    var isFull = false
    /// `DocumentType` as it was asked for, 0 when it was not.
    var type: Int64 = 0

    /// Whether the same identity gets this answer again: a document was formed, or the data were refused for good.
    var isRemembered: Bool { self.code == 0 || FermaRefusal.remembered.contains(self.code) }
}
