import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import HTTPTypes
import Testing

/// Calls of the CPD server that are not about fiscalisation.
@Suite("The simulated CRK: keys, programs, state")
struct CRKServerTests {
    private let repository: SimulatedRepository
    private let device, other, software: CRKCredentials

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
        self.device = self.repository.device
        self.other = self.repository.otherDevice
        self.software = self.repository.software
    }

    @Test("KCS and TCS do not compare the certificate with the code")
    func notCompared() throws {
        var authority = self.repository.authority
        #expect(authority.get("?commandId=\(self.other.id("KCS"))", self.device).status == 200)
        #expect(authority.get("?commandId=\(self.other.id("TCS"))", self.device).status == 204)
        #expect(try authority.get("?commandId=\(self.other.id("GIS"))", self.device).refusal()[1] == "B10")
    }

    @Test("KCS has four entries of base 64, the last of them a list")
    func keys() throws {
        var authority = self.repository.authority
        let attributes = try authority.get("?commandId=\(self.device.id("KCS"))", self.device).attributes()
        let identity = self.repository.identity
        func base64(_ certificate: Certificate) -> JSON { .string(Base64.encode(certificate.der)) }
        #expect(attributes["digitalCertificateWebApiTLS"] == base64(identity.webApiTLSCertificate))
        #expect(attributes["digitalCertificateCPDServerTLS"] == base64(identity.cpdTLSCertificate))
        #expect(attributes["digitalCertificateRepositoryEncrypt"] == base64(identity.repositoryEncryptCertificate))
        #expect(attributes["digitalCertificateAzureEventHubTLS"] == .array(identity.eventHubAuthorities.map(base64)))
    }

    @Test("KFD refuses what is no certificate (E02), and takes the own certificates again")
    func certificates() throws {
        var authority = self.repository.authority
        let key = try Base64.encode(self.device.encryptKey.pkcs8DER())
        for text in ["", "MIID", key] {
            let tls = Base64.encode(self.device.tlsCertificate.der)
            let body = self.device.message(
                "KFD",
                #""digitalCertificateCashRegisterTLS":"\#(tls)","digitalCertificateCashRegisterEncrypt":"\#(text)""#)
            #expect(try authority.post(body, self.device).refusal()[1] == "E02")
        }
        #expect(authority[self.device.unit].encryptCertificates.isEmpty)
        for _ in 1...2 { #expect(authority.post(self.device.kfd(), self.device).status == 204) }
        #expect(authority[self.device.unit].encryptCertificates == [Base64.encode(self.device.encryptCertificate.der)])
    }

    @Test("CNF: 0 for an admitted program, 1 for another; metadata arrive unchanged, digests in any letter case")
    func programs() throws {
        var authority = self.repository.authority
        let digest = String(repeating: "a0", count: 32)
        authority.rules.programs = [CRKProgram(metadata: "v1 &+ż", checksum: digest)]
        func status(_ metadata: String, _ checksum: String) throws -> JSON? {
            let command = try CheckHomologation(
                self.device.unit, at: SimulatedRepository.noon, metadata: metadata, checksum: checksum)
            let reply = authority.ask(
                .cpd, try command.request(to: authority.addresses.cpd), self.device)
            return try reply.attributes()["status"]
        }
        #expect(try status("v1 &+ż", digest.uppercased()) == 0)
        #expect(authority[self.device.unit].verifiedPrograms == [CRKProgram(metadata: "v1 &+ż", checksum: digest)])
        #expect(try status("v2", digest) == 1)
        #expect(try status("v1 &+ż", String(repeating: "a1", count: 32)) == 1)
        #expect(authority[self.device.unit].verifiedPrograms.count == 1)
    }

    @Test("CNF: limits of metadata and checksum, E02 beyond them")
    func programLimits() throws {
        let hex = String(repeating: "a", count: 128)
        for (metadata, checksum, isGood) in [
            ("v", String(hex.prefix(40)), true), (String(repeating: "v", count: 240), hex, true),
            ("", hex, false), (String(repeating: "v", count: 241), hex, false), ("v", String(hex.prefix(39)), false),
            ("v", hex + "a", false), ("v", String(hex.prefix(39)) + "g", false),
        ] {
            var authority = self.repository.authority
            let reply = authority.get(
                "?commandId=\(self.device.id("CNF"))&firmwareMetadata=\(metadata)&firmwareChecksum=\(checksum)",
                self.device)
            #expect(reply.status == (isGood ? 200 : 400))
        }
    }

    @Test(
        "GIS: 1 for the memory of a program, the number of its memory for a device; none where the rules leave it out")
    func state() throws {
        var authority = self.repository.authority
        for register in [self.device, self.software] {
            authority.bring(register, to: .begun)
            authority[register.unit].memoryNumber = 2
        }
        func attributes(_ register: CRKCredentials) throws -> JSON {
            try authority.get("?commandId=\(register.id("GIS"))", register).attributes()
        }
        #expect(try attributes(self.device)["maxMemNr"] == 2)
        #expect(try attributes(self.software)["maxMemNr"] == 1)
        #expect(try attributes(self.device)["maxDocId"] == 0)
        authority.addresses.webApi = "https://other.crk.test:8443"
        #expect(try attributes(self.device)["addressWebAPI"] == "https://other.crk.test:8443")
        authority.rules.omitsMemoryNumber = true
        #expect(try attributes(self.device)["maxMemNr"] == nil)
        authority.rules.writesNumbersAsText = true
        #expect(try attributes(self.device)["maxDocId"] == "0")
    }

    @Test(
        "CMD16: today, tomorrow and the day after in Warsaw, 32 bytes each, the same key for the same day; no device gets any"
    )
    func sharedKeys() throws {
        var authority = self.repository.authority
        func ask(_ register: CRKCredentials, _ time: String, _ target: String = "/api/SerwerCPD/SharedKey") throws
            -> SimulatedReply
        {
            let request = CRKAuthority.request(.get, target)
            return authority.ask(.cpd, request, register, at: try #require(FiscalInstant(utcMilliseconds: time)))
        }
        // Summer: midnight of Warsaw is 22:00Z.
        let evening = try ask(self.software, "2027-08-01T21:59:59.999Z").json()
        let night = try ask(self.software, "2027-08-01T22:00:00.000Z").json()
        #expect(evening["CN"] == "WTE2001000009")
        func days(_ json: JSON) -> [String?] { (json["sharedKeys"]?.array ?? []).map { $0["forDate"]?.string } }
        #expect(days(evening) == ["20270801", "20270802", "20270803"])
        #expect(days(night) == ["20270802", "20270803", "20270804"])
        #expect(evening["sharedKeys"]?.array?[1] == night["sharedKeys"]?.array?[0])
        let keys = try #require(evening["sharedKeys"]?.array).compactMap { $0["sharedKey"]?.string }
        #expect(Set(keys).count == 3 && keys.allSatisfy { $0.utf8.count == 44 && Base64.decode($0)?.count == 32 })
        #expect(try ask(self.device, "2027-08-01T12:00:00.000Z").refusal()[1] == "E05")
        #expect(
            try ask(self.software, "2027-08-01T12:00:00.000Z", "/api/SerwerCPD/SharedKey?a=1").refusal()[1] == "E05")
    }

    @Test("No certificate, or one of an unknown producer, or one that has run out: 403 and nothing is done")
    func untrusted() throws {
        var authority = self.repository.authority
        let late = SimulatedRepository.noon + .seconds(1_827 * 86_400)
        #expect(authority.post(self.device.kfd(), nil).status == 403)
        #expect(authority.post(self.device.kfd(), self.repository.foreign).status == 403)
        #expect(authority.get("?commandId=\(self.device.id("TCS"))", self.device, at: late).status == 403)
        #expect(authority.registers.isEmpty)
    }

    @Test(
        "Other paths and methods do not exist; JSON of another content type is E01; a body tells the same as a query does not"
    )
    func door() throws {
        var authority = self.repository.authority
        let id = self.device.id("TCS")
        for (method, target) in [
            (HTTPRequest.Method.get, "/api/SerwerCPD/Other?commandId=\(id)"),
            (.put, "/api/SerwerCPD/Command?commandId=\(id)"),
            (.post, "/api/SerwerCPD/SharedKey"), (.get, "/"),
        ] {
            #expect(authority.ask(.cpd, CRKAuthority.request(method, target), self.device).status == 404)
        }
        let plain = CRKAuthority.request(
            .post, "/api/SerwerCPD/Command", self.device.kfd(), headers: [("Content-Type", "text/plain")])
        #expect(try authority.ask(.cpd, plain, self.device).refusal()[1] == "E01")
        // A GET call by POST and the other way round.
        #expect(try authority.post(#"{"commandId":"\#(id)"}"#, self.device).refusal()[1] == "B01")
        #expect(try authority.get("?commandId=\(self.device.id("MFP"))", self.device).refusal()[1] == "B01")
        // An escaped colon is a colon, a plus sign is a plus sign.
        #expect(authority.get("?commandId=\(id.replacing(":", with: "%3A"))", self.device).status == 204)
        #expect(try authority.get("?commandId=\(id)%3", self.device).refusal()[1] == "E02")
    }

    @Test(
        "A code that is not exactly one is E01",
        arguments: [
            "X", "TCS.ZTE1701000901.2026-02-30T12:00:00.000Z", "TCS.ZTE1701000901.2026-11-20T24:00:00.000Z",
            "TCS.ZTE1701000901.2026-11-20T12:00:60.000Z", "TCS.ZTE1701000901.2026-11-20T12:00:00.00Z",
            "TCS.ZTE1701000901.2026-11-20T12:00:00.000", "TCS.ZTE1701000901.2026-11-20T12:00:00.000Z%0A",
            "tcs.ZTE1701000901.2026-11-20T12:00:00.000Z", "TCS.zte1701000901.2026-11-20T12:00:00.000Z",
            "TCS.ZT11701000901.2026-11-20T12:00:00.000Z", "TCS-ZTE1701000901.2026-11-20T12:00:00.000Z",
        ])
    func codes(_ text: String) throws {
        var authority = self.repository.authority
        #expect(try authority.get("?commandId=\(text)", self.device).refusal()[1] == "E01")
    }

    @Test("The pool knows whole numbers as well as beginnings")
    func pool() throws {
        var authority = self.repository.authority
        authority.rules.pool = ["ZTE1701000901"]
        #expect(authority.get("?commandId=\(self.device.id("TCS"))", self.device).status == 204)
        #expect(try authority.get("?commandId=\(self.other.id("TCS"))", self.other).refusal()[1] == "B03")
    }

    @Test("The ledger has door, target, headers, client, size on the wire, command and what was decided")
    func ledger() throws {
        var authority = self.repository.authority
        _ = authority.get("?commandId=\(self.device.id("TCS"))", self.device)
        _ = authority.post(self.device.kfd(), self.other)
        let requests = authority.ledger.requests
        let line = "GET /api/SerwerCPD/Command?commandId=TCS.ZTE1701000901.2026-11-20T12:00:00.000Z HTTP/1.1\r\n"
        let rest = "accept: application/json\r\nhost: cpd.crk.test:5062\r\n\r\n"
        #expect(requests[0].octets == line.utf8.count + rest.utf8.count)
        #expect(requests[0].clientName == "ZTE1701000901" && requests[0].status == 204)
        let body = self.device.kfd()
        let head =
            "POST /api/SerwerCPD/Command HTTP/1.1\r\naccept: application/json\r\ncontent-type: application/json\r\n"
        let added = "host: cpd.crk.test:5062\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
        #expect(requests[1].octets == head.utf8.count + added.utf8.count + body.utf8.count)
        #expect(requests[1].status == 406 && requests[1].code == "B10" && requests[1].body == Array(body.utf8))
        #expect(requests[1].header("Content-Type") == "application/json")
        #expect(authority.ledger.commands == ["TCS", "KFD"])
    }

    @Test("FPD brings its code and nothing else; with more it is E02")
    func nothingElse() throws {
        var authority = self.repository.authority
        authority.bring(self.device, to: .begun)
        #expect(try authority.post(self.device.message("FPD", ""), self.device).refusal()[1] == "E02")
        #expect(authority[self.device.unit].status == .begun)
        #expect(authority.post(self.device.fpd, self.device).status == 204)
    }

    @Test("An answer to another call, half of one, none of text: the library takes nothing from it")
    func spoiled() throws {
        for fault in [
            CRKFault.wrongCommandID, .malformed, .garbage, .empty, .changed(members: #"{"status":2}"#),
            .changed(members: #"{"status":null}"#),
        ] {
            var authority = self.repository.authority
            let command = try CheckHomologation(
                self.device.unit, at: SimulatedRepository.noon, metadata: "v1",
                checksum: String(repeating: "a", count: 40))
            let request = try command.request(to: authority.addresses.cpd)
            guard
                case .answered(true, []) = command.reply(
                    try #require(authority.ask(.cpd, request, self.device).response), .strict)
            else {
                Issue.record("not answered")
                return
            }
            authority.faults.add(fault, for: "CNF")
            let response = try #require(authority.ask(.cpd, request, self.device).response)
            #expect(response.head.status.code == 200)
            guard case .unreadable(let problem) = command.reply(response, .lenient) else {
                Issue.record("read: \(fault)")
                return
            }
            if fault == .wrongCommandID { #expect(problem.field == "commandId") }
        }
    }

    @Test("A snapshot goes on where it was: books, queue, numbers, keys")
    func snapshot() throws {
        var authority = self.repository.authority
        authority.bring(self.device, to: .fiscalised)
        let served = authority.webApi(.get, "Command", self.device)
        authority.faults.add(.error(code: "E05", text: "x"), for: "KFD")
        authority.faults.cpd.add(.status(503, retryAfter: 30))
        var copy = try JSONDecoder().decode(CRKAuthority.self, from: JSONEncoder().encode(authority))
        #expect(
            copy.faults == authority.faults && copy.ledger == authority.ledger && copy.registers == authority.registers)
        #expect(copy.post(self.device.kfd(), self.device) == authority.post(self.device.kfd(), self.device))
        #expect(copy.get(self.device.cnf, self.device) == authority.get(self.device.cnf, self.device))
        #expect(served.status == 200 && copy.webApi(.get, "Command", self.device) == served)
        #expect(
            copy.webApi(.get, "EventHubSasToken", self.device)
                == authority.webApi(.get, "EventHubSasToken", self.device))
        #expect(!"\(copy.identity) \(self.device)".contains("PRIVATE"))
    }
}
