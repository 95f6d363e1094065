import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("How a receipt is written")
struct FermaEncodingTests {
    private let price = Money(minorUnits: 10000, currency: .rub)

    private func everything() throws -> Receipt {
        let line = ReceiptLine(
            "Груши", price: self.price, vat: .exempt, payAttribute: .fullPayment, lineAttribute: .goods,
            agentModes: [.paymentAgent, .otherAgent],
            transferOperator: TransferOperatorData(
                phone: "+79161234567", name: "Оператор", address: "Москва", inn: try INN("7707083893")),
            paymentOperator: GetPaymentOperatorData(phone: "+79161234568"),
            agent: AgentData(operation: "перевод", phone: "+79161234569"),
            provider: ProviderData(phone: "+79161234560", name: "Поставщик", inn: try INN("500100732259")))
        return try Receipt(
            .returnOfExpense, lines: [line], nonCash: [Money(minorUnits: 9000, currency: .rub)],
            cash: Money(minorUnits: 1000, currency: .rub), taxMode: .patent, contact: PhoneOrEmail("a@b.ru"),
            place: "Киоск 7", agentModes: .attorney, wantsFullResponse: true)
    }

    @Test("Every member in the order of the sample, Group first, LineAttribute before Taxid, in its spelling")
    func order() throws {
        let identity = try RequestIdentity(requestID: "7", group: "12", clientID: "shop")
        let text = String(decoding: try self.everything().encoded(as: identity), as: UTF8.self)
        #expect(
            text == """
                {"Group":"12","Requestid":"7","Clientid":"shop","Device":"auto","DocumentType":3,"Lines":[{"Qty":1000,\
                "Price":10000,"PayAttribute":4,"LineAttribute":1,"Taxid":1,"Description":"Груши","AgentModes":68,\
                "TransferOperatorData":{"Phone":"+79161234567","Name":"Оператор","Address":"Москва",\
                "INN":"7707083893"},"GetPaymentOperatorData":{"Phone":"+79161234568"},\
                "AgentData":{"Operation":"перевод","Phone":"+79161234569"},\
                "ProviderData":{"Phone":"+79161234560","Name":"Поставщик","INN":"500100732259"}}],"NonCash":[9000],\
                "Cash":1000,"TaxMode":32,"PhoneOrEmail":"a@b.ru","Place":"Киоск 7","FullResponse":true,\
                "PaymentAgentModes":16}
                """)
    }

    @Test("The smallest receipt has the required members and no other")
    func smallest() throws {
        let receipt = try Receipt(
            .income, lines: [ReceiptLine("Груши", price: self.price, vat: .exempt)], nonCash: [self.price])
        let text = String(decoding: receipt.encoded(as: try RequestIdentity(requestID: "7")), as: UTF8.self)
        #expect(
            text == """
                {"Requestid":"7","Device":"auto","DocumentType":0,"Lines":[{"Qty":1000,"Price":10000,"Taxid":1,\
                "Description":"Груши"}],"NonCash":[10000]}
                """)
    }

    @Test("The dialect changes the number of the rate and nothing else")
    func dialect() throws {
        let identity = try RequestIdentity(requestID: "7")
        for vat in VAT.documented {
            let receipt = try Receipt(
                .income, lines: [ReceiptLine("Груши", price: self.price, vat: vat)], nonCash: [self.price])
            let ferma = try JSON(parsing: receipt.encoded(as: identity))
            let native = try JSON(
                parsing: receipt.encoded(as: identity, options: EncodingOptions(dialect: .nativeCheckOnline)))
            #expect(ferma["Lines"]?.array?.first?["Taxid"]?.integer == vat.number(.ferma))
            #expect(native["Lines"]?.array?.first?["Taxid"]?.integer == vat.number(.nativeCheckOnline))
            let line = ferma["Lines"]?.array?.first?.changed(["Taxid": .integer(vat.number(.nativeCheckOnline))])
            #expect(ferma.changed(["Lines": line.map { .array([$0]) }]) == native)
        }
    }

    @Test("The bytes are UTF-8, and the same receipt gives the same bytes")
    func bytes() throws {
        let identity = try RequestIdentity(requestID: "7")
        let first = try self.everything().encoded(as: identity)
        #expect(first == (try self.everything().encoded(as: identity)))
        #expect(String(validating: first, as: UTF8.self)?.contains("Груши") == true)
        // ё is two bytes of UTF-8, whatever the register prints.
        #expect(first.count > String(decoding: first, as: UTF8.self).count)
    }

    @Test("An identity is the triple; an empty text is no text; a blank id is refused")
    func identity() throws {
        let plain = try RequestIdentity(requestID: "7")
        #expect(try RequestIdentity(requestID: "7", group: "", clientID: "") == plain)
        #expect(try RequestIdentity(requestID: "7", clientID: "a") != plain)
        #expect(try RequestIdentity(requestID: "7", group: "a") != plain)
        for blank in ["", " ", "\t"] {
            #expect(throws: InvalidField.self) { try RequestIdentity(requestID: blank) }
        }
    }

    @Test("None of the leftovers of the engine is ever sent")
    func leftovers() throws {
        let text = String(
            decoding: try self.everything().encoded(
                as: RequestIdentity(requestID: "7"), options: EncodingOptions(writesEmptyMembers: true)),
            as: UTF8.self)
        for name in ["Duration", "QueueLen", "TryCount", "WaitForFree", "Callback"] { #expect(!text.contains(name)) }
    }

    @Test("What was made by the rules passes them as a request, whatever it holds")
    func oneSetOfRules() throws {
        var generator = SeededGenerator(seed: 1059)
        var made = 0
        for _ in 0..<1500 {
            let line = ReceiptLine(
                generator.pick(["Груши", "", "3", "27", "чай — кофе", String(repeating: "я", count: 129)]),
                quantity: Quantity(thousandths: generator.pick([-1, 0, 1, 1000, 2500])),
                price: Money(minorUnits: generator.pick([-1, 0, 333, 10000]), currency: .rub),
                vat: generator.pick(VAT.documented),
                payAttribute: PayAttribute(rawValue: generator.pick([0, 1, 4, 7, 8])),
                lineAttribute: LineAttribute(rawValue: generator.pick([0, 1, 15, 16, 28])),
                agentModes: AgentModes(rawValue: generator.pick([0, 64, 128])))
            let paid = try line.total
            let payments = [Money](repeating: .zero(.rub), count: generator.pick([0, 1, 2, 3])) + [paid]
            let type = DocumentType(rawValue: generator.pick([0, 1, 2, 3, 4]))
            let mode = TaxMode(rawValue: generator.pick([0, 1, 3, 32, 64]))
            let unchecked = try Receipt.unchecked(type, lines: [line], nonCash: payments, taxMode: mode)
            let request = try JSON(parsing: unchecked.encoded(as: RequestIdentity(requestID: "7")))
            let issues = RequestReport(checking: request).issues
            let receipt = try? Receipt(type, lines: [line], nonCash: payments, taxMode: mode)
            #expect((receipt == nil) == !issues.isEmpty, "\(issues)")
            if receipt != nil { made += 1 }
        }
        // The generator must reach both sides.
        #expect((1..<1500).contains(made))
    }
}
