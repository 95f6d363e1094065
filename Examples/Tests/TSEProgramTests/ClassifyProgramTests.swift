import FiscalCore
import Foundation
import ProgramTestSupport
import Testing

@Suite("tse classify")
struct ClassifyProgramTests {
    private static let program = Program("tse")

    /// The members that are always printed (decision T3).
    private static let members = [
        "kind", "step", "country", "tseAvailable", "tseOutage", "mayContinueSale", "receiptIssuedUnsigned",
        "resignByService", "printMessage", "printQr", "storeWithNumber", "storeWithRevision", "storeWithStartTime",
        "signatureVerdict", "inconsistencies",
    ]

    private static func status(_ kind: String) -> Int32 {
        switch kind {
        case "signed", "started": 0
        case "createFailed", "storeFailed", "bothFailed": 3
        default: 1
        }
    }

    @Test(
        "Every collected answer is told apart as it should be",
        .enabled(if: TSESamples.exist, "\(TSESamples.absence)"))
    func samples() async throws {
        let cases =
            try TSESamples.list("retailforce-failures.json", "cases")
            + TSESamples.list("retailforce-other.json", "cases")
        try #require(cases.count >= 6)
        for sample in cases {
            let name = try #require(sample["id"] as? String)
            var options = ["classify", "-", "--json"]
            if sample["step"] as? String == "createDocument" { options += ["--step", "create"] }
            if sample["afterCreateFailed"] as? Bool == true { options.append("--after-create-failed") }
            let body = try JSONSerialization.data(withJSONObject: try #require(sample["json"]))
            let ending = try await Self.program.run(options, input: [UInt8](body))
            let expected = try #require(sample["expect"] as? [String: Any])
            #expect(ending.status == Self.status(try #require(expected["kind"] as? String)), "\(name)")
            for (member, value) in expected where member != "note" {
                #expect(text(ending.json[member]) == text(value), "\(name) \(member)")
            }
            for member in Self.members { #expect(ending.json[member] != nil, "\(name) \(member)") }
        }
    }

    @Test(
        "The published texts with their remarks are no JSON: bad input, no verdict",
        .enabled(if: TSESamples.exist, "\(TSESamples.absence)"))
    func remarks() async throws {
        for sample in try TSESamples.list("retailforce-failures.json", "cases") {
            let raw = try #require(sample["raw"] as? String)
            let ending = try await Self.program.run("classify", "-", "--json", input: Array(raw.utf8))
            #expect(ending.status == 2)
            #expect(ending.output.isEmpty)
        }
    }

    // MARK: Answers written here

    /// A failure answer of our own making: nothing in it but what the kinds are told by.
    private static func failure(_ number: Int, error: String = "\"x\"", additional: String = "") -> String {
        #"{"FiscalCountry":0,"FiscalisationDocumentNumber":\#(number),"FiscalisationDocumentRevision":0,"#
            + #""FiscalDocumentStartTime":0,"ErrorDescription":\#(error),"PrintMessage":"Ausfall","#
            + #""AdditionalFields":{\#(additional)}}"#
    }

    private func classify(_ body: String, _ options: String...) async throws -> Program.Ending {
        try await Self.program.run(["classify", "-", "--json"] + options, input: Array(body.utf8))
    }

    @Test("Number and step tell the outages apart, whatever the texts say; both is known by memory alone")
    func outages() async throws {
        let create = try await self.classify(Self.failure(-99), "--step", "create")
        #expect(create.status == 3)
        #expect(create.json["kind"] as? String == "createFailed")
        #expect(create.json["step"] as? String == "create")
        #expect(create.json["country"] as? String == "Germany")
        #expect(create.json["mayContinueSale"] as? Bool == true)
        #expect(create.json["receiptIssuedUnsigned"] as? Bool == false)
        #expect(create.json["storeWithNumber"] as? Int == -99)
        #expect(create.json["storeWithRevision"] as? Int == 0)
        #expect(create.json["storeWithStartTime"] as? Int == 0)

        for step in ["store", "cancel"] {
            let finish = try await self.classify(Self.failure(0), "--step", step)
            #expect(finish.status == 3)
            #expect(finish.json["kind"] as? String == "storeFailed")
            #expect(finish.json["step"] as? String == step)
            #expect(finish.json["receiptIssuedUnsigned"] as? Bool == true)
            #expect(finish.json["resignByService"] as? Bool == true)
            #expect(finish.json["printMessage"] as? String == "Ausfall")
            #expect(finish.json["storeWithNumber"] is NSNull)
            let both = try await self.classify(Self.failure(0), "--step", step, "--after-create-failed")
            #expect(both.json["kind"] as? String == "bothFailed")
        }
        let other = try await self.classify(Self.failure(561))
        #expect(other.status == 1)
        #expect(other.json["kind"] as? String == "otherError")
        #expect(other.json["tseAvailable"] is NSNull)
        #expect(other.json["mayContinueSale"] as? Bool == false)
    }

    @Test("Nothing counts as signed without a signature")
    func unsigned() async throws {
        let empty = try await self.classify(Self.failure(7, error: "null"))
        #expect(empty.status == 1)
        #expect(empty.json["kind"] as? String == "unsigned")
        #expect(empty.json["receiptIssuedUnsigned"] as? Bool == true)
        #expect(empty.json["printQr"] as? Bool == false)
        let both = try await self.classify(
            Self.failure(7, additional: #""QrCodeDataString":"V0;x","TseSignatureCounter":8"#))
        #expect(both.json["kind"] as? String == "inconsistent")
        let started = try await self.classify(Self.failure(7, error: "\"\""), "--step", "create")
        #expect(started.status == 0)
        #expect(started.json["kind"] as? String == "started")
        #expect(started.json["storeWithNumber"] as? Int == 7)
    }

    @Test("A signed answer is verified by its QR text; another country's zero is no outage")
    func signed() async throws {
        let qr = try QRText()
        let body = Self.failure(
            7, error: "null",
            additional: #""QrCodeDataString":"\#(qr.text)","TseSignatureCounter":2,"TseSerial":"\#(qr.serial)""#)
        let signed = try await self.classify(body)
        #expect(signed.status == 0, "\(signed.text)")
        #expect(signed.json["kind"] as? String == "signed")
        #expect(signed.json["printQr"] as? Bool == true)
        #expect(signed.json["signatureVerdict"] as? String == "valid")
        #expect((signed.json["inconsistencies"] as? [Any])?.isEmpty == true, "\(signed.text)")
        let disagreeing = try await self.classify(
            body.replacing(#""TseSignatureCounter":2"#, with: #""TseSignatureCounter":3"#))
        #expect(disagreeing.json["kind"] as? String == "signed")
        #expect((disagreeing.json["inconsistencies"] as? [Any])?.isEmpty == false)

        let italy = try await self.classify(
            Self.failure(0, error: "null").replacing(#""FiscalCountry":0"#, with: #""FiscalCountry":9"#))
        #expect(italy.status == 1)
        #expect(italy.json["kind"] as? String == "notGermany")
        #expect(italy.json["country"] as? String == "Italy")
        #expect(italy.json["tseOutage"] as? Bool == false)
    }

    @Test("What is no answer at all is bad input, and so is a step that there is not")
    func badInput() async throws {
        for body in ["", "[]", "7", "{", #"{"FiscalCountry":0} -- remark"#] {
            let ending = try await self.classify(body)
            #expect(ending.status == 2, "\(body)")
            #expect(ending.output.isEmpty, "\(body)")
            #expect(ending.errors.split(separator: "\n").count == 1, "\(body): \(ending.errors)")
        }
        #expect(try await self.classify(Self.failure(0), "--step", "destroy").status == 2)
        #expect(try await Self.program.run("classify", "/nowhere/at/all", "--json").status == 2)
    }
}
