public import FiscalCore
public import HTTPTypes

/// CMD08, KFD: the register's own certificates (section 2.4.2).
public struct SendRegisterCertificates: CPDConfirmation {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .post }
    public var path: String { Self.commandPath }
    public let body: JSON?

    /// - Parameters:
    ///   - tls: for connections with the CPD server and with Azure.
    ///   - encrypt: orders are encrypted to it.
    public init(_ unit: UniqueNumber, at time: FiscalInstant, tls: Certificate, encrypt: Certificate) {
        let id = CommandID(.kfd, unit, at: time)
        self.commandID = id
        self.body = Self.message(
            id,
            [
                .init("digitalCertificateCashRegisterTLS", .string(Base64.encode(tls.der))),
                .init("digitalCertificateCashRegisterEncrypt", .string(Base64.encode(encrypt.der))),
            ])
    }
}
