import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

@testable import EETProtocol
@testable import FiscalSimulators

/// The simulator's own reading of the two XML schemas.
@Suite("The simulated tax office: schema")
struct TrzbaSchemaTests {
    /// One attribute set to a value, or taken away with nil, and whether the schema allows that.
    struct Case: Sendable, CustomTestStringConvertible {
        var edition = Edition.v3
        var name: String
        var value: String?
        var isValid: Bool
        var testDescription: String { "\(self.edition) \(self.name)=\(self.value ?? "(none)")" }
    }

    private static func cases(
        _ edition: Edition, _ name: String, valid: [String?], invalid: [String?]
    ) -> [Case] {
        valid.map { Case(edition: edition, name: name, value: $0, isValid: true) }
            + invalid.map { Case(edition: edition, name: name, value: $0, isValid: false) }
    }

    private static let times: (valid: [String?], invalid: [String?]) = (
        [
            "2016-08-05T00:30:12+02:00", "2016-08-05T00:30:12Z", "2016-02-29T23:59:59-14:00", " 2016-08-05T00:30:12Z ",
            "2016-12-31T24:00:00+01:00", "0001-01-01T00:00:00Z",
        ],
        [
            nil, "", "2016-11-09T04:2528+01:00", "2016-08-05T00:30:12", "2016-08-05T00:30:12.5Z",
            "2015-02-29T00:00:00Z", "2016-13-01T00:00:00Z", "2016-00-01T00:00:00Z", "2016-01-00T00:00:00Z",
            "2016-08-05T24:00:01Z", "2016-08-05T00:60:00Z", "2016-08-05T00:00:60Z", "2016-08-05T00:30:12+14:01",
            "2016-08-05T00:30:12+02:60", "2016-08-05t00:30:12Z", "2016-08-05T00:30:12z", "0000-01-01T00:00:00Z",
            "2016-08-05T00:30:12Z\u{200B}", "1900-02-29T00:00:00Z", "9.11.2016",
        ]
    )

    private static let amounts: (valid: [String?], invalid: [String?]) = (
        ["0.00", "-0.01", "99999999.99", "-99999999.99", "0.10", "1.00", " 1.00 "],
        [
            "", "-0.00", "020.45", ".20", "100", "1,00", "100000000.00", "+1.00", "1.0", "1.000", "- 1.00",
            "00.00", "1e2", "١.٠٠",
        ]
    )

    private static let identifiers: (valid: [String?], invalid: [String?]) = (
        ["1", " ", "1/A-2_3 #4", "a.,:;/#-_ Z9", "12345678901234567890"],
        [nil, "", "č1", "A|1", "A\u{301}", "1&#x9;2", "&amp;", "&lt;", "12345678901234567890123456"]
    )

    private static let taxpayers: (valid: [String?], invalid: [String?]) = (
        ["CZ12345678", "CZ1234567890", "CZ00000000"],
        ["", "CZ1234567", "cz12345678", "CZ12345678901", " CZ12345678", "CZ١٢٣٤٥٦٧٨", "xxx", "CZ12345678&#xA;"]
    )

    private static let booleans: (valid: [String?], invalid: [String?]) = (
        ["true", "false", "1", "0", " true "], ["", "TRUE", "yes", "2"]
    )

