public import FiscalCore

extension SealingProfile {
    /// The value of `encryptedData` or `encryptedCommand` (sections 2.3.1.4.1 and 2.3.2.2).
    /// - Parameters:
    ///   - content: the JSON of the documents, or the value of a command's `command`.
    ///   - signer: our signing key; `certificate` is its certificate.
    ///   - recipient: the certificate under whose key the content key is encrypted.
    /// - Throws: ``SealError`` with `unsuitableKey` when a key does not fit the profile.
    public func seal(
        _ content: [UInt8], signer: any Signer, certificate: Certificate, for recipient: Certificate,
        randomness: any RandomSource
    ) throws(SealError) -> String {
        var content = content
        if let container = self.compression.container {
            do { content = try Deflate.compress(content, container) } catch {
                throw SealError(.unsuitableKey, "compression failed: \(error.description)")
            }
        }
        let compact: String
        switch self.nesting {
        case .jwsInJWE:
            let signed = try CompactJWS.sign(content, self, by: signer, certificate: certificate)
            compact = try CompactJWE.encrypt(
                Array(signed.utf8), self, to: recipient, isNested: true, randomness: randomness)
        case .jweInJWS:
            let encrypted = try CompactJWE.encrypt(
                content, self, to: recipient, isNested: false, randomness: randomness)
            compact = try CompactJWS.sign(Array(encrypted.utf8), self, by: signer, certificate: certificate)
        case .jweOnly:
            compact = try CompactJWE.encrypt(content, self, to: recipient, isNested: false, randomness: randomness)
        }
        return self.wire == .compact ? compact : Base64.encode(compact.utf8)
    }

    /// What was sealed for us by the owner of `certificate`.
    ///
    /// Both spellings of the wire are read, whatever the profile writes. Which algorithms are allowed is the profile's
    /// word alone; the header only has to agree.
    /// - Throws: ``SealError``: `unreadable`, `notOpened`, `outputTooLarge`.
    public func open(
        _ sealed: String, with recipient: any Decryptor, from certificate: Certificate, randomness: any RandomSource
    ) throws(SealError) -> [UInt8] {
        let compact = Self.compact(sealed)
        var content: [UInt8]
        switch self.nesting {
        case .jwsInJWE:
            let opened = try CompactJWE.decrypt(compact, self, with: recipient, randomness: randomness)
            // What is inside was authenticated: an unreadable signature there is a seal that does not hold.
            content = try Self.holding {
                () throws(SealError) in
                try CompactJWS.verify(String(decoding: opened.plaintext, as: UTF8.self), self, from: certificate)
            }
        case .jweInJWS:
            let encrypted = try CompactJWS.verify(compact, self, from: certificate)
            content = try Self.holding {
                () throws(SealError) in
                try CompactJWE.decrypt(
                    String(decoding: encrypted, as: UTF8.self), self, with: recipient, randomness: randomness
                ).plaintext
            }
        case .jweOnly:
            content = try CompactJWE.decrypt(compact, self, with: recipient, randomness: randomness).plaintext
        }
        if let container = self.compression.container { content = try Unpacking.inflate(content, container, self) }
        guard content.count <= self.outputLimit else {
            throw SealError(.outputTooLarge, "the content has more than \(self.outputLimit) bytes")
        }
        return content
    }

    /// The compact serialisation, out of its base 64 when it is in one.
    private static func compact(_ sealed: String) -> String {
        let text = String(sealed.filter { !$0.isWhitespace })
        guard !text.contains("."), let bytes = Base64.decode(text), let inner = String(validating: bytes, as: UTF8.self)
        else { return text }
        return inner
    }

    private static func holding<Value>(_ body: () throws(SealError) -> Value) throws(SealError) -> Value {
        do { return try body() } catch  where error.code == .unreadable { throw .notOpened }
    }
}
