public import FiscalCore

/// What a TSE says about itself.
public struct TSEStatus: Sendable, Hashable {
    /// The serial: SHA-256 of the uncompressed public point, 64 lower-case hexadecimal digits.
    public var serial: String
    /// The public key: uncompressed point, or SubjectPublicKeyInfo in DER.
    public var publicKey: [UInt8]
    /// The certificate in DER; empty when the TSE does not give it out.
    public var certificate: [UInt8]
    /// Transactions started and not finished, of all clients.
    public var openTransactions: Int
    /// How many may be open at once; nil without limit.
    public var maximumOpenTransactions: Int?
    /// Signatures made so far.
    public var signatures: UInt64
    /// How many it can make; nil without limit.
    public var maximumSignatures: UInt64?
    /// The TSE's clock; nil when it does not say.
    public var time: FiscalInstant?

    public init(
        serial: String, publicKey: [UInt8], certificate: [UInt8] = [], openTransactions: Int,
        maximumOpenTransactions: Int? = nil, signatures: UInt64, maximumSignatures: UInt64? = nil,
        time: FiscalInstant? = nil
    ) {
        self.serial = serial
        self.publicKey = publicKey
        self.certificate = certificate
        self.openTransactions = openTransactions
        self.maximumOpenTransactions = maximumOpenTransactions
        self.signatures = signatures
        self.maximumSignatures = maximumSignatures
        self.time = time
    }
}
