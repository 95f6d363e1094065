import FiscalCore
import Testing

@Suite struct HexTests {
    @Test(
        "Bytes are written as RFC 4648 §10 shows, and read back in either case",
        arguments: [("", ""), ("f", "66"), ("fo", "666F"), ("foo", "666F6F"), ("foobar", "666F6F626172")])
    func rfcVectors(text: String, hex: String) {
        #expect(Hex.encode(Array(text.utf8), uppercase: true) == hex)
        #expect(Hex.encode(Array(text.utf8)) == hex.lowercased())
        #expect(Hex.decode(hex) == Array(text.utf8))
        #expect(Hex.decode(hex.lowercased()) == Array(text.utf8))
    }

    @Test("Every byte has its own two digits, the ones Swift's own number parser reads")
    func everyByte() {
        for byte in UInt8.min...UInt8.max {
            let text = Hex.encode([byte])
            #expect(text.count == 2)
            #expect(UInt8(text, radix: 16) == byte)
            #expect(Hex.decode(text) == [byte])
        }
    }

    @Test(
        "Anything but an even number of ASCII digits is refused",
        arguments: [
            "0", "000", "0x00", "0g", "G0", " 00", "00 ", "00\n", "0 0", "+1", "-1", "٠٠", "００", "é", "a:b", "@0", "`0",
        ])
    func refused(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test("Any collection of bytes will do")
    func slices() {
        #expect(Hex.encode([0xDE, 0xAD, 0xBE, 0xEF][1...2]) == "adbe")
        #expect(Hex.encode(EmptyCollection()).isEmpty)
    }
}
