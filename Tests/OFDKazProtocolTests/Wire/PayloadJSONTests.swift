import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Payloads as JSON")
struct PayloadJSONTests {
    @Test("Fields have the names of the schema")
    func names() throws {
        let payload: [UInt8] = [0x08, 0x06, 0x3A, 0x06, 0x0A, 0x00, 0x10, 0x01, 0x30, 0x05]
        #expect(
            try PayloadJSON.text(of: payload, .request)
                == #"{"command":"COMMAND_MONEY_PLACEMENT","money_placement":{"datetime":{},"#
                + #""operation":"MONEY_PLACEMENT_WITHDRAWAL","printed_document_number":"5"}}"#)
    }

    @Test("An empty payload is an empty object, both ways", arguments: PayloadKind.allCases)
    func empty(kind: PayloadKind) throws {
        #expect(try PayloadJSON.text(of: [], kind) == "{}")
        #expect(try PayloadJSON.payload(from: " {}\n", kind) == [])
    }

    @Test("A number that an enumeration does not have stays that number, both ways")
    func unknownNumbers() throws {
        let payload: [UInt8] = [0x08, 0x63, 0x12, 0x02, 0x08, 0x07]
        let json = #"{"command":99,"ticket":{"operation":7}}"#
        #expect(try PayloadJSON.text(of: payload, .request) == json)
        #expect(try PayloadJSON.payload(from: json, .request) == payload)
    }

