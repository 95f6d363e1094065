import FiscalCore

/// How a packet is signed: the names of RFC 7518 §3.1 that a profile may choose.
public enum JWSAlgorithm: String, Sendable, Hashable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"

    var signature: SignatureAlgorithm {
        switch self {
        case .rs256: .rsaPKCS1(.sha256)
        case .rs384: .rsaPKCS1(.sha384)
        case .rs512: .rsaPKCS1(.sha512)
        case .ps256: .rsaPSS(.sha256)
        case .ps384: .rsaPSS(.sha384)
        case .ps512: .rsaPSS(.sha512)
        case .es256: .ecdsa(.sha256, .plain)
        case .es384: .ecdsa(.sha384, .plain)
        case .es512: .ecdsa(.sha512, .plain)
        }
    }

    /// Whether a key can make such signatures: RFC 7518 binds each ES name to one curve, and RSA to 2048 bits or more.
    func fits(_ key: PublicKey) -> Bool {
        switch (self, key.kind) {
        case (.es256, .ec(.secp256r1?)), (.es384, .ec(.secp384r1?)), (.es512, .ec(.secp521r1?)): true
        case (.es256, _), (.es384, _), (.es512, _): false
        case (_, .rsa(let bits)): bits >= 2048
        default: false
        }
    }
}

/// How the content key reaches the recipient (RFC 7518 §4.1).
public enum JWEKeyAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// OAEP with SHA-1, also inside MGF1: what JOSE means by this name.
    case rsaOAEP = "RSA-OAEP"
    /// OAEP with SHA-256, also inside MGF1.
    case rsaOAEP256 = "RSA-OAEP-256"
    /// An ephemeral EC key and a wrapped content key (RFC 7518 §4.6).
    case ecdhESA256KW = "ECDH-ES+A256KW"
    /// RSA with the padding of PKCS#1 v1.5. Whoever can tell a bad padding from a bad key can decrypt others' packets,
    /// and OpenSSL before 3.2 lets one tell: only behind ``SealingProfile/allowsUnsafeRSA15``.
    case rsa15 = "RSA1_5"
}

/// How the content is encrypted (RFC 7518 §5.1).
public enum JWEContentAlgorithm: String, Sendable, Hashable, CaseIterable {
    case a128GCM = "A128GCM"
    case a192GCM = "A192GCM"
    case a256GCM = "A256GCM"
    case a128CBCHS256 = "A128CBC-HS256"
    case a192CBCHS384 = "A192CBC-HS384"
    case a256CBCHS512 = "A256CBC-HS512"

    var keyByteCount: Int {
        switch self {
        case .a128GCM: 16
        case .a192GCM: 24
        case .a256GCM, .a128CBCHS256: 32
        case .a192CBCHS384: 48
        case .a256CBCHS512: 64
        }
    }

    var initializationVectorByteCount: Int {
        self.composed == nil ? AESGCM.nonceByteCount : AESCBCHMAC.initializationVectorByteCount
    }

    private var composed: AESCBCHMAC? {
        switch self {
        case .a128GCM, .a192GCM, .a256GCM: nil
        case .a128CBCHS256: .aes128CBCHMACSHA256
        case .a192CBCHS384: .aes192CBCHMACSHA384
        case .a256CBCHS512: .aes256CBCHMACSHA512
        }
    }

    func seal(
        _ plaintext: [UInt8], key: [UInt8], vector: [UInt8], additionalData: [UInt8]
    ) throws(CryptoError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        if let composed {
            return try composed.seal(
                plaintext, key: key, initializationVector: vector, additionalData: additionalData)
        }
        return try AESGCM.seal(plaintext, key: key, nonce: vector, additionalData: additionalData)
    }

    func open(
        _ ciphertext: [UInt8], tag: [UInt8], key: [UInt8], vector: [UInt8], additionalData: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        if let composed {
            return try composed.open(
                ciphertext, tag: tag, key: key, initializationVector: vector, additionalData: additionalData)
        }
        return try AESGCM.open(ciphertext, tag: tag, key: key, nonce: vector, additionalData: additionalData)
    }
}
