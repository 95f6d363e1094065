/// What a certificate's key may be used for (RFC 5280 §4.2.1.3).
public struct KeyUsage: OptionSet, Sendable, Hashable {
    /// Bit *n* here is bit *n* of the RFC.
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let digitalSignature = Self(rawValue: 1 << 0)
    /// Also called contentCommitment.
    public static let nonRepudiation = Self(rawValue: 1 << 1)
    public static let keyEncipherment = Self(rawValue: 1 << 2)
    public static let dataEncipherment = Self(rawValue: 1 << 3)
    public static let keyAgreement = Self(rawValue: 1 << 4)
    public static let keyCertSign = Self(rawValue: 1 << 5)
    public static let cRLSign = Self(rawValue: 1 << 6)
    public static let encipherOnly = Self(rawValue: 1 << 7)
    public static let decipherOnly = Self(rawValue: 1 << 8)

    /// The RFC's names of the bits that are set.
    public var names: [String] {
        Self.allNames.enumerated().filter { self.contains(Self(rawValue: 1 << UInt16($0.offset))) }.map(\.element)
    }

    private static let allNames = [
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
        "cRLSign", "encipherOnly", "decipherOnly",
    ]
}

extension KeyUsage: CustomStringConvertible {
    public var description: String { self.names.joined(separator: ", ") }
}
