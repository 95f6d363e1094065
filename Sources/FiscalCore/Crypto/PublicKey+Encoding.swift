import COpenSSL

extension PublicKey {
    /// Reads the DER of a `SubjectPublicKeyInfo`, with nothing after it.
    /// - Throws: ``CryptoError``: `malformed` for other bytes, `unsupported` for an algorithm that the backend does not know.
    public init(subjectPublicKeyInfo der: [UInt8]) throws(CryptoError) {
        let parsed: (OpaquePointer?, Int) = der.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            let pointer = d2i_X509_PUBKEY(nil, &next, buffer.count)
            return (pointer, next.flatMap { next in buffer.baseAddress.map { next - $0 } } ?? 0)
        }
        guard let info = parsed.0 else { throw .openSSL(.malformed, "no SubjectPublicKeyInfo") }
        defer { X509_PUBKEY_free(info) }
        guard parsed.1 == der.count else { throw CryptoError(.malformed, "there are bytes after the public key") }
        guard let pointer = X509_PUBKEY_get(info) else {
            throw .openSSL(.unsupported, "the public key is damaged or of an unknown kind")
        }
        self.init(OpenSSLKey(owning: pointer), subjectPublicKeyInfo: der)
    }

    /// Reads the first `PUBLIC KEY` of a PEM text.
    public init(pem: String) throws(CryptoError) {
        guard let block = try PEMBlock.all(in: pem.utf8).first(where: { $0.label == "PUBLIC KEY" }) else {
            throw CryptoError(.malformed, "the PEM text holds no public key")
        }
        try self.init(subjectPublicKeyInfo: Array(block.bytes))
    }

    /// A key given as a bare point of a curve, uncompressed (`04 ‖ x ‖ y`) or compressed (`02` or `03 ‖ x`).
    /// - Throws: ``CryptoError`` with `malformed` when the length does not fit or the point is not on the curve.
    public init(point: [UInt8], curve: NamedCurve) throws(CryptoError) {
        let size = curve.coordinateByteCount
        let formFits: Bool =
            switch point.first {
            case 0x04: point.count == 1 + 2 * size
            case 0x02, 0x03: point.count == 1 + size
            default: false
            }
        guard formFits else { throw CryptoError(.malformed, "no point of \(curve.name): wrong form or length") }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else {
            throw .openSSL(.backend, "no memory for a public key")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var group = Array(curve.openSSLName.utf8CString)
        var point = point
        var pointer: OpaquePointer?
        let status = group.withUnsafeMutableBufferPointer { group in
            point.withUnsafeMutableBufferPointer { point in
                var parameters = [
                    fiscal_param_group(group.baseAddress),
                    fiscal_param_public_key(point.baseAddress, point.count),
                    OSSL_PARAM_construct_end(),
                ]
                guard EVP_PKEY_fromdata_init(context) == 1 else { return Int32(0) }
                return EVP_PKEY_fromdata(context, &pointer, fiscal_public_key_selection(), &parameters)
            }
        }
        guard status == 1, let pointer else { throw .openSSL(.malformed, "the point is not on \(curve.name)") }
        let handle = OpenSSLKey(owning: pointer)
        try self.init(handle, subjectPublicKeyInfo: handle.subjectPublicKeyInfo())
    }

    /// `04 ‖ x ‖ y` of an EC key on one of ``NamedCurve/all``; nil for others.
    public var uncompressedPoint: [UInt8]? {
        guard case .ec(let curve?) = self.kind, let handle else { return nil }
        let size = curve.coordinateByteCount
        var coordinates: (OpaquePointer?, OpaquePointer?)
        defer {
            BN_free(coordinates.0)
            BN_free(coordinates.1)
            OpenSSLErrors.clear()
        }
        guard EVP_PKEY_get_bn_param(handle.pointer, OSSL_PKEY_PARAM_EC_PUB_X, &coordinates.0) == 1,
            EVP_PKEY_get_bn_param(handle.pointer, OSSL_PKEY_PARAM_EC_PUB_Y, &coordinates.1) == 1
        else { return nil }
        var point = [UInt8](repeating: 0x04, count: 1 + 2 * size)
        let fits = point.withUnsafeMutableBufferPointer { buffer in
            BN_bn2binpad(coordinates.0, buffer.baseAddress.map { $0 + 1 }, Int32(size)) == Int32(size)
                && BN_bn2binpad(coordinates.1, buffer.baseAddress.map { $0 + 1 + size }, Int32(size)) == Int32(size)
        }
        return fits ? point : nil
    }

    /// The key as a PEM text (`PUBLIC KEY`).
    public var pem: String { pemText("PUBLIC KEY", self.subjectPublicKeyInfo) }
}

/// One PEM block around `der`; empty only when there is no memory left.
func pemText(_ label: String, _ der: [UInt8]) -> String {
    guard let bio = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(bio) }
    guard PEM_write_bio(bio, label, "", der, der.count) > 0 else { return "" }
    return bioText(bio)
}
