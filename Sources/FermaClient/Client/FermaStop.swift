public import FiscalCore

/// The device reported that it can make no further document: no new sale is sent until a person says so, or a document
/// is made all the same. What was sent before is repeated as ever.
public struct FermaStop: Sendable, Hashable, Codable {
    /// The device's code: the life of the fiscal drive has ended (5), its archive is full (6), its crypto-processor is
    /// used up (18), a fatal error (255).
    public var code: Int
    /// `Device.Name`: the factory number, where the answer told it.
    public var device: String?
    /// The request that was answered so.
    public var requestID: String
    public var at: FiscalInstant
    /// Who lifted it; nil while it stands, and after a document.
    public var lifted: FermaDecision?
    /// When a document was made in spite of it.
    public var endedAt: FiscalInstant?

    /// Whether new sales are held back.
    public var stands: Bool { self.lifted == nil && self.endedAt == nil }

    private static let codes: Set<Int> = [5, 6, 18, 255]

    /// The stop that an answer makes, or nil.
    init?(_ answer: FermaAnswer?, to identity: RequestIdentity, at now: FiscalInstant) {
        guard case .deviceError(let error) = answer?.outcome, Self.codes.contains(error.code) else { return nil }
        self.code = error.code
        self.device = answer?.deviceName
        self.requestID = identity.requestID
        self.at = now
    }
}
