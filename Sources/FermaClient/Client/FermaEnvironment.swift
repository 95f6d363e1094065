/// Which of the operator's two worlds a certificate belongs to (source document, section on testing).
///
/// Both have the same address: the certificate decides. So the host says which one it has.
public enum FermaEnvironment: String, Sendable, Hashable, Codable, CaseIterable {
    /// The user's own cabinet: receipts are fiscal.
    case production
    /// The demonstration cabinet, a register with a test fiscal drive (ФН МГМ): nothing is fiscal.
    case test

    public var isTest: Bool { self == .test }
}
