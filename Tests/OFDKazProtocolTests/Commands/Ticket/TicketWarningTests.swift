import FiscalCore
import OFDKazProtocol
import Testing

@Suite("What is left out of a receipt, and what is unusual about it")
struct TicketWarningTests {
    private func paid(_ fields: Ticket.CardPaymentFields) throws -> Ticket {
        try TicketTests.sale(payments: [.card(TicketTests.milk.sum, fields)])
    }

    @Test(
        "A bank's text that is no plain number is left out and told, never altered",
        arguments: ["A12345", "012345", "", " 1", "2147483648", "١٢"])
    func authorisationCodes(code: String) throws {
        let ticket = try self.paid(.init(posTerminalID: "T1", posAutorizationCode: code))
        #expect(!ticket.pb.payments[0].cardPaymentFields.hasPosAutorizationCode)
        #expect(ticket.pb.payments[0].cardPaymentFields.posTerminalID == "T1")
        #expect(
            ticket.warnings() == [
                TicketWarning(.notANumber, field: "payments[0].card_payment_fields.pos_autorization_code")
            ])
    }

    @Test("Plain numbers travel whole: a reference number has twelve digits and more")
    func numbers() throws {
        let ticket = try self.paid(
            .init(posAutorizationCode: "0", posRRN: "9223372036854775807", posReceiptNumber: "2147483647"))
        let fields = ticket.pb.payments[0].cardPaymentFields
        #expect(fields.hasPosAutorizationCode && fields.posAutorizationCode == 0)
        #expect(fields.posRrn == 9_223_372_036_854_775_807)
        #expect(fields.posReceiptNumber == 2_147_483_647)
        #expect(ticket.warnings() == [])
        #expect(try self.paid(.init(posRRN: "999999999999")).pb.payments[0].cardPaymentFields.posRrn == 999_999_999_999)
    }

    @Test("Numbers beyond the fields are left out and told")
    func tooLarge() throws {
        let ticket = try self.paid(.init(posRRN: "9223372036854775808", posReceiptNumber: "2147483648"))
        #expect(ticket.pb.payments[0].cardPaymentFields == .init())
        #expect(
            ticket.warnings().map(\.field) == [
                "payments[0].card_payment_fields.pos_rrn", "payments[0].card_payment_fields.pos_receipt_number",
            ])
    }

    @Test("A code of the nomenclature is unusual only where the register has none loaded")
    func codes() throws {
        var commodity = TicketTests.milk
        commodity.code = 5
        let ticket = try TicketTests.sale(commodity: commodity)
        #expect(ticket.pb.items[0].commodity.code == 5)
        #expect(ticket.warnings() == [TicketWarning(.withoutNomenclature, field: "items[0].commodity.code")])
        #expect(ticket.warnings(worksWithNomenclature: true) == [])
    }

    @Test("A customer with an e-mail address should get a copy")
    func copy() throws {
        let ticket = try TicketTests.sale(extensionOptions: .init(customerEmail: "a@example.kz"))
        #expect(ticket.warnings() == [TicketWarning(.sendCopy, field: "extension_options.customer_email")])
        #expect(try TicketTests.sale(extensionOptions: .init(customerPhone: "+7")).warnings() == [])
    }

    @Test("What an edition lacks is told by name")
    func editions() throws {
        var commodity = TicketTests.milk
        commodity.listExciseStamp = ["010460"]
        commodity.ntin = "02"
        commodity.commodityType = .service
        let ticket = try TicketTests.sale(
            commodity: commodity, payments: [.card(commodity.sum, .init(posRRN: "A"))], edition: .v204)
        #expect(
            ticket.warnings(edition: .v202).map(\.field) == [
                "items[0].commodity.list_excise_stamp", "items[0].commodity.ntin", "items[0].commodity.commodity_type",
                "payments[0].card_payment_fields",
            ])
        #expect(
            ticket.warnings(edition: .v203) == [
                TicketWarning(.notInEdition, field: "items[0].commodity.commodity_type"),
                TicketWarning(.notANumber, field: "payments[0].card_payment_fields.pos_rrn"),
            ])
        #expect(ticket.warnings(edition: .v204).map(\.kind) == [.notANumber])
    }
}
