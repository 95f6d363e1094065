import OFDKazProtocol
import SwiftProtobuf
import Testing

/// An answer with every field that it can have.
struct CompleteAnswer: CustomTestStringConvertible {
    let name: String
    let command: CommandType
    /// What holds for it: `info`, `z`, `signedIn`.
    let traits: Set<String>
    let json: String

    var testDescription: String { self.name }

    func pb() throws -> PBResponse { try PBResponse(jsonString: self.json) }

    func payload() throws -> [UInt8] { try self.pb().serializedBytes() }

    /// The token with which the request went out.
    static let sentToken: UInt32 = 0xFEDC_BA98

    var expectation: AnswerReader.Expectation {
        let report: ReportType? = self.command == .report ? (self.traits.contains("z") ? .z : .x) : nil
        return AnswerReader.Expectation(
            id: 100_001, reqnum: 65_535, command: self.command, edition: .v203, sentToken: Self.sentToken,
            report: report)
    }

    /// The payload in a frame that fits the request.
    func frame(_ payload: [UInt8], version: UInt16 = 203, token: UInt32 = sentToken) -> Frame {
        Frame(version: version, id: 100_001, token: token, reqnum: 65_535, payload: payload)
    }

    /// Reads a payload as the answer to this command's request.
    func read(
        _ payload: [UInt8], version: UInt16 = 203, token: UInt32 = sentToken, edition: Edition = .v203
    ) -> AnswerReader.Reading {
        var expectation = self.expectation
        expectation.edition = edition
        return AnswerReader.read(self.frame(payload, version: version, token: token), expecting: expectation)
    }

    /// Reads the response, which must settle.
    func answer(
        _ response: PBResponse, version: UInt16 = 203, token: UInt32 = sentToken, edition: Edition = .v203
    ) throws -> Answer {
        try self.read(response.serializedBytes(), version: version, token: token, edition: edition).settled()
    }

    /// The fields, for taking one out or damaging it.
    func places() throws -> (whole: EditableMessage, places: [EditableMessage.Place]) {
        let whole = try #require(Schema.shared["Response"].flatMap { try EditableMessage(self.payload(), $0) })
        return (whole, whole.distinctPlaces)
    }

    /// One of each command, and of each kind of its body.
    static let all: [Self] = [
        Self("ticket", .ticket, [], #""ticket":{"ticket_number":"4228143549","qr_code":"aHR0cA=="}"#),
        Self("close", .closeShift, ["z"], Self.report(0)), Self("X", .report, [], Self.report(1)),
        Self("Z", .report, ["z"], Self.report(0)), Self("info, shift open", .info, ["info"], Self.report(1)),
        Self("info, shift closed", .info, ["info", "z"], Self.report(0)), Self("deposit", .moneyPlacement, [], ""),
        Self("system", .system, [], ""), Self("nomenclature", .nomenclature, [], Self.nomenclature),
        Self(
            "auth", .auth, ["signedIn"],
            #""auth":{"result":0,"operator_code":7,"operator_name":"К","roles":[1,2,3]}"#),
        Self("auth refused", .auth, [], #""auth":{"result":1,"operator_code":7,"operator_name":"К","roles":[1]}"#),
    ]

    static func named(_ name: String) throws -> Self { try #require(Self.all.first { $0.name == name }) }

    private init(_ name: String, _ command: CommandType, _ traits: Set<String>, _ body: String) {
        self.name = name
        self.command = command
        self.traits = traits
        let body = body.isEmpty ? "" : "," + body
        self.json = """
            {"command":\(command.rawValue),"result":{"result_code":0,"result_text":"Т"},"service":\(Self.service)\(body)}
            """
    }

    private static func report(_ type: Int) -> String {
        #""report":{"report":\#(type),"zx_report":\#(CompleteParts.report(isClosed: type == 0))}"#
    }

    private static let nomenclature = """
        "nomenclature":{"version":5,"created_time":\(CompleteParts.dateTime),"result":0,"elements":[
        {"type":0,"title":"Т","id":"1","title_kk":"Қ"},
        {"type":1,"title":"Т","id":"2","parent_group_id":"1","item":{"article":"a","barcode":"b","description":"d",
        "purchase_price":\(CompleteParts.money),"sell_price":\(CompleteParts.money),"discount_percent":1,
        "discount_sum":\(CompleteParts.money),"markup_percent":1,"markup_sum":\(CompleteParts.money),
        "taxes":[{"taxation_type":100,"tax_type":100,"tax_percent":12000}],"measure_count":100000,
        "measure_title":"г","measure_fractional":true,"measure_unit_code":"166","ntin":"n","is_markedeac":true,
        "is_social":true}}]}
        """

    private static let service = """
        {"ticket_ads":[{"info":{"type":0,"version":"5000000000"},"text":"Р"},
        {"info":{"type":4,"version":"1"},"text":"И"}],
        "reg_info":{"kkm":\(CompleteParts.kkm),"pos":\(CompleteParts.pos),"org":\(CompleteParts.org),
        "ofd":{"title":"t","title_kz":"k","url":"u"}},
        "binded_taxation":{"taxation_type":100,"taxes":[{"tax_type":100,"percent":1500}]},
        "last_document_info":{"fr_shift_number":4,"printed_document_number":"5000000000"},
        "auxiliary":[\(CompleteParts.pair)]}
        """
}

extension AnswerReader.Reading {
    /// The answer, which there must be.
    func settled(_ location: SourceLocation = #_sourceLocation) throws -> Answer {
        guard case .answer(let answer) = self else {
            Issue.record("no answer: \(self)", sourceLocation: location)
            throw NoAnswer()
        }
        return answer
    }

    struct NoAnswer: Error {}
}
