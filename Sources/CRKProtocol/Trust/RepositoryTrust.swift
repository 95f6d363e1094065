public import FiscalCore

/// Whom a register trusts on each channel (decision P21).
///
/// Before CMD07 the host's anchors count. After it, a server must show or chain to what CMD07 named; the anchors go on
/// counting for CMD07 itself, so that a certificate that was replaced never locks a register out of its own cure. The
/// certificates of the CMD07 before stay beside the new ones until a channel has once worked under the new ones alone.
public struct RepositoryTrust: Sendable, Hashable, Codable {
    /// What the last CMD07 brought.
    private var current: Pins?
    /// What the one before brought.
    private var previous: Pins?
    /// Channels that have not worked under ``current`` alone yet.
    private var rolling: Set<CRKChannel> = []
    /// Certificates for orders that were sealed before a change (decision P20).
    private var earlierEncrypt: [[UInt8]] = []

    public init() {}

    /// Certificates in DER: what a record can hold.
    private struct Pins: Sendable, Hashable, Codable {
        var webApi: [UInt8]
        var cpd: [UInt8]
        var encrypt: [UInt8]
        var hub: [[UInt8]]

        init(_ keys: RepositoryKeys) {
            self.webApi = keys.webApiTLS.der
            self.cpd = keys.cpdServerTLS.der
            self.encrypt = keys.repositoryEncrypt.der
            self.hub = keys.eventHubAuthorities.map(\.der)
        }

        func certificates(for channel: CRKChannel) -> [Certificate] {
            let ders =
                switch channel {
                case .cpd: [self.cpd]
                case .webApi: [self.webApi]
                case .eventHub: self.hub
                }
            return ders.compactMap { try? Certificate(der: $0) }
        }
    }

    /// Takes up what CMD07 brought.
    public mutating func adopt(_ keys: RepositoryKeys) {
        let pins = Pins(keys)
        guard pins != self.current else { return }
        if let current {
            self.previous = current
            self.rolling = Set(CRKChannel.allCases)
            if current.encrypt != pins.encrypt {
                self.earlierEncrypt = Array(([current.encrypt] + self.earlierEncrypt).prefix(4))
            }
        }
        self.current = pins
    }

    /// Sets of certificates for one channel, in the order in which they are tried.
    /// - Parameter isKeyCall: whether the call is CMD07.
    public func candidates(
        for channel: CRKChannel, anchors: [Certificate], isKeyCall: Bool = false
    ) -> [[Certificate]] {
        guard let current else { return [anchors] }
        var sets = [current.certificates(for: channel)]
        if self.rolling.contains(channel), let previous {
            sets.append(current.certificates(for: channel) + previous.certificates(for: channel))
        }
        if isKeyCall { sets.append(anchors) }
        return sets
    }

    /// Whether old certificates still count on a channel.
    public func isRollingOver(_ channel: CRKChannel) -> Bool { self.rolling.contains(channel) }

    /// A call got through under these certificates: under the new ones alone the old ones are done with.
    public mutating func succeeded(_ channel: CRKChannel, trusting certificates: [Certificate]) {
        guard let current, certificates == current.certificates(for: channel) else { return }
        self.rolling.remove(channel)
        if self.rolling.isEmpty { self.previous = nil }
    }

    /// Documents are encrypted to it; nil before CMD07.
    public var repositoryEncrypt: Certificate? {
        self.current.flatMap { try? Certificate(der: $0.encrypt) }
    }

    /// Whose signatures orders may have: the present certificate, then earlier ones.
    public var repositoryEncryptCertificates: [Certificate] {
        ((self.current.map { [$0.encrypt] } ?? []) + self.earlierEncrypt).compactMap { try? Certificate(der: $0) }
    }

    /// Every certificate that counts, with what it is for.
    public func certificates(anchors: [Certificate]) -> [(role: CertificateRole, certificate: Certificate)] {
        let named = anchors.map { (CertificateRole.anchor, $0) }
        guard let current else { return named }
        let pins: [(CertificateRole, [UInt8])] =
            [(.cpdServerTLS, current.cpd), (.webApiTLS, current.webApi), (.repositoryEncrypt, current.encrypt)]
            + current.hub.map { (.eventHubAuthority, $0) }
        return named + pins.compactMap { role, der in (try? Certificate(der: der)).map { (role, $0) } }
    }
}
