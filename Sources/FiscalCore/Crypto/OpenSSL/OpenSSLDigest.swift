import COpenSSL

/// An `EVP_MD` fetched once and kept: an implicit fetch at every use costs a lock and a search.
///
/// Unchecked: a fetched digest never changes.
struct FetchedDigest: @unchecked Sendable {
    let pointer: OpaquePointer

    private init(_ name: String) {
        // Depends on the installed OpenSSL alone. Every provider, FIPS too, has the four digests.
        guard let pointer = EVP_MD_fetch(nil, name, nil) else { preconditionFailure("OpenSSL offers no \(name)") }
        self.pointer = pointer
    }

    static let sha1 = Self("SHA1")
    static let sha256 = Self("SHA256")
    static let sha384 = Self("SHA384")
    static let sha512 = Self("SHA512")
}

extension DigestAlgorithm {
    var fetched: FetchedDigest {
        switch self {
        case .sha1: .sha1
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}
