import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

@Suite("Process data of an order") struct OrderDataTests {
    static func euro(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: .eur) }

    @Test("quantity, quoted text and price, separated by a carriage return")
    func example() throws {
        let order = OrderData([
            try OrderLine(pieces: 2, text: "Eisbecher \"Himbeere\"", price: Self.euro(399)),
            try OrderLine(quantityThousandths: 1500, text: "Kölsch; 0,2 l", price: Self.euro(210)),
            try OrderLine(pieces: -1, text: "", price: Self.euro(0)),
        ])
        #expect(order.text == "2;\"Eisbecher \"\"Himbeere\"\"\";3.99\r1.5;\"Kölsch; 0,2 l\";2.10\r-1;\"\";0.00")
        #expect(try OrderData(parsing: order.text) == order)
        #expect(OrderData([]).text.isEmpty)
    }

    @Test("other spellings of a quantity are read")
    func quantities() throws {
        let spellings =
            ["1": 1000, "1.5": 1500, "1.500": 1500, "0.001": 1, "-0.5": -500, "007": 7000] as [String: Int64]
        for (text, thousandths) in spellings {
            #expect(try OrderData(parsing: text + ";\"x\";1.00").lines.map(\.quantityThousandths) == [thousandths])
        }
    }

    @Test(
        "a damaged line is named",
        arguments: [
            ("x;\"a\";1.00", "lines[0].quantity"), (";\"a\";1.00", "lines[0].quantity"),
            ("1.;\"a\";1.00", "lines[0].quantity"),
            ("1.2345;\"a\";1.00", "lines[0].quantity"), ("1,5;\"a\";1.00", "lines[0].quantity"),
            ("99999999999999999;\"a\";1.00", "lines[0].quantity"), ("1", "lines[0].text"),
            ("1;a;1.00", "lines[0].text"),
            ("1;\"a;1.00", "lines[0].text"), ("1;\"a\"", "lines[0].text"), ("1;\"a\"b\";1.00", "lines[0].text"),
            ("1;\"a\";1.0", "lines[0].price"), ("1;\"a\";", "lines[0].price"), ("1;\"a\";1.00;", "lines[0].price"),
            ("1;\"a\";1.00\r", "lines[1].quantity"), ("1;\"a\";1.00\n1;\"a\";1.00", "lines[0].price"),
            ("1;\"a\";1.00\r1;\"a\";x", "lines[1].price"),
        ])
    func damaged(text: String, field: String) {
        #expect { try OrderData(parsing: text) } throws: { ($0 as? InvalidField)?.field == field }
    }

    @Test("random orders are read again, and a QR text gives them back whole")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 15)
        let texts = ["", "\"", "a;b", "\r", "x\"\"y", "Käse", ";;;", "\n", "e\u{301}", "1;\"x\";1.00\r"]
        for _ in 0..<1000 {
            let lines = try (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                try OrderLine(
                    quantityThousandths: Int64.random(in: -100_000...100_000, using: &generator),
                    text: generator.pick(texts) + generator.pick(texts),
                    price: Self.euro(Int64.random(in: -10_000...10_000, using: &generator)))
            }
            let order = OrderData(lines)
            #expect(try OrderData(parsing: order.text) == order)
            let signature = try TSESignature(
                client: "K", transactionNumber: 1, signatureCounter: 2, startTime: FiscalInstant(secondsSinceEpoch: 0),
                logTime: FiscalInstant(secondsSinceEpoch: 1), processType: ProcessType.order.rawValue,
                processData: order.text, signature: [1, 2], publicKey: [4])
            let read = try ReceiptQR(signature.qr().text)
            #expect(read.processData.utf8.elementsEqual(order.text.utf8))
        }
    }

    @Test("prices are in euro, quantities fit")
    func limits() {
        #expect(throws: InvalidField.self) { try OrderLine(pieces: 1, text: "", price: .zero(.czk)) }
        #expect(throws: InvalidField.self) { try OrderLine(pieces: .max, text: "", price: .zero(.eur)) }
    }
}
