import FermaClient
import FiscalCore
import Testing

@Suite("Receipts that are valid by having been made")
struct FermaReceiptTests {
    private func roubles(_ kopecks: Int64) -> Money { Money(minorUnits: kopecks, currency: .rub) }

    private func line(_ change: (inout ReceiptLine) -> Void = { _ in }) throws -> ReceiptLine {
        var line = ReceiptLine(
            "Груши", quantity: try Quantity("2.5"), price: self.roubles(10000), vat: .rate20,
            payAttribute: .fullPayment, lineAttribute: .goods)
        change(&line)
        return line
    }

    private func refused(_ change: (inout ReceiptLine) -> Void) throws -> InvalidField? {
        let line = try self.line(change)
        return #expect(throws: InvalidField.self) {
            try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)])
        }
    }

    @Test("A good receipt knows its total and its change")
    func good() throws {
        let receipt = try Receipt(
            .income, lines: [self.line()], nonCash: [self.roubles(10000)], cash: self.roubles(20000))
        #expect(receipt.total == self.roubles(25000))
        #expect(receipt.change == self.roubles(5000))
        #expect(receipt.warnings == [])
    }

    @Test("The field that breaks a rule is named as on the wire, with the limit")
    func fields() throws {
        let quantity = try self.refused { $0.quantity = Quantity(thousandths: 0) }
        #expect(quantity == InvalidField("Lines[0].Qty", .range, limit: "1 or more thousandths"))
        #expect(try self.refused { $0.price = self.roubles(-1) }?.field == "Lines[0].Price")
        #expect(try self.refused { $0.description = " " }?.field == "Lines[0].Description")
        let long = try self.refused { $0.description = String(repeating: "а", count: 129) }
        #expect(long == InvalidField("Lines[0].Description", .length, limit: "at most 128 characters"))
        #expect(try self.refused { $0.payAttribute = PayAttribute(rawValue: 8) }?.field == "Lines[0].PayAttribute")
        #expect(try self.refused { $0.agentModes = AgentModes(rawValue: 128) }?.field == "Lines[0].AgentModes")
        let inn = try INN("7707083894")
        #expect(try self.refused { $0.provider = ProviderData(inn: inn) }?.field == "Lines[0].ProviderData.INN")
        #expect(try self.refused { $0.price = Money(minorUnits: 10000, currency: .eur) }?.limit == "RUB")
    }

    @Test("What the whole receipt has to be like")
    func whole() throws {
        let line = try self.line()
        #expect(throws: InvalidField.self) { try Receipt(.income, lines: [], nonCash: [self.roubles(0)]) }
        #expect(throws: InvalidField.self) { try Receipt(.income, lines: [line], nonCash: []) }
        #expect(throws: InvalidField.self) { try Receipt(.income, lines: [line], nonCash: [self.roubles(24999)]) }
        #expect(throws: InvalidField.self) { try Receipt(.income, lines: [line], nonCash: [self.roubles(25001)]) }
        #expect(throws: InvalidField.self) {
            try Receipt(DocumentType(rawValue: 4), lines: [line], nonCash: [self.roubles(25000)])
        }
        #expect(throws: InvalidField.self) {
            try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)], taxMode: TaxMode(rawValue: 3))
        }
        #expect(throws: InvalidField.self) {
            try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)], place: "Цех — 2")
        }
    }

    @Test("A rate of the host's own needs its row in the table, even where its number has another meaning")
    func rawRate() throws {
        var rules = ReceiptRules()
        for number in [3, 11] as [Int64] {
            let line = try self.line { $0.vat = .raw(number) }
            let error = #expect(throws: InvalidField.self) {
                try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)], rules: rules)
            }
            #expect(error?.field == "Lines[0].Taxid")
        }
        rules.vatTable = .standard.adding(
            VATTable.Row(
                vat: .raw(11), fermaNumber: 11, nativeNumber: 11, tag1199: 11, rate: nil, isCalculated: false,
                words: "НДС 22%"))
        let line = try self.line { $0.vat = .raw(11) }
        let receipt = try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)], rules: rules)
        let sent = try JSON(parsing: receipt.encoded(as: RequestIdentity(requestID: "1")))
        #expect(sent["Lines"]?.array?.first?["Taxid"] == 11)
    }

    @Test("Texts are kept as they are sent: composed, and with plain marks where the host wants that")
    func texts() throws {
        let composed = try Receipt(
            .income, lines: [self.line { $0.description = "Чаи\u{306}" }], nonCash: [self.roubles(25000)])
        #expect(composed.lines[0].description.unicodeScalars.elementsEqual("Чай".unicodeScalars))
        let line = try self.line { $0.description = "«Чай» — №1" }
        #expect(throws: InvalidField.self) { try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)]) }
        var rules = ReceiptRules()
        rules.foldsTypography = true
        let folded = try Receipt(
            .income, lines: [line], nonCash: [self.roubles(25000)], place: "Цех — 2", rules: rules)
        #expect(folded.lines[0].description == "\"Чай\" - №1")
        #expect(folded.place == "Цех - 2")
    }

    @Test("The limit of a text can be taken away")
    func limits() throws {
        var rules = ReceiptRules()
        rules.limits.description = nil
        let line = try self.line { $0.description = String(repeating: "а", count: 129) }
        let receipt = try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)], rules: rules)
        #expect(receipt.lines[0].description.count == 129)
    }

    @Test("An agent without the supplier's INN is warned of and taken")
    func warning() throws {
        let line = try self.line { $0.agentModes = .otherAgent }
        let receipt = try Receipt(.income, lines: [line], nonCash: [self.roubles(25000)])
        #expect(receipt.warnings.map(\.kind) == [.agentWithoutSupplierINN])
    }

    @Test("Nothing of buyer or supplier is in a description")
    func redacted() throws {
        let provider = ProviderData(phone: "+79161234567", name: "ООО Ромашка", inn: try INN("7707083893"))
        let transfer = TransferOperatorData(phone: "+79161234567", name: "Ромашка", inn: try INN("7707083893"))
        let line = try self.line {
            $0.provider = provider
            $0.transferOperator = transfer
            $0.agent = AgentData(operation: "перевод", phone: "+79161234567")
            $0.paymentOperator = GetPaymentOperatorData(phone: "+79161234567")
        }
        let receipt = try Receipt(
            .income, lines: [line], nonCash: [self.roubles(25000)], contact: PhoneOrEmail("79878985623"))
        for text in ["\(receipt)", "\(line)", "\(receipt.lines)", "\(provider)", "\(transfer)"] {
            for secret in ["7916", "79878985623", "7707083893", "Ромашка"] { #expect(!text.contains(secret)) }
        }
    }

    @Test("The builder adds up, pays what is due and hands over the receipt")
    func builder() throws {
        var sale = ReceiptBuilder(.income)
        sale.add("Груши", quantity: try Quantity("1.5"), price: self.roubles(333), vat: .rate10)
        sale.add("Доставка", price: self.roubles(12000), vat: .rate20, lineAttribute: .service)
        #expect(try sale.total == self.roubles(12500))
        #expect(try sale.tax == [.rate10: self.roubles(45), .rate20: self.roubles(2000)])
        sale.nonCash = [self.roubles(500)]
        try sale.payNonCash()
        #expect(try sale.due == self.roubles(0))
        let receipt = try sale.receipt()
        #expect(receipt.nonCash == [self.roubles(500), self.roubles(12000)])
        #expect(receipt.lines[1].quantity.thousandths == 1000)
        #expect(receipt.warnings.map(\.description) == ["inexactLine Lines[0]"])
        sale.cash = self.roubles(100)
        #expect(try sale.due == self.roubles(0))
        #expect(try sale.receipt().change == self.roubles(100))
    }

    @Test("A builder without payments is underpaid, never silently zero")
    func builderUnpaid() throws {
        var sale = ReceiptBuilder(.income)
        sale.add("Груши", price: self.roubles(100), vat: .exempt)
        let error = #expect(throws: InvalidField.self) { try sale.receipt() }
        #expect(error?.rule == .consistency)
    }
}
