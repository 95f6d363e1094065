import COpenSSL

/// The two spellings of an ECDSA signature; OpenSSL itself knows only the DER one.
enum ECDSASignature {
    /// `r ‖ s` of the given length each, nil when the DER is no signature or a number does not fit.
    static func plain(fromDER der: [UInt8], orderByteCount: Int) -> [UInt8]? {
        let parsed: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &next, buffer.count)
        }
        guard let parsed else { return nil }
        defer { ECDSA_SIG_free(parsed) }
        var plain = [UInt8](repeating: 0, count: 2 * orderByteCount)
        let length = Int32(orderByteCount)
        let fits = plain.withUnsafeMutableBufferPointer { buffer in
            BN_bn2binpad(ECDSA_SIG_get0_r(parsed), buffer.baseAddress, length) == length
                && BN_bn2binpad(ECDSA_SIG_get0_s(parsed), buffer.baseAddress.map { $0 + orderByteCount }, length)
                    == length
        }
        return fits ? plain : nil
    }

    /// The DER of a signature whose two numbers have exactly the given length each.
    static func der(fromPlain plain: [UInt8], orderByteCount: Int) -> [UInt8]? {
        guard orderByteCount > 0, plain.count == 2 * orderByteCount, let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let numbers = plain.withUnsafeBufferPointer { buffer in
            (
                BN_bin2bn(buffer.baseAddress, Int32(orderByteCount), nil),
                BN_bin2bn(buffer.baseAddress.map { $0 + orderByteCount }, Int32(orderByteCount), nil)
            )
        }
        // On success the signature owns both numbers.
        guard ECDSA_SIG_set0(signature, numbers.0, numbers.1) == 1 else {
            BN_free(numbers.0)
            BN_free(numbers.1)
            return nil
        }
        return encodedDER { i2d_ECDSA_SIG(signature, $0) }
    }
}
