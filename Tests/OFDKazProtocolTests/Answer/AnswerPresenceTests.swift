import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What must be in an answer")
struct AnswerPresenceTests {
    /// Fields whose absence is told: read from the document's tables (2.6, 3.2 to 3.11), not from ours. With the first
    /// edition, and with the traits of which one must hold.
    private static let listing = """
        Response.ticket document
        Response.report document
        Response.nomenclature document
        Response.auth document
        Response.service document 123 info
        TicketResponse.ticket_number document
        ReportResponse.report document
        ReportResponse.zx_report document
        NomenclatureResponse.version document
        NomenclatureResponse.result document
        NomenclatureResponse.Element.type document
        NomenclatureResponse.Element.title document
        NomenclatureResponse.Element.id document
        NomenclatureResponse.Element.item document
        NomenclatureResponse.Item.purchase_price document
        NomenclatureResponse.Item.sell_price document
        NomenclatureResponse.Tax.taxation_type document
        NomenclatureResponse.Tax.tax_type document
        NomenclatureResponse.Tax.tax_percent document
        ServiceResponse.reg_info document 123 info
        ServiceResponse.RegInfo.kkm document
        ServiceResponse.RegInfo.org document
        ServiceResponse.LastDocumentInfo.fr_shift_number document
        ServiceResponse.LastDocumentInfo.printed_document_number document
        PosRegInfo.title document
        PosRegInfo.address document
        PosRegInfo.address_kz document 203
        PosRegInfo.latitude document 203
        PosRegInfo.longitude document 203
        TicketAd.info document
        TicketAd.text document
        BindedTaxation.taxation_type document
        BindedTaxation.BindedTax.tax_type document
        BindedTaxation.BindedTax.percent document
        AuthResponse.result document
        AuthResponse.operator_code document signedIn
        AuthResponse.operator_name document signedIn
        """

    /// The types that requests have too are listed with them; what a request alone owes is left out.
    private static let mandatory: [String: PresenceTableTests.Mandatory] = {
        let shared = PresenceTableTests.mandatory.filter { field, _ in
            ["ZXReport", "OrgRegInfo", "Date", "Time", "Money", "TicketAdInfo", "KeyValuePair"].contains {
                field.hasPrefix($0)
            }
        }
        let own = listing.split(separator: "\n").map { PresenceTableTests.Mandatory($0) }
        return shared.merging(own.map { ($0.field, $0) }) { _, own in own }
    }()

    @Test("A complete answer has nothing odd about it", arguments: CompleteAnswer.all)
    func complete(answer: CompleteAnswer) throws {
        let read = try answer.answer(answer.pb())
        #expect(read.code == .ok && read.text == "Т")
        #expect(read.anomalies.isEmpty)
        #expect(read.service.ads.count == 2)
    }

    @Test(
        "Take out any one field: exactly that one is told if it is mandatory there, and the answer settles all the same",
        arguments: CompleteAnswer.all)
    func everyField(answer: CompleteAnswer) throws {
        let (whole, places) = try answer.places()
        for place in places where !["command", "result", "result.result_code"].contains(place.path) {
            let payload = whole.removing(place).bytes
            for number in [200, 202, 203] as [UInt16] {
                let edition = try #require(Edition(rawValue: number))
                let read = try answer.read(payload, version: number, edition: edition).settled()
                #expect(read.code == .ok)
                let told = read.anomalies.filter { $0.kind == .missing || $0.kind == .list }.map(\.field)
                #expect(told == self.expected(place, answer, edition), "\(place.path) at \(edition)")
            }
        }
    }

    private func expected(
        _ place: EditableMessage.Place, _ answer: CompleteAnswer, _ edition: Edition
    ) -> [String] {
        let name = "\(place.message).\(place.field.name)"
        guard let rule = Self.mandatory[name], edition.rawValue >= rule.since,
            rule.traits.isEmpty || !rule.traits.isDisjoint(with: answer.traits)
        else { return [] }
        return [rule.weight == "each" ? place.list : place.path]
    }

    @Test("A refusal owes no data: none of the bodies is missed", arguments: CompleteAnswer.all)
    func refusals(answer: CompleteAnswer) throws {
        for code in [1, 13, 15, 254] as [UInt32] {
            let response = PBResponse.with {
                $0.command = answer.command.pb
                $0.result.resultCode = code
            }
            let read = try answer.answer(response)
            #expect(read.code.rawValue == code)
            #expect(read.anomalies.isEmpty)
            #expect(read.ticketNumber == nil && read.reportType == nil && read.nomenclature == nil && read.auth == nil)
        }
    }

    @Test("OK without the body of the command completes, and the body is told")
    func bodies() throws {
        for answer in CompleteAnswer.all {
            let response = PBResponse.with {
                $0.command = answer.command.pb
                $0.result.resultCode = 0
            }
            let read = try answer.answer(response)
            let body: [CommandType: [String]] = [
                .ticket: ["ticket"], .report: ["report"], .closeShift: ["report"], .info: ["report", "service"],
                .nomenclature: ["nomenclature"], .auth: ["auth"],
            ]
            #expect(read.code == .ok)
            #expect(read.anomalies.map(\.field) == body[answer.command, default: []])
            #expect(read.anomalies.allSatisfy { $0.kind == .missing })
            #expect(read.ticketNumber == nil && read.qr == nil && read.reportWire == nil && read.reportType == nil)
            #expect(read.nomenclature == nil && read.nomenclatureResult == nil && read.auth == nil)
        }
    }

    @Test("An empty number of the receipt is none")
    func emptyNumber() throws {
        let answer = try CompleteAnswer.named("ticket")
        var response = try answer.pb()
        response.ticket.ticketNumber = ""
        let read = try answer.answer(response)
        #expect(read.ticketNumber == nil)
        #expect(read.anomalies.map(\.field) == ["ticket.ticket_number"])
    }

    @Test("Registration data that was asked for is missed in any answer, and in an INFO always")
    func registration() throws {
        for answer in CompleteAnswer.all {
            var response = try answer.pb()
            response.service.clearRegInfo()
            var expectation = answer.expectation
            let told: (Bool) throws -> [String?] = { asked in
                expectation.asksForRegistration = asked
                let frame = try answer.frame(response.serializedBytes())
                return try AnswerReader.read(frame, expecting: expectation).settled().anomalies.map(\.field)
            }
            #expect(try told(true) == ["service.reg_info"])
            #expect(try told(false) == (answer.command == .info ? ["service.reg_info"] : []))
        }
    }
}
