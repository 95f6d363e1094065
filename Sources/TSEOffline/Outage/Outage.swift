public import FiscalCore

/// A time in which the TSE could not be used: begin, end and reason, as the tax office wants them documented (AEAO to
/// §146a AO).
public struct Outage: Sendable, Hashable, Codable {
    /// Counts the outages of this service from 1.
    public var sequence: Int64
    /// When the first call came that failed.
    public var begin: FiscalInstant
    /// When the TSE could be used again; nil while the outage lasts.
    public var end: FiscalInstant?
    /// Why the first call failed.
    public var reason: TSEFailure.Code
    /// The same in the words of the TSE or its driver.
    public var detail: String
    /// The serial of the TSE that was to sign.
    public var tseSerial: String
    /// How many calls of tills and of the recovery failed in it.
    public var failures: Int64
}
