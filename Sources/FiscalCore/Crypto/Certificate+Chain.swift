import COpenSSL

extension Certificate {
    /// Looks for a chain from this certificate to one of the policy's anchors, valid at `instant` to the second, and
    /// checks it after RFC 5280 §6: signatures, validity of every member, basic constraints, key usage for signing
    /// certificates, name constraints. Signatures over MD5 or SHA-1 and RSA keys below 1024 bits are refused.
    /// What the leaf may be used for, who it is and whether it was revoked are the caller's questions.
    /// - Returns: The chain, this certificate first, the anchor last.
    public func verifyChain(at instant: FiscalInstant, policy: ChainPolicy) throws(ChainError) -> [Certificate] {
        defer { OpenSSLErrors.clear() }
        guard let store = X509_STORE_new(), let untrusted = fiscal_x509_stack_new(), let context = X509_STORE_CTX_new()
        else { throw .outOfMemory }
        defer {
            X509_STORE_CTX_free(context)
            fiscal_x509_stack_free(untrusted)
            X509_STORE_free(store)
        }
        for anchor in policy.anchors {
            guard X509_STORE_add_cert(store, anchor.handle.pointer) == 1 else { throw .outOfMemory }
        }
        for intermediate in policy.intermediates {
            guard fiscal_x509_stack_push(untrusted, intermediate.handle.pointer) > 0 else { throw .outOfMemory }
        }
        guard X509_STORE_CTX_init(context, store, self.handle.pointer, untrusted) == 1 else { throw .outOfMemory }
        let parameters = X509_STORE_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_time(parameters, time_t(instant.certificateSeconds))
        // Level 1: 80 bits of security, which SHA-1 no longer gives.
        X509_VERIFY_PARAM_set_auth_level(parameters, 1)
        var flags = UInt(X509_V_FLAG_PARTIAL_CHAIN)
        if policy.ignoresUnhandledCriticalExtensions { flags |= UInt(X509_V_FLAG_IGNORE_CRITICAL) }
        X509_VERIFY_PARAM_set_flags(parameters, flags)
        X509_STORE_CTX_set_verify_cb(context, acceptLastSecond)

        guard X509_verify_cert(context) == 1 else { throw ChainError(X509_STORE_CTX_get_error(context)) }
        let chain = X509_STORE_CTX_get0_chain(context)
        let known = [self] + policy.intermediates + policy.anchors
        // OpenSSL puts the very objects it was given into the chain.
        return (0..<max(0, fiscal_x509_stack_count(chain))).compactMap { index in
            let pointer = fiscal_x509_stack_value(chain, index)
            return known.first { $0.handle.pointer == pointer }
        }
    }
}

/// OpenSSL takes the second of `notAfter` itself as too late; RFC 5280 §4.1.2.5 counts it in.
private func acceptLastSecond(_ accepted: Int32, _ context: OpaquePointer?) -> Int32 {
    guard accepted == 0, X509_STORE_CTX_get_error(context) == X509_V_ERR_CERT_HAS_EXPIRED,
        let certificate = X509_STORE_CTX_get_current_cert(context)
    else { return accepted }
    let time = X509_VERIFY_PARAM_get_time(X509_STORE_CTX_get0_param(context))
    guard ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate), time) == 0 else { return 0 }
    X509_STORE_CTX_set_error(context, X509_V_OK)
    return 1
}

extension FiscalInstant {
    /// Seconds, kept within the years 1 to 9999, which is all that a certificate can say.
    fileprivate var certificateSeconds: Int64 { min(max(self.secondsSinceEpoch, -62_135_596_800), 253_402_300_799) }
}

extension ChainError {
    fileprivate static let outOfMemory = Self(X509_V_ERR_OUT_OF_MEM)

    fileprivate init(_ code: Int32) {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED: self = .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: self = .notYetValid
        case X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE: self = .badSignature
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED, X509_V_ERR_CERT_REJECTED:
            self = .untrusted
        default:
            let text = X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "unknown error"
            self = .other(code: Int(code), text: text)
        }
    }
}
