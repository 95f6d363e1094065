import FiscalCore
import OFDKazProtocol
import Testing

@Suite("The arithmetic of a receipt, done for the host")
struct TicketBuilderTests {
    private func tenge(_ text: String) throws -> Money { try Money(parsing: text, currency: .kzt) }
    private let twelve = Rate(thousandthsOfPercent: 12_000)

    private func builder(_ operation: OperationType = .sell) -> TicketBuilder {
        TicketBuilder(operation, operator: Operator(code: 1))
    }

    @Test("A sale for cash in five lines: 2.5 x 1000.00 with 12 % VAT inside, paid with 3000.00")
    func cashSale() throws {
        var sale = TicketBuilder(.sell, operator: Operator(code: 1, name: "Кассир"))
        try sale.add(
            "Товар", price: self.tenge("1000.00"), quantity: Quantity("2.5"), section: "1", unit: "796",
            vat: .inside(self.twelve))
        #expect(try sale.total().text == "2500.00")
        sale.pay(cash: try self.tenge("3000.00"))
        let ticket = try sale.build()
        #expect(ticket.amounts.total.text == "2500.00")
        #expect(ticket.amounts.taken?.text == "3000.00")
        #expect(ticket.amounts.change?.text == "500.00")
        #expect(ticket.payments == [.cash(try self.tenge("2500.00"))])
        guard case .commodity(let goods) = ticket.items[0] else {
            throw InvalidField("items[0]", .oneOf, limit: "goods")
        }
        #expect(goods.sum.text == "2500.00")
        #expect(goods.taxes.map(\.sum.text) == ["267.86"])
        #expect(goods.taxes.map(\.isInTotalSum) == [true])
    }

    @Test("VAT on top is inside the line's sum, and is not added again to the total")
    func onTop() throws {
        var sale = self.builder()
        try sale.add("A", price: self.tenge("100.00"), section: "1", unit: "796", vat: .onTop(self.twelve))
        sale.pay(card: nil)
        let ticket = try sale.build()
        guard case .commodity(let goods) = ticket.items[0] else {
            throw InvalidField("items[0]", .oneOf, limit: "goods")
        }
        #expect(goods.sum.text == "112.00")
        #expect(ticket.amounts.total.text == "112.00")
        #expect(ticket.payments == [.card(try self.tenge("112.00"))])
    }

    @Test("VAT of the whole receipt comes after its discount, and on top is added to the total")
    func wholeReceipt() throws {
        var sale = self.builder()
        try sale.add("A", price: self.tenge("100.00"), section: "1", unit: "796")
        try sale.add("B", price: self.tenge("50.00"), section: "2", unit: "796")
        sale.discountTicket("Card", percent: Rate(thousandthsOfPercent: 10_000))
        sale.vat = .onTop(self.twelve)
        let ticket = try sale.build()
        #expect(ticket.amounts.discount?.sum.text == "15.00")
        #expect(ticket.taxes.map(\.sum.text) == ["16.20"])
        #expect(ticket.amounts.total.text == "151.20")
        #expect(ticket.payments.isEmpty)
        sale.vat = .inside(self.twelve)
        #expect(try sale.build().taxes.map(\.sum.text) == ["14.46"])
        #expect(try sale.total().text == "135.00")
    }

    @Test("Discount and markup follow the goods and carry their VAT")
    func modifiers() throws {
        var sale = self.builder()
        sale.taxationType = .rts
        try sale.add(
            "A", price: self.tenge("112.00"), quantity: Quantity("2"), section: "1", unit: "796",
            vat: .inside(self.twelve))
        try sale.discount("Card", percent: Rate(thousandthsOfPercent: 5000))
        try sale.markup("Bag", self.tenge("1.12"))
        let ticket = try sale.build()
        #expect(ticket.items.map(\.type) == [.commodity, .discount, .markup])
        guard case .discount(let discount) = ticket.items[1], case .markup(let markup) = ticket.items[2] else {
            throw InvalidField("items", .oneOf, limit: "discount, markup")
        }
        #expect(discount.sum.text == "11.20")
        #expect(discount.taxes.map(\.sum.text) == ["1.20"])
        #expect(discount.taxes.map(\.taxationType) == [.rts])
        #expect(markup.taxes.map(\.sum.text) == ["0.12"])
        #expect(ticket.amounts.total.text == "213.92")
    }

    @Test("A line is taken back wholly or in part, with its taxes, and never more than there is")
    func storno() throws {
        var sale = self.builder()
        let milk = try sale.add(
            "A", price: self.tenge("10.00"), quantity: Quantity("3"), section: "1", unit: "166",
            vat: .onTop(self.twelve)
        ) {
            $0.code = 5
            $0.barcode = "46"
            $0.listExciseStamp = ["010460"]
        }
        let discount = try sale.discount("Card", self.tenge("1.00"))
        try sale.storno(item: milk, quantity: Quantity("1"))
        #expect(throws: InvalidField.self) { try sale.storno(item: milk, quantity: Quantity("2.001")) }
        try sale.storno(item: discount)
        #expect(throws: InvalidField.self) { try sale.storno(item: discount) }
        #expect(throws: InvalidField.self) { try sale.storno(item: 2) }
        #expect(throws: InvalidField.self) { try sale.storno(item: 4) }
        #expect(throws: InvalidField.self) { try sale.storno(item: -1) }
        let ticket = try sale.build()
        #expect(ticket.items.map(\.type) == [.commodity, .discount, .stornoCommodity, .stornoDiscount])
        guard case .stornoCommodity(let back) = ticket.items[2] else {
            throw InvalidField("items[2]", .oneOf, limit: "storno")
        }
        #expect(back.name == "A")
        #expect(try !PayloadJSON.text(of: ticket.pb.items[2]).contains("\"code\""))
        #expect(back.sum.text == "11.20")
        #expect(back.taxes.map(\.sum.text) == ["1.20"])
        #expect(back.measureUnitCode == "166")
        #expect(back.barcode == "46")
        #expect(back.listExciseStamp == ["010460"])
        #expect(ticket.amounts.total.text == "22.40")
    }

