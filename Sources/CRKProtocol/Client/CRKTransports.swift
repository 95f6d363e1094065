public import FiscalCore

/// Makes the transports of a register; the host supplies it. What may be trusted changes while a register lives, since
/// CMD07 brings certificates.
public protocol CRKTransports: Sendable {
    /// A transport for one channel.
    /// - Parameter certificates: the server must show one of these certificates, or chain to one of them.
    ///
    /// For ``CRKChannel/cpd`` and ``CRKChannel/webApi`` the transport shows the register's TLS certificate. For
    /// ``CRKChannel/eventHub`` it must show none (section 2.3.2.1).
    func transport(for channel: CRKChannel, trusting certificates: [Certificate]) throws -> any HTTPTransport
}
