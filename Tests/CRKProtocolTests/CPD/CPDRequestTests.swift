import CRKProtocol
import FiscalCore
import FiscalTestSupport
import HTTPTypes
import Testing

@Suite("Calls of the CPD server, as the document shows them")
struct CPDRequestTests {
    private let unit: UniqueNumber
    private let time: FiscalInstant
    private let base = CRKEnvironment.test.cpd

    init() throws {
        self.unit = try UniqueNumber("ZTE1701000901")
        self.time = try #require(FiscalInstant(utcMilliseconds: "2017-08-14T16:50:03.342Z"))
    }

    private func url(_ command: some CPDCommand) throws -> String {
        let head = try command.request(to: self.base).head
        return "\(head.method) \(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "")"
    }

    private func body(_ command: some CPDCommand) throws -> JSON {
        try JSON(parsing: command.request(to: self.base).body)
    }

    @Test("The GETs are the URLs of the examples, character by character")
    func gets() throws {
        let start = "GET https://esb-te.mf.gov.pl:5062/api/SerwerCPD/Command?commandId="
        let time = ".ZTE1701000901.2017-08-14T16:50:03.342Z"
        #expect(try self.url(FetchRepositoryKeys(self.unit, at: self.time)) == start + "KCS" + time)
        #expect(try self.url(TestCPDServer(self.unit, at: self.time)) == start + "TCS" + time)
        #expect(try self.url(FetchRepositoryState(self.unit, at: self.time)) == start + "GIS" + time)
        let checksum = "68e656b251e67e8358bef8483ab0d51c6619f3e7a1a9f0e75838d41ff368f728"
        let check = try CheckHomologation(
            self.unit, at: self.time, metadata: "WiuIKb673gYHtjyu8jy9", checksum: checksum)
        #expect(
            try self.url(check)
                == start + "CNF" + time + "&firmwareMetadata=WiuIKb673gYHtjyu8jy9&firmwareChecksum=\(checksum)")
        #expect(
            try self.url(FetchSharedKeys(self.unit)) == "GET https://esb-te.mf.gov.pl:5062/api/SerwerCPD/SharedKey")
    }

    @Test("Metadata are escaped where a query needs it")
    func escapes() throws {
        let check = try CheckHomologation(
            self.unit, at: self.time, metadata: "v 1+2&ż=%", checksum: String(repeating: "aF", count: 20))
        #expect(check.path.contains("&firmwareMetadata=v%201%2B2%26%C5%BC%3D%25&"))
    }

    @Test("The POSTs are the messages of the examples, members in their order")
    func posts() throws {
        let fiscalise = MakeFiscalisation(
            self.unit, at: self.time,
            try .init(
                serialNumber: "WiulKb673gYH34tjyu8j11", taxpayer: NIP("3360002458"), technician: "Login434534"))
        #expect(try self.url(fiscalise) == "POST https://esb-te.mf.gov.pl:5062/api/SerwerCPD/Command")
        #expect(
            try self.body(fiscalise)
                == JSON(
                    parsing: """
                        {"commandId": "MFP.ZTE1701000901.2017-08-14T16:50:03.342Z", "command": {"attributes": {
                        "cashRegisterSN": "WiulKb673gYH34tjyu8j11", "cashRegisterNr": "",
                        "taxpayerId": "3360002458", "monterId": "Login434534"}}}
                        """))
        #expect(
            try self.body(ConfirmFiscalisation(self.unit, at: self.time))
                == JSON(parsing: #"{"commandId": "FPD.ZTE1701000901.2017-08-14T16:50:03.342Z"}"#))
        #expect(
            try self.body(EndOfFiscalLife(self.unit, at: self.time, reason: .memoryFull, lastJPKID: 12_345))
                == JSON(
                    parsing: """
                        {"commandId": "EFL.ZTE1701000901.2017-08-14T16:50:03.342Z", "command": {"attributes": {
                        "reasonReadOnly": 0, "lastJPKId": 12345}}}
                        """))
    }

    @Test("CMD08 carries both certificates as one line of base 64")
    func certificates() throws {
        let parties = try SealParties.shared.get()
        let body = try self.body(
            SendRegisterCertificates(
                self.unit, at: self.time, tls: parties.p256.certificate, encrypt: parties.rsa.certificate))
        let attributes = try #require(body["command"]?["attributes"])
        for (name, certificate) in [
            ("digitalCertificateCashRegisterTLS", parties.p256.certificate),
            ("digitalCertificateCashRegisterEncrypt", parties.rsa.certificate),
        ] {
            let text = try #require(attributes[name]?.string)
            #expect(!text.contains("\n") && Base64.decode(text) == certificate.der)
        }
    }

    @Test("A software register is its own factory number, serviced by KW123")
    func software() throws {
        let number = try RegistrationNumber("2017/000000101")
        let parameters = MakeFiscalisation.Parameters(
            software: self.unit, registrationNumber: number, taxpayer: try NIP("5260250274"))
        let attributes = try #require(
            try self.body(MakeFiscalisation(self.unit, at: self.time, parameters))["command"]?["attributes"])
        #expect(attributes["cashRegisterSN"]?.string == "ZTE1701000901")
        #expect(attributes["monterId"]?.string == "KW123")
        #expect(attributes["cashRegisterNr"]?.string == "2017/000000101")
    }

    @Test("What is out of its limits is refused by name")
    func limits() throws {
        let nip = try NIP("5260250274")
        func expect(_ field: String, _ body: () throws -> Void) {
            let error = #expect(throws: InvalidField.self) { try body() }
            #expect(error?.field == field)
        }
        for text in ["", String(repeating: "ż", count: 241)] {
            expect("cashRegisterSN") {
                _ = try MakeFiscalisation.Parameters(serialNumber: text, taxpayer: nip, technician: "A")
            }
            expect("firmwareMetadata") {
                _ = try CheckHomologation(
                    self.unit, at: self.time, metadata: text, checksum: String(repeating: "a", count: 40))
            }
        }
        for text in ["", String(repeating: "a", count: 31)] {
            expect("monterId") {
                _ = try MakeFiscalisation.Parameters(serialNumber: "A", taxpayer: nip, technician: text)
            }
        }
        for text in [
            "", String(repeating: "a", count: 39), String(repeating: "a", count: 129),
            String(repeating: "g", count: 40),
        ] {
            expect("firmwareChecksum") {
                _ = try CheckHomologation(self.unit, at: self.time, metadata: "A", checksum: text)
            }
        }
        for number in [0, -1, 1_000_000_000_000_000] as [Int64] {
            expect("lastJPKId") {
                _ = try EndOfFiscalLife(self.unit, at: self.time, reason: .settlementReport, lastJPKID: number)
            }
        }
        for base in ["http://esb.mf.gov.pl", "https://", "esb.mf.gov.pl", "https://a?b"] {
            expect("cpd") { _ = try TestCPDServer(self.unit, at: self.time).request(to: base) }
        }
    }

    @Test("An address with the path of the calls, as registers store it, is taken too")
    func wholeAddress() throws {
        let command = TestCPDServer(self.unit, at: self.time)
        for base in ["https://esb-te.mf.gov.pl:5062/", "https://esb-te.mf.gov.pl:5062/api/SerwerCPD/Command"] {
            #expect(try command.request(to: base) == command.request(to: self.base))
        }
    }

    @Test("Requests name what they send and accept")
    func headers() throws {
        let get = try TestCPDServer(self.unit, at: self.time).request(to: self.base).head.headerFields
        #expect(get[.accept] == "application/json" && get[.contentType] == nil)
        let post = try ConfirmFiscalisation(self.unit, at: self.time).request(to: self.base).head.headerFields
        #expect(post[.accept] == "application/json" && post[.contentType] == "application/json")
    }
}
