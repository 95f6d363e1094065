import FiscalCore

/// The key of one packet's content, on its way to the recipient.
enum ContentKey {
    struct Wrapped {
        var encryptedKey: [UInt8]
        /// What the header has to say besides: the ephemeral key.
        var members: [JSON.Member] = []
    }

    static func wrap(
        _ key: [UInt8], _ profile: SealingProfile, for recipient: PublicKey
    ) throws(SealError) -> Wrapped {
        do {
            switch profile.keyEncryption {
            case .rsaOAEP: return Wrapped(encryptedKey: try recipient.encrypt(key, .oaep(.sha1)))
            case .rsaOAEP256: return Wrapped(encryptedKey: try recipient.encrypt(key, .oaep(.sha256)))
            case .rsa15: return Wrapped(encryptedKey: try recipient.encrypt(key, .pkcs1))
            case .ecdhESA256KW:
                guard case .ec(let curve?) = recipient.kind, let name = EphemeralKey.name(of: curve) else {
                    throw SealError(.unsuitableKey, "ECDH-ES wants a key on P-256, P-384 or P-521")
                }
                let ephemeral = try PrivateKey.generateEC(curve)
                let secret = try ephemeral.sharedSecret(with: recipient)
                let wrapped = try AESKeyWrap.wrap(key, under: ConcatKDF.wrappingKey(secret))
                let members = try EphemeralKey.members(of: ephemeral.publicKey, name)
                return Wrapped(encryptedKey: wrapped, members: members)
            }
        } catch let error as SealError {
            throw error
        } catch {
            throw SealError(.unsuitableKey, "\(error)")
        }
    }

    /// The key, or nil when anything does not fit; why is nobody's business.
    static func unwrap(
        _ encryptedKey: [UInt8], _ header: JOSEHeader, _ profile: SealingProfile, with recipient: any Decryptor
    ) -> [UInt8]? {
        let key: [UInt8]?
        switch profile.keyEncryption {
        case .rsaOAEP: key = try? recipient.decrypt(encryptedKey, .oaep(.sha1))
        case .rsaOAEP256: key = try? recipient.decrypt(encryptedKey, .oaep(.sha256))
        case .rsa15: key = try? recipient.decrypt(encryptedKey, .pkcs1)
        case .ecdhESA256KW:
            guard let sender = EphemeralKey.read(header), let secret = try? recipient.sharedSecret(with: sender) else {
                return nil
            }
            let wrappingKey = ConcatKDF.wrappingKey(
                secret, partyU: header.text("apu").flatMap(Base64URL.decode) ?? [],
                partyV: header.text("apv").flatMap(Base64URL.decode) ?? [])
            key = try? AESKeyWrap.unwrap(encryptedKey, under: wrappingKey)
        }
        return key?.count == profile.contentEncryption.keyByteCount ? key : nil
    }
}

/// The sender's half of a key agreement, as a JWK in the header (RFC 7518 §4.6.1.1).
enum EphemeralKey {
    static func name(of curve: NamedCurve) -> String? {
        switch curve {
        case .secp256r1: "P-256"
        case .secp384r1: "P-384"
        case .secp521r1: "P-521"
        default: nil
        }
    }

    static func members(of key: PublicKey, _ name: String) throws(SealError) -> [JSON.Member] {
        guard let point = key.uncompressedPoint else { throw SealError(.unsuitableKey, "no point") }
        let half = (point.count - 1) / 2
        let epk: JSON = [
            "kty": "EC", "crv": .string(name), "x": .string(Base64URL.encode(point[1...half])),
            "y": .string(Base64URL.encode(point[(half + 1)...])),
        ]
        return [JSON.Member("epk", epk)]
    }

    static func read(_ header: JOSEHeader) -> PublicKey? {
        guard let epk = header.json["epk"], epk["kty"] == "EC", let name = epk["crv"]?.string,
            let curve = [NamedCurve.secp256r1, .secp384r1, .secp521r1].first(where: { self.name(of: $0) == name }),
            let x = epk["x"]?.string.flatMap(Base64URL.decode), let y = epk["y"]?.string.flatMap(Base64URL.decode),
            x.count == curve.coordinateByteCount, y.count == curve.coordinateByteCount
        else { return nil }
        return try? PublicKey(point: [0x04] + x + y, curve: curve)
    }
}

/// The key that wraps the content key (RFC 7518 §4.6.2, NIST SP 800-56A §5.8.1): one round of SHA-256.
enum ConcatKDF {
    static func wrappingKey(_ secret: [UInt8], partyU: [UInt8] = [], partyV: [UInt8] = []) -> [UInt8] {
        func counted(_ bytes: [UInt8]) -> [UInt8] { Self.number(bytes.count) + bytes }
        let algorithm = Array(JWEKeyAlgorithm.ecdhESA256KW.rawValue.utf8)
        var input = Self.number(1) + secret
        input += counted(algorithm)
        input += counted(partyU)
        input += counted(partyV)
        input += Self.number(256)
        return Digest.hash(.sha256, input)
    }

    private static func number(_ value: Int) -> [UInt8] {
        let value = UInt32(clamping: value)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
