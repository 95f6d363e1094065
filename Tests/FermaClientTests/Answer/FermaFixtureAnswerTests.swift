import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Answers of the shared samples")
struct FermaFixtureAnswerTests {
    @Test(
        "Each has the outcome, retry word and inconsistencies that stand beside it",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func answers() throws {
        let cases = try #require(try JSON(parsing: SharedFixtures.bytes("ferma/responses.json"))["cases"]?.array)
        #expect(cases.count >= 9)
        for sample in cases {
            let name = sample["id"]?.string ?? ""
            let status = try #require(sample["http"]?.integer.flatMap { Int(exactly: $0) })
            let body = try #require(sample["json"])
            let answer = FermaAnswer(status: status, body: body.bytes)
            let expected = try #require(sample["expect"])
            let outcome =
                switch answer.outcome {
                case .fiscalised: "fiscalised"
                case .deviceError: "deviceError"
                case .serviceError: "serviceError"
                case .unknown: "unknown"
                }
            #expect(outcome == expected["outcome"]?.string, "\(name)")
            if let code = expected["code"]?.integer { #expect(answer.code.map(Int64.init) == code, "\(name)") }
            if let retry = expected["retry"]?.string { #expect(answer.retry.rawValue == retry, "\(name)") }
            if let number = expected["receiptNumber"]?.integer { #expect(answer.document?.number == number) }
            if let total = expected["totalKopecks"]?.integer { #expect(answer.document?.total?.minorUnits == total) }
            if let list = expected["inconsistencies"]?.array {
                let words = list.compactMap { $0.string?.split(separator: " ").first.map(String.init) }
                #expect(Set(answer.words) == Set(words), "\(name)")
            }
        }
    }
}
