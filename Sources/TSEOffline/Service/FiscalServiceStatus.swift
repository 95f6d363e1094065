public import FiscalCore

/// What a service shows of itself.
public struct FiscalServiceStatus: Sendable, Hashable {
    /// The outage that lasts; nil when the TSE can be used as far as is known.
    public var outage: Outage?
    /// Documents that wait for a signature, the one stored first in front.
    public var waiting: [String]
    /// When the finishing call of the first of them came.
    public var waitingSince: FiscalInstant?
    /// Documents that were opened and not finished: each may hold a transaction of the TSE open (TSE-125, TSE-126).
    public var openDocuments: Int
    /// What the TSE said of itself last; nil when it was not reached since the start.
    public var tse: TSEStatus?
    /// Why the last call failed; nil after the end of an outage.
    public var lastFailure: TSEFailure?
}
