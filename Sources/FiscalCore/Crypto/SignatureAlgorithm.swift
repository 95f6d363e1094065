/// How a message is signed: the scheme and the hash function inside it.
public enum SignatureAlgorithm: Sendable, Hashable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). Deterministic: the same message gives the same signature.
    case rsaPKCS1(DigestAlgorithm)
    /// RSASSA-PSS (RFC 8017 §8.1); MGF1 with the same hash, salt as long as the digest.
    case rsaPSS(DigestAlgorithm)
    /// ECDSA in one of its two spellings.
    case ecdsa(DigestAlgorithm, ECDSAForm)
}

/// How the two numbers of an ECDSA signature are written.
public enum ECDSAForm: Sendable, Hashable {
    /// `r ‖ s`, both padded with leading zeros to the length of the curve's order (BSI TR-03111 "plain", JOSE, XML-DSig).
    case plain
    /// The DER of `SEQUENCE { r, s }` (X.509, TLS).
    case der
}

/// How a short secret is encrypted under an RSA key.
public enum RSAEncryptionPadding: Sendable, Hashable {
    /// RSAES-PKCS1-v1_5 (RFC 8017 §7.2). A peer who can see whether its ciphertext was well padded can decrypt others'
    /// messages: never tell it, and use this only where a document demands it.
    case pkcs1
    /// RSAES-OAEP (RFC 8017 §7.1); MGF1 with the same hash, empty label. JOSE's `RSA-OAEP` is SHA-1, `RSA-OAEP-256` SHA-256.
    case oaep(DigestAlgorithm)
}
