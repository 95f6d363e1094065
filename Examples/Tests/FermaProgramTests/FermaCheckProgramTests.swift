import ProgramTestSupport
import Testing

/// `ferma check`: a request held against the rules before anything is sent.
@Suite struct FermaCheckProgramTests {
    private let ferma = Program("ferma")

    private func check(_ body: String, _ options: String...) async throws -> Program.Ending {
        try await self.ferma.run(["check", "-", "--json"] + options, input: Array(body.utf8))
    }

    @Test("A good request: no issue, no warning, its total, status 0; without --json the same for people")
    func good() async throws {
        let ending = try await self.check(FermaRequests.sale())
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(Set(ending.json.keys) == ["issues", "warnings", "totalKopecks"])
        #expect(ending.json["issues"] as? [String] == [] && ending.json["warnings"] as? [String] == [])
        #expect(ending.json["totalKopecks"] as? Int == 25_000)
        let folder = try TestFolder()
        let path = try folder.write("request.json", FermaRequests.sale())
        let plain = try await self.ferma.run("check", path)
        #expect(plain.status == 0 && !plain.output.isEmpty)
    }

    /// What to change in a good request so that it breaks each rule of the closed list.
    private static let breaks: [(issue: String, changes: [String: String])] = [
        ("requestIdMissing", [#""order-1001-sale""#: #""""#]),
        ("deviceNotAuto", [#""auto""#: #""00000003820034472769""#]),
        ("documentTypeMissing", [#""DocumentType":0,"#: ""]),
        ("documentTypeUnknown", [#""DocumentType":0"#: #""DocumentType":4"#]),
        ("qtyMissing", [#""Qty":2500,"#: ""]),
        ("qtyNotPositive", [#""Qty":2500"#: #""Qty":0"#]),
        ("priceMissing", [#""Price":10000,"#: ""]),
        ("priceNegative", [#""Price":10000"#: #""Price":-1"#]),
        ("payAttributeUnknown", [#""PayAttribute":4"#: #""PayAttribute":8"#]),
        (
            "creditRepaymentNotAlone",
            [
                #""Lines":["#:
                    #""Lines":[{"Qty":1000,"Price":100,"PayAttribute":7,"Taxid":1,"Description":"Кредит"},"#,
                "25000": "25100",
            ]
        ),
        ("lineAttributeUnknown", [#""LineAttribute":1"#: #""LineAttribute":99"#]),
        ("taxidMissing", [#""Taxid":3,"#: ""]),
        ("taxidUnknown", [#""Taxid":3"#: #""Taxid":11"#]),
        ("descriptionMissing", ["Яблоки": "  "]),
        ("descriptionTooLong", ["Яблоки": String(repeating: "я", count: 129)]),
        ("descriptionOutOfRange", [#""LineAttribute":1"#: #""LineAttribute":15"#, "Яблоки": "26"]),
        ("notCP866", ["Яблоки": "Яблоки €"]),
        ("agentModesUnknown", [#""TaxMode":2"#: #""PaymentAgentModes":128,"TaxMode":2"#]),
        ("innFormat", [#"{"Qty""#: #"{"ProviderData":{"INN":"7707083894"},"Qty""#]),
        ("textTooLong", [#""TaxMode":2"#: #""Place":"\#(String(repeating: "x", count: 257))","TaxMode":2"#]),
        ("nonCashMissing", [#""NonCash":[25000]"#: #""Cash":25000"#]),
        ("nonCashTooMany", ["[25000]": "[25000,0,0,0]"]),
        ("amountNegative", [#""TaxMode":2"#: #""Cash":-1,"TaxMode":2"#]),
        ("nonCashExceedsTotal", ["[25000]": "[25001]"]),
        ("underpaid", ["[25000]": "[24999]"]),
        ("totalZero", [#""Price":10000"#: #""Price":0"#, "[25000]": "[0]"]),
        ("amountOverflow", [#""Price":10000"#: #""Price":9223372036854775807"#]),
        ("taxModeNotSingleBit", [#""TaxMode":2"#: #""TaxMode":3"#]),
        ("phoneFormat", ["79878985623": "+79878985623"]),
        ("emailFormat", ["79878985623": "buyer@"]),
        ("wrongType", [#""Qty":2500"#: #""Qty":"2500""#]),
    ]

    @Test("Each rule of the closed list has its name, and breaking it is status 1")
    func closedList() async throws {
        for (issue, changes) in Self.breaks {
            let ending = try await self.check(FermaRequests.sale(changes))
            #expect(ending.status == 1, "\(issue): \(ending.errors)")
            #expect(ending.json["issues"] as? [String] == [issue], "\(issue): \(ending.text)")
        }
        let line = #"{"Qty":2500,"Price":10000,"PayAttribute":4,"LineAttribute":1,"Taxid":3,"Description":"Яблоки"}"#
        let noLines = try await self.check(FermaRequests.sale([line: ""]))
        #expect(noLines.status == 1 && noLines.json["issues"] as? [String] == ["noLines"], "\(noLines.text)")
        // All thirty-two of them.
        #expect(Set(Self.breaks.map(\.issue)).count == 31)
    }

    @Test("Several issues are named once each")
    func several() async throws {
        let ending = try await self.check(
            FermaRequests.sale([#""TaxMode":2"#: #""TaxMode":3"#, #""Taxid":3"#: #""Taxid":0"#, "7987898": "8987898"]))
        #expect(
            (ending.json["issues"] as? [String])?.sorted() == ["phoneFormat", "taxModeNotSingleBit", "taxidUnknown"])
    }

    @Test("The sample of the source document charges 79 kopecks: 78850 paid by card are more than that")
    func sourceSample() async throws {
        let sample = """
            {"Requestid":"545+64","Clientid":"","Device":"auto","DocumentType":0,"Lines":[{"Qty":1,"Price":78850,
             "PayAttribute":4,"Taxid":4,"Description":"Услуги по перевозке пассажиров и багажа","AgentModes":64,
             "ProviderData":{"INN":"7707083893"}}],"NonCash":[78850,0,0],"Cash":0,"TaxMode":0,
             "PhoneOrEmail":"79878985623","Place":"","FullResponse":false,"PaymentAgentModes":64}
            """
        let ending = try await self.check(sample)
        #expect(ending.status == 1 && ending.json["issues"] as? [String] == ["nonCashExceedsTotal"], "\(ending.text)")
        #expect(ending.json["totalKopecks"] as? Int == 79)
        let corrected = try await self.check(sample.replacing(#""Qty":1,"#, with: #""Qty":1000,"#))
        #expect(corrected.status == 0 && corrected.json["totalKopecks"] as? Int == 78_850, "\(corrected.text)")
        #expect((corrected.json["warnings"] as? [String])?.isEmpty == false, "empty members are worth a word")
    }

    @Test("The numbers of the native protocol are read as such when asked for")
    func nativeDialect() async throws {
        let native = #"""
            {"Device":"auto","RequestId":"1","Lines":[{"Qty":1000,"Price":5000,"TaxId":4,"Description":"Тесточино"}],
             "Cash":5000}
            """#
        #expect(try await self.check(native, "--dialect", "native").status == 0)
        let asFerma = try await self.check(native)
        #expect(
            (asFerma.json["issues"] as? [String])?.sorted() == ["documentTypeMissing", "nonCashMissing"],
            "\(asFerma.text)")
        #expect(try await self.check(native, "--dialect", "other").status == 2)
    }

    @Test("What is no JSON object is bad input: status 2, one line, no verdict")
    func badInput() async throws {
        for body in ["", "{", "[]", "12", #"{"Requestid":"1"} x"#] {
            let ending = try await self.check(body)
            #expect(ending.status == 2 && ending.output.isEmpty, "\(body)")
            #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
        }
        let missing = try await self.ferma.run("check", "/nowhere/request.json", "--json")
        #expect(missing.status == 2 && missing.errors.contains("/nowhere/request.json"))
        for arguments in [["bogus"], ["check"], ["response", "-"], ["response", "-", "--http", "x"], ["qr"]] {
            let ending = try await self.ferma.run(arguments)
            #expect(ending.status == 2 && ending.output.isEmpty, "\(arguments)")
            #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
        }
        let help = try await self.ferma.run("--help")
        #expect(help.status == 0)
        for command in ["check", "response", "qr", "receipt"] { #expect(help.text.contains(command)) }
    }
}
