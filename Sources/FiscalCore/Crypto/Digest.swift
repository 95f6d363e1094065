import COpenSSL

/// Hashing in one step.
public enum Digest {
    /// The digest of `bytes`.
    public static func hash(_ algorithm: DigestAlgorithm, _ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { Self.hash(algorithm, $0) }
    }

    /// The digest of any collection of bytes; without a copy where its storage is contiguous.
    public static func hash(_ algorithm: DigestAlgorithm, _ bytes: some Collection<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable { Self.hash(algorithm, UnsafeRawBufferPointer($0)) }
            ?? Self.hash(algorithm, Array(bytes))
    }

    /// The digest of memory that the caller keeps alive.
    public static func hash(_ algorithm: DigestAlgorithm, _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { digest, count in
            var written: UInt32 = 0
            let status = EVP_Digest(
                bytes.baseAddress, bytes.count, digest.baseAddress, &written, algorithm.fetched.pointer, nil)
            // Depends on the installed OpenSSL alone, never on the bytes.
            precondition(status == 1, "OpenSSL could not compute \(algorithm.rawValue)")
            count = Int(written)
        }
    }
}
