import Foundation
import ProgramTestSupport
import Testing

@Suite("tse process-data")
struct ProcessDataProgramTests {
    private static let program = Program("tse")

    @Test(
        "The collected process data are read, told to be canonical or not, or rejected",
        .enabled(if: TSESamples.exist, "\(TSESamples.absence)"))
    func samples() async throws {
        let file = try TSESamples.object("process-data.json")
        for (kind, isCanonical) in [("canonical", true), ("lenient", false)] {
            let cases = try TSESamples.list("process-data.json", kind)
            try #require(!cases.isEmpty)
            for sample in cases {
                let data = try #require(sample["s"] as? String)
                let ending = try await Self.program.run("process-data", data, "--json")
                #expect(ending.status == 0, "\(data): \(ending.errors)")
                #expect(ending.json["canonical"] as? Bool == isCanonical, "\(data)")
                for member in ["type", "gross", "payments"] where sample[member] != nil {
                    #expect(text(ending.json[member]) == text(sample[member]), "\(data) \(member)")
                }
            }
        }
        let rejected = try #require(file["reject"] as? [String])
        try #require(!rejected.isEmpty)
        for data in rejected {
            let ending = try await Self.program.run("process-data", data, "--json")
            #expect(ending.status == 2, "\(data)")
            #expect(ending.output.isEmpty, "\(data)")
            #expect(ending.errors.split(separator: "\n").count == 1, "\(data)")
        }
    }

    @Test("Sums and payments are shown as they stand, in the order of the rates")
    func shown() async throws {
        let ending = try await Self.program.run(
            "process-data", "Beleg^11.90_5.35_0.00_0.00_2.00^9.25:Bar_5.00:Bar:USD_5.00:Unbar", "--json")
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.json["type"] as? String == "Beleg")
        #expect(text(ending.json["gross"]) == #"["11.90","5.35","0.00","0.00","2.00"]"#)
        #expect(
            text(ending.json["payments"])
                == #"[["9.25","Bar",null],["5.00","Bar","USD"],["5.00","Unbar",null]]"#)
        #expect(ending.json["canonical"] as? Bool == true)
        #expect((ending.json["problems"] as? [Any])?.isEmpty == true)
    }

    @Test("Thousands separators and missing payments are read, shown without them, and called not canonical")
    func lenient() async throws {
        let ending = try await Self.program.run(
            "process-data", "Beleg^3,000.00_0.00_0.00_0.00_0.00^3,000.00:Bar", "--json")
        #expect(ending.status == 0)
        #expect(ending.json["canonical"] as? Bool == false)
        #expect(text(ending.json["gross"]) == #"["3000.00","0.00","0.00","0.00","0.00"]"#)
        #expect(text(ending.json["payments"]) == #"[["3000.00","Bar",null]]"#)
        #expect((ending.json["problems"] as? [Any])?.isEmpty == false)
        let unpaid = try await Self.program.run("process-data", "Beleg^15.00_0.00_0.00_0.00_0.00^", "--json")
        #expect(unpaid.status == 0)
        #expect(unpaid.json["canonical"] as? Bool == false)
    }

    @Test(
        "Anything else is bad input: status 2, one line that says why, and nothing on the standard output",
        arguments: [
            "", "Beleg", "Beleg^1.00^1.00:Bar", "^1.00_0.00_0.00_0.00_0.00^1.00:Bar",
            "Beleg^1,00_0.00_0.00_0.00_0.00^1.00:Bar", "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Karte",
            "Beleg^1.00_0.00_0.00_0.00_0.00", "Beleg^1.00_0.00_0.00_0.00_0.00_0.00^1.00:Bar",
            "Beleg^99999999999999999999.00_0.00_0.00_0.00_0.00^1.00:Bar",
        ])
    func rejected(data: String) async throws {
        let ending = try await Self.program.run("process-data", "-", "--json", input: Array(data.utf8))
        #expect(ending.status == 2, "\(data)")
        #expect(ending.output.isEmpty)
        #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
    }
}
