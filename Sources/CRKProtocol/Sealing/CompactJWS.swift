import FiscalCore

/// A signed object in its compact form: header, payload and signature (RFC 7515 §7.1).
enum CompactJWS {
    static func sign(
        _ payload: [UInt8], _ profile: SealingProfile, by signer: any Signer, certificate: Certificate
    ) throws(SealError) -> String {
        guard certificate.publicKey.isSameKey(as: signer.publicKey) else {
            throw SealError(.unsuitableKey, "the signer's certificate is another key's")
        }
        guard profile.signature.fits(signer.publicKey) else {
            throw SealError(.unsuitableKey, "the key cannot sign with \(profile.signature.rawValue)")
        }
        var members = [JSON.Member("alg", .string(profile.signature.rawValue))]
        switch profile.signerReference {
        case .x5c: members.append(.init("x5c", .array([.string(Base64.encode(certificate.der))])))
        case .x5tS256: members.append(.init("x5t#S256", .string(Base64URL.encode(certificate.fingerprint(.sha256)))))
        case .kid:
            if let kid = profile.keyID.text(of: certificate) { members.append(.init("kid", .string(kid))) }
        case .none: break
        }
        if profile.nesting == .jweInJWS { members += profile.metadata }
        let input = JOSEHeader(members).encoded + "." + Base64URL.encode(payload)
        do {
            let signature = try signer.sign(Array(input.utf8), profile.signature.signature)
            return input + "." + Base64URL.encode(signature)
        } catch {
            throw SealError(.unsuitableKey, error.detail)
        }
    }

    /// The payload, when the signature is the expected signer's in the way that the profile says.
    ///
    /// The key is always that of the certificate that the caller trusts: a certificate in the header only has to be the
    /// same one. Otherwise whoever writes the header chooses who is believed.
    static func verify(
        _ text: some StringProtocol, _ profile: SealingProfile, from certificate: Certificate
    ) throws(SealError) -> [UInt8] {
        let segments = text.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.count == 3 else { throw SealError(.unreadable, "a signed object has three parts") }
        let header = try JOSEHeader(segment: Substring(segments[0]))
        guard let payload = Base64URL.decode(String(segments[1])),
            let signature = Base64URL.decode(String(segments[2]))
        else { throw SealError(.unreadable, "a part of the signed object is no base 64 URL") }
        guard header.text("alg") == profile.signature.rawValue, !header.hasUnknownDemands,
            profile.signature.fits(certificate.publicKey), Self.names(header, certificate, profile),
            certificate.publicKey.verify(
                signature, over: Array("\(segments[0]).\(segments[1])".utf8), profile.signature.signature)
        else { throw .notOpened }
        return payload
    }

    /// Whether every reference that the header makes is to this certificate.
    private static func names(_ header: JOSEHeader, _ certificate: Certificate, _ profile: SealingProfile) -> Bool {
        if let chain = header.json["x5c"] {
            let leaf = chain.array?.first?.string.flatMap(Base64.decodeIgnoringWhitespace)
            guard leaf == certificate.der else { return false }
        }
        if let thumbprint = header.json["x5t#S256"] {
            guard thumbprint.string.flatMap(Base64URL.decode) == certificate.fingerprint(.sha256) else { return false }
        }
        if profile.signerReference == .kid, let expected = profile.keyID.text(of: certificate) {
            guard header.text("kid") == expected else { return false }
        }
        switch profile.signerReference {
        case .x5c: return header.json["x5c"] != nil
        case .x5tS256: return header.json["x5t#S256"] != nil
        case .kid, .none: return true
        }
    }
}
