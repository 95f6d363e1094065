import COpenSSL

/// Owns an `X509`.
///
/// Unchecked: references are counted atomically and what OpenSSL caches inside is locked; we never change one that
/// others can see.
final class OpenSSLCertificate: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(self.pointer) }

    /// The certificate at the start of `bytes`, and how many bytes it takes.
    static func parse(_ bytes: ArraySlice<UInt8>) -> (OpenSSLCertificate, Int)? {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return nil }
            var next: UnsafePointer<UInt8>? = start
            guard let pointer = d2i_X509(nil, &next, buffer.count), let next else { return nil }
            return (OpenSSLCertificate(owning: pointer), next - start)
        }
    }

    func der() -> [UInt8]? { encodedDER { i2d_X509(self.pointer, $0) } }

    /// The key. One of an algorithm that OpenSSL does not know is kept as bytes, so that a bundle with one such
    /// authority can still be read.
    func publicKey() throws(CryptoError) -> PublicKey {
        let info = X509_get_X509_PUBKEY(self.pointer)
        guard let der = encodedDER({ i2d_X509_PUBKEY(info, $0) }) else {
            throw .openSSL(.malformed, "the certificate's key could not be read")
        }
        guard let key = X509_PUBKEY_get(info) else {
            OpenSSLErrors.clear()
            return PublicKey(nil, subjectPublicKeyInfo: der)
        }
        return PublicKey(OpenSSLKey(owning: key), subjectPublicKeyInfo: der)
    }

    func instant(_ get: (OpaquePointer?) -> UnsafePointer<ASN1_TIME>?) -> FiscalInstant? {
        guard let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_STRING_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, get(self.pointer)) == 1 else {
            OpenSSLErrors.clear()
            return nil
        }
        return FiscalInstant(secondsSinceEpoch: Int64(days) * 86400 + Int64(seconds))
    }

    func name(_ get: (OpaquePointer?) -> OpaquePointer?) -> DistinguishedName {
        guard let name = get(self.pointer) else { return DistinguishedName([]) }
        var attributes: [DistinguishedName.Attribute] = []
        for index in 0..<max(0, X509_NAME_entry_count(name)) {
            guard let entry = X509_NAME_get_entry(name, index) else { continue }
            let type = DistinguishedName.AttributeType(oid: objectIdentifier(X509_NAME_ENTRY_get_object(entry)))
            attributes.append(.init(type, Self.text(X509_NAME_ENTRY_get_data(entry))))
        }
        return DistinguishedName(attributes)
    }

    private static func text(_ string: UnsafeMutablePointer<ASN1_STRING>?) -> String {
        var utf8: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&utf8, string)
        defer { fiscal_free(utf8) }
        if count >= 0 { return String(decoding: UnsafeBufferPointer(start: utf8, count: Int(count)), as: UTF8.self) }
        OpenSSLErrors.clear()
        let raw = UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
        return "#" + raw.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    var serialNumber: [UInt8] {
        guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(self.pointer), nil) else {
            OpenSSLErrors.clear()
            return [0]
        }
        defer { BN_free(number) }
        let size = (Int(BN_num_bits(number)) + 7) / 8
        guard size > 0 else { return [0] }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = Int(BN_bn2bin(number, buffer.baseAddress))
        }
    }

    var keyUsage: KeyUsage? {
        let bits = X509_get_key_usage(self.pointer)
        guard bits != UInt32.max else { return nil }
        // OpenSSL keeps the bytes of the BIT STRING, whose first bit is the highest of the first byte.
        let positions = (0..<9).filter { bits & ($0 < 8 ? 0x80 >> UInt32($0) : 0x8000) != 0 }
        return KeyUsage(positions.map { KeyUsage(rawValue: 1 << UInt16($0)) })
    }

    var isCA: Bool { X509_get_extension_flags(self.pointer) & UInt32(EXFLAG_CA) != 0 }

    var pathLengthConstraint: Int? {
        guard self.isCA else { return nil }
        let limit = X509_get_pathlen(self.pointer)
        return limit < 0 ? nil : limit
    }

    var isSelfIssued: Bool {
        X509_NAME_cmp(X509_get_subject_name(self.pointer), X509_get_issuer_name(self.pointer)) == 0
    }
}
