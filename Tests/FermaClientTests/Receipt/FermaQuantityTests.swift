import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Quantities in thousandths")
struct FermaQuantityTests {
    @Test("2.5 kg is 2500, one piece is 1000")
    func documented() throws {
        #expect(try Quantity("2.5").thousandths == 2500)
        #expect(Quantity.one.thousandths == 1000)
        #expect(try Quantity("1") == .one)
        #expect(try Quantity.pieces(3) == Quantity("3"))
        #expect(try Quantity("0.125").thousandths == 125)
    }

    @Test(
        "What is finer than a thousandth is refused, not rounded",
        arguments: [
            "0.0005", "1.2345", "1,5", "", ".5", "1.", "-1", "+1", "01", "1e3", " 1", "١", "9223372036854775808",
        ])
    func refused(text: String) {
        #expect(throws: InvalidField.self) { try Quantity(text, field: "Lines[0].Qty") }
    }

    @Test("Every thousandth is read as what it is")
    func everyThousandth() throws {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<2000 {
            let thousandths = Int64.random(in: 0...10_000_000, using: &generator)
            let fraction = String(String(1000 + thousandths % 1000).dropFirst())
            #expect(try Quantity("\(thousandths / 1000).\(fraction)").thousandths == thousandths)
        }
    }

    @Test("Pieces that do not fit are refused")
    func overflow() {
        #expect(throws: InvalidField.self) { try Quantity.pieces(.max) }
    }
}
