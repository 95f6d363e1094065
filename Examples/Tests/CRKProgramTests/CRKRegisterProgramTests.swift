import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import HTTPTypes
import ProgramTestSupport
import SimulatorServer
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `crk register` against the simulated repository, over real mutual TLS.
@Suite struct CRKRegisterProgramTests {
    private let folder: TestFolder

    init() throws { self.folder = try TestFolder() }

    private func register(_ command: String..., options: [String] = []) async throws -> Program.Ending {
        try await Program("crk").run(
            ["register"] + command + ["--state", self.folder.path + "/till", "--json"] + options)
    }

    private func fiscalise(_ crk: CRKOnSocket, software: Bool = false) async throws -> Program.Ending {
        try await self.register("fiscalise", "--report-at-once", options: crk.options(software: software))
    }

    @Test("The whole life: fiscalised, documents sent, an order carried out, read-only; settings are given once")
    func life() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        let fiscalised = try await self.register(
            "fiscalise", "--report-at-once", options: crk.options() + ["--serial", "ŻÓŁĆ1"])
        #expect(fiscalised.status == 0, "\(fiscalised.text)\(fiscalised.errors)")
        #expect(try crk.record.serialNumber == "ŻÓŁĆ1")
        #expect(crk.authority.ledger.commands == ["KCS", "KFD", "MFP", "FPD"], "devices ask about no program")
        #expect(fiscalised.json["outcome"] as? String == "registered")
        #expect(try fiscalised.json["number"] as? String == crk.record.registrationNumber)
        #expect(try crk.record.status == .fiscalised)

        let lines =
            #"{"type":"PR","detailed":{"JPKID":2,"a":"ŻÓŁĆ"},"short":{"JPKID":2}}"# + "\n"
            + #"{"number":3,"type":"ZE","event":13,"detailed":{"JPKID":3}}"# + "\n"
        let sent = try await self.register("send", try self.folder.write("F.jsonl", lines))
        #expect(sent.status == 0, "\(sent.text)\(sent.errors)")
        #expect(sent.json["unsent"] as? Int == 0 && sent.json["packets"] as? Int == 1)
        let texts = crk.authority.ledger.documents(of: try crk.unit).dropFirst().map(\.text)
        #expect(texts == [#"{"JPKID":2,"a":"ŻÓŁĆ"}"#, #"{"JPKID":3}"#])

