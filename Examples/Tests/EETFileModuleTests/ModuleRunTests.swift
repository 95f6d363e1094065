import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import Testing

/// One start of the module: what goes to the tax office, and what `eetout.txt` says afterwards.
@Suite struct ModuleRunTests {
    @Test("Recorded: six rows, the code of the authority's ledger, no marker, status 0", arguments: Edition.allCases)
    func recorded(edition: Edition) async throws {
        let desk = try Desk(edition)
        try desk.writeReceipt()
        let report = await desk.run()
        let output = desk.output
        #expect(output.count == 6)
        #expect(output[0] == "0/6460/ZQ42")
        #expect(output[3] == desk.sales.first?.first.code)
        #expect(output[4] == desk.header("uuid_zpravy").first)
        #expect(output[5] == "")
        #expect(!desk.exists("pracuji.txt"))
        #expect(report.exitStatus == 0)
        #expect(report.isTest)
        #expect(desk.header("prvni_zaslani") == ["true"])
        if edition == .v4 { #expect(Array(output[1...2]) == ["", ""]) }
    }

    @Test("Row 2 verifies with the taxpayer's public key over the signed fields, and row 3 is its digest")
    func codes() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        await desk.run()
        let pkp = try #require(Base64.decode(desk.output[1]))
        let plaintext = "CZ1212121218|273|/5546/RO24|0/6460/ZQ42|2026-11-21T10:59:12+01:00|121.00"
        #expect(
            TestOffice.testTaxpayer.certificate.publicKey.verify(
                pkp, over: Array(plaintext.utf8), .rsaPKCS1(.sha256)))
        let digest = Hex.encode(Digest.hash(.sha1, pkp), uppercase: true)
        #expect(desk.output[2].filter { $0 != "-" } == digest)
        #expect(desk.output[2].split(separator: "-").map(\.count) == [8, 8, 8, 8, 8])
    }

    @Test("The message shows what the rows say", arguments: Edition.allCases)
    func fields(edition: Edition) async throws {
        let desk = try Desk(edition)
        try desk.writeReceipt("7", [4: "CZ683555118", 9: "1234.5", 22: "-4"])
        await desk.run()
        let data = try #require(desk.messages.first?.data)
        #expect(data["porad_cis"] == "7")
        #expect(data["celk_trzba"] == "1234.50")
        #expect(data["cerp_zuct"] == "-4.00")
        #expect(data["dat_trzby"] == "2026-11-21T10:59:12+01:00")
        #expect(data[edition == .v3 ? "dic_popl" : "eic_popl"] == "CZ1212121218")
        #expect(data[edition == .v3 ? "dic_poverujiciho" : "eic_poverujiciho"] == "CZ683555118")
        #expect(data[edition == .v3 ? "id_provoz" : "id_jednotky"] == "273")
        #expect(data["zakl_dan1"] == (edition == .v3 ? "100.00" : nil))
        #expect(data["rezim"] == (edition == .v3 ? "0" : nil))
        #expect(data["zakl_nepodl_dph"] == nil)
    }

    @Test("Without an appointing number none is sent; a refund is sent with its sign")
    func refund() async throws {
        let desk = try Desk()
        try desk.writeReceipt("7", [9: "-100", 11: "0", 12: "0"])
        await desk.run()
        #expect(desk.messages.first?.data?["dic_poverujiciho"] == nil)
        #expect(desk.data("celk_trzba") == ["-100.00"])
        #expect(desk.output[3] == desk.sales.first?.first.code)
    }

    @Test("Row 23 TRUE is the declaration of the permit: sent at once, as simplified")
    func simplified() async throws {
        let desk = try Desk()
        try desk.writeReceipt("7", [23: "TRUE"])
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.data("rezim") == ["1"])
    }

    @Test("Amounts that do not add up are sent, and told")
    func sums() async throws {
        let desk = try Desk()
        try desk.writeReceipt("7", [9: "100", 11: "60", 12: "0"])
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.said.contains("row 9 celk_trzba"))
    }

    @Test(
        "Verification is only a question: code 0, no FIK, nothing recorded, and the sale's first attempt is still to come"
    )
    func verification() async throws {
        for edition in Edition.allCases {
            let desk = try Desk(edition)
            try desk.writeReceipt("7", [2: "TRUE"])
            let report = await desk.run()
            #expect(report.exitStatus == 0)
            #expect(report.ending.kind == .verifiedOnly)
            #expect(desk.output[0] == "7")
            #expect((desk.output[1] != "") == (edition == .v3))
            #expect(Array(desk.output[3...5]) == ["", desk.header("uuid_zpravy")[0], "0"])
            #expect(desk.sales.isEmpty)
            try desk.writeReceipt("7")
            #expect(await desk.run().exitStatus == 0)
            #expect(desk.sales.count == 1)
            #expect(desk.header("prvni_zaslani") == ["true", "true"])
            #expect(desk.header("overeni") == ["true", nil])
        }
    }

    @Test("A verification that fails leaves no trace either")
    func failedVerification() async throws {
        let desk = try Desk()
        try desk.writeReceipt("7", [2: "TRUE"])
        for fault in [EETFault.refuse(code: 4), .silence(), .lost(recorded: false)] {
            desk.fault(fault)
            let report = await desk.run()
            #expect(report.ending.isStillFirstAttempt == true)
            #expect(report.exitStatus == (fault == .refuse(code: 4) ? 1 : 3))
        }
        try desk.writeReceipt("7")
        await desk.run()
        #expect(desk.header("prvni_zaslani").last == "true")
    }

    @Test(
        "Every code of the authority is row 6, with codes and without FIK, and the status of the table",
        arguments: [-999, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 500, 999])
    func codesOfTheAuthority(code: Int) async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.fault(.refuse(code: code, text: "text \(code)"))
        let report = await desk.run()
        #expect(desk.output.count == 6)
        #expect(desk.output[1] != "" && desk.output[2] != "" && desk.output[4] != "")
        #expect(desk.output[3] == "")
        #expect(desk.output[5] == "\(code)")
        #expect(report.exitStatus == ((2...7).contains(code) ? 1 : 3))
        #expect(report.text == "text \(code)")
        #expect(report.ending.code == .server(Chyba(rawValue: code)))
        #expect(!desk.exists("pracuji.txt"))
        // The next one is no first attempt, whatever row 1 says.
        await desk.run()
        #expect(desk.header("prvni_zaslani") == ["true", "false"])
        #expect(desk.sales.count == 1)
    }

    @Test("Decisions go by the code, never by the text")
    func otherText() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.fault(.refuse(code: 4, text: "Datovou zpravu evidovane trzby se podarilo zpracovat"))
        let report = await desk.run()
        #expect(report.ending.kind == .refused)
        #expect(report.text == "Datovou zpravu evidovane trzby se podarilo zpracovat")
    }

    @Test(
        "No connection and no TLS: 1001, with codes, for a receipt that can be handed out", arguments: Edition.allCases)
    func noConnection(edition: Edition) async throws {
        for fault in [LinkFault.unreachable, .tls] {
            let desk = try Desk(edition)
            try desk.writeReceipt()
            desk.office.failAlways(fault)
            let report = await desk.run()
            #expect(desk.output[5] == "1001")
            #expect((desk.output[1] != "") == (edition == .v3))
            #expect((desk.output[2] != "") == (edition == .v3))
            #expect(desk.output[3] == "")
            #expect(desk.output[4] != "")
            #expect(report.exitStatus == 3)
            #expect(desk.messages.isEmpty)
        }
    }

    @Test("The deadline in any phase: 1007, with the time that row 2 of eet.txt allows")
    func deadline() async throws {
        let desk = try Desk(timeout: 2345)
        try desk.writeReceipt()
        desk.office.failNext(.connectDeadline)
        #expect(await desk.run().exitStatus == 3)
        #expect(desk.output[5] == "1007")
        desk.fault(.silence())
        await desk.run()
        #expect(desk.output[5] == "1007")
        #expect(desk.office.exchanges.allSatisfy { $0.timeout == .milliseconds(2345) })
        desk.fault(.delay(milliseconds: 2344))
        await desk.run()
        #expect(desk.output[5] == "")
    }

    static let unusable: [EETFault] = [
        .lost(recorded: true), .truncated, .soapFault, .status(503), .emptyBody, .garbage, .malformed, .otherDocument,
        .documentType, .foreignSeal, .strangerSeal, .expiredSeal, .brokenDigest, .brokenSignature, .noSeal, .wrongUUID,
        .wrongBKP, .wrongTestFlag, .otherEdition,
    ]

    @Test("Connected, but no usable answer: 1008 with codes, no FIK; the next attempt settles it", arguments: unusable)
    func noUsableAnswer(fault: EETFault) async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.fault(fault)
        let first = await desk.run()
        let before = desk.output
        #expect(before[5] == "1008")
        #expect(before[1] != "" && before[2] != "" && before[3] == "" && before[4] != "")
        #expect(first.exitStatus == 3)
        let second = await desk.run()
        #expect(second.exitStatus == 0)
        #expect(desk.messages.count == 2)
        #expect(desk.header("prvni_zaslani").last == "false")
        #expect(desk.sales.count == 1)
        // PKP and BKP stay, the message is another one.
        #expect(Array(desk.output[1...2]) == Array(before[1...2]))
        #expect(desk.output[4] != before[4])
        // What was not looked at shows no data.
        #expect(Set(desk.data("dat_trzby").compactMap { $0 }) == ["2026-11-21T10:59:12+01:00"])
    }

    @Test("A warning of the authority has no row: FIK, empty row 6, and the warning in the report")
    func warning() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.fault(.warn([EETWarning(code: 5)]))
        let report = await desk.run()
        #expect(report.warnings.map(\.code) == [.saleLongAgo])
        #expect(desk.output[3] != "" && desk.output[5] == "")
        #expect(report.exitStatus == 0)
        #expect(desk.said.contains("warning of the authority"))
    }

    @Test(
        "A recorded sale is answered from the journal, with its FIK, and nothing is sent", arguments: Edition.allCases)
    func answeredFromTheJournal(edition: Edition) async throws {
        let desk = try Desk(edition)
        try desk.writeReceipt()
        await desk.run()
        let output = desk.output
        desk.office.failAlways(.unreachable)
        let report = await desk.run()
        #expect(desk.output == output)
        #expect(report.exitStatus == 0)
        #expect(desk.messages.count == 1)
    }

    @Test("The same receipt with another amount is refused once it is recorded; nothing is sent")
    func otherAmount() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        await desk.run()
        try desk.writeReceipt("0/6460/ZQ42", [9: "122.00"])
        let report = await desk.run()
        #expect(desk.output == ["0/6460/ZQ42", "", "", "", "", "1003"])
        #expect(report.exitStatus == 2)
        #expect(desk.messages.count == 1)
    }

    @Test("After a refusal the receipt may be corrected: another amount has new codes and is no first attempt")
    func correction() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.fault(.refuse(code: 3))
        await desk.run()
        let refused = desk.output
        try desk.writeReceipt("0/6460/ZQ42", [9: "122.00"])
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.output[1] != refused[1])
        #expect(desk.header("prvni_zaslani") == ["true", "false"])
        #expect(desk.sales.map(\.first.total) == ["122.00"])
    }

    @Test("Row 1 FALSE is sent as FALSE even when the journal knows of no attempt")
    func callerKnowsOfAnAttempt() async throws {
        let desk = try Desk()
        try desk.writeReceipt("7", [1: "FALSE"])
        await desk.run()
        #expect(desk.header("prvni_zaslani") == ["false"])
    }

    @Test("v4 leaves out what it does not have, and says so")
    func leftOutInV4() async throws {
        let desk = try Desk(.v4)
        try desk.writeReceipt("7", [23: "TRUE"])
        #expect(await desk.run().exitStatus == 0)
        for row in ["row 11 zakl_dan1", "row 12 dan1", "row 23 rezim"] { #expect(desk.said.contains(row)) }
    }

    @Test("Sales of earlier runs are kept and told; sync sends them in their order, with row 1's meaning kept")
    func outbox() async throws {
        let desk = try Desk()
        desk.office.failAlways(.unreachable)
        for number in ["1", "2", "3"] {
            try desk.writeReceipt(number)
            #expect(await desk.run().exitStatus == 3)
        }
        #expect(desk.said.contains("2 other sales are not settled"))
        #expect(await desk.sync().exitStatus == 3)
        desk.office.failAlways(nil)
        let output = desk.output
        let report = await desk.sync()
        #expect(report.exitStatus == 0)
        #expect(report.outcomes.map(\.facts.data.number) == ["1", "2", "3"])
        #expect(desk.data("porad_cis") == ["1", "2", "3"])
        #expect(desk.header("prvni_zaslani") == ["false", "false", "false"])
        #expect(desk.sales.count == 3)
        #expect(desk.output == output, "sync leaves eetout.txt alone")
        #expect(!desk.exists("pracuji.txt"))
    }

    @Test("Refused and held sales are not sent by sync")
    func outboxLeavesRefused() async throws {
        let desk = try Desk()
        for (number, code) in [("1", 4), ("2", 500)] {
            try desk.writeReceipt(number)
            desk.fault(.refuse(code: code))
            await desk.run()
        }
        let report = await desk.sync()
        #expect(report.outcomes.isEmpty)
        #expect(report.refused == 1 && report.held == 1)
        #expect(report.exitStatus == 3)
        #expect(desk.messages.count == 2)
    }
}
