import FiscalCore

/// The key of a packet's content, out of what is encrypted to the repository (RFC 7518 §4).
enum CRKContentKey {
    static func unwrap(_ encrypted: [UInt8], _ algorithm: String, _ header: JSON, _ key: PrivateKey) -> [UInt8]? {
        switch algorithm {
        case "RSA-OAEP": return try? key.decrypt(encrypted, .oaep(.sha1))
        case "RSA-OAEP-256": return try? key.decrypt(encrypted, .oaep(.sha256))
        case "RSA1_5": return try? key.decrypt(encrypted, .pkcs1)
        case "ECDH-ES+A256KW":
            guard let sender = self.sender(header), let secret = try? key.sharedSecret(with: sender) else { return nil }
            return try? AESKeyWrap.unwrap(encrypted, under: self.derive(secret, header))
        default: return nil
        }
    }

    /// The point in `epk`.
    private static func sender(_ header: JSON) -> PublicKey? {
        let curves: [String: NamedCurve] = ["P-256": .secp256r1, "P-384": .secp384r1, "P-521": .secp521r1]
        guard let epk = header["epk"], let curve = epk["crv"]?.string.flatMap({ curves[$0] }),
            let x = epk["x"]?.string.flatMap(Base64URL.decode), let y = epk["y"]?.string.flatMap(Base64URL.decode)
        else { return nil }
        return try? PublicKey(point: [4] + x + y, curve: curve)
    }

    /// One round of the concatenation KDF (RFC 7518 §4.6.2): 256 bits.
    private static func derive(_ secret: [UInt8], _ header: JSON) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { [0, 0, UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
        let parts = [
            Array("ECDH-ES+A256KW".utf8), header["apu"]?.string.flatMap(Base64URL.decode) ?? [],
            header["apv"]?.string.flatMap(Base64URL.decode) ?? [],
        ]
        let input = number(1) + secret + parts.flatMap { number($0.count) + $0 } + number(256)
        return Digest.hash(.sha256, input)
    }
}
