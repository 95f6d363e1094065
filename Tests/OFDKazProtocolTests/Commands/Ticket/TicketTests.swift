import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Receipts as values")
struct TicketTests {
    static let milk = Ticket.Commodity(
        name: "Сүт", sectionCode: "pump-4", quantity: .one, price: tenge(100_00), sum: tenge(100_00),
        measureUnitCode: "796")

    static func tenge(_ tiyn: Int64) -> Money { Money(minorUnits: tiyn, currency: .kzt) }

    static func sale(
        operation: OperationType = .sell, domain: Ticket.Domain = .trading, commodity: Ticket.Commodity = milk,
        payments: [Ticket.Payment]? = nil, extensionOptions: Ticket.ExtensionOptions? = nil,
        parentTicket: Ticket.ParentTicket? = nil, printedTicket: String? = nil, edition: Edition = .v203
    ) throws(InvalidField) -> Ticket {
        try Ticket(
            operation: operation, operator: Operator(code: 1), domain: domain, items: [.commodity(commodity)],
            payments: payments ?? [.card(commodity.sum)], amounts: Ticket.Amounts(total: commodity.sum),
            extensionOptions: extensionOptions, parentTicket: parentTicket, printedTicket: printedTicket,
            edition: edition)
    }

    @Test("Everything that a receipt can say travels, and reads back the same")
    func everything() throws {
        var ticket = SampleTickets.saleReturn()
        ticket.operator.name = "Кассир"
        ticket.printedTicket = "бірінші\nекінші"
        ticket.extensionOptions.customerEmail = "a@example.kz"
        ticket.extensionOptions.customerPhone = "+77010000000"
        ticket.extensionOptions.customerIinOrBin = "012345678901"
        ticket.extensionOptions.auxiliary = [Self.pair("k", "v"), Self.pair("only key", nil)]
        for storno in [false, true] {
            ticket.items.append(
                storno
                    ? SampleTickets.storno(1500, price: 2_00, sum: 3_00, [])
                    : SampleTickets.commodity(1500, price: 2_00, sum: 3_00, []))
        }
        ticket.items[1].commodity.code = 7
        ticket.items[1].commodity.listExciseStamp = ["010460", "010461", "010462"]
        ticket.items[1].commodity.physicalLabel = "AA 1"
        ticket.items[1].commodity.productID = "9223372036854775807"
        ticket.items[1].commodity.barcode = "4600000000001"
        ticket.items[1].commodity.ntin = "0200000000001"
        ticket.items[1].commodity.auxiliary = [Self.pair("1", "2"), Self.pair("3", "4")]
        ticket.items[2].stornoCommodity.name = "Сторно"
        ticket.items[2].stornoCommodity.listExciseStamp = ["010460"]
        ticket.items[2].stornoCommodity.physicalLabel = "AA 1"
        ticket.items[2].stornoCommodity.productID = "1"
        ticket.items[2].stornoCommodity.barcode = "4600000000001"
        ticket.items[2].stornoCommodity.ntin = "0200000000001"
        ticket.items[2].stornoCommodity.auxiliary = [Self.pair("1", "2")]
        ticket.items.append(SampleTickets.modifier(.itemTypeMarkup, 0, []))
        ticket.items[3].markup.auxiliary = [Self.pair("m", nil)]
        ticket.payments[0].cardPaymentFields.posTerminalID = "T1"
        ticket.payments[0].cardPaymentFields.posCardType = "VISA"
        ticket.payments[0].cardPaymentFields.posAutorizationCode = 123_456
        ticket.payments[0].cardPaymentFields.posRrn = 999_999_999_999
        ticket.payments[0].cardPaymentFields.posReceiptNumber = 42
        ticket.payments.append(SampleTickets.payment(.paymentMobile, 0))
        ticket.payments[1].mobilePaymentFields.qrType = "QR"
        ticket.payments[1].mobilePaymentFields.qrID = "1"

        let value = try Ticket(wire: ticket)
        ticket.clearDateTime()
        #expect(value.pb == ticket)
        #expect(try Ticket(wire: value.pb) == value)
    }

    private static func pair(_ key: String, _ value: String?) -> PBKeyValuePair {
        KeyValuePair(key: key, value: value).pb
    }

    @Test("All kinds of line and of tax read back the same, the tax regime too")
    func lines() throws {
        for sample in [SampleTickets.sale(), SampleTickets.taxedAsAWhole()] {
            var ticket = sample
            ticket.clearDateTime()
            if !ticket.taxes.isEmpty { ticket.taxes[0].taxationType = 101 }
            let value = try Ticket(wire: ticket)
            #expect(value.pb == ticket)
        }
    }

