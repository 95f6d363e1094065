import COpenSSL

/// A private library context of OpenSSL with the default provider and, where it is installed, the legacy one.
///
/// Old algorithms (RC2-40 of the taxpayers' key files) are wanted for opening such files only. In a context of its own
/// the legacy provider cannot reach the rest of the process, and the host's configuration of OpenSSL stays as it is.
///
/// Unchecked: a library context may be used from many threads; ours never changes after it was made.
final class LibraryContext: @unchecked Sendable {
    let pointer: OpaquePointer?
    private let providers: [OpaquePointer]

    private init(_ providerNames: [String]) {
        let pointer = OSSL_LIB_CTX_new()
        self.pointer = pointer
        // A provider that is not there leaves its algorithms unknown, which is then reported by their name.
        self.providers = providerNames.compactMap { OSSL_PROVIDER_load(pointer, $0) }
        OpenSSLErrors.clear()
    }

    deinit {
        for provider in self.providers { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(self.pointer)
    }

    /// With the legacy provider, made at the first use and kept.
    static let withLegacy = LibraryContext(["default", "legacy"])
    /// As if the legacy provider were not installed.
    static let withoutLegacy = LibraryContext(["default"])

    /// Whether this context has the cipher, by its object number.
    func hasCipher(_ number: Int32) -> Bool {
        guard let name = OBJ_nid2sn(number), let cipher = EVP_CIPHER_fetch(self.pointer, name, nil) else {
            OpenSSLErrors.clear()
            return false
        }
        EVP_CIPHER_free(cipher)
        return true
    }

    /// Whether this context has the digest, by its object number.
    func hasDigest(_ number: Int32) -> Bool {
        guard let name = OBJ_nid2sn(number), let digest = EVP_MD_fetch(self.pointer, name, nil) else {
            OpenSSLErrors.clear()
            return false
        }
        EVP_MD_free(digest)
        return true
    }
}
