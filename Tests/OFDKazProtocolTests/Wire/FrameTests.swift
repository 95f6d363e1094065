import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Frames: header and payload")
struct FrameTests {
    static let example = Frame(
        version: 203, id: 0x0102_0304, token: 0x0A0B_0C0D, reqnum: 0x0E0F, payload: [0x08, 0x00])

    @Test("The six fields stand at 0, 2, 4, 8, 12, 16, least significant byte first, and the payload ends the frame")
    func goldenOffsets() {
        let bytes = Self.example.encoded()
        #expect(Array(bytes[0..<2]) == [0xA2, 0x81])
        #expect(Array(bytes[2..<4]) == [0xCB, 0x00])
        #expect(Array(bytes[4..<8]) == [0x14, 0x00, 0x00, 0x00])
        #expect(Array(bytes[8..<12]) == [0x04, 0x03, 0x02, 0x01])
        #expect(Array(bytes[12..<16]) == [0x0D, 0x0C, 0x0B, 0x0A])
        #expect(Array(bytes[16..<18]) == [0x0F, 0x0E])
        #expect(Array(bytes[18...]) == [0x08, 0x00])
    }

    @Test("A frame made elsewhere comes out byte for byte when its numbers are put in")
    func builtFrame() throws {
        let payload: [UInt8] = [0x08, 0x00]
        let frame = Frame(version: 203, id: 100_001, token: 0x0102_0304, reqnum: 1, payload: payload)
        #expect(Hex.encode(frame.encoded()) == WireVectors.systemRequest)
        #expect(frame.header.encoded() + payload == frame.encoded())
    }

    @Test("SIZE is 18 more than the payload, and 18 without one", arguments: [0, 1, 237, 238, 65518, 70000])
    func size(count: Int) throws {
        var frame = Self.example
        frame.payload = [UInt8](repeating: 0xA2, count: count)
        let bytes = frame.encoded()
        #expect(bytes.count == count + 18)
        let size = UInt32(bytes[4]) | UInt32(bytes[5]) << 8 | UInt32(bytes[6]) << 16 | UInt32(bytes[7]) << 24
        #expect(size == UInt32(count) + 18)
        let (read, rest) = try Frame.decode(bytes)
        #expect(read == frame)
        #expect(rest.isEmpty)
    }

    @Test(
        "ID and TOKEN use their full 32 bits, REQNUM its 16",
        arguments: [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF] as [UInt32])
    func fullWidth(number: UInt32) throws {
        let reqnum = UInt16(truncatingIfNeeded: number)
        let frame = Frame(version: 65535, id: number, token: ~number, reqnum: reqnum, payload: [])
        let (read, _) = try Frame.decode(frame.encoded())
        #expect(read.id == number)
        #expect(read.token == ~number)
        #expect(read.reqnum == reqnum)
        #expect(read.version == 65535)
        #expect(read.header == FrameHeader(version: 65535, size: 18, id: number, token: ~number, reqnum: reqnum))
    }

    @Test("What follows a frame is handed back untouched")
    func rest() throws {
        let second: [UInt8] = [0xA2, 0x81, 0xCB]
        let (frame, rest) = try Frame.decode(Self.example.encoded() + second)
        #expect(frame == Self.example)
        #expect(Array(rest) == second)
        let (again, nothing) = try Frame.decode((Self.example.encoded() + second).dropLast(3))
        #expect(again == Self.example)
        #expect(nothing.isEmpty)
    }

    @Test("Every part of a frame is incomplete, and says how much there is of how much")
    func incomplete() {
        let bytes = Self.example.encoded()
        for count in bytes.indices {
            let error = #expect(throws: FrameError.self) { try Frame.decode(bytes.prefix(count)) }
            #expect(error?.code == .incomplete)
            #expect(error?.offset == count)
            #expect(error?.detail == "\(count) of \(count < 18 ? 18 : 20) bytes")
        }
    }

