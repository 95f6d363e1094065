import FermaClient
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// Two programs that share no rule: what the library would let through, the simulated register takes, and the other way
/// round.
@Suite("The simulated Ferma and the library agree")
struct FermaAgreementTests {
    /// Values at and beyond the limits of each member, as JSON texts; nil leaves it out.
    private static let values: [String: [String?]] = [
        "DocumentType": ["0", "1", "2", "3", "4", "-1", nil, "\"0\""],
        "NonCash": ["[78850]", "[78850,0,0]", "[78849]", "[78851]", "[0]", "[78849,1]", "[1,2,3,4]", "[-1]", nil, "1"],
        "Cash": ["0", "1", "78850", "1000000", "-1", nil, "1.0"],
        "TaxMode": ["0", "1", "2", "3", "32", "64", "-1", nil],
        "PhoneOrEmail": [
            "\"79878985623\"", "\"7-987-898-56-23\"", "\"+79878985623\"", "\"89878985623\"", "\"a@b.ru\"", "\"a@b\"",
            "\"@b.ru\"", "\"abc\"", "\"\"", nil, "5",
            "\"почта@дом.рф\"", "\"a b@c.ru\"", "\"a@b..ru\"", "\"a@@b.ru\"", "\"7987898562٣\"",
            "\"\(String(repeating: "a", count: 59))@b.ru\"", "\"\(String(repeating: "a", count: 60))@b.ru\"",
        ],
        "Place": ["\"https://shop.example\"", "\"\"", "\"—\"", "\"\(String(repeating: "я", count: 257))\"", nil],
        "PaymentAgentModes": ["0", "64", "127", "128", "-1", nil],
        "FullResponse": ["true", "false", "0", nil],
        "Clientid": ["\"a\"", "\"\"", "null", nil, "7"],
        "Requestid": ["\"1\"", "\"\"", nil, "1"],
    ]

    private static let lineValues: [String: [String?]] = [
        "Qty": ["1000", "1", "2500", "0", "-1", "9223372036854775807", nil, "\"1\"", "1.5"],
        "Price": ["78850", "1", "0", "-1", "499", "9223372036854775807", nil, "1e3"],
        "PayAttribute": ["1", "3", "4", "7", "0", "8", nil],
        "LineAttribute": ["1", "15", "16", "27", "28", "29", "33", "34", "0", nil],
        "Taxid": ["1", "4", "10", "0", "11", nil, "\"1\""],
        "Description": [
            "\"Яблоки\"", "\"\"", "\"  \"", "\"1\"", "\"25\"", "\"01\"", "\"0\"", "\"32\"", "\"€\"", "\"Ё№°\"",
            "\"\(String(repeating: "я", count: 128))\"", "\"\(String(repeating: "я", count: 129))\"", "\"a\\tb\"", nil,
        ],
        "AgentModes": ["0", "64", "127", "128", nil],
        "AgentData": [#"{"Operation":"Прием"}"#, #"{"Operation":"Прием платежей населения!"}"#, "{\"Phone\":7}", nil],
        "TransferOperatorData": [
            #"{"INN":"7707083893","Name":"Банк","Address":"Москва","Phone":"+7"}"#, #"{"INN":"1"}"#,
        ],
        "GetPaymentOperatorData": [#"{"Phone":"79990000000"}"#, #"{"Phone":""}"#],
        "ProviderData": [
            #"{"INN":"7707083893"}"#, #"{"INN":"500100732259"}"#, #"{"INN":"7707083894"}"#, #"{"INN":"77"}"#, "{}",
            #"{"Name":"Ромашка","Phone":"79990000000"}"#, #"{"Phone":"79990000000000000000"}"#,
            #"{"INN":"000000000000"}"#, #"{"Name":"—"}"#, nil, "[]",
        ],
    ]

    private static func random(_ generator: inout SeededGenerator) -> HandmadeFermaRequest {
        var request = HandmadeFermaRequest()
        if generator.chance(20) { request.lines.append(HandmadeFermaRequest.line) }
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            if generator.chance(50) {
                let name = generator.pick(Self.values.keys.sorted())
                request[name] = generator.pick(Self.values[name] ?? [nil])
            } else {
                let name = generator.pick(Self.lineValues.keys.sorted())
                let line = Int.random(in: 0..<request.lines.count, using: &generator)
                request[line, name] = generator.pick(Self.lineValues[name] ?? [nil])
            }
        }
        return request
    }

    @Test("Random requests at and beyond every limit: no issue, then a document of the same total; an issue, then none")
    func requests() throws {
        var generator = SeededGenerator(seed: 66)
        var formed = 0
        for _ in 0..<4000 {
            let request = Self.random(&generator)
            let report = RequestReport(checking: try JSON(parsing: request.text))
            var register = FermaRegister()
            // Whatever system is named was registered; when none is, there is one.
            let names = request["TaxMode"].map { $0 != "0" } ?? false
            register.taxModes = names ? 63 : 1
            register.drawer = .max / 2
            var authority = FermaAuthority(registers: [register])
            _ = authority.post(request)
            let said = authority.requests.last?.reason ?? "formed"
            #expect(
                report.issues.isEmpty == !authority.documents.isEmpty,
                "\(report.issues), \(said): \(request.text)")
            if let document = authority.documents.first {
                formed += 1
                #expect(document.total == report.totalKopecks)
            }
        }
        // Enough of both kinds to mean something.
        #expect((1000...3000).contains(formed))
    }
}
