public import CRKProtocol
public import FiscalCore

/// The transports of one register to a simulated repository in memory: its TLS certificate towards the CPD server and
/// the WebApi, none towards the Event Hub (section 2.3.2.1).
public struct CRKLinkTransports: CRKTransports {
    public let link: CRKAuthorityLink
    /// What is shown to the CPD server and the WebApi; nil for nothing.
    public var client: Certificate?
    /// Shows the certificate to the Event Hub too, against the document.
    public var showsCertificateToEventHub = false

    public init(_ link: CRKAuthorityLink, client: Certificate?) {
        self.link = link
        self.client = client
    }

    public init(_ link: CRKAuthorityLink, _ credentials: CRKCredentials) {
        self.init(link, client: credentials.tlsCertificate)
    }

    public func transport(
        for channel: CRKChannel, trusting certificates: [Certificate]
    ) throws -> any HTTPTransport {
        let isShown = channel != .eventHub || self.showsCertificateToEventHub
        return self.link.transport(for: channel, client: isShown ? self.client : nil, trusting: certificates)
    }
}
