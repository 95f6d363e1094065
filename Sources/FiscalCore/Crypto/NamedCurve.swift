/// An elliptic curve that has a name: those of NIST, of SEC 2 and of the Brainpool group (RFC 5639).
public struct NamedCurve: Sendable, Hashable {
    /// The name in SEC 2 or RFC 5639.
    public let name: String
    /// The length of one coordinate, and of `r` and `s` of a plain signature, in bytes.
    public let coordinateByteCount: Int

    private init(_ name: String, _ coordinateByteCount: Int) {
        self.name = name
        self.coordinateByteCount = coordinateByteCount
    }

    /// NIST P-256, also called prime256v1.
    public static let secp256r1 = Self("secp256r1", 32)
    /// NIST P-384.
    public static let secp384r1 = Self("secp384r1", 48)
    /// NIST P-521.
    public static let secp521r1 = Self("secp521r1", 66)
    public static let secp256k1 = Self("secp256k1", 32)
    public static let brainpoolP256r1 = Self("brainpoolP256r1", 32)
    public static let brainpoolP384r1 = Self("brainpoolP384r1", 48)
    public static let brainpoolP512r1 = Self("brainpoolP512r1", 64)

    /// All curves of this list.
    public static let all: [NamedCurve] = [
        .secp256r1, .secp384r1, .secp521r1, .secp256k1, .brainpoolP256r1, .brainpoolP384r1, .brainpoolP512r1,
    ]
}

extension NamedCurve: CustomStringConvertible {
    public var description: String { self.name }
}
