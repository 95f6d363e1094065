import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("What goes on a Russian receipt")
struct FermaPaperTests {
    private static func roubles(_ text: String) throws -> Money { try Money(parsing: text, currency: .rub) }

    private static func line(
        _ name: String, _ quantity: String = "1", _ price: String, _ vat: VAT = .exempt,
        pay: PayAttribute = .fullPayment, subject: LineAttribute = .goods, provider: ProviderData? = nil
    ) throws -> ReceiptLine {
        try ReceiptLine(
            name, quantity: Quantity(quantity), price: Self.roubles(price), vat: vat, payAttribute: pay,
            lineAttribute: subject, agentModes: provider == nil ? [] : .otherAgent, provider: provider)
    }

    private static func paper(
        _ receipt: Receipt, _ steps: ServiceStep..., change: (inout FermaClientConfiguration) -> Void = { _ in }
    ) async throws -> Paper {
        let world = TillAndService()
        for step in steps { world.service.plan(step) }
        let till = try await world.open {
            $0.environment = .production
            change(&$0)
        }
        return try await till.issue(receipt, requestID: "order-1").paper
    }

    @Test("A whole sale: lines, sums, VAT by rate, the marks of the document in order, and the QR text")
    func whole() async throws {
        let receipt = try Receipt(
            .income,
            lines: [
                Self.line("Яблоки", "2.5", "110.00", .rate10), Self.line("Чай", "1", "120.00", .rate20),
                Self.line("Газета", "1", "5.00"),
            ],
            nonCash: [Self.roubles("300.00")], cash: Self.roubles("200.00"), taxMode: .general,
            contact: PhoneOrEmail("buyer@example.com"), place: "shop.example.com")
        let paper = try await Self.paper(receipt)
        #expect(
            paper.lines == [
                "КАССОВЫЙ ЧЕК", "ПРИХОД",
                "Яблоки", "2.5 x 110.00 = 275.00", "полный расчёт, товар", "НДС 10%",
                "Чай", "1 x 120.00 = 120.00", "полный расчёт, товар", "НДС 20%",
                "Газета", "1 x 5.00 = 5.00", "полный расчёт, товар", "НДС не облагается",
                "ИТОГ: 400.00", "НАЛИЧНЫМИ: 200.00", "БЕЗНАЛИЧНЫМИ: 300.00", "СДАЧА: 100.00",
                "НДС 10%: 25.00", "НДС 20%: 20.00",
                "СНО: ОСН", "МЕСТО РАСЧЁТОВ: shop.example.com", "ПОКУПАТЕЛЬ: buyer@example.com",
                "ДАТА: 21.11.2026 10:10", "ЧЕК: 58", "РН ККТ: 0001729222014444", "ЗН ККТ: 00000003820034472769",
                "ФН: 9999078900001111", "ФД: 1000", "ФП: 3000001000", "САЙТ ФНС: nalog.gov.ru",
                "QR: t=20261121T1010&s=400.00&fn=9999078900001111&i=1000&fp=3000001000&n=1",
            ])
    }

    @Test(
        "The heading is the kind of the document",
        arguments: [
            (DocumentType.income, "ПРИХОД"), (.expense, "РАСХОД"), (.returnOfIncome, "ВОЗВРАТ ПРИХОДА"),
            (.returnOfExpense, "ВОЗВРАТ РАСХОДА"),
        ])
    func kinds(_ type: DocumentType, _ words: String) async throws {
        let receipt = try Receipt(type, lines: [Self.line("Чай", "1", "1.00")], nonCash: [Self.roubles("1.00")])
        #expect(try await Self.paper(receipt).lines[1] == words)
    }

    @Test("The QR text is the received one to the letter, also where it does not fit the rest")
    func qrAsReceived() async throws {
        let receipt = try Receipt(.income, lines: [Self.line("Чай", "1", "1.00")], nonCash: [Self.roubles("1.00")])
        let paper = try await Self.paper(receipt, .damaged("t=20261121T1010", "t=20200227T3333"))
        #expect(paper.qr == "t=20200227T3333&s=1.00&fn=9999078900001111&i=1000&fp=3000001000&n=1")
    }

    @Test("Members that the answer lacks are not printed, and none is made up")
    func missing() async throws {
        let receipt = try Receipt(.income, lines: [Self.line("Чай", "1", "1.00")], nonCash: [Self.roubles("1.00")])
        let paper = try await Self.paper(receipt, .damaged("\"QR\":", "\"Qx\":"))
        #expect(paper.qr == nil && paper.code("ФД") == "1000")
        let other = try await Self.paper(receipt, .damaged("\"FiscalSign\":", "\"FiscalSigx\":"))
        #expect(other.code("ФП") == nil && other.code("ФН") == "9999078900001111")
    }

    @Test("Incomes and contributions: their wording and not their number; an advance has no name")
    func wordings() async throws {
        let receipt = try Receipt(
            .income,
            lines: [
                Self.line("4", "1", "1.00", subject: .nonOperatingIncome),
                Self.line("26", "1", "1.00", subject: .insuranceContributions),
                Self.line("За доставку", "1", "1.00", pay: .advance),
            ],
            nonCash: [Self.roubles("3.00")])
        let lines = try await Self.paper(receipt).lines
        #expect(lines.contains("аренда имущества") && lines.contains("взносы на ОПС") && lines.contains("АВАНС"))
        #expect(!lines.contains("4") && !lines.contains("26") && !lines.contains("За доставку"))
        let own = try await Self.paper(receipt) { $0.paper.incomes = NonOperatingIncome(wordings: [4: "Аренда"]) }
        #expect(own.lines.contains("Аренда") && own.lines.contains("Доход или взнос № 26"))
    }

    @Test("An agent's receipt names the sign of the agent and the supplier")
    func agent() async throws {
        let receipt = try Receipt(
            .income, lines: [Self.line("Поездка", "1", "1.00", provider: ProviderData(inn: INN("7707083893")))],
            nonCash: [Self.roubles("1.00")], agentModes: .otherAgent)
        let paper = try await Self.paper(receipt)
        #expect(paper.lines.filter { $0 == "иной агент" }.count == 2)
        #expect(paper.code("ИНН ПОСТАВЩИКА") == "7707083893")
    }

    @Test("The rates are those of the dialect in which the request was written; amounts can be left out")
    func dialect() async throws {
        let receipt = try Receipt(
            .income, lines: [Self.line("Чай", "1", "1.20", .rate20)], nonCash: [Self.roubles("1.20")])
        let native = try await Self.paper(receipt) { $0.encoding.dialect = .nativeCheckOnline }
        #expect(native.code("НДС 20%") == "0.20")
        let without = try await Self.paper(receipt) { $0.paper.printsTaxAmounts = false }
        #expect(without.code("НДС 20%") == nil && without.lines.contains("НДС 20%"))
    }

    @Test("Opened with another dialect later, the receipt still reads as it was written")
    func dialectIsKept() async throws {
        let world = TillAndService()
        let receipt = try Receipt(
            .income, lines: [Self.line("Чай", "1", "1.20", .rate20)], nonCash: [Self.roubles("1.20")])
        let first = try await world.open().issue(receipt, requestID: "order-1")
        let later = try await world.open { $0.encoding.dialect = .nativeCheckOnline }
        #expect(try await later.outcome(requestID: "order-1")?.paper == first.paper)
    }
}