    // One statement each: as a single expression the compiler does not get to its end.
    static let all: [Case] = {
        var all: [Case] = []
        func add(_ edition: Edition, _ name: String, valid: [String?], invalid: [String?]) {
            all += Self.cases(edition, name, valid: valid, invalid: invalid)
        }
        let (times, amounts, identifiers) = (Self.times, Self.amounts, Self.identifiers)
        let (taxpayers, booleans) = (Self.taxpayers, Self.booleans)
        for edition in Edition.allCases {
            let (taxpayer, appointing) =
                edition == .v3 ? ("dic_popl", "dic_poverujiciho") : ("eic_popl", "eic_poverujiciho")
            add(edition, "dat_trzby", valid: times.valid, invalid: times.invalid)
            add(edition, "dat_odesl", valid: times.valid, invalid: times.invalid)
            add(edition, "celk_trzba", valid: amounts.valid, invalid: amounts.invalid + [nil])
            for name in ["cerp_zuct", "urceno_cerp_zuct"] {
                add(edition, name, valid: amounts.valid + [nil], invalid: amounts.invalid)
            }
            add(
                edition, "id_pokl", valid: identifiers.valid,
                invalid: identifiers.invalid + ["123456789012345678901"])
            add(
                edition, "porad_cis", valid: identifiers.valid + ["1234567890123456789012345"],
                invalid: identifiers.invalid)
            add(edition, taxpayer, valid: taxpayers.valid, invalid: taxpayers.invalid + [nil])
            add(edition, appointing, valid: taxpayers.valid + [nil], invalid: taxpayers.invalid)
            add(edition, "prvni_zaslani", valid: booleans.valid, invalid: booleans.invalid + [nil])
            add(edition, "overeni", valid: booleans.valid + [nil], invalid: booleans.invalid)
            add(
                edition, "uuid_zpravy",
                valid: ["f582b3e5-51c3-4a6d-aaac-5dc25a0cb7b4", "F582B3E5-51C3-1A6D-BAAC-5DC25A0CB7B4"],
                invalid: [
                    nil, "", "f582b3e5-51c3-6a6d-aaac-5dc25a0cb7b4", "f582b3e5-51c3-4a6d-caac-5dc25a0cb7b4",
                    "f582b3e551c34a6daaac5dc25a0cb7b4", "f582b3e5-51c3-4a6d-aaac-5dc25a0cb7b", "xyz",
                ])
            add(edition, "dat_trzba", valid: [], invalid: ["2016-08-05T00:30:12+02:00"])
        }
        add(
            .v3, "id_provoz", valid: ["1", "999999", "007", "+5"],
            invalid: [nil, "", "0", "1000000", "-1", "1.0", "x", "99999999999999999999", "0x1"])
        add(
            .v4, "id_jednotky", valid: ["1", "999999999", " 5 "],
            invalid: [nil, "", "0", "1000000000", "007", "+5", "-1"])
        add(.v3, "rezim", valid: ["0", "1", "00", "+1"], invalid: [nil, "", "2", "true"])
        add(.v4, "povereni_vice_popl", valid: booleans.valid + [nil], invalid: booleans.invalid)
        add(.v4, "rezim", valid: [], invalid: ["0"])
        add(.v3, "povereni_vice_popl", valid: [], invalid: ["true"])
        for name in [
            "zakl_nepodl_dph", "zakl_dan1", "dan1", "zakl_dan2", "dan2", "zakl_dan3", "dan3", "cest_sluz",
            "pouzit_zboz1", "pouzit_zboz2", "pouzit_zboz3",
        ] {
            add(.v3, name, valid: amounts.valid + [nil], invalid: amounts.invalid)
            add(.v4, name, valid: [], invalid: ["1.00"])
        }
        return all
    }()

    /// The text of a `Trzba` in which the case's attribute is set.
    private func trzba(_ change: Case) throws -> String {
        var message = HandmadeMessage(change.edition)
        let isHeader = ["uuid_zpravy", "dat_odesl", "prvni_zaslani", "overeni"].contains(change.name)
        if isHeader { message.header[change.name] = change.value } else { message.data[change.name] = change.value }
        return try message.trzba(change.edition)
    }

    private func isValid(_ trzba: String, _ edition: Edition) throws -> Bool {
        TrzbaSchema(edition: edition).violation(try XMLTree(Array(trzba.utf8)).root) == nil
    }

    @Test("Every attribute takes what its type allows and nothing else", arguments: Self.all)
    func attribute(_ change: Case) throws {
        #expect(try self.isValid(try self.trzba(change), change.edition) == change.isValid)
    }

