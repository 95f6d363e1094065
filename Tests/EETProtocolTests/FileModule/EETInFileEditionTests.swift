import EETProtocol
import FiscalCore
import Testing

/// What of an `eetin.txt` goes on the wire of each edition, and what the operator is told.
@Suite struct EETInFileEditionTests {
    private static let full = EETInText().with([
        4: "CZ683555118", 10: "1.00", 11: "2.00", 21: "3.00", 22: "-4.00", 23: "TRUE",
    ])

    @Test("In v4 rows 3 to 5 carry other names, rows 10 to 20 and 23 are left out, rows 21 and 22 stay")
    func v4() throws {
        let data = try Self.full.read().data(edition: .v4, certificateDIC: nil)
        #expect(
            data.attributes.dictionary == [
                "eic_popl": "CZ1212121218", "eic_poverujiciho": "CZ683555118", "id_jednotky": "273",
                "id_pokl": "/5546/RO24", "porad_cis": "0/6460/ZQ42", "dat_trzby": "2016-08-05T00:30:12+02:00",
                "celk_trzba": "34113.00", "urceno_cerp_zuct": "3.00", "cerp_zuct": "-4.00",
            ])
    }

    @Test("Each row that v4 leaves out is told once; in v3 nothing is left out")
    func v4Warnings() throws {
        let file = try Self.full.read()
        let leftOut = file.warnings(edition: .v4).filter { $0.kind == .leftOut }
        #expect(leftOut.map(\.row) == [10, 11, 23])
        #expect(leftOut.first?.description.hasPrefix("eetin.txt row 10 zakl_nepodl_dph: ") == true)
        #expect(file.warnings(edition: .v3).allSatisfy { $0.kind != .leftOut })
        #expect(try EETInText().read().warnings(edition: .v4).isEmpty)
    }

    @Test("Premises stay within 1 to 999999 in the file also for v4")
    func premisesInV4() {
        #expect(EETInText().with([5: "999999999"]).problem()?.row == 5)
    }

    @Test("Amounts that do not add up are told and not refused")
    func sums() throws {
        let warned = try EETInText().with([9: "100", 10: "60"]).read()
        #expect(warned.warnings(edition: .v3).map(\.kind) == [.sumDiffers])
        #expect(try warned.data(edition: .v3, certificateDIC: nil).attributes["celk_trzba"] == "100.00")
        for fine in [
            EETInText(), EETInText().with([9: "121", 11: "100", 12: "21"]),
            EETInText().with([9: "121", 11: "100", 12: "21", 21: "50"]),
            EETInText().with([9: "171", 11: "100", 12: "21", 21: "50"]), EETInText().with([9: "10", 22: "50"]),
        ] {
            #expect(try fine.read().warnings(edition: .v3).isEmpty)
        }
    }

    @Test("A refund has negative amounts")
    func refund() throws {
        let data = try EETInText().with([9: "-100", 10: "-100"]).read().data(edition: .v3, certificateDIC: nil)
        #expect(data.attributes["celk_trzba"] == "-100.00")
        #expect(data.attributes["zakl_nepodl_dph"] == "-100.00")
    }

    @Test("Row 3 must be the number in the certificate; the error names row 3 in both editions")
    func foreignCertificate() throws {
        let file = try EETInText().read()
        for edition in Edition.allCases {
            #expect(try file.data(edition: edition, certificateDIC: DIC("CZ1212121218")).taxpayer == "CZ1212121218")
            do {
                _ = try file.data(edition: edition, certificateDIC: DIC("CZ00000019"))
                Issue.record("a sale under another's number was accepted")
            } catch let error as FileRowError {
                #expect(error.row == 3)
                #expect(error.problem.field == "dic_popl")
                #expect(error.problem.rule == .consistency)
            }
        }
    }
}
