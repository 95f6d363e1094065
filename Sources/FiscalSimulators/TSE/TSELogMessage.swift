import FiscalCore

/// The bytes that a TSE signs: a row of DER elements without a frame (BSI TR-03151; facts §7).
///
/// Written here by hand. The library has a writer of its own, so that each checks the other.
struct TSELogMessage: Sendable {
    enum Operation: String, Sendable {
        case start = "StartTransaction"
        case finish = "FinishTransaction"
    }

    var operation: Operation
    var client: String
    var processData: String
    var processType: String
    var transactionNumber: UInt64
    /// SHA-256 of the uncompressed point.
    var serial: [UInt8]
    var signatureCounter: UInt64
    var logTime: FiscalInstant
    var profile: TSEProfile

    var bytes: [UInt8] {
        var out: [UInt8] = [0x02, 0x01, 0x02]
        // 0.4.0.127.0.7.3.7.1.1, a log of transactions.
        out += [0x06, 0x09, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x03, 0x07, 0x01, 0x01]
        out += Self.element(0x80, Array(self.operation.rawValue.utf8))
        out += Self.element(0x81, Array(self.client.utf8))
        out += self.processDataElement
        out += Self.element(0x83, Array(self.processType.utf8))
        out += Self.element(0x85, Self.integer(self.transactionNumber))
        out += Self.element(0x04, self.serial)
        out += Self.element(0x30, Self.element(0x06, self.algorithm))
        out += Self.element(0x02, Self.integer(self.signatureCounter))
        return out + self.timeElement
    }

    private var processDataElement: [UInt8] {
        let data = Array(self.processData.utf8)
        // Starts have nothing to hold in chunks.
        guard self.operation == .finish, self.profile.layout != .a else { return Self.element(0x82, data) }
        let middle = self.profile.layout == .bInTwoChunks ? data.count / 2 : 0
        var out: [UInt8] = [0xA2, 0x80]
        if middle > 0 { out += Self.element(0x04, Array(data[..<middle])) }
        out += Self.element(0x04, Array(data[middle...]))
        return out + [0x00, 0x00]
    }

    /// The content of 0.4.0.127.0.7.1.1.4.1.n.
    private var algorithm: [UInt8] {
        let last: UInt8 =
            switch self.profile.digest {
            case .sha384: 4
            case .sha512: 5
            default: 3
            }
        return [0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, last]
    }

    private var timeElement: [UInt8] {
        let seconds = self.logTime.secondsSinceEpoch
        // 20260203040506
        let digits = OffsetDateTime(FiscalInstant(secondsSinceEpoch: seconds), zone: FixedZone.utc).iso8601Seconds
            .utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return switch self.profile.timeFormat {
        case .unixTime: Self.element(0x02, Self.integer(UInt64(max(0, seconds))))
        case .utcTime: Self.element(0x17, digits.dropFirst(2) + [UInt8(ascii: "Z")])
        case .generalizedTime: Self.element(0x18, digits + [UInt8(ascii: "Z")])
        }
    }

    /// Tag, length in the short or the long form, content.
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        var rest = content.count
        var length: [UInt8] = []
        while rest > 0 {
            length.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    /// The content of an INTEGER that is not negative: as few bytes as possible, the first bit a zero.
    static func integer(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(value & 0xFF)]
        var rest = value >> 8
        while rest > 0 {
            bytes.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return bytes[0] >= 0x80 ? [0x00] + bytes : bytes
    }
}
