public import FiscalCore

/// One HTTP request as the fiscal service saw it, and what it answered.
public struct TSEOfficeRequest: Sendable, Hashable, Codable {
    /// From 1, in the order of arrival.
    public var number: Int
    public var receivedAt: FiscalInstant
    /// Nil for a path or method that is none of the service's.
    public var call: TSEOfficeCall?
    public var method: String
    public var path: String
    /// The body as it came; empty when it was no text.
    public var body: String
    public var fault: TSEOfficeFault?
    /// The HTTP status of the answer; nil when none went out.
    public var status: Int?
    /// The body that went out, or would have.
    public var answer: String
}
