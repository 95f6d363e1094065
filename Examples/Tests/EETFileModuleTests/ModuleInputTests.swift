import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import HTTPTypes
import Synchronization
import Testing

/// What the module refuses before anything is sent: bad input, bad configuration, and sales that must not cross between
/// test environment and production.
@Suite struct ModuleInputTests {
    private static func expectRefused(
        _ desk: Desk, row: String, number: String? = "0/6460/ZQ42", sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let report = await desk.run()
        #expect(desk.output == [number ?? "", "", "", "", "", "1003"], sourceLocation: sourceLocation)
        #expect(report.exitStatus == 2, sourceLocation: sourceLocation)
        #expect(desk.said.contains(row), "said: \(desk.said.all)", sourceLocation: sourceLocation)
        #expect(!desk.exists("pracuji.txt"), sourceLocation: sourceLocation)
        #expect(desk.office.exchangeCount == 0, sourceLocation: sourceLocation)
    }

    @Test("A row that breaks its rule: 1003, rows 2 to 5 empty, one line that names the row, nothing sent")
    func badRows() async throws {
        for (row, text, name) in [
            (1, "yes", "row 1 prvni_zaslani"), (3, "CZ123", "row 3 dic_popl"), (5, "0", "row 5 id_provoz"),
            (8, "2016-11-09T04:2528+01:00", "row 8 dat_trzba"), (11, "", "row 11 zakl_dan1"),
            (9, "1,5", "row 9 celk_trzba"), (9, "-0.00", "row 9 celk_trzba"),
        ] {
            let desk = try Desk()
            try desk.writeReceipt("0/6460/ZQ42", [row: text])
            await Self.expectRefused(desk, row: name)
            // Corrected, it is still the first attempt.
            try desk.writeReceipt()
            await desk.run()
            #expect(desk.header("prvni_zaslani") == ["true"])
        }
    }

    @Test("22 and 24 rows are refused; the number is repeated as far as row 7 is there")
    func numberOfRows() async throws {
        let desk = try Desk()
        try desk.writeInput(Array(desk.rows().dropLast()))
        await Self.expectRefused(desk, row: "eetin.txt rows: length (exactly 23, found 22)")
        try desk.writeInput(desk.rows() + [""])
        await Self.expectRefused(desk, row: "found 24")
        try desk.writeInput(Array(desk.rows().prefix(3)))
        await Self.expectRefused(desk, row: "found 3", number: nil)
    }

    @Test("Row 1 repeats row 7 byte for byte, also when row 7 is what is wrong")
    func numberIsRepeated() async throws {
        for number in [String(repeating: "9", count: 21), "č1", "A|1", "  7 ", "7\t"] {
            let desk = try Desk()
            try desk.writeReceipt(number)
            if number == "  7 " {
                await desk.run()
                #expect(desk.output[0] == number)
            } else {
                await Self.expectRefused(desk, row: "row 7 porad_cis", number: number)
            }
        }
    }