    @Test("Cash pays what card and mobile do not; the customer gets the change of that")
    func mixedPayments() throws {
        var sale = self.builder()
        try sale.add("A", price: self.tenge("100.00"), section: "1", unit: "796")
        sale.pay(card: try self.tenge("30.00"), .init(posTerminalID: "T1"))
        sale.pay(cash: try self.tenge("60.00"))
        sale.pay(mobile: try self.tenge("20.00"), .init(qrType: "QR"))
        let ticket = try sale.build()
        #expect(ticket.payments.map(\.type) == [.card, .cash, .mobile])
        #expect(ticket.payments.map(\.sum.text) == ["30.00", "50.00", "20.00"])
        #expect(ticket.amounts.change?.text == "10.00")
        #expect(ticket.pb.payments[0].cardPaymentFields.posTerminalID == "T1")
        #expect(ticket.pb.payments[2].mobilePaymentFields.qrType == "QR")
    }

    @Test("Exact cash brings a change of nothing, said aloud")
    func exactCash() throws {
        var sale = self.builder()
        try sale.add("A", price: self.tenge("100.00"), section: "1", unit: "796")
        sale.pay(cash: nil)
        let ticket = try sale.build()
        #expect(ticket.amounts.taken?.text == "100.00")
        #expect(ticket.amounts.change?.text == "0.00")
        #expect(ticket.pb.amounts.hasChange)
    }

    @Test("What does not add up is refused with its field")
    func refused() throws {
        func field(_ fill: (inout TicketBuilder) throws -> Void) -> String? {
            #expect(throws: InvalidField.self) {
                var sale = self.builder()
                try fill(&sale)
                _ = try sale.build()
            }?.field
        }
        let price = try self.tenge("100.00")
        func add(_ sale: inout TicketBuilder) throws { try sale.add("A", price: price, section: "1", unit: "796") }
        #expect(field { _ in } == "items")
        #expect(
            field {
                try add(&$0)
                $0.pay(card: try self.tenge("100.01"))
                $0.pay(cash: nil)
            } == "payments")
        #expect(field { try $0.discount("Card", price) } == "items[0].discount")
        #expect(
            field {
                try add(&$0); try $0.discount("Card", self.tenge("100.01"))
            } == "amounts.total")
        #expect(
            field {
                try add(&$0); $0.pay(cash: try self.tenge("99.99"))
            } == "amounts.taken")
        #expect(
            field {
                try add(&$0); $0.pay(card: try self.tenge("99.99"))
            } == "payments")
        #expect(
            field {
                try add(&$0); $0.pay(card: try self.tenge("100.01"))
            } == "payments")
        #expect(
            field {
                try add(&$0); $0.pay(card: nil); $0.pay(cash: nil)
            } == "payments")
        #expect(
            field {
                try add(&$0); $0.pay(card: try self.tenge("50.00")); $0.pay(card: nil)
            } == "payments")
        #expect(field { try $0.add("", price: price, section: "1", unit: "796") } == "items[0].commodity.name")
        #expect(
            field { try $0.add("A", price: self.tenge("-0.01"), section: "1", unit: "796") }
                == "items[0].commodity.price")
        #expect(
            field {
                try $0.add(
                    "A", price: Money(minorUnits: .max, currency: .kzt), quantity: Quantity("2"), section: "1",
                    unit: "796")
            } == "items[0].commodity.sum")
        #expect(
            field {
                let all = Money(minorUnits: .max, currency: .kzt)
                try $0.add("A", price: all, section: "1", unit: "796")
                try $0.add("A", price: all, section: "1", unit: "796")
            } == "amounts.total")
        #expect(
            field {
                try $0.add("A", price: price, section: "1", unit: "796", vat: .inside(self.twelve))
                $0.vat = .inside(self.twelve)
            } == "taxes")
    }

    @Test("A return needs its parent, and gets one")
    func returns() throws {
        var back = self.builder(.sellReturn)
        try back.add("A", price: self.tenge("100.00"), section: "1", unit: "796")
        #expect(#expect(throws: InvalidField.self) { try back.build() }?.field == "parent_ticket")
        let day = try #require(CivilDate(year: 2026, month: 1, day: 2))
        back.parentTicket = .init(
            number: "4228143549", dataTime: try #require(DateTime(date: day, hour: 3, minute: 4)),
            kgdKkmID: "111111111111", total: try self.tenge("100.00"), isOffline: true)
        #expect(try back.build().pb.parentTicket.parentTicketIsOffline)
    }
}
