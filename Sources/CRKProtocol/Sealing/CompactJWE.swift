import FiscalCore

/// An encrypted object in its compact form: header, encrypted key, vector, ciphertext and tag (RFC 7516 §7.1).
enum CompactJWE {
    static func encrypt(
        _ plaintext: [UInt8], _ profile: SealingProfile, to certificate: Certificate, isNested: Bool,
        randomness: any RandomSource
    ) throws(SealError) -> String {
        let content = profile.contentEncryption
        let key = randomness.bytes(count: content.keyByteCount)
        let wrapped = try ContentKey.wrap(key, profile, for: certificate.publicKey)
        var members = [
            JSON.Member("alg", .string(profile.keyEncryption.rawValue)), JSON.Member("enc", .string(content.rawValue)),
        ]
        if profile.compression == .zipDEF { members.append(.init("zip", "DEF")) }
        if isNested { members.append(.init("cty", "JWT")) }
        if let kid = profile.keyID.text(of: certificate) { members.append(.init("kid", .string(kid))) }
        members += wrapped.members
        if profile.nesting != .jweInJWS { members += profile.metadata }
        let header = JOSEHeader(members)
        let vector = randomness.bytes(count: content.initializationVectorByteCount)
        do {
            let plaintext = profile.compression == .zipDEF ? try Deflate.compress(plaintext, .raw) : plaintext
            let sealed = try content.seal(
                plaintext, key: key, vector: vector, additionalData: Array(header.encoded.utf8))
            return [
                header.encoded, Base64URL.encode(wrapped.encryptedKey), Base64URL.encode(vector),
                Base64URL.encode(sealed.ciphertext), Base64URL.encode(sealed.tag),
            ].joined(separator: ".")
        } catch {
            throw SealError(.unsuitableKey, "\(error)")
        }
    }

    static func decrypt(
        _ text: some StringProtocol, _ profile: SealingProfile, with recipient: any Decryptor,
        randomness: any RandomSource
    ) throws(SealError) -> (plaintext: [UInt8], header: JSON) {
        let segments = text.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.count == 5 else { throw SealError(.unreadable, "an encrypted object has five parts") }
        let header = try JOSEHeader(segment: Substring(segments[0]))
        var parts: [[UInt8]] = []
        for segment in segments.dropFirst() {
            guard let part = Base64URL.decode(String(segment)) else {
                throw SealError(.unreadable, "a part of the encrypted object is no base 64 URL")
            }
            parts.append(part)
        }
        guard header.text("alg") == profile.keyEncryption.rawValue,
            header.text("enc") == profile.contentEncryption.rawValue, !header.hasUnknownDemands,
            profile.keyEncryption != .rsa15 || profile.allowsUnsafeRSA15
        else { throw .notOpened }
        let isZipped = try Self.isZipped(header, profile)
        let content = profile.contentEncryption
        // A key that does not unwrap is replaced by a random one, so that both ways fail at the same place (RFC 7516 §11.5).
        let key =
            ContentKey.unwrap(parts[0], header, profile, with: recipient)
            ?? randomness.bytes(count: content.keyByteCount)
        let plaintext: [UInt8]
        do {
            plaintext = try content.open(
                parts[2], tag: parts[3], key: key, vector: parts[1], additionalData: Array(header.encoded.utf8))
        } catch {
            throw .notOpened
        }
        return (isZipped ? try Unpacking.inflate(plaintext, .raw, profile) : plaintext, header.json)
    }

    private static func isZipped(_ header: JOSEHeader, _ profile: SealingProfile) throws(SealError) -> Bool {
        switch header.json["zip"] {
        case nil:
            guard profile.compression != .zipDEF else { throw .notOpened }
            return false
        case "DEF" where profile.acceptsZip: return true
        default: throw .notOpened
        }
    }
}

/// Compressed content, unpacked within the profile's limit.
enum Unpacking {
    static func inflate(
        _ bytes: [UInt8], _ container: Deflate.Container, _ profile: SealingProfile
    ) throws(SealError) -> [UInt8] {
        do {
            return try Deflate.decompress(bytes, container, outputLimit: profile.outputLimit)
        } catch {
            guard error.code != .outputLimitExceeded else {
                throw SealError(.outputTooLarge, "the content has more than \(profile.outputLimit) bytes")
            }
            throw .notOpened
        }
    }
}
