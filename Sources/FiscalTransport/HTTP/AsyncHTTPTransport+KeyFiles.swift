public import FiscalCore

extension AsyncHTTPTransport.Identity {
    /// The identity in a key file (`.p12`): its certificate, those that lead to the authority, and its key.
    /// - Throws: `CryptoError` when the key cannot leave where it is.
    public init(_ file: PKCS12) throws(CryptoError) {
        self.init(
            certificateChain: [file.leaf.der] + file.chain.map(\.der), privateKey: try file.key.pkcs8DER())
    }
}

extension AsyncHTTPTransport.Trust {
    /// These authorities and no others.
    public static func authorities(_ certificates: [Certificate]) -> Self {
        .certificates(certificates.map(\.der))
    }

    /// A server that shows one of these certificates, or one that was issued by the owner of one of these.
    public static func pinned(_ certificates: [Certificate]) -> Self {
        .pinned(certificates.map(\.der))
    }
}
