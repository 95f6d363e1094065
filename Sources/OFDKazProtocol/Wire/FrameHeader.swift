/// The 18 bytes before every payload, in both directions (section 2.2): six numbers, least significant byte first.
///
/// All six are mandatory. ID and TOKEN use their full 32 bits.
public struct FrameHeader: Sendable, Hashable {
    /// How long the header is.
    public static let length = 18
    /// APPCODE, the same in every frame.
    public static let appcode: UInt16 = 0x81A2

    /// VERSION: the number of the edition, 203 for 2.0.3; at least 100 in what was read.
    public var version: UInt16
    /// SIZE: the length of the whole frame with this header.
    public var size: UInt32
    /// ID: the number that the register got when it was registered.
    public var id: UInt32
    /// TOKEN: the exchange key, a secret.
    public var token: UInt32
    /// REQNUM: the number of the request; the answer has the same.
    public var reqnum: UInt16

    public init(version: UInt16, size: UInt32, id: UInt32, token: UInt32, reqnum: UInt16) {
        self.version = version
        self.size = size
        self.id = id
        self.token = token
        self.reqnum = reqnum
    }

    /// Reads a header from the beginning of the bytes, as soon as they hold one.
    ///
    /// A field is judged once it is there, before what follows it: two bytes suffice to see a foreign APPCODE.
    ///
    /// - Parameter limit: the largest SIZE that is taken.
    /// - Returns: nil when the bytes are a good beginning of a header, but no whole one.
    /// - Throws: ``FrameError`` with the code `appcode`, `version`, `sizeTooSmall` or `sizeTooLarge`.
    public static func read(_ bytes: some Collection<UInt8>, limit: Int) throws(FrameError) -> FrameHeader? {
        let bytes = Array(bytes.prefix(Self.length))
        guard bytes.count >= 2 else { return nil }
        guard Self.number(in: bytes, at: 0) == Self.appcode else {
            throw FrameError(.appcode, offset: 0, detail: "APPCODE is not 81A2h")
        }
        guard bytes.count >= 4 else { return nil }
        let version: UInt16 = Self.number(in: bytes, at: 2)
        guard Edition(rawValue: version) != nil else {
            throw FrameError(.version, offset: 2, detail: "VERSION \(version) is below 100")
        }
        guard bytes.count >= 8 else { return nil }
        let size: UInt32 = Self.number(in: bytes, at: 4)
        guard size >= Self.length else {
            throw FrameError(.sizeTooSmall, offset: 4, detail: "SIZE \(size) is below \(Self.length)")
        }
        guard size <= limit else {
            throw FrameError(.sizeTooLarge, offset: 4, detail: "SIZE \(size) is above \(limit)")
        }
        guard bytes.count == Self.length else { return nil }
        return FrameHeader(
            version: version, size: size, id: Self.number(in: bytes, at: 8), token: Self.number(in: bytes, at: 12),
            reqnum: Self.number(in: bytes, at: 16))
    }

    /// The 18 bytes, APPCODE first.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.length)
        Self.append(Self.appcode, to: &bytes)
        Self.append(self.version, to: &bytes)
        Self.append(self.size, to: &bytes)
        Self.append(self.id, to: &bytes)
        Self.append(self.token, to: &bytes)
        Self.append(self.reqnum, to: &bytes)
        return bytes
    }

    private static func number<Number: FixedWidthInteger & UnsignedInteger>(
        in bytes: [UInt8], at offset: Int
    ) -> Number {
        bytes[offset..<offset + Number.bitWidth / 8].reversed().reduce(0) { $0 << 8 | Number($1) }
    }

    private static func append(_ number: some FixedWidthInteger & UnsignedInteger, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

extension FrameHeader: CustomStringConvertible, CustomReflectable {
    public var description: String {
        "VERSION \(self.version), SIZE \(self.size), ID \(self.id), TOKEN redacted, REQNUM \(self.reqnum)"
    }

    /// Without TOKEN: `dump` and what prints by reflection show no secret either.
    public var customMirror: Mirror {
        Mirror(
            self, children: ["version": self.version, "size": self.size, "id": self.id, "reqnum": self.reqnum])
    }
}
