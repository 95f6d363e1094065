import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Receipts as JSON")
struct TicketCheckTests {
    /// By hand, from the document's tables and the protobuf JSON mapping.
    static let sale = """
        {
          "operation": "OPERATION_SELL",
          "date_time": {"date": {"year": 2026, "month": 1, "day": 2}, "time": {"hour": 3, "minute": 4, "second": 5}},
          "operator": {"code": 1, "name": "Кассир"},
          "domain": {"type": "DOMAIN_TRADING"},
          "items": [{"type": "ITEM_TYPE_COMMODITY", "commodity": {
            "name": "Товар", "section_code": "1", "quantity": "2500",
            "price": {"bills": "1000", "coins": 0}, "sum": {"bills": "2500", "coins": 0},
            "taxes": [{"tax_type": 100, "taxation_type": 101, "percent": 12000,
                       "sum": {"bills": "267", "coins": 86}, "is_in_total_sum": true}],
            "measure_unit_code": "796", "list_excise_stamp": ["010460"], "ntin": "0200000000001"}}],
          "payments": [{"type": "PAYMENT_CASH", "sum": {"bills": "2000", "coins": 0}},
                       {"type": "PAYMENT_MOBILE", "sum": {"bills": "500", "coins": 0},
                        "mobile_payment_fields": {"qr_type": "QR", "qr_id": "1"}}],
          "amounts": {"total": {"bills": "2500", "coins": 0}, "taken": {"bills": "3000", "coins": 0},
                      "change": {"bills": "1000", "coins": 0}}
        }
        """

    @Test("A receipt that may be sent has no issues, and is a value")
    func valid() throws {
        #expect(try TicketCheck.issues(json: Self.sale) == [])
        let ticket = try Ticket(json: Self.sale)
        #expect(ticket.operator == Operator(code: 1, name: "Кассир"))
        #expect(ticket.amounts.change == TicketTests.tenge(1000_00))
        #expect(ticket.items.count == 1)
    }

    @Test("The document's own spellings are read as well")
    func spellings() throws {
        let json = Self.sale.replacing("\"tax_type\"", with: "\"type\"").replacing("\"ntin\"", with: "\"Ntin\"")
            .replacing("mobile_payment_fields", with: "mobile_payments_fields")
        #expect(try Ticket(json: json) == Ticket(json: Self.sale))
    }

    @Test("Issues name the fields from the receipt on, in the servers' spelling")
    func issues() throws {
        let nameless = Self.sale.replacing("\"name\": \"Товар\", ", with: "")
        #expect(try TicketCheck.issues(json: nameless).map(\.field) == ["items[0].commodity.name"])
        #expect(try TicketCheck.issues(json: nameless).map(\.rule.rawValue) == ["required"])
        let unknown = Self.sale.replacing("\"OPERATION_SELL\"", with: "9")
        #expect(try TicketCheck.issues(json: unknown).map(\.field) == ["operation"])
        #expect(try TicketCheck.issues(json: unknown).map(\.rule.rawValue) == ["oneOf"])
    }

    @Test("A check wants the time of the receipt; a receipt to be issued gets it from the register")
    func time() throws {
        let json = Self.sale.replacing(
            #""date_time": {"date": {"year": 2026, "month": 1, "day": 2}, "time": {"hour": 3, "minute": 4, "second": 5}},"#,
            with: "")
        #expect(try TicketCheck.issues(json: json).map(\.field) == ["date_time"])
        #expect(try Ticket(json: json) == Ticket(json: Self.sale))
    }

    @Test("The seller and the Virtual Warehouse can be told to the check")
    func circumstances() throws {
        let json = Self.sale.replacing(
            "\"domain\"", with: "\"extension_options\": {\"customer_iin_or_bin\": \"012345678901\"}, \"domain\"")
        #expect(try TicketCheck.issues(json: json, virtualWarehouse: [0]) == [])
        #expect(try TicketCheck.issues(json: json, edition: .v202, virtualWarehouse: [0]).count == 1)
        #expect(try TicketCheck.issues(json: json, sellerIIN: "012345678901").count == 1)
    }

    @Test(
        "What is no such message is an error, not an issue", arguments: ["", "[]", "{\"operation\": []}", "{\"x\": 1}"])
    func unreadable(json: String) {
        #expect(throws: PayloadError.self) { try TicketCheck.issues(json: json) }
        #expect(throws: PayloadError.self) { try Ticket(json: json) }
    }

    @Test(
        "A bank's code with letters or a leading zero is refused, where the field is a number", arguments: ["A1", "01"])
    func cardCodes(code: String) {
        let json = Self.sale.replacing(
            "\"mobile_payment_fields\": {\"qr_type\": \"QR\", \"qr_id\": \"1\"}",
            with: "\"card_payment_fields\": {\"pos_autorization_code\": \"\(code)\"}")
        #expect(throws: PayloadError.self) { try Ticket(json: json) }
    }
}
