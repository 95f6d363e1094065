/// One frame as it arrived: eighteen bytes of header, all numbers little-endian, and the payload (section 2.2).
struct ReceivedFrame: Sendable, Hashable {
    var version: UInt16
    var id: UInt32
    var token: UInt32
    var reqnum: UInt16
    var payload: [UInt8]

    /// Why bytes are no frame.
    enum Flaw: String, Error {
        case tooShort = "fewer than 18 bytes"
        case appcode = "APPCODE is not 81A2h"
        case size = "SIZE is not the length of the message"
    }

    init(_ bytes: [UInt8]) throws(Flaw) {
        guard bytes.count >= 18 else { throw .tooShort }
        func number(_ range: Range<Int>) -> UInt32 {
            range.reversed().reduce(0) { $0 << 8 | UInt32(bytes[$1]) }
        }
        guard number(0..<2) == 0x81A2 else { throw .appcode }
        guard Int(number(4..<8)) == bytes.count else { throw .size }
        self.version = UInt16(number(2..<4))
        self.id = number(8..<12)
        self.token = number(12..<16)
        self.reqnum = UInt16(number(16..<18))
        self.payload = Array(bytes[18...])
    }

    /// What SIZE says at the beginning of a stream; nil when that can be no header.
    static func size(_ stream: [UInt8]) -> Int? {
        guard stream.count >= 8, stream.starts(with: [0xA2, 0x81]) else { return nil }
        let size = stream[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        return size >= 18 ? size : nil
    }
}

/// A frame of the authority before it is written; every part of the header can be made wrong.
struct OutgoingFrame: Sendable, Hashable {
    var appcode: UInt16 = 0x81A2
    var version: UInt16
    /// What SIZE says instead of the truth.
    var size: UInt32?
    var id: UInt32
    var token: UInt32
    var reqnum: UInt16
    var payload: [UInt8]

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func add(_ number: UInt32, _ count: Int) {
            for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt32(place)))) }
        }
        add(UInt32(self.appcode), 2)
        add(UInt32(self.version), 2)
        add(self.size ?? UInt32(truncatingIfNeeded: self.payload.count + 18), 4)
        add(self.id, 4)
        add(self.token, 4)
        add(UInt32(self.reqnum), 2)
        return bytes + self.payload
    }
}
