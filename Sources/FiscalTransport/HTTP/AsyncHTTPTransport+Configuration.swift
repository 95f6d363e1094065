extension AsyncHTTPTransport {
    /// Whom to trust, as whom to speak, and how long connections live.
    public struct Configuration: Sendable {
        /// Which certification authorities may vouch for the server.
        public var trust: Trust
        /// Shown to a server that asks for a client certificate.
        public var identity: Identity?
        /// Whether a connection serves one exchange or several.
        public var connections: Connections

        public init(
            trust: Trust = .system, identity: Identity? = nil, connections: Connections = .onePerExchange
        ) {
            self.trust = trust
            self.identity = identity
            self.connections = connections
        }
    }

    /// Certification authorities. The server's name, dates and chain are always verified.
    public enum Trust: Sendable, Hashable {
        /// Those of the operating system.
        case system
        /// These and no others: each element holds one certificate in DER, or one or more in PEM.
        case certificates([[UInt8]])
        /// The server's own certificate must be one of these, or issued by the owner of one of these, which need not be
        /// an authority at the top. Certificates that the server sends beside its own are not looked at. Elements as
        /// above. For HTTPS alone.
        case pinned([[UInt8]])
    }

    /// A client certificate with its private key. What it holds is never part of a description.
    public struct Identity: Sendable, Hashable {
        /// The client's certificate first, then those that lead to the server's authority: each element holds one
        /// certificate in DER, or one or more in PEM.
        public var certificateChain: [[UInt8]]
        /// The key of the first certificate: PKCS#8, unencrypted, DER or PEM.
        public var privateKey: [UInt8]

        public init(certificateChain: [[UInt8]], privateKey: [UInt8]) {
            self.certificateChain = certificateChain
            self.privateKey = privateKey
        }
    }

    /// How long connections live. Names are resolved again for each new connection, and no address is remembered.
    public enum Connections: Sendable, Hashable {
        /// Every exchange has its own connection, closed when the answer is there. No exchange depends on how the
        /// one before it ended.
        case onePerExchange
        /// A connection is kept for the next exchange with the same server, unless it stays idle for so long. Keep it
        /// shorter than the server does: a connection that the server closes at that moment costs an unknown outcome.
        case kept(idleAtMost: Duration)
    }
}

extension AsyncHTTPTransport.Identity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Identity(redacted)" }
    public var debugDescription: String { self.description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
