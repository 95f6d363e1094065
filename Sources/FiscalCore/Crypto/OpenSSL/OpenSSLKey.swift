import COpenSSL

/// Owns an `EVP_PKEY`.
///
/// Unchecked: OpenSSL counts references atomically and locks what it caches inside, so that a key which nobody changes
/// may be used from many threads at once. We never change one after it was made.
final class OpenSSLKey: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(self.pointer) }

    func isA(_ type: String) -> Bool { EVP_PKEY_is_a(self.pointer, type) == 1 }

    /// Whether both have the same public key.
    func hasSamePublicKey(as other: OpenSSLKey) -> Bool {
        let same = EVP_PKEY_eq(self.pointer, other.pointer) == 1
        OpenSSLErrors.clear()
        return same
    }

    var kind: PublicKey.Kind {
        if self.isA("RSA") { return .rsa(bits: Int(EVP_PKEY_get_bits(self.pointer))) }
        if self.isA("EC") { return .ec(self.curve) }
        return .other
    }

    private var curve: NamedCurve? {
        var name = [CChar](repeating: 0, count: 64)
        guard EVP_PKEY_get_group_name(self.pointer, &name, name.count, nil) == 1 else {
            OpenSSLErrors.clear()
            return nil
        }
        let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return NamedCurve.all.first { $0.openSSLName == text }
    }

    /// The `SubjectPublicKeyInfo` in DER.
    func subjectPublicKeyInfo() throws(CryptoError) -> [UInt8] {
        guard let der = encodedDER({ i2d_PUBKEY(self.pointer, $0) }) else {
            throw .openSSL(.backend, "the public key could not be encoded")
        }
        return der
    }
}

extension NamedCurve {
    /// OpenSSL calls secp256r1 by its X9.62 name.
    var openSSLName: String { self == .secp256r1 ? "prime256v1" : self.name }
}

/// What an `i2d_…` function of OpenSSL writes, nil when it fails.
func encodedDER(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]? {
    let size = encode(nil)
    guard size > 0 else { return nil }
    var written: Int32 = 0
    let der = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
        var next = buffer.baseAddress
        written = encode(&next)
        count = max(0, Int(written))
    }
    return written == size ? der : nil
}
