import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Quantities in thousandths")
struct QuantityTests {
    @Test(
        "2.5 is 2500, and reads back as short as it is exact",
        arguments: [
            ("2.5", 2500, "2.5"), ("2", 2000, "2"), ("0.125", 125, "0.125"), ("0", 0, "0"), ("1.50", 1500, "1.5"),
            ("2147483.647", 2_147_483_647, "2147483.647"), ("0.001", 1, "0.001"),
        ] as [(String, Int64, String)])
    func readable(text: String, thousandths: Int64, description: String) throws {
        let quantity = try Quantity(text)
        #expect(quantity.thousandths == thousandths)
        #expect(quantity.description == description)
        #expect(try Quantity(description) == quantity)
    }

    @Test(
        "What cannot be sent is no quantity",
        arguments: ["", "0.0005", "1.", ".5", "-1", "+1", "1,5", "1e3", " 1", "1.2.3", "٣", "99999999999999999999"])
    func unreadable(text: String) {
        #expect(
            throws: InvalidField(
                "items[0].commodity.quantity", .pattern, limit: "digits, and up to three after a point")
        ) {
            try Quantity(text, field: "items[0].commodity.quantity")
        }
    }

    @Test("2147483647 thousandths are the most", arguments: [-1, 2_147_483_648, .max, .min] as [Int64])
    func range(thousandths: Int64) throws {
        #expect(throws: InvalidField("quantity", .range, limit: "0...2147483647 thousandths")) {
            try Quantity(thousandths: thousandths)
        }
        #expect(try Quantity(thousandths: 2_147_483_647).description == "2147483.647")
        #expect(throws: InvalidField("quantity", .range, limit: "0...2147483647 thousandths")) {
            try Quantity("2147483.648")
        }
    }
}
