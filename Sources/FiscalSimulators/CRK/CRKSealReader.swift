import FiscalCore

/// Opens packets by means of its own: RFC 7515, 7516 and 7518 read once more, without the library's reader.
struct CRKSealReader {
    struct Opened {
        var content: [UInt8]
        /// The protected header of the outer object.
        var header: JSON
    }

    let nesting, sign, encrypt, content, compression, wire: String
    private static let outputLimit = 64 << 20

    /// Reads a profile as the programs take it; what it does not say is RS256 in RSA-OAEP-256 with A256GCM, compressed
    /// before signing. Nil when it is no JSON object.
    init?(_ profile: String) {
        guard let json = try? JSON(parsing: profile), json.members != nil else { return nil }
        self.nesting = json["nesting"]?.string ?? "jws-in-jwe"
        self.sign = json["sign"]?.string ?? "RS256"
        self.encrypt = json["encrypt"]?.string ?? "RSA-OAEP-256"
        self.content = json["content"]?.string ?? "A256GCM"
        self.compression = json["compression"]?.string ?? "deflate-before-sign"
        self.wire = json["wire"]?.string ?? "compact"
    }

    /// What was sealed for the holder by the owner of the certificate; nil when anything is not as the profile says.
    func open(_ sealed: String, with holder: CRKAuthorityIdentity.Holder, from signer: Certificate) -> Opened? {
        var text = sealed
        if self.wire == "base64" {
            guard let bytes = Base64.decode(sealed) else { return nil }
            text = String(decoding: bytes, as: UTF8.self)
        }
        let opened: Opened?
        switch self.nesting {
        case "jws-in-jwe":
            opened = self.decrypt(text, holder.key).flatMap { outer in
                self.verify(String(decoding: outer.content, as: UTF8.self), signer).map {
                    Opened(content: $0.content, header: outer.header)
                }
            }
        case "jwe-in-jws":
            opened = self.verify(text, signer).flatMap { outer in
                self.decrypt(String(decoding: outer.content, as: UTF8.self), holder.key).map {
                    Opened(content: $0.content, header: outer.header)
                }
            }
        case "jwe-only": opened = self.decrypt(text, holder.key)
        default: opened = nil
        }
        guard let opened, let content = self.decompress(opened.content) else { return nil }
        return Opened(content: content, header: opened.header)
    }

    /// What was done to the content before it was signed.
    private func decompress(_ bytes: [UInt8]) -> [UInt8]? {
        switch self.compression {
        case "none", "zip-def": bytes
        case "deflate-before-sign": try? Deflate.decompress(bytes, .raw, outputLimit: Self.outputLimit)
        case "zlib-before-sign": try? Deflate.decompress(bytes, .zlib, outputLimit: Self.outputLimit)
        case "gzip-before-sign": try? Deflate.decompress(bytes, .gzip, outputLimit: Self.outputLimit)
        default: nil
        }
    }

    /// Three parts: header, payload, signature over the first two.
    private func verify(_ text: String, _ signer: Certificate) -> Opened? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = Self.header(parts[0]), header["alg"]?.string == self.sign,
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let algorithm = Self.signatures[self.sign],
            signer.publicKey.verify(signature, over: Array("\(parts[0]).\(parts[1])".utf8), algorithm)
        else { return nil }
        if let chain = header["x5c"], chain.array?.first != .string(Base64.encode(signer.der)) { return nil }
        return Opened(content: payload, header: header)
    }

    private static let signatures: [String: SignatureAlgorithm] = [
        "RS256": .rsaPKCS1(.sha256), "RS384": .rsaPKCS1(.sha384), "RS512": .rsaPKCS1(.sha512),
        "PS256": .rsaPSS(.sha256), "PS384": .rsaPSS(.sha384), "PS512": .rsaPSS(.sha512),
        "ES256": .ecdsa(.sha256, .plain), "ES384": .ecdsa(.sha384, .plain), "ES512": .ecdsa(.sha512, .plain),
    ]

    /// Five parts: header, encrypted key, vector, ciphertext, tag.
    private func decrypt(_ text: String, _ key: PrivateKey) -> Opened? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let bytes = parts.dropFirst().compactMap { Base64URL.decode($0) }
        guard parts.count == 5, bytes.count == 4, let header = Self.header(parts[0]),
            header["alg"]?.string == self.encrypt, header["enc"]?.string == self.content,
            (header["zip"] == "DEF") == (self.compression == "zip-def"),
            let contentKey = CRKContentKey.unwrap(bytes[0], self.encrypt, header, key),
            let content = self.decipher(bytes, contentKey, Array(parts[0].utf8))
        else { return nil }
        guard self.compression == "zip-def" else { return Opened(content: content, header: header) }
        return (try? Deflate.decompress(content, .raw, outputLimit: Self.outputLimit)).map {
            Opened(content: $0, header: header)
        }
    }

    private func decipher(_ bytes: [[UInt8]], _ key: [UInt8], _ header: [UInt8]) -> [UInt8]? {
        let composed: AESCBCHMAC? =
            switch self.content {
            case "A128CBC-HS256": .aes128CBCHMACSHA256
            case "A192CBC-HS384": .aes192CBCHMACSHA384
            case "A256CBC-HS512": .aes256CBCHMACSHA512
            default: nil
            }
        if let composed {
            return try? composed.open(
                bytes[2], tag: bytes[3], key: key, initializationVector: bytes[1], additionalData: header)
        }
        guard ["A128GCM": 16, "A192GCM": 24, "A256GCM": 32][self.content] == key.count else { return nil }
        return try? AESGCM.open(bytes[2], tag: bytes[3], key: key, nonce: bytes[1], additionalData: header)
    }

    /// A protected header without demands that nobody here understands.
    private static func header(_ text: String) -> JSON? {
        guard let bytes = Base64URL.decode(text), let json = try? JSON(parsing: bytes), json.members != nil,
            json["crit"] == nil
        else { return nil }
        return json
    }
}
