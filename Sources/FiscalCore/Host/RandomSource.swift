/// The host's source of unpredictable bytes, for message identifiers and keys.
public protocol RandomSource: Sendable {
    /// `count` fresh bytes from a cryptographically secure source.
    func bytes(count: Int) -> [UInt8]
}

extension RandomSource {
    /// A fresh random UUID (RFC 9562, version 4), lower case.
    public func uuid() -> String {
        var bytes = self.bytes(count: 16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
