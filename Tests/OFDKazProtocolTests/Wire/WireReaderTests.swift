import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("The raw fields of a message")
struct WireReaderTests {
    private func fields(_ bytes: [UInt8]) -> (fields: [WireField], damage: WireDamage?) {
        var reader = WireReader(bytes[...])
        var fields: [WireField] = []
        while let field = reader.next() { fields.append(field) }
        return (fields, reader.damage)
    }

    @Test("Every wire type is read, with its number and the bytes that it takes")
    func wireTypes() throws {
        // 1: 150 (the example of protobuf's own encoding guide), 2: "testing" (the same), 3 and 4: fixed, 5: a group.
        let bytes: [UInt8] =
            [0x08, 0x96, 0x01] + [0x12, 0x07] + Array("testing".utf8) + [0x19, 1, 2, 3, 4, 5, 6, 7, 8]
            + [0x25, 1, 2, 3, 4] + [0x2B, 0x08, 0x01, 0x2C]
        let (fields, damage) = self.fields(bytes)
        #expect(damage == nil)
        #expect(
            fields.map(\.value) == [
                .varint(150), .bytes(Array("testing".utf8)[...]), .fixed64([1, 2, 3, 4, 5, 6, 7, 8]),
                .fixed32([1, 2, 3, 4]), .group,
            ])
        #expect(fields.map(\.number) == [1, 2, 3, 4, 5])
        #expect(fields.map(\.range) == [0..<3, 3..<12, 12..<21, 21..<26, 26..<30])
    }

    @Test(
        "Numbers have up to 64 bits; what has more is told from them",
        arguments: [
            ([0x00], .varint(0)), ([0x7F], .varint(127)), ([0x80, 0x01], .varint(128)),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], .varint(4_294_967_295)),
            ([UInt8](repeating: 0xFF, count: 9) + [0x01], .varint(.max)),
            ([UInt8](repeating: 0x80, count: 9) + [0x01], .varint(1 << 63)),
            ([UInt8](repeating: 0x80, count: 9) + [0x02], .oversizedVarint),
            ([UInt8](repeating: 0x80, count: 9) + [0x00], .varint(0)), ([0x80, 0x80, 0x00], .varint(0)),
        ] as [([UInt8], WireField.Value)])
    func numbers(bytes: [UInt8], value: WireField.Value) {
        let (fields, damage) = self.fields([0x08] + bytes + [0x10, 0x01])
        #expect(damage == nil)
        #expect(fields.map(\.value) == [value, .varint(1)])
    }

    @Test(
        "Where the bytes break, and why, is told",
        arguments: [
            ([0x08], .truncated, 1), ([0x08, 0x80], .truncated, 1), ([0x08, 0x01, 0x12], .truncated, 3),
            ([0x12, 0x02, 0x41], .truncated, 2), ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], .truncated, 6),
            ([0x12] + [UInt8](repeating: 0xFF, count: 9) + [0x01], .length, 1), ([0x19, 1, 2, 3], .truncated, 1),
            ([0x25, 1], .truncated, 1), ([0x08, 0x01, 0x00], .tag, 2), ([0x07, 0x01], .tag, 0), ([0x0E], .tag, 0),
            ([0x08, 0x01, 0x0F], .tag, 2),
            ([0x08] + [UInt8](repeating: 0xFF, count: 11), .varint, 1), ([0x0C], .group, 1), ([0x0B, 0x14], .group, 1),
            ([0x0B, 0x08, 0x01], .truncated, 3), ([0x80, 0x80, 0x80, 0x80, 0x10, 0x01], .tag, 0),
        ] as [([UInt8], WireDamage.Reason, Int)])
    func damage(bytes: [UInt8], reason: WireDamage.Reason, offset: Int) throws {
        let damage = try #require(self.fields(bytes).damage)
        #expect(damage.reason == reason)
        #expect(damage.offset == offset)
    }

    @Test("What stands before a break is read, and of a text or message that is cut off the part that is there")
    func beforeTheBreak() throws {
        let (fields, damage) = self.fields([0x08, 0x01, 0x12, 0x05, 0x08, 0x07])
        #expect(fields.map(\.value) == [.varint(1)])
        let cut = try #require(damage?.cutField)
        #expect(cut.number == 2)
        #expect(cut.bytes == [0x08, 0x07])
    }

    @Test("Groups inside each other exhaust nothing")
    func deepGroups() {
        let deep = [UInt8](repeating: 0x0B, count: 1_000_000) + [UInt8](repeating: 0x0C, count: 1_000_000)
        #expect(self.fields(deep).damage?.reason == .group)
        let shallow = [UInt8](repeating: 0x0B, count: 64) + [UInt8](repeating: 0x0C, count: 64)
        #expect(self.fields(shallow).damage == nil)
        #expect(self.fields(shallow).fields.count == 1)
    }

    @Test("Random bytes end in fields or in damage, every field within the bytes and after the one before")
    func randomBytes() {
        var random = SeededGenerator(seed: 203)
        for round in 0..<5000 {
            let bytes = (0..<round % 80).map { _ in UInt8.random(in: 0...255, using: &random) }
            var reader = WireReader(bytes[...])
            var end = 0
            while let field = reader.next() {
                #expect(field.range.lowerBound == end && field.range.upperBound > end)
                #expect(field.range.upperBound <= bytes.count && (1...536_870_911).contains(field.number))
                end = field.range.upperBound
            }
            #expect(reader.endOfIntact == end)
            #expect(reader.damage.map { (end...bytes.count).contains($0.offset) } ?? (end == bytes.count))
        }
    }

    @Test("A message is a tree: numbers and messages by field, the last one where there are more")
    func tree() {
        // 1: 5, 2: { 1: 6, 1: 7 }, 1: 8, 4: 1 and 4: 2, 3 together
        let tree = WireTree([0x08, 5, 0x12, 4, 0x08, 6, 0x08, 7, 0x08, 8, 0x20, 1, 0x22, 2, 2, 3])
        #expect(tree.number(1) == 8)
        #expect(tree.tree(2)?.number(1) == 7)
        #expect(tree.tree(1) == nil && tree.number(2) == nil && tree.content(9) == nil)
        #expect(tree.numbers(4) == [1, 2, 3])
        #expect(tree.numbers(1) == [5, 8])
        #expect(tree.damage == nil)
        #expect(WireTree([0x08]).damage?.reason == .truncated)
        #expect(Array(tree).count == 5)
    }
}