    @Test("Flags that say no, and codes that are 0, are written")
    func zeros() throws {
        let text = try Ticket(wire: SampleTickets.sale()).pb.textFormatString()
        #expect(text.contains("is_in_total_sum: false"))
        #expect(text.contains("coins: 0"))
        #expect(text.contains("type: PAYMENT_CASH"))
        #expect(text.contains("type: DOMAIN_TRADING"))
        #expect(
            try Ticket(wire: SampleTickets.saleReturn()).pb.textFormatString().contains(
                "parent_ticket_is_offline: false"))
        let free = try Self.sale(commodity: Self.free)
        #expect(free.pb.items[0].commodity.sum.hasBills && free.pb.items[0].commodity.sum.hasCoins)
        #expect(free.pb.operator.hasCode)
    }

    private static var free: Ticket.Commodity {
        var commodity = Self.milk
        commodity.price = .zero(.kzt)
        commodity.sum = .zero(.kzt)
        return commodity
    }

    @Test(
        "The blocks of the trades",
        arguments: [
            (.trading, 0, ""),
            (.services(accountNumber: "A-1"), 1, "services { account_number: \"A-1\" }"),
            (
                .gasoil(.init(correctionNumber: "1", correctionSum: tenge(1_05), cardNumber: "C")), 2,
                "gasoil { correction_number: \"1\" correction_sum { bills: 1 coins: 5 } card_number: \"C\" }"
            ),
            (.gasoil(.init()), 2, "gasoil { }"),
            (.hotels(accountNumber: "A-1"), 3, "services { account_number: \"A-1\" }"),
            (
                .taxi(.init(carNumber: "001", isOrder: false, currentFee: tenge(5_00))), 4,
                "taxi { car_number: \"001\" is_order: false current_fee { bills: 5 coins: 0 } }"
            ),
        ] as [(Ticket.Domain, Int, String)])
    func domains(domain: Ticket.Domain, type: Int, block: String) throws {
        let ticket = try Self.sale(domain: domain)
        #expect(ticket.pb.domain.type.rawValue == type)
        let text = ticket.pb.domain.textFormatString().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.hasSuffix(block))
        #expect(try Ticket(wire: ticket.pb).domain == domain)
    }

    @Test("Times of a parking may do without the second")
    func parking() throws {
        let day = try #require(CivilDate(year: 2026, month: 1, day: 2))
        let block = Ticket.Domain.Parking(
            beginTime: try #require(DateTime(date: day, hour: 3, minute: 4)),
            endTime: try #require(DateTime(date: day, hour: 5, minute: 0, second: 0)))
        let ticket = try Self.sale(domain: .parking(block))
        #expect(!ticket.pb.domain.parking.beginTime.time.hasSecond)
        #expect(ticket.pb.domain.parking.endTime.time.hasSecond)
        #expect(try Ticket(wire: ticket.pb).domain == .parking(block))
    }

    @Test("The first broken rule is thrown, with the field's way on the wire")
    func errors() throws {
        var commodity = Self.milk
        commodity.name = ""
        #expect(throws: InvalidField("items[0].commodity.name", .length, limit: "not empty")) {
            try Self.sale(commodity: commodity)
        }
        commodity = Self.milk
        commodity.price = Self.tenge(-1)
        #expect(throws: InvalidField("items[0].commodity.price", .range, limit: "not negative")) {
            try Self.sale(commodity: commodity)
        }
        commodity = Self.milk
        commodity.sum = Money(minorUnits: 100_00, currency: .eur)
        #expect(throws: InvalidField("items[0].commodity.sum", .oneOf, limit: "KZT")) {
            try Self.sale(commodity: commodity)
        }
        let error = #expect(throws: InvalidField.self) {
            try Self.sale(payments: [.card(Self.tenge(50_00)), .card(Self.tenge(50_00))])
        }
        #expect(error?.field == "payments")
        #expect(#expect(throws: InvalidField.self) { try Self.sale(operation: .sellReturn) }?.field == "parent_ticket")
    }

    @Test("Goods of the Virtual Warehouse must be identified, and the flag itself is not sent")
    func virtualWarehouse() throws {
        var commodity = Self.milk
        commodity.isVirtualWarehouse = true
        #expect(
            #expect(throws: InvalidField.self) { try Self.sale(commodity: commodity) }?.field
                == "items[0].commodity.product_id")
        commodity.ntin = "0200000000001"
        let flagged = try Self.sale(commodity: commodity)
        commodity.isVirtualWarehouse = false
        #expect(try flagged.pb == Self.sale(commodity: commodity).pb)
        #expect(flagged.virtualWarehouse == [0])
    }

    @Test("product_id is a text on the wire, at field 11")
    func productID() throws {
        var commodity = Self.milk
        commodity.productID = "77"
        let bytes: [UInt8] = try Self.sale(commodity: commodity).pb.items[0].commodity.serializedBytes()
        // Field 11, length-delimited, two digits.
        let expected: [UInt8] = [11 << 3 | 2, 2, 0x37, 0x37]
        #expect(bytes.indices.contains { bytes[$0...].starts(with: expected) })
    }

    @Test("What the register puts on a receipt is ignored in a given one, however wrong")
    func stamps() throws {
        var given = SampleTickets.sale()
        let value = try Ticket(wire: given)
        given.dateTime.date.month = 13
        given.offlineTicketNumber = .max
        given.frShiftNumber = .max
        given.printedDocumentNumber = .max
        #expect(try Ticket(wire: given) == value)
        given.clearDateTime()
        #expect(try Ticket(wire: given) == value)
        #expect(!value.pb.hasDateTime && !value.pb.hasFrShiftNumber && !value.pb.hasPrintedDocumentNumber)
    }

    @Test("Of a given receipt nothing that the server ignores is sent on")
    func ignoredParts() throws {
        var given = SampleTickets.sale()
        let value = try Ticket(wire: given)
        given.items[0].discount = SampleTickets.modifier(1, [])
        given.domain.taxi.carNumber = "001"
        #expect(try Ticket(wire: given) == value)
        given.clearDomain()
        #expect(try Ticket(wire: given) == value)
    }

    @Test("An amount beyond what can be reckoned with is refused, not cut")
    func tooLarge() throws {
        var given = SampleTickets.saleReturn()
        given.parentTicket.parentTicketTotal.bills = UInt64(Int64.max)
        #expect(
            throws: InvalidField("parent_ticket.parent_ticket_total", .range, limit: "at most 92233720368547758.07")
        ) { try Ticket(wire: given) }
    }
}
