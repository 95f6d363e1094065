public import FiscalCore

/// Every outage with what it touched, as the tax office wants it documented: begin, end, reason, receipts without
/// signature, and what became of them (AEAO to §146a AO; `TSE_TA_FEHLER` of DSFinV-K).
public struct OutageLog: Sendable, Hashable {
    /// One outage and the receipts that were issued unsigned in it.
    public struct Entry: Sendable, Hashable {
        public var outage: Outage
        /// In the order of storing.
        public var documents: [Document]
    }

    /// A receipt that was issued unsigned.
    public struct Document: Sendable, Hashable {
        public var id: String
        public var register: String
        /// The number that `createDocument` gave it; nil when it has none.
        public var number: Int64?
        /// Whether it was `cancelDocument`.
        public var isCancelled: Bool
        /// The time of the sale: when the finishing call came. It never changes.
        public var requestedAt: FiscalInstant
        public var processType: String
        public var processData: String
        public var state: DocumentState
        /// Why it could not be signed then, or last.
        public var failure: String?

        init?(_ entry: DocumentEntry) {
            guard let finish = entry.finish else { return nil }
            self.id = entry.id
            self.register = entry.register
            self.number = entry.number
            self.isCancelled = finish.isCancelled
            self.requestedAt = finish.requestedAt
            self.processType = finish.processType
            self.processData = finish.processData
            self.state = entry.state
            self.failure = entry.lastFailure
        }
    }

    /// The oldest first.
    public var outages: [Entry] = []
    /// Transactions that belonged to no document and were closed, by TSE and number.
    public var orphans: [OrphanTransaction] = []
}
