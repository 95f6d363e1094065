public import FiscalCore

/// Whom a register trusts on each channel (decision P21).
///
/// Before CMD07 the host's anchors count. After it, a server must show or chain to what CMD07 named; the anchors go on
/// counting for CMD07 itself, so that a certificate that was replaced never locks a register out of its own cure. The
/// certificates of every CMD07 before stay beside the new ones until a channel has once worked under the new ones alone.
public struct RepositoryTrust: Sendable, Hashable, Codable {
    /// What the last CMD07 brought.
    private var current: Pins?
    /// What counted before, latest first, on channels that have not worked under ``current`` alone yet.
    private var earlier: [CRKChannel: [[UInt8]]] = [:]
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

        func certificates(for channel: CRKChannel) -> [[UInt8]] {
            switch channel {
            case .cpd: [self.cpd]
            case .webApi: [self.webApi]
            case .eventHub: self.hub
            }
        }
    }

    /// Takes up what CMD07 brought.
    public mutating func adopt(_ keys: RepositoryKeys) {
        let pins = Pins(keys)
        guard pins != self.current else { return }
        if let current {
            for channel in CRKChannel.allCases { self.rollOver(channel, from: current, to: pins) }
            if current.encrypt != pins.encrypt {
                self.earlierEncrypt = Array(([current.encrypt] + self.earlierEncrypt).prefix(4))
            }
        }
        self.current = pins
    }

    private mutating func rollOver(_ channel: CRKChannel, from current: Pins, to pins: Pins) {
        let fresh = pins.certificates(for: channel)
        var kept: [[UInt8]] = []
        // Where nothing has worked since the last change, what worked before it still counts.
        for der in current.certificates(for: channel) + (self.earlier[channel] ?? [])
        where !fresh.contains(der) && !kept.contains(der) && kept.count < Self.mostEarlier { kept.append(der) }
        self.earlier[channel] = kept.isEmpty ? nil : kept
    }

    /// Two lists of authorities at their longest.
    private static let mostEarlier = 20

    private static func read(_ ders: [[UInt8]]) -> [Certificate] { ders.compactMap { try? Certificate(der: $0) } }

    /// Sets of certificates for one channel, in the order in which they are tried.
    /// - Parameter isKeyCall: whether the call is CMD07.
    public func candidates(
        for channel: CRKChannel, anchors: [Certificate], isKeyCall: Bool = false
    ) -> [[Certificate]] {
        guard let current else { return [anchors] }
        let pinned = Self.read(current.certificates(for: channel))
        var sets = [pinned]
        if let earlier = self.earlier[channel] { sets.append(pinned + Self.read(earlier)) }
        if isKeyCall { sets.append(anchors) }
        return sets
    }

    /// Whether old certificates still count on a channel.
    public func isRollingOver(_ channel: CRKChannel) -> Bool { self.earlier[channel] != nil }

    /// A call got through under these certificates: under the new ones alone the old ones are done with.
    public mutating func succeeded(_ channel: CRKChannel, trusting certificates: [Certificate]) {
        guard let current, certificates.map(\.der) == current.certificates(for: channel) else { return }
        self.earlier[channel] = nil
    }

    /// Documents are encrypted to it; nil before CMD07.
    public var repositoryEncrypt: Certificate? {
        self.current.flatMap { try? Certificate(der: $0.encrypt) }
    }

    /// Whose signatures orders may have: the present certificate, then earlier ones.
    public var repositoryEncryptCertificates: [Certificate] {
        Self.read((self.current.map { [$0.encrypt] } ?? []) + self.earlierEncrypt)
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
