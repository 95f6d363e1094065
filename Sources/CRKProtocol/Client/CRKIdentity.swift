public import FiscalCore

/// Who a register is: its number, its two certificates, and the keys behind them.
///
/// The TLS key is the transport's affair; here is only its certificate, because CMD08 sends it.
public struct CRKIdentity: Sendable {
    public let unit: UniqueNumber
    public let kind: RegisterKind
    /// `digitalCertificateCashRegisterTLS`: for connections with the CPD server and the WebApi.
    public var tls: Certificate
    /// `digitalCertificateCashRegisterEncrypt`: orders are encrypted to it.
    public var encrypt: Certificate
    /// Signs what is sent to the Event Hub.
    public var signer: any Signer
    /// The certificate of ``signer``; one of the two above. No document says which, so it can be chosen.
    public var signerCertificate: Certificate
    /// Opens orders; the key of ``encrypt``.
    public var decryptor: any Decryptor
    /// Keys of earlier certificates: orders that were sealed before a change of keys are still opened (decision P20).
    public var previousDecryptors: [any Decryptor]
    /// How certificates name their owners.
    public let names: CertificateIdentity

    /// - Parameters:
    ///   - key: the key of `encrypt`: it signs what goes out and opens what comes in, as the names of the certificates
    ///     suggest (no public document says so).
    /// - Throws: `InvalidField` when a certificate is another register's, or the key is not that of `encrypt`.
    public init(
        unit: UniqueNumber, kind: RegisterKind, tls: Certificate, encrypt: Certificate,
        key: some Signer & Decryptor, previousDecryptors: [any Decryptor] = [],
        names: CertificateIdentity = .unverified
    ) throws(InvalidField) {
        guard encrypt.publicKey.isSameKey(as: key.publicKey) else {
            throw InvalidField(
                "digitalCertificateCashRegisterEncrypt", .consistency, limit: "the certificate of the key")
        }
        try self.init(
            unit: unit, kind: kind, tls: tls, encrypt: encrypt, signer: key, signerCertificate: encrypt,
            decryptor: key, previousDecryptors: previousDecryptors, names: names)
    }

    /// The same with every key named: for cards and modules that keep them apart.
    /// - Throws: `InvalidField` when a certificate is another register's, or the signer's is another key's.
    public init(
        unit: UniqueNumber, kind: RegisterKind, tls: Certificate, encrypt: Certificate, signer: any Signer,
        signerCertificate: Certificate, decryptor: any Decryptor, previousDecryptors: [any Decryptor] = [],
        names: CertificateIdentity = .unverified
    ) throws(InvalidField) {
        guard signerCertificate.publicKey.isSameKey(as: signer.publicKey) else {
            throw InvalidField("signerCertificate", .consistency, limit: "the certificate of the signer")
        }
        try names.check(tls, of: unit, field: "digitalCertificateCashRegisterTLS")
        try names.check(encrypt, of: unit, field: "digitalCertificateCashRegisterEncrypt")
        self.names = names
        self.unit = unit
        self.kind = kind
        self.tls = tls
        self.encrypt = encrypt
        self.signer = signer
        self.signerCertificate = signerCertificate
        self.decryptor = decryptor
        self.previousDecryptors = previousDecryptors
    }
}
