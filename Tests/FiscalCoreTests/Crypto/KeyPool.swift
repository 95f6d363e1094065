import FiscalCore

/// Keys made once for all tests: an RSA key takes a while.
enum KeyPool {
    static let rsa2048 = make { () throws(CryptoError) in try .generateRSA(bits: 2048) }
    static let otherRSA2048 = make { () throws(CryptoError) in try .generateRSA(bits: 2048) }
    static let ecP256 = make { () throws(CryptoError) in try .generateEC(.secp256r1) }

    private static func make(_ generate: () throws(CryptoError) -> PrivateKey) -> PrivateKey {
        do { return try generate() } catch { fatalError("no key could be made: \(error)") }
    }
}

/// Just enough DER to write what a test needs by hand.
enum DERText {
    static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = contents.count
        while rest > 0 {
            length.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        if contents.count < 0x80 { return [tag, UInt8(contents.count)] + contents }
        return [tag, 0x80 | UInt8(length.count)] + length + contents
    }

    static func sequence(_ contents: [UInt8]) -> [UInt8] { self.element(0x30, contents) }

    /// A non-negative INTEGER, big endian.
    static func integer(_ magnitude: [UInt8]) -> [UInt8] {
        var digits = Array(magnitude.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return self.element(0x02, digits)
    }
}