    @Test("17 bytes are no header yet, 18 are one")
    func headerLength() throws {
        let bytes = Frame(version: 203, id: 1, token: 2, reqnum: 3, payload: []).encoded()
        #expect(try FrameHeader.read(bytes.prefix(17), limit: 1 << 20) == nil)
        #expect(
            try FrameHeader.read(bytes, limit: 1 << 20)
                == FrameHeader(version: 203, size: 18, id: 1, token: 2, reqnum: 3))
        #expect(FrameHeader.length == 18)
    }

    @Test("Any APPCODE but 81A2h is refused after two bytes")
    func appcode() {
        for appcode in 0...UInt16.max where appcode != 0x81A2 {
            let bytes = [UInt8(truncatingIfNeeded: appcode), UInt8(truncatingIfNeeded: appcode >> 8)]
            let code = Self.code { _ = try FrameHeader.read(bytes, limit: 1 << 20) }
            guard code == .appcode else {
                Issue.record("\(appcode): \(String(describing: code))")
                return
            }
        }
    }

    @Test("A header in another order of its fields fails at APPCODE", arguments: [2, 4, 8, 12, 16])
    func olderLayout(start: Int) throws {
        let bytes = Self.example.encoded()
        let turned = Array(bytes[start..<18] + bytes[..<start] + bytes[18...])
        #expect(Self.code { _ = try Frame.decode(turned) } == .appcode)
    }

    @Test("VERSION 0 and every other number below 100 is no edition; every number from 100 on is read")
    func version() throws {
        var frame = Self.example
        for version in UInt16.min...UInt16.max {
            frame.version = version
            let code = Self.code { _ = try Frame.decode(frame.encoded()) }
            guard code == (version < 100 ? .version : nil) else {
                Issue.record("VERSION \(version): \(String(describing: code))")
                return
            }
        }
    }

    @Test("SIZE below 18 is refused after eight bytes, whatever follows", arguments: 0...17 as ClosedRange<UInt8>)
    func sizeTooSmall(size: UInt8) {
        let beginning: [UInt8] = [0xA2, 0x81, 0xCB, 0x00, size, 0, 0, 0]
        #expect(Self.code { _ = try Frame.decode(beginning) } == .sizeTooSmall)
        #expect(Self.code { _ = try Frame.decode(beginning + [UInt8](repeating: 0, count: 64)) } == .sizeTooSmall)
        #expect(Self.code { _ = try Frame.decode(beginning.dropLast()) } == .incomplete)
    }

    @Test("The largest SIZE is 1 MiB unless said otherwise, and 32 MiB while NOMENCLATURE is awaited")
    func limits() {
        func code(_ size: UInt32, _ limit: Int?) -> FrameError.Code? {
            let header = FrameHeader(version: 203, size: size, id: 0, token: 0, reqnum: 0).encoded()
            return Self.code {
                _ = try limit.map { try Frame.decode(header, limit: $0) } ?? Frame.decode(header)
            }
        }
        #expect(code(1 << 20, nil) == .incomplete)
        #expect(code(1 << 20 + 1, nil) == .sizeTooLarge)
        #expect(code(.max, nil) == .sizeTooLarge)
        #expect(code(32 << 20, Frame.nomenclatureLimit) == .incomplete)
        #expect(code(32 << 20 + 1, Frame.nomenclatureLimit) == .sizeTooLarge)
        #expect(code(18, 18) == nil)
        #expect(code(19, 18) == .sizeTooLarge)
        #expect(code(.max, .max) == .incomplete)
        #expect(code(18, -1) == .sizeTooLarge)
    }

    @Test("An answer has the ID and the REQNUM of its request, and an edition with the same first digit")
    func mismatch() {
        var answer = Self.example
        func mismatch() -> FrameError? { answer.mismatch(id: 0x0102_0304, reqnum: 0x0E0F, edition: .v203) }
        #expect(mismatch() == nil)
        answer.token = 0
        #expect(mismatch() == nil)
        answer.reqnum &+= 1
        #expect(mismatch()?.code == .foreignREQNUM)
        #expect(mismatch()?.offset == 16)
        answer.id = 0x0102_0305
        #expect(mismatch()?.code == .foreignID)
        #expect(mismatch()?.offset == 8)
        for version in [300, 199, 0] as [UInt16] {
            answer.version = version
            #expect(mismatch()?.code == .incompatibleVersion)
            #expect(mismatch()?.offset == 2)
        }
    }

    @Test("A later or earlier edition with the same first digit is taken", arguments: 200...299 as ClosedRange<UInt16>)
    func compatibleVersion(version: UInt16) throws {
        var answer = Self.example
        answer.version = version
        let (read, _) = try Frame.decode(answer.encoded())
        #expect(read.mismatch(id: read.id, reqnum: read.reqnum, edition: .v203) == nil)
    }

    @Test("TOKEN is in no text that a frame, a header or an error gives of itself, and the payload is in none either")
    func secrets() {
        let token: UInt32 = 2_882_400_018
        let frame = Frame(version: 203, id: 7, token: token, reqnum: 9, payload: [0xDE, 0xAD, 0xBE, 0xEF])
        var texts = [String(describing: frame), String(reflecting: frame), "\(frame.header)", "\([frame.header])"]
        for value in [frame, frame.header] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            texts.append(dumped)
        }
        let mismatch = frame.mismatch(id: 8, reqnum: 9, edition: .v203)
        texts.append("\(String(describing: mismatch))")
        for text in texts {
            #expect(!text.contains("\(token)"))
            #expect(!text.lowercased().contains(String(token, radix: 16)))
            #expect(!text.contains("222") && !text.contains("173"))
        }
        #expect(texts[0].contains("REQNUM 9"))
    }

    static func code(_ body: () throws -> Void) -> FrameError.Code? {
        do { try body() } catch { return (error as? FrameError)?.code }
        return nil
    }
}