    /// Changes of the structure, by searching and replacing, and whether they are allowed.
    static let structures: [(search: String, replacement: String, isValid: Bool)] = [
        ("<Data ", "<Data nic=\"1\" ", false),
        ("></Data>", "> </Data>", false),
        ("></Data>", "><!-- nic --></Data>", true),
        ("></Data>", "><a/></Data>", false),
        ("<Hlavicka", " <Hlavicka", true),
        ("<Hlavicka", "x<Hlavicka", false),
        ("<KontrolniKody>", "<KontrolniKody>\n", true),
        ("<KontrolniKody>", "<KontrolniKody>x", false),
        ("<KontrolniKody>", "<KontrolniKody/><KontrolniKody>", false),
        ("<Trzba ", "<Trzba a=\"\" ", false),
        (
            "<Trzba ",
            "<Trzba xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:schemaLocation=\"a b\" ", true
        ),
        ("digest=\"SHA256\"", "digest=\"SHA1\"", false),
        ("digest=\"SHA256\"", "", false),
        ("cipher=\"RSA2048\"", "cipher=\"RSA4096\"", false),
        ("encoding=\"base64\"", "encoding=\"base16\"", false),
        ("encoding=\"base16\"", "", false),
        ("encoding=\"base64\">", "encoding=\"base64\">\n ", true),
        ("encoding=\"base64\">", "encoding=\"base64\">AAAA", false),
        ("encoding=\"base64\">", "encoding=\"base64\">*", false),
        ("encoding=\"base16\">", "encoding=\"base16\"> ", true),
        ("encoding=\"base16\">", "encoding=\"base16\">A", false),
        ("<bkp", "<bkp xmlns=\"\"", false),
        ("</Trzba>", "<Data/></Trzba>", false),
        ("Hlavicka", "hlavicka", false),
    ]

    @Test("Elements stand in their order and hold what they may", arguments: Self.structures.indices)
    func structure(_ index: Int) throws {
        let change = Self.structures[index]
        let text = try HandmadeMessage().trzba(.v3).replacing(change.search, with: change.replacement)
        #expect(try self.isValid(text, .v3) == change.isValid, "\(change.search) → \(change.replacement)")
    }

    @Test("Elements of edition 3 are missing or too many in edition 4")
    func codesByEdition() throws {
        let codes = try #require(try HandmadeMessage().trzba(.v3).firstMatch(of: /<KontrolniKody>.*<\/KontrolniKody>/))
        let v4 = try HandmadeMessage(.v4).trzba(.v4)
        #expect(try self.isValid(v4, .v4))
        #expect(try !self.isValid(v4, .v3))
        #expect(try !self.isValid(v4.replacing("</Trzba>", with: codes.output + "</Trzba>"), .v4))
        let v3 = try HandmadeMessage().trzba(.v3)
        #expect(try !self.isValid(v3.replacing(codes.output, with: ""), .v3))
        #expect(try !self.isValid(v3, .v4))
    }

    @Test(
        "xmllint with the official schemas judges every one of these cases alike",
        .enabled(
            if: SharedFixtures.exist && OutsideTool.exists("xmllint"), "the official schemas or xmllint are absent"))
    func againstXMLLint() throws {
        for edition in Edition.allCases {
            var texts = try Self.all.filter { $0.edition == edition }.map { ($0.testDescription, try self.trzba($0)) }
            if edition == .v3 {
                // libxml2 passes over characters that are no base64, which the schema's type does not allow.
                for change in Self.structures where !change.replacement.hasSuffix("*") {
                    texts.append(
                        (
                            "\(change.search) → \(change.replacement)",
                            try HandmadeMessage().trzba(.v3).replacing(change.search, with: change.replacement)
                        ))
                }
            }
            let folder = try TemporaryFolder()
            let files = try texts.enumerated().map { index, text in
                try folder.write(Array(text.1.utf8), to: "\(index).xml")
            }
            let schema = try SharedFixtures.path("eet/schema/\(edition.rawValue)/EETXMLSchema.xsd")
            let result = try OutsideTool.run("xmllint", ["--noout", "--schema", schema] + files)
            let lines = Set(result.errorText.split(separator: "\n").map(String.init))
            for (file, (name, text)) in zip(files, texts) {
                let isValid = lines.contains("\(file) validates")
                #expect(isValid != lines.contains("\(file) fails to validate"))
                #expect(try self.isValid(text, edition) == isValid, "\(name)")
            }
        }
    }
}
