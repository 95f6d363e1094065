public import FiscalCore

/// A signature algorithm of BSI TR-03111 by its name in the QR text. The message that is signed holds its object
/// identifier.
public struct TSEAlgorithm: Sendable, Hashable {
    /// As QR texts and answers spell it, letter case included.
    public let name: String
    /// The object identifier's numbers.
    public let objectIdentifier: [UInt64]
    /// How it is computed; nil when this release cannot.
    public let signatureAlgorithm: SignatureAlgorithm?

    /// The algorithm of this name, or nil when there is none.
    public init?(name: String) {
        guard let algorithm = Self.all.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
        self = algorithm
    }

    private init(_ name: String, _ family: UInt64, _ number: UInt64, _ digest: DigestAlgorithm? = nil) {
        self.name = name
        self.objectIdentifier = [0, 4, 0, 127, 0, 7, 1, 1, 4, family, number]
        self.signatureAlgorithm = digest.map { .ecdsa($0, .plain) }
    }

    /// All algorithms of the two families, ecdsa-plain (…4.1) and ecsdsa-plain (…4.4).
    public static let all: [TSEAlgorithm] = Self.ecdsa + Self.ecsdsa

    private static let ecdsa: [TSEAlgorithm] = [
        Self("ecdsa-plain-SHA224", 1, 2),
        Self("ecdsa-plain-SHA256", 1, 3, .sha256),
        Self("ecdsa-plain-SHA384", 1, 4, .sha384),
        Self("ecdsa-plain-SHA512", 1, 5, .sha512),
        Self("ecdsa-plain-SHA3-224", 1, 8),
        Self("ecdsa-plain-SHA3-256", 1, 9),
        Self("ecdsa-plain-SHA3-384", 1, 10),
        Self("ecdsa-plain-SHA3-512", 1, 11),
    ]

    private static let ecsdsa: [TSEAlgorithm] = [
        Self("ecsdsa-plain-SHA224", 4, 1),
        Self("ecsdsa-plain-SHA256", 4, 2),
        Self("ecsdsa-plain-SHA384", 4, 3),
        Self("ecsdsa-plain-SHA512", 4, 4),
        Self("ecsdsa-plain-SHA3-224", 4, 5),
        Self("ecsdsa-plain-SHA3-256", 4, 6),
        Self("ecsdsa-plain-SHA3-384", 4, 7),
        Self("ecsdsa-plain-SHA3-512", 4, 8),
    ]
}

extension TSEAlgorithm: CustomStringConvertible {
    public var description: String { self.name }
}
