public import FiscalCore

/// What one round did.
public struct CRKSyncReport: Sendable {
    /// Orders that were executed, in their order; nil stands for no fault.
    public var executed: [(commandID: String, fault: String?)] = []
    /// Packets that the Event Hub took.
    public var packets = 0
    /// Documents and numbers without a document that are accounted for now, as far as schedules go.
    public var shippedThrough: Int64 = 0
    /// The fiscalisation, while it is not complete.
    public var fiscalisation: FiscalisationProgress?
    /// What did not work, in lines without contents.
    public var troubles: [String] = []
    /// When something is due next; nil when nothing is.
    public var nextDue: FiscalInstant?

    mutating func due(_ instant: FiscalInstant?) {
        guard let instant else { return }
        self.nextDue = min(self.nextDue ?? instant, instant)
    }
}