    @Test(
        "The document's spellings are read as well, and give the same bytes",
        arguments: [
            (#"{"money_placement":{"datetime":{}}}"#, #"{"money_placement":{"date_time":{}}}"#),
            (#"{"ticket":{"parent_ticket":{}}}"#, #"{"ticket":{"parent_Ticket":{}}}"#),
            (
                #"{"ticket":{"items":[{"commodity":{"ntin":"1"}}]}}"#,
                #"{"ticket":{"items":[{"commodity":{"Ntin":"1"}}]}}"#
            ),
            (
                #"{"ticket":{"items":[{"storno_commodity":{"ntin":"1"}}]}}"#,
                #"{"ticket":{"items":[{"storno_commodity":{"Ntin":"1"}}]}}"#
            ),
            (#"{"ticket":{"taxes":[{"tax_type":100}]}}"#, #"{"ticket":{"taxes":[{"type":100}]}}"#),
            (
                #"{"ticket":{"payments":[{"mobile_payment_fields":{}}]}}"#,
                #"{"ticket":{"payments":[{"mobile_payments_fields":{}}]}}"#
            ),
            (
                #"{"report":{"zx_report":{"taxes":[{"tax_type":100}]}}}"#,
                #"{"report":{"zx_report":{"taxes":[{"type":100}]}}}"#
            ),
            (
                #"{"service":{"reg_info":{"org":{"inn":"1","okved":"2"}}}}"#,
                #"{"service":{"reg_info":{"org":{"iin":"1","oked":"2"}}}}"#
            ),
        ])
    func spellings(ours: String, document: String) throws {
        let payload = try PayloadJSON.payload(from: ours, .request)
        #expect(!payload.isEmpty)
        #expect(try PayloadJSON.payload(from: document, .request) == payload)
        #expect(try PayloadJSON.text(of: payload, .request) == ours)
    }

    @Test("The spellings of an answer")
    func spellingsOfAnswers() throws {
        let ours = #"{"service":{"binded_taxation":{"taxation_type":100,"taxes":[{"tax_type":100}]}}}"#
        let document = #"{"service":{"binded_taxation":{"type":100,"taxes":[{"type":100}]}}}"#
        let payload = try PayloadJSON.payload(from: ours, .response)
        #expect(try PayloadJSON.payload(from: document, .response) == payload)
        #expect(try PayloadJSON.text(of: payload, .response) == ours)
    }

    @Test(
        "What is wrong with a JSON text is said, with the member",
        arguments: [
            (#"{"tickets":{}}"#, .unknownMember, "tickets"),
            (
                #"{"ticket":{"items":[{},{"commodity":{"nmae":"x"}}]}}"#, .unknownMember,
                "ticket.items[1].commodity.nmae"
            ),
            (#"{"command":"COMMAND_CANCEL_TICKET"}"#, .value, "command"),
            (#"{"command":1.5}"#, .value, "command"),
            (#"{"ticket":{"operator":{"code":-1}}}"#, .value, "ticket.operator.code"),
            (#"{"ticket":{"operator":{"code":4294967296}}}"#, .value, "ticket.operator.code"),
            (#"{"ticket":{"items":{}}}"#, .value, "ticket.items"),
            (#"{"ticket":{"items":[{},null]}}"#, .value, "ticket.items[1]"),
            (#"{"ticket":{"operator":{"name":5}}}"#, .value, "ticket.operator.name"),
            (#"{"ticket":{"taxes":[{"is_in_total_sum":"yes"}]}}"#, .value, "ticket.taxes[0].is_in_total_sum"),
            (
                #"{"ticket":{"amounts":{"total":{"bills":"18446744073709551616"}}}}"#, .value,
                "ticket.amounts.total.bills"
            ),
            ("[]", .syntax, nil),
            ("7", .syntax, nil),
            ("", .syntax, nil),
            ("{", .syntax, nil),
            (#"{"command":0"#, .syntax, nil),
            (#"{"command":0}}"#, .syntax, nil), (#"{"command":0,}"#, .syntax, nil), (#"{"command":00}"#, .syntax, nil),
            (#"{"command" 0}"#, .syntax, nil),
        ] as [(String, PayloadError.Code, String?)])
    func faults(json: String, code: PayloadError.Code, member: String?) throws {
        let error = try #require(throws: PayloadError.self) { try PayloadJSON.payload(from: json, .request) }
        #expect(error.code == code)
        #expect(error.member == member)
        #expect("\(error)".hasPrefix(member.map { "\($0): \(code) (" } ?? "\(code) ("))
    }

    @Test("The fault is that of the first member at fault by name, when several are")
    func severalFaults() throws {
        let json = #"{"ticket":{"operation":"X","operator":{"code":"Y"}},"command":"Z"}"#
        let error = try #require(throws: PayloadError.self) { try PayloadJSON.payload(from: json, .request) }
        #expect(error.member == "command")
        let mixed = #"{"zzz":1,"ticket":{"items":[{}],"operator":{"code":-1,"b":0}}}"#
        let other = try #require(throws: PayloadError.self) { try PayloadJSON.payload(from: mixed, .request) }
        #expect(other.member == "ticket.operator.b")
        #expect(other.code == .unknownMember)
    }

    @Test(
        "Characters are read alike, escaped or not, in whatever plane they lie",
        arguments: [
            ("\u{1F9FE}", #"\ud83e\uddfe"#), ("\u{20000}", #"\uD840\uDC00"#), ("\u{2FFFF}", #"\uD87F\uDFFF"#),
            ("\u{10FFFF}", #"\uDBFF\uDFFF"#), ("\\ud840\u{20001}", #"\\ud840\ud840\udc01"#), ("\u{4D9}", #"\u04D9"#),
        ])
    func escapes(plain: String, escaped: String) throws {
        let payload = try PayloadJSON.payload(from: #"{"auth":{"login":"\#(escaped)"}}"#, .request)
        let content = Array(plain.utf8)
        #expect(payload == [0x42, UInt8(content.count + 2), 0x0A, UInt8(content.count)] + content)
    }

    @Test(
        "Half a pair of escapes is no text",
        arguments: [#"\ud840"#, #"\udc00"#, #"\ud840\ud840"#, #"\ud840\u00"#, #"\ud84"#])
    func halfPairs(escaped: String) throws {
        let json = #"{"auth":{"login":"\#(escaped)"}}"#
        #expect(throws: PayloadError.self) { try PayloadJSON.payload(from: json, .request) }
    }

    @Test("Deep nesting is an error")
    func deepJSON() throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let json = String(repeating: open, count: 100_000) + "0" + String(repeating: close, count: 100_000)
            #expect(throws: PayloadError.self) { try PayloadJSON.payload(from: json, .request) }
        }
    }

    @Test(
        "What is wrong with the bytes is said",
        arguments: [
            ([0x08], .truncated), ([0x12, 0x05, 0x08], .truncated),
            ([0x12, 0xFF, 0xFF, 0xFF, 0x7F], .truncated), ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], .malformed),
            // Result.result_text, and a text two levels down.
            ([0x12, 0x03, 0x12, 0x01, 0xFF], .invalidUTF8),
            ([0x1A, 0x04, 0x0A, 0x02, 0xC3, 0x28], .invalidUTF8),
            ([0x00], .malformed), ([0x0F, 0x01], .malformed),
            ([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], .malformed),
        ] as [([UInt8], PayloadError.Code)])
    func faultsOfBytes(payload: [UInt8], code: PayloadError.Code) throws {
        let error = try #require(throws: PayloadError.self) { try PayloadJSON.text(of: payload, .response) }
        #expect(error.code == code)
        #expect(error.member == nil)
        #expect("\(error)".hasPrefix("\(code) ("))
    }

    @Test("Groups nested without end in unknown fields are an error")
    func deepGroups() throws {
        let payload = (0..<200_000).map { $0.isMultiple(of: 2) ? UInt8(0xC3) : UInt8(0x3E) }
        #expect(throws: PayloadError.self) { try PayloadJSON.text(of: payload, .response) }
    }
}
