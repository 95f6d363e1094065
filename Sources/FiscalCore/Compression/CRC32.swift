import CZlib

/// The checksum of gzip and zlib (CRC-32 of IEEE 802.3, RFC 1952 §8). It finds damage, not forgery.
public enum CRC32 {
    /// The checksum of all bytes; 0 of none.
    public static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { bytes in
            var sum: UInt = 0
            var position = 0
            while position < bytes.count {
                // zlib counts in 32 bits.
                let given = min(bytes.count - position, Int(Int32.max))
                sum = crc32(sum, bytes.baseAddress.map { $0 + position }, UInt32(given))
                position += given
            }
            return UInt32(truncatingIfNeeded: sum)
        }
    }
}
