public import FiscalCore

/// A transaction of our client that belongs to no document: its start was carried out and the answer was lost. It is
/// closed as aborted at recovery (decisions T9, T10).
public struct OrphanTransaction: Sendable, Hashable, Codable {
    public var number: UInt64
    public var client: String
    public var tseSerial: String
    /// When it was found.
    public var foundAt: FiscalInstant
    /// The outage that lasted or had ended last when it was found; nil before the first.
    public var outage: Int64?
    /// The document for which it had been opened, when a policy left that unsigned.
    public var document: String?
    /// How it was closed; nil while it is open.
    public var closing: Closing?

    public enum Closing: Sendable, Hashable, Codable {
        /// Finished as aborted (`AVBelegabbruch`).
        case signed(counter: UInt64, logTime: FiscalInstant)
        /// Finished; the TSE cannot give the signature back.
        case unreadable(at: FiscalInstant)
        /// The TSE does not know it any more.
        case gone(at: FiscalInstant)
    }
}