    @Test("Lenient reading takes a comma and an empty amount, and says that it did")
    func lenient() async throws {
        let desk = try Desk()
        desk.change { $0.reading = .lenient }
        try desk.writeReceipt("7", [9: "1234,5", 10: "", 11: "0", 12: "0"])
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.data("celk_trzba") == ["1234.50"])
        #expect(desk.said.contains("row 9 celk_trzba") && desk.said.contains("row 10 zakl_nepodl_dph"))
    }

    @Test("Files that are missing are told by their names")
    func missingFiles() async throws {
        let desk = try Desk()
        await Self.expectRefused(desk, row: "eetin.txt", number: nil)
        try desk.writeReceipt()
        try desk.write("eet.txt", "true\r\n2000\r\nnothing.p12\r\neet\r\n")
        await Self.expectRefused(desk, row: "row 3 certificate path")
    }

    @Test("A bad configuration is refused with its row")
    func badConfiguration() async throws {
        for (text, row) in [
            ("true\r\n1999\r\ntaxpayer.p12\r\neet\r\n", "row 2 timeout MS"),
            ("true\r\n2s\r\ntaxpayer.p12\r\neet\r\n", "row 2 timeout MS"),
            ("1\r\n2000\r\ntaxpayer.p12\r\neet\r\n", "row 1 debug mode"),
            ("true\r\n2000\r\ntaxpayer.p12\r\n", "exactly 4, found 3"),
            ("true\r\n2000\r\ntaxpayer.p12\r\neet\r\n\r\n", "exactly 4, found 5"),
        ] {
            let desk = try Desk()
            try desk.writeReceipt()
            try desk.write("eet.txt", text)
            await Self.expectRefused(desk, row: row)
        }
    }

    @Test("The password opens the key file; a wrong one and one in quotes do not, and none is ever shown")
    func password() async throws {
        for wrong in ["S3cret-Wrong", "„eet“", ""] {
            let desk = try Desk(password: wrong)
            try desk.writeReceipt()
            await Self.expectRefused(desk, row: "eet.txt row 4 certificate password: wrongPassword")
            let shown = desk.said.all.joined() + desk.output.joined()
            if !wrong.isEmpty { #expect(!shown.contains(wrong)) }
        }
    }

    @Test("A damaged key file is told from a wrong password")
    func damagedKeyFile() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        try desk.write("taxpayer.p12", "nonsense")
        await Self.expectRefused(desk, row: "eet.txt row 3 certificate path: damaged")
    }

    @Test("An expired certificate is refused, unless it is allowed, and that in the test environment only")
    func expired() async throws {
        let desk = try Desk(taxpayer: TestOffice.expired)
        try desk.writeReceipt()
        await Self.expectRefused(desk, row: "expired")
        desk.change { $0.allowsExpiredCertificate = true }
        await desk.run()
        #expect(desk.messages.count == 1)
        let production = try Desk(environment: .production)
        try production.writeReceipt()
        production.change { $0.allowsExpiredCertificate = true }
        await Self.expectRefused(production, row: "--allow-expired: notAllowed")
    }

    @Test("Test environment, v3: only CZ1212121218; v4 takes any number that is in the certificate")
    func playgroundNumber() async throws {
        let desk = try Desk(taxpayer: TestOffice.otherTestTaxpayer)
        try desk.writeReceipt("0/6460/ZQ42", [3: "CZ00000019"])
        await Self.expectRefused(desk, row: "row 3 dic_popl: oneOf (CZ1212121218 in the test environment)")
        let v4 = try Desk(.v4, taxpayer: TestOffice.otherTestTaxpayer)
        try v4.writeReceipt("7", [3: "CZ00000019"])
        #expect(await v4.run().exitStatus == 0)
    }

    @Test("Number and certificate must belong together")
    func foreignCertificate() async throws {
        let desk = try Desk(taxpayer: TestOffice.otherTestTaxpayer)
        try desk.writeReceipt()
        await Self.expectRefused(desk, row: "row 3 dic_popl: consistency (the number in the certificate)")
    }

    @Test("Production refuses the test certificate and every other one of a test authority")
    func testCertificateInProduction() async throws {
        for credentials in [TestOffice.testTaxpayer, TestOffice.otherTestTaxpayer] {
            for edition in Edition.allCases {
                let desk = try Desk(edition, environment: .production, taxpayer: credentials)
                try desk.writeReceipt("0/6460/ZQ42", [3: "CZ00000019"])
                await Self.expectRefused(desk, row: "row 3 certificate path: notAllowed")
            }
        }
    }

    @Test("Production refuses the test number")
    func testNumberInProduction() async throws {
        let desk = try Desk(environment: .production)
        try desk.writeReceipt("0/6460/ZQ42", [3: "CZ1212121218"])
        await Self.expectRefused(desk, row: "row 3 dic_popl: notAllowed")
    }

    @Test("Row 1 of eet.txt alone chooses the official address", arguments: Edition.allCases)
    func officialAddress(edition: Edition) async throws {
        for (environment, host) in [
            (EETEnvironment.playground, edition == .v3 ? "pg.eet.cz" : "pg.trzbyeet.gov.cz"),
            (.production, edition == .v3 ? "prod.eet.cz" : "trzbyeet.gov.cz"),
        ] {
            let desk = try Desk(edition, environment: environment)
            desk.change { $0.endpoint = nil }
            try desk.writeReceipt()
            let report = await desk.run()
            #expect(desk.office.exchanges.map(\.request.head.authority) == [host])
            #expect(report.isTest == environment.isTest)
            #expect(report.exitStatus == 0)
        }
    }

    @Test("An endpoint may replace the address, not the mode: the other mode's official one is refused")
    func endpointOfTheOtherMode() async throws {
        for edition in Edition.allCases {
            let test = try Desk(edition)
            try test.writeReceipt()
            test.change { $0.endpoint = edition.officialEndpoint(.production) }
            await Self.expectRefused(test, row: "endpoint: consistency")
            let production = try Desk(edition, environment: .production)
            try production.writeReceipt()
            production.change { $0.endpoint = edition.officialEndpoint(.playground) }
            await Self.expectRefused(production, row: "endpoint: consistency")
        }
    }

    @Test("An endpoint needs a seal authority beside it; without any, no confirmation counts, and that is said")
    func sealAuthority() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.change { $0.sealAuthorities = [] }
        await Self.expectRefused(desk, row: "--seal-ca: required")
        desk.change { $0.endpoint = nil }
        let report = await desk.run()
        #expect(desk.output[5] == "1008")
        #expect(report.exitStatus == 3)
        #expect(desk.said.contains("no --seal-ca"))
    }

    @Test("An answer of the other environment does not count")
    func otherEnvironmentAnswers() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        desk.fault(.wrongTestFlag)
        await desk.run()
        #expect(desk.output[3] == "" && desk.output[5] == "1008")
    }

    @Test("Each environment has a journal of its own")
    func separateJournals() throws {
        let folder = ModuleFolder("/till")
        #expect(folder.journal(.playground) != folder.journal(.production))
    }

    @Test("A fault nobody foresaw: 1003, six rows, no marker, and the sale can be submitted as a first attempt")
    func unforeseen() async throws {
        struct Unforeseen: Error {}
        let desk = try Desk()
        try desk.writeReceipt()
        desk.storeFault.withLock { $0 = Unforeseen() }
        await Self.expectRefused(desk, row: "1003 Unforeseen")
        desk.storeFault.withLock { $0 = nil }
        await desk.run()
        #expect(desk.header("prvni_zaslani") == ["true"])
    }
}
