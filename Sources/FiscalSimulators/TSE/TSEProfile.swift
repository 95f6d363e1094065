public import FiscalCore

/// How a kind of TSE signs and writes: what differs between the devices on the market.
public struct TSEProfile: Sendable, Hashable {
    /// How a log message holds the process data (facts §7).
    public enum Layout: String, Sendable, Hashable, Codable, CaseIterable {
        /// One primitive element, `82`.
        case a = "A"
        /// One constructed element of indefinite length with one chunk inside, `A2 80 04 … 00 00`.
        case b = "B"
        /// The same with two chunks, as after data that came by update and by finish.
        case bInTwoChunks = "B2"
    }

    /// How a log message spells its time.
    public enum TimeFormat: String, Sendable, Hashable, Codable, CaseIterable {
        /// Seconds since 1970 as an INTEGER.
        case unixTime
        /// UTCTime with seconds.
        case utcTime
        /// GeneralizedTime with seconds.
        case generalizedTime
    }

    public var curve: NamedCurve
    /// The hash that is signed.
    public var digest: DigestAlgorithm
    public var timeFormat: TimeFormat
    public var layout: Layout

    public init(
        curve: NamedCurve = .secp256r1, digest: DigestAlgorithm = .sha256, timeFormat: TimeFormat = .unixTime,
        layout: Layout = .a
    ) {
        self.curve = curve
        self.digest = digest
        self.timeFormat = timeFormat
        self.layout = layout
    }

    /// The name of the signature algorithm in QR texts and answers, `ecdsa-plain-SHA256`.
    public var algorithmName: String {
        switch self.digest {
        case .sha384: "ecdsa-plain-SHA384"
        case .sha512: "ecdsa-plain-SHA512"
        default: "ecdsa-plain-SHA256"
        }
    }

    /// secp256r1, SHA-256: the usual one, and that of the source document.
    public static let usual = Self()
    /// secp384r1 with process data in a constructed element.
    public static let constructed = Self(curve: .secp384r1, digest: .sha384, layout: .b)
    /// brainpoolP384r1, the curve of the official example (DSFinV-K annex I).
    public static let brainpool = Self(curve: .brainpoolP384r1, digest: .sha384)

    /// The curves that a TSE may have.
    public static let curves: [NamedCurve] = [
        .secp256r1, .secp384r1, .brainpoolP256r1, .brainpoolP384r1, .brainpoolP512r1,
    ]
}

extension TSEProfile: Codable {
    private struct Stored: Codable {
        var curve, digest: String
        var timeFormat: TimeFormat
        var layout: Layout
    }

    public init(from decoder: any Decoder) throws {
        let stored = try Stored(from: decoder)
        guard let curve = NamedCurve.all.first(where: { $0.name == stored.curve }),
            let digest = DigestAlgorithm(rawValue: stored.digest)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an unknown curve or hash"))
        }
        self.init(curve: curve, digest: digest, timeFormat: stored.timeFormat, layout: stored.layout)
    }

    public func encode(to encoder: any Encoder) throws {
        try Stored(
            curve: self.curve.name, digest: self.digest.rawValue, timeFormat: self.timeFormat, layout: self.layout
        ).encode(to: encoder)
    }
}