        var post = URLRequest(url: try #require(URL(string: "\(crk.control)/crk/\(crk.ready.unit)/orders")))
        post.httpMethod = "POST"
        post.httpBody = Data(#"{"qrCode":{"amount":1000}}"#.utf8)
        _ = try await URLSession.shared.data(for: post)
        let polled = try await self.register("poll")
        #expect(polled.status == 0, "\(polled.text)\(polled.errors)")
        #expect((polled.json["executed"] as? [[String: Any]])?.count == 1)
        #expect(try crk.record.orders.last?.confirmation?.code == "0")

        for (command, member) in [
            ("test", "cpd"), ("state", "maxDocId"), ("keys", "repositoryEncrypt"), ("sync", "unsent"),
        ] {
            let ending = try await self.register(command)
            #expect(ending.status == 0 && ending.json[member] != nil, "\(command): \(ending.text)\(ending.errors)")
        }
        let keys = try await self.register("shared-keys")
        #expect(keys.status == 1 && keys.json["reason"] as? String == "notForHardware", "\(keys.text)")
        let status = try await self.register("status")
        #expect(status.status == 0 && status.json["mode"] as? String == "fiscalised", "\(status.text)")
        #expect(status.json["unsent"] as? Int == 0)

        let ended = try await self.register("end-of-life", "--reason", "settlement")
        #expect(ended.status == 0, "\(ended.text)\(ended.errors)")
        #expect(try crk.record.status == .readOnly && crk.record.lastJPKID == 3)
        let refused = try await self.register("send", try self.folder.write("G.jsonl", #"{"type":"PR","detailed":{}}"#))
        #expect(refused.status == 1 && refused.json["reason"] as? String == "readOnly", "\(refused.text)")

        // Keys and documents are their owner's alone.
        for name in ["register.json", "register.sqlite", "documents.jsonl", "documents.index", "device.json"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: self.folder.path + "/till/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        await crk.stop()
    }

    @Test("A register in the form of software has its program checked and gets shared keys, which are not printed")
    func software() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        let fiscalised = try await self.fiscalise(crk, software: true)
        #expect(fiscalised.status == 0, "\(fiscalised.text)\(fiscalised.errors)")
        #expect(crk.authority.ledger.commands.prefix(4) == ["KCS", "KFD", "CNF", "MFP"])
        let keys = try await self.register("shared-keys")
        #expect(keys.status == 0 && (keys.json["days"] as? [String])?.count == 3, "\(keys.text)\(keys.errors)")
        #expect(Set(keys.json.keys) == ["outcome", "trouble", "days"])
        await crk.stop()
    }

    @Test("Refused is status 1 with the repository's code, unanswered is 3 and goes on by the same command")
    func endings() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        crk.change { $0.faults.add(.error(code: "B03"), for: "MFP") }
        let refused = try await self.fiscalise(crk)
        #expect(refused.status == 1 && refused.json["outcome"] as? String == "refused", "\(refused.text)")
        #expect((refused.json["code"] as? String)?.contains("B03") == true, "\(refused.text)")
        crk.change { $0.faults.add(.lost(effect: true), for: "MFP") }
        let pending = try await self.fiscalise(crk)
        #expect(pending.status == 3 && pending.json["outcome"] as? String == "pending", "\(pending.text)")
        #expect(try await self.fiscalise(crk).status == 0)
        let bodies = crk.authority.ledger.requests.filter { $0.command == "MFP" }.map(\.body)
        #expect(bodies.count == 3 && bodies[1] == bodies[2] && bodies[0] != bodies[1])

        crk.change { $0.faults.eventHub.permanent = .status(503) }
        let file = try self.folder.write(
            "F.jsonl", #"{"number":2,"type":"PR","detailed":{"JPKID":2},"short":{"JPKID":2}}"#)
        let waiting = try await self.register("send", file)
        #expect(waiting.status == 3 && waiting.json["unsent"] as? Int == 1, "\(waiting.text)")
        crk.change { $0.faults.eventHub.clear() }
        let again = try await self.register("send", file)
        #expect(again.status == 0 && again.json["stored"] as? Int == 0, "\(again.text)\(again.errors)")
        #expect(crk.authority.continuity(of: try crk.unit).isComplete(through: 2))
        await crk.stop()
    }

    @Test("Bad input is status 2, one line that names field and rule, and nothing is sent or written")
    func badInput() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        func without(_ option: String) -> [String] {
            var options = crk.options()
            if let place = options.firstIndex(of: option) { options.removeSubrange(place...place + 1) }
            return options
        }
        let ready = crk.ready
        let cases: [(String, [String])] = [
            ("--tls-cert: required", without("--tls-cert")), ("--json-key: required", without("--json-key")),
            ("--nip: required", without("--nip")), ("--serial: required", without("--serial")),
            ("cpd: pattern", crk.options() + ["--cpd", "http://127.0.0.1:1"]),
            ("--unit: ", crk.options() + ["--unit", "XX"]), ("--anchor", without("--anchor")),
            (
                "digitalCertificateCashRegisterEncrypt: consistency",
                crk.options() + ["--json-key", ready.software.json_key]
            ),
            ("digitalCertificateCashRegisterTLS: consistency", crk.options() + ["--unit", "ZTE2601000002"]),
        ]
        for (word, options) in cases {
            let ending = try await Program("crk").run(
                ["register", "fiscalise", "--json", "--state", self.folder.path + "/\(UUID().uuidString)"] + options)
            #expect(ending.status == 2 && ending.output.isEmpty, "\(word): \(ending.text)\(ending.errors)")
            #expect(ending.errors.split(separator: "\n").count == 1 && ending.errors.contains(word), "\(ending.errors)")
        }
        #expect(crk.authority.ledger.requests.isEmpty)
        let early = try await self.register("poll", options: crk.options())
        #expect(early.status == 1 && early.json["reason"] as? String == "notFiscalised", "\(early.text)\(early.errors)")
        await crk.stop()
    }

    @Test("The CPD server and the WebApi let nobody in without the producer's certificate")
    func mutualTLS() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        #expect(try await self.fiscalise(crk).status == 0)
        let requests = crk.authority.ledger.requests
        for door in [CRKChannel.cpd, .webApi] {
            let names = Set(requests.filter { $0.door == door }.map(\.clientName))
            #expect(names == [crk.ready.unit], "\(door)")
        }
        // The same calls without a certificate do not come about.
        let count = requests.count
        let anchor = try Certificate(pem: String(contentsOfFile: crk.ready.anchor, encoding: .utf8))
        let bare = try AsyncHTTPTransport(.init(trust: .authorities([anchor])))
        for url in [crk.ready.cpd, crk.ready.webapi] {
            let head = HTTPRequest(
                method: .get, scheme: "https", authority: String(url.dropFirst("https://".count)),
                path: "/api/Repository/Ping")
            await #expect(throws: TransportError.self) {
                _ = try await bare.exchange(HTTPExchangeRequest(head: head, body: []), timeout: .seconds(10))
            }
        }
        try await bare.shutdown()
        #expect(crk.authority.ledger.requests.count == count)
        await crk.stop()
    }

