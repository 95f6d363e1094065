import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

@Suite("Process data of a receipt, as we write them") struct ProcessDataTests {
    static func euro(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: .eur) }

    @Test("payments are put in order, and those of one kind and currency are added up")
    func order() throws {
        let chf = try Currency(code: "CHF", minorDigits: 2)
        let usd = try Currency(code: "USD", minorDigits: 2)
        let data = try ProcessData(
            .beleg, gross: GrossSums(general: Self.euro(7533), reduced: Self.euro(799)),
            payments: [
                ProcessPayment(Self.euro(6000), .unbar), ProcessPayment(Money(minorUnits: 500, currency: usd), .bar),
                ProcessPayment(Self.euro(1000), .bar), ProcessPayment(Money(minorUnits: 500, currency: chf), .bar),
                ProcessPayment(Self.euro(430), .unbar),
            ])
        #expect(data.text == "Beleg^75.33_7.99_0.00_0.00_0.00^10.00:Bar_5.00:Bar:CHF_5.00:Bar:USD_64.30:Unbar")
    }

    @Test("what does not add up is refused before anything is signed")
    func sums() {
        let gross = GrossSums(general: Self.euro(100))
        func refuses(_ field: String, _ gross: GrossSums, _ payments: [ProcessPayment]) {
            #expect { try ProcessData(.beleg, gross: gross, payments: payments) } throws: {
                ($0 as? InvalidField)?.field == field
            }
        }
        refuses("payments", gross, [])
        refuses("payments", gross, [ProcessPayment(Self.euro(99), .bar)])
        refuses("gross[1]", GrossSums(reduced: .zero(.czk)), [])
        refuses("payments[1]", gross, [ProcessPayment(Self.euro(.max), .bar), ProcessPayment(Self.euro(1), .bar)])
        refuses(
            "gross", GrossSums(general: Self.euro(.max), reduced: Self.euro(1)), [ProcessPayment(Self.euro(1), .bar)])
        if let yen = try? Currency(code: "JPY", minorDigits: 0) {
            refuses("payments[0]", gross, [ProcessPayment(Money(minorUnits: 5, currency: yen), .bar)])
        }
    }

    @Test("payments may be missing only when every sum is 0")
    func noPayments() throws {
        #expect(
            try ProcessData(.avBelegabbruch, gross: GrossSums(), payments: []).text
                == "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^")
        #expect(throws: InvalidField.self) {
            try ProcessData(
                .beleg, gross: GrossSums(general: Self.euro(5), reduced: Self.euro(-5)), payments: [])
        }
    }

    @Test("the kinds of business are those of DSFinV-K")
    func types() {
        let words = [
            "Beleg", "AVTransfer", "AVBestellung", "AVTraining", "AVBelegstorno", "AVBelegabbruch", "AVSachbezug",
            "AVSonstige", "AVRechnung",
        ]
        #expect(Vorgangstyp.allCases.map(\.rawValue) == words)
        #expect(ProcessType.receipt.rawValue == "Kassenbeleg-V1")
        #expect(ProcessType.order.rawValue == "Bestellung-V1")
        #expect(ProcessType.other.rawValue == "SonstigerVorgang")
    }

    @Test("random data are canonical and read again")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 14)
        let currencies = try ["CHF", "USD", "GBP", "SEK"].map { try Currency(code: $0, minorDigits: 2) } + [.eur]
        var written = 0
        for _ in 0..<2000 {
            func amount() -> Money { Self.euro(Int64.random(in: -1_000_000...1_000_000, using: &generator)) }
            let gross = GrossSums(
                general: amount(), reduced: amount(), agriculture: amount(), forestry: amount(), untaxed: amount())
            var payments: [ProcessPayment] = []
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let money = Money(minorUnits: amount().minorUnits, currency: generator.pick(currencies))
                payments.append(ProcessPayment(money, generator.pick([.bar, .unbar])))
            }
            if payments.allSatisfy({ $0.amount.currency == .eur }) {
                let rest = try Money.sum(gross.all, in: .eur) - Money.sum(payments.map(\.amount), in: .eur)
                payments.append(ProcessPayment(rest, .unbar))
            }
            let data = try ProcessData(generator.pick(Vorgangstyp.allCases), gross: gross, payments: payments)
            let reading = try ProcessDataReading(parsing: data.text)
            #expect(reading.isCanonical && reading.problems == [], "\(data)")
            #expect(reading.data == data)
            written += 1
        }
        #expect(written == 2000)
    }
}
