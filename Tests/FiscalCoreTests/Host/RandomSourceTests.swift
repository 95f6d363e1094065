import FiscalCore
import FiscalTestSupport
import Testing

@Suite struct RandomSourceTests {
    /// Gives the same byte again and again.
    private struct Constant: RandomSource {
        let byte: UInt8
        func bytes(count: Int) -> [UInt8] { Array(repeating: self.byte, count: count) }
    }

    @Test("A UUID has version 4 and the variant of RFC 9562, whatever the random bytes are")
    func versionAndVariant() {
        #expect(Constant(byte: 0x00).uuid() == "00000000-0000-4000-8000-000000000000")
        #expect(Constant(byte: 0xFF).uuid() == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(Constant(byte: 0xA5).uuid() == "a5a5a5a5-a5a5-45a5-a5a5-a5a5a5a5a5a5")
    }

    @Test("UUIDs fit EET's pattern of uuid_zpravy and do not repeat")
    func pattern() throws {
        let pattern = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}/
        let source = CountingRandomSource()
        let uuids = (0..<2000).map { _ in source.uuid() }
        for uuid in uuids { #expect(try pattern.wholeMatch(in: uuid) != nil) }
        #expect(Set(uuids).count == uuids.count)
    }

    @Test("All 122 free bits come from the source")
    func freeBits() {
        /// One bit of sixteen bytes is set.
        struct OneBit: RandomSource {
            let bit: Int
            func bytes(count: Int) -> [UInt8] {
                (0..<count).map { $0 == self.bit / 8 ? 0x80 >> UInt8(self.bit % 8) : 0 }
            }
        }
        #expect(Set((0..<128).map { OneBit(bit: $0).uuid() }).count == 122 + 1)
    }
}