    @Test("The Event Hub asks for a certificate and is shown none; address and token are those of the repository")
    func eventHub() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        #expect(try await self.fiscalise(crk).status == 0)
        let ledger = crk.authority.ledger
        let hub = try #require(ledger.requests(at: .eventHub).first)
        #expect(hub.clientName == nil && hub.status == 201)
        #expect(hub.header("Authorization")?.hasPrefix("SharedAccessSignature ") == true)
        #expect(crk.authority.hubAddress(of: try crk.unit).hasSuffix(hub.target))
        #expect(ledger.requests(at: .webApi).contains { $0.command == "EventHubSasToken" && $0.clientName != nil })
        await crk.stop()
    }

    @Test(
        "With tokens of 750 characters and documents that fill packets, no request on the wire reaches 256,000 octets")
    func octets() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        crk.change { $0.rules.tokenLength = 750 }
        #expect(try await self.fiscalise(crk).status == 0)
        var lot = Lot(3)
        let lines = (2...400).map { number -> String in
            let size = [300, 3_000, 30_000, 150_000][number % 97 == 0 ? 3 : number % 11 == 0 ? 2 : number % 2]
            let noise = Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &lot) }).base64EncodedString()
            return #"{"number":\#(number),"type":"RD","detailed":{"JPKID":\#(number),"x":"\#(noise)"}}"#
        }
        let sent = try await self.register("send", try self.folder.write("F.jsonl", lines.joined(separator: "\n")))
        #expect(sent.status == 0, "\(sent.text)\(sent.errors)")
        #expect(crk.authority.continuity(of: try crk.unit).isComplete(through: 400))
        let octets = crk.office.hubOctets
        let largest = octets.max() ?? 0
        #expect(octets.count > 5 && largest < 256_000 && largest > 240_000, "\(octets)")
        let hub = crk.authority.ledger.requests(at: .eventHub)
        #expect(hub.contains { ($0.header("Authorization") ?? "").utf8.count == 750 })
        print("\(octets.count) requests, the largest \(largest) octets on the wire")
        await crk.stop()
    }

    @Test("Orders leave nothing of their text in any file, before and after they are carried out")
    func ordersAreNotStored() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        #expect(try await self.fiscalise(crk).status == 0)
        let lines = (2...9).map { #"{"number":\#($0),"type":"PR","detailed":{"JPKID":\#($0)}}"# }
        #expect(
            try await self.register("send", try self.folder.write("F.jsonl", lines.joined(separator: "\n"))).status == 0
        )
        let unit = try crk.unit
        let now = SystemClock.system.now()
        let contents: [CRKOrderContent] = [
            .callService("KCS"), .qrCode(987_654), .documents(scope: "3-7", shipmentType: "PR;WN"),
            .timetable(CRKTimetable(sendFreqEventHub: 77_777, checkFreqWebApi: 600)),
        ]
        crk.change { authority in for content in contents { _ = authority.order(content, for: unit, at: now) } }
        // The third one has to wait: it rests in the journal.
        crk.change { $0.faults.eventHub.permanent = .status(503) }
        let waiting = try await self.register("poll")
        #expect(waiting.status == 3 && (waiting.json["executed"] as? [Any])?.count == 2, "\(waiting.text)")
        try self.expectNoOrders()
        crk.change { $0.faults.eventHub.clear() }
        var executed = 0
        for _ in 0..<400 where executed < 2 {
            let ending = try await self.register("poll")
            executed += (ending.json["executed"] as? [Any])?.count ?? 0
        }
        #expect(try crk.record.orders.allSatisfy { $0.confirmation?.code == "0" })
        try self.expectNoOrders()
        let status = try await self.register("status")
        #expect(status.json["sendFreqEventHub"] as? Int == 77_777, "the setting itself is kept: \(status.text)")
        await crk.stop()
    }

    private func expectNoOrders() throws {
        let till = self.folder.path + "/till"
        for name in try FileManager.default.contentsOfDirectory(atPath: till) where name != "documents.jsonl" {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(till)/\(name)"))
            for text in ["CPDServiceName", "attributes", "3-7", "PR;WN", "ExecTime"] {
                #expect(bytes.range(of: Data(text.utf8)) == nil, "\(name) holds \(text)")
            }
        }
    }

    @Test("Servers that show another certificate than CMD07 named get nothing, until CMD07 has brought the new one")
    func rolledCertificates() async throws {
        let crk = try await CRKOnSocket.start()
        #expect(try await self.fiscalise(crk).status == 0)
        try crk.change { authority in
            for role in [CRKAuthorityIdentity.Role.cpdTLS, .webApiTLS] {
                try authority.identity.renew(role, at: SystemClock.system.now(), random: SystemRandomSource.system)
            }
        }
        // Still shown: what the servers were started with. The books are written with it.
        #expect(try await self.register("test").status == 0)
        let rolled = try await crk.restarted()
        let count = rolled.authority.ledger.requests.count
        let addresses = ["--cpd", rolled.ready.cpd, "--webapi", rolled.ready.webapi]
        for command in ["test", "poll"] {
            let ending = try await self.register(command, options: addresses)
            #expect(ending.status == 3, "\(command): \(ending.text)\(ending.errors)")
            #expect(ending.text.contains("tls"), "\(ending.text)")
        }
        #expect(rolled.authority.ledger.requests.count == count, "nothing was sent")
        #expect(try await self.register("keys").status == 0, "the anchors vouch for CMD07")
        for command in ["test", "poll"] {
            let ending = try await self.register(command)
            #expect(ending.status == 0, "\(command): \(ending.text)\(ending.errors)")
        }
        await rolled.stop()
    }
}
