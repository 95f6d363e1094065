import COpenSSL

/// Makes certificates.
enum OpenSSLCertificateBuilder {
    /// - Parameter issuer: Nil for one that is signed by itself.
    static func make(
        _ template: CertificateTemplate, for publicKey: PublicKey, issuer: Certificate?, issuerKey: PrivateKey
    ) throws(CryptoError) -> Certificate {
        defer { OpenSSLErrors.clear() }
        guard let pointer = X509_new() else { throw .openSSL(.backend, "no memory for a certificate") }
        let made = OpenSSLCertificate(owning: pointer)
        guard let key = publicKey.handle else { throw CryptoError(.unsupported, "no certificate for such a key") }
        let subject = try Self.name(template.subject)
        defer { X509_NAME_free(subject) }
        try Self.setSerialNumber(template.serialNumber, pointer)
        let issuerName = issuer.map { X509_get_subject_name($0.handle.pointer) } ?? subject
        guard X509_set_version(pointer, 2) == 1, X509_set_subject_name(pointer, subject) == 1,
            X509_set_issuer_name(pointer, issuerName) == 1,
            ASN1_TIME_set(X509_getm_notBefore(pointer), time_t(template.notBefore.secondsSinceEpoch)) != nil,
            ASN1_TIME_set(X509_getm_notAfter(pointer), time_t(template.notAfter.secondsSinceEpoch)) != nil,
            X509_set_pubkey(pointer, key.pointer) == 1
        else { throw .openSSL(.malformed, "the certificate could not be filled") }
        try Self.addExtensions(template, pointer, issuer: issuer?.handle.pointer ?? pointer)
        guard X509_sign(pointer, issuerKey.handle.pointer, template.digest.fetched.pointer) > 0, let der = made.der()
        else { throw .openSSL(.backend, "the certificate could not be signed") }
        return try Certificate(der: der)
    }

    private static func name(_ name: DistinguishedName) throws(CryptoError) -> OpaquePointer {
        guard let pointer = X509_NAME_new() else { throw .openSSL(.backend, "no memory for a name") }
        for attribute in name.attributes {
            let value = Array(attribute.value.utf8)
            let added = X509_NAME_add_entry_by_txt(
                pointer, attribute.type.oid, MBSTRING_UTF8, value, Int32(clamping: value.count), -1, 0)
            guard added == 1 else {
                X509_NAME_free(pointer)
                throw .openSSL(.malformed, "\(attribute.type.shortName) cannot have this value")
            }
        }
        return pointer
    }

    private static func setSerialNumber(_ bytes: [UInt8], _ certificate: OpaquePointer) throws(CryptoError) {
        guard (1...20).contains(bytes.count), bytes.contains(where: { $0 != 0 }),
            let number = BN_bin2bn(bytes, Int32(bytes.count), nil)
        else { throw CryptoError(.malformed, "a serial number is positive and has at most 20 bytes") }
        defer { BN_free(number) }
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil else {
            throw .openSSL(.backend, "the serial number could not be set")
        }
    }

    private static func addExtensions(
        _ template: CertificateTemplate, _ certificate: OpaquePointer, issuer: OpaquePointer
    ) throws(CryptoError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        for (number, value) in try Self.extensions(template) {
            guard let made = X509V3_EXT_conf_nid(nil, &context, number, value) else {
                throw .openSSL(.malformed, "the extension \(value) could not be made")
            }
            defer { X509_EXTENSION_free(made) }
            guard X509_add_ext(certificate, made, -1) == 1 else { throw .openSSL(.backend, "no memory for extensions") }
        }
    }

    /// In the notation of OpenSSL's configuration files. The key identifier stands before the one of the issuer, which
    /// for a root is the same.
    private static func extensions(_ template: CertificateTemplate) throws(CryptoError) -> [(Int32, String)] {
        let basicConstraints =
            switch template.role {
            case .endEntity: "critical,CA:FALSE"
            case .authority(nil): "critical,CA:TRUE"
            case .authority(let limit?): "critical,CA:TRUE,pathlen:\(limit)"
            }
        var extensions = [
            (NID_basic_constraints, basicConstraints),
            (NID_subject_key_identifier, template.marksSubjectKeyIdentifierCritical ? "critical,hash" : "hash"),
            (NID_authority_key_identifier, "keyid:always"),
        ]
        if let usage = template.keyUsage, !usage.isEmpty {
            extensions.append((NID_key_usage, "critical," + usage.names.joined(separator: ",")))
        }
        if !template.extendedKeyUsage.isEmpty {
            extensions.append((NID_ext_key_usage, template.extendedKeyUsage.map(\.rawValue).joined(separator: ",")))
        }
        let names = template.dnsNames.map { "DNS:\($0)" } + template.ipAddresses.map { "IP:\($0)" }
        // The notation has its own special characters; none of them belongs into a host name or an address.
        guard names.allSatisfy({ $0.utf8.allSatisfy(Self.isNameCharacter) }) else {
            throw CryptoError(.malformed, "no host name or address")
        }
        if !names.isEmpty { extensions.append((NID_subject_alt_name, names.joined(separator: ","))) }
        return extensions
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: Array("-.:*_".utf8).contains(byte)
        }
    }
}
