import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import HTTPTypes
import Testing

/// What travels, member by member and limit by limit, as the repository sees it.
@Suite struct CRKRegisterWireTests {
    @Test("An order has two members; inside its seal are the attributes alone")
    func orderEnvelope() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.order(.qrCode(1_000))
        _ = try await register.poll()
        let answers = world.link.exchanges(at: .webApi).compactMap { try? $0.result?.get() }
        let order = try #require(
            answers.compactMap { try? JSON(parsing: $0.body) }.last { $0["encryptedCommand"] != nil })
        #expect(order.members?.map(\.name) == ["commandId", "encryptedCommand"])
        var profile = SealingProfile.unverified
        profile.compression = .none
        let opened = try profile.open(
            try #require(order["encryptedCommand"]?.string), with: world.credentials.encryptKey,
            from: world.link.authority.identity.repositoryEncryptCertificate, randomness: world.random)
        #expect(try JSON(parsing: opened) == ["attributes": ["qrCode": 1_000]])
    }

    @Test(
        "Another profile on both sides changes the seals and nothing else",
        arguments: [
            #"{"nesting":"jws-in-jwe","sign":"PS256","encrypt":"RSA-OAEP","content":"A128CBC-HS256","compression":"zip-def","signerReference":"x5t#S256","wire":"base64"}"#,
            #"{"nesting":"jws-in-jwe","sign":"RS512","encrypt":"RSA-OAEP-256","content":"A256GCM","compression":"gzip-before-sign","signerReference":"none"}"#,
        ])
    func profiles(_ text: String) async throws {
        let profile = try SealingProfile(JSON(parsing: Array(text.utf8)))
        let world = try CRKWorld { $0.sealing = profile }
        world.link.withAuthority {
            $0.rules.packetSeal = text
            $0.rules.orderSeal = text.replacingOccurrences(of: "gzip-before-sign", with: "none")
        }
        let register = try await world.fiscalised()
        let id = world.order(.qrCode(3))
        _ = try await register.poll()
        #expect(world.confirmation(id)?.code == "0")
        #expect(world.packets.allSatisfy { $0.flaws.isEmpty })
        let body = try #require(world.link.exchanges(at: .eventHub).last?.request.body)
        #expect(try JSON(parsing: body).members?.map(\.name) == ["commandId", "packageNr", "isLast", "encryptedData"])
    }

    @Test("Calls of the CPD server: method, path, query and body as the document has them")
    func calls() async throws {
        let world = try CRKWorld(.software)
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        _ = try await register.fetchSharedKeys()
        _ = try await register.endOfLife(.settlementReport)
        func request(_ code: String) throws -> HTTPExchangeRequest {
            try #require(
                world.link.exchanges(at: .cpd).first {
                    ($0.request.head.path ?? "").contains(code)
                        || String(decoding: $0.request.body, as: UTF8.self).contains(code + ".")
                }?.request)
        }
        let unit = world.unit.text
        let keys = try request("KCS")
        #expect(keys.head.method == .get && keys.body.isEmpty)
        #expect(keys.head.path?.hasPrefix("/api/SerwerCPD/Command?commandId=KCS.\(unit).20") == true)
        let program = try request("CNF")
        #expect(program.head.path?.contains("&firmwareMetadata=2.1%20%26%20more&firmwareChecksum=68e656b2") == true)
        let certificates = try request("KFD")
        #expect(certificates.head.method == .post && certificates.head.path == "/api/SerwerCPD/Command")
        let attributes = try JSON(parsing: certificates.body)["command"]?["attributes"]
        #expect(
            attributes?["digitalCertificateCashRegisterTLS"]?.string
                == Base64.encode(world.credentials.tlsCertificate.der))
        let done = try JSON(parsing: request("FPD").body)
        #expect(done.members?.map(\.name) == ["commandId"])
        let request9 = try JSON(parsing: request("MFP").body)["command"]?["attributes"]
        #expect(request9?["cashRegisterNr"]?.string == "" && request9?["monterId"]?.string == "KW123")
        let end = try JSON(parsing: request("EFL").body)["command"]?["attributes"]
        #expect(end?.members?.map(\.name) == ["reasonReadOnly", "lastJPKId"])
        let shared = try #require(
            world.link.exchanges(at: .cpd).first { $0.request.head.path?.contains("SharedKey") == true })
        #expect(shared.request.head.path == "/api/SerwerCPD/SharedKey" && shared.request.body.isEmpty)
    }

    @Test("Limits of what is sent are kept before anything leaves")
    func limits() throws {
        let unit = try UniqueNumber("ZTE1701000901")
        let nip = try NIP("3360002458")
        let number = String(repeating: "1", count: 240)
        _ = try FiscalisationRequest(hardware: "1", taxpayer: nip, technician: "1")
        _ = try FiscalisationRequest(hardware: number, taxpayer: nip, technician: String(repeating: "t", count: 30))
        for (serial, technician) in [
            ("", "1"), (number + "1", "1"), ("1", ""), ("1", String(repeating: "t", count: 31)),
        ] {
            #expect(throws: InvalidField.self) {
                try FiscalisationRequest(hardware: serial, taxpayer: nip, technician: technician)
            }
        }
        for text in ["336000245", "33600024580", "336-000-24-58"] {
            #expect(throws: InvalidField.self) { try NIP(text) }
        }
        for text in ["2017/00000010", "2017/0000001011", "2017-000000101"] {
            #expect(throws: InvalidField.self) { try RegistrationNumber(text) }
        }
        let time = CRKWorld.start
        for checksum in [
            String(repeating: "a", count: 39), String(repeating: "a", count: 129), String(repeating: "g", count: 64),
        ] {
            #expect(throws: InvalidField.self) {
                try CheckHomologation(unit, at: time, metadata: "1", checksum: checksum)
            }
        }
        for count in [40, 64, 128] {
            _ = try CheckHomologation(unit, at: time, metadata: "1", checksum: String(repeating: "F", count: count))
        }
        // A private key and garbage are no certificates.
        let key = try PrivateKey.generateEC(.secp256r1).pkcs8PEM()
        for text in [key, "MIIB", ""] { #expect(throws: CryptoError.self) { try Certificate(pem: text) } }
    }

    @Test("The checksum of a program is the SHA-256 of its content (the vector of FIPS 180-4)")
    func checksum() {
        #expect(
            RegisterProgram(metadata: "1", content: Array("abc".utf8)).checksum
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("Times travel in UTC with three digits of a second, whatever the zone; nothing else is one")
    func times() throws {
        let instant = try #require(FiscalInstant(utcMilliseconds: "2017-02-14T16:50:03.342Z"))
        #expect(instant.utcMilliseconds == "2017-02-14T16:50:03.342Z")
        #expect(FiscalInstant(secondsSinceEpoch: 1_487_091_003).utcMilliseconds == "2017-02-14T16:50:03.000Z")
        let local = try #require(OffsetDateTime(iso8601: "2017-08-14T18:50:03.342+02:00", fractionDigits: 3...3))
        #expect(local.instant.utcMilliseconds == "2017-08-14T16:50:03.342Z")
        #expect(
            CommandID(.mfp, try UniqueNumber("ZTE1701000901"), at: local.instant).text
                == "MFP.ZTE1701000901.2017-08-14T16:50:03.342Z")
        for text in [
            "2017-02-14T16:50:03Z", "2017-02-14T16:50:03.342", "2017-02-14T16:50:03.342+01:00",
            "2017-02-14T24:50:03.342Z", "2017-02-30T16:50:03.342Z",
        ] { #expect(FiscalInstant(utcMilliseconds: text) == nil, "\(text)") }
    }

    private func opened(_ attributes: String, _ mode: ReadingMode) throws -> Order {
        let content = Array("{\"attributes\":\(attributes)}".utf8)
        return try SealedOrder(
            commandID: "TFD.ZTE1701000901.2017-08-14T16:50:03.342Z", encryptedCommand: "x"
        ).opened(for: UniqueNumber("ZTE1701000901"), .hardware, mode: mode) { _ in content }.order
    }

    @Test("CMD02 takes the numbers of its table and no others; in strict reading numbers are no texts")
    func timetableNumbers() throws {
        func timetable(_ send: String, _ check: String) -> String {
            "{\"sendFreqEventHub\":\(send),\"checkFreqWebApi\":\(check),\"shipmentType\":\"FK\"}"
        }
        for send in ["-1", "0", "60", "2678400"] { _ = try self.opened(timetable(send, "60"), .strict) }
        for send in ["-3", "-2", "1", "59", "2678401", "2147483648", "9223372036854775808", "60.0", "null"] {
            for mode in [ReadingMode.strict, .lenient] {
                #expect(throws: OrderFault.self) { try self.opened(timetable(send, "60"), mode) }
            }
        }
        for check in ["-1", "0", "59", "2678401"] {
            #expect(throws: OrderFault.self) { try self.opened(timetable("60", check), .lenient) }
        }
        #expect(throws: OrderFault.self) { try self.opened(timetable("\"7200\"", "60"), .strict) }
        _ = try self.opened(timetable("\"7200\"", "60"), .lenient)
    }

    @Test("A text of a fault has 200 characters at the most, counted as characters")
    func faultText() {
        let id = "TFD.ZTE1701000901.2017-08-14T16:50:03.342Z"
        let fits = String(repeating: "ż", count: 200)
        #expect(ConfirmOrder.Content(commandID: id, executedAt: CRKWorld.start, fault: fits).fault == fits)
        #expect(ConfirmOrder.Content(commandID: id, executedAt: CRKWorld.start, fault: fits + "ó").fault == fits)
    }

    @Test("A refusal arms no timer, though its frequencies are -2; a long text is told")
    func refusedFrequencies() async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.statusFisc(4), for: "MFP") }
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        let status = try await register.status()
        #expect(status.nextPoll == nil && status.nextShipment == nil)
        #expect(try await register.sync().nextDue == nil)
        let long = String(repeating: "x", count: 101)
        let body = Array(
            """
            {"commandId":"MFP.ZTE1701000901.2017-08-14T16:50:03.342Z","command":{"attributes":{"cashRegisterNr":"",\
            "statusFisc":{"code":"04","desc":"\(long)"},"addressWebAPI":"","sendFreqEventHub":-2,"checkFreqWebApi":-2,\
            "shippmentType":""}}}
            """.utf8)
        let command = MakeFiscalisation(
            world.unit, at: try #require(FiscalInstant(utcMilliseconds: "2017-08-14T16:50:03.342Z")),
            try .init(serialNumber: "1", taxpayer: NIP("3360002458"), technician: "1"))
        let response = HTTPExchangeResponse(head: HTTPResponse(status: .ok), body: body)
        guard case .answered(.refused(let code, let desc), let leniencies) = command.reply(response) else {
            Issue.record("not read")
            return
        }
        #expect(code.code == "04" && desc == long)
        #expect(leniencies.map(\.field) == ["command.attributes.statusFisc.desc"])
    }

    @Test("An address of the WebApi has 20 to 100 characters in a grant; the given one is where polls go")
    func grantedAddress() async throws {
        for address in ["https://a.test:44300", "https://\(String(repeating: "a", count: 84)).crk.te"] {
            let world = try CRKWorld()
            let count = address.utf8.count
            #expect((20...101).contains(count))
            world.link.withAuthority { $0.addresses.webApi = address }
            let register = try await world.open()
            let outcome = try await register.fiscalise(world.request())
            guard case .pending(let progress) = outcome.state else { Issue.record("\(outcome)"); return }
            #expect((progress.step == .sendFiscalReport) == (count <= 100), "\(count)")
        }
        let world = try CRKWorld()
        world.link.withAuthority {
            $0.faults.add(.changed(members: #"{"addressWebAPI":"https://a.test:4430"}"#), for: "MFP")
        }
        _ = try await world.open().fiscalise(world.request())
        #expect(world.device.performed.isEmpty)
        let register = try await CRKWorld().fiscalised()
        #expect(try await register.status().settings.webApi == "https://webapi.crk.test:443")
    }

    @Test("Without a token nothing is sent and nothing is lost: 403, 404 and 500 are told", arguments: [403, 404, 500])
    func noToken(_ status: Int) async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 60))
        world.link.withAuthority { $0.expireTokens(of: world.unit) }
        try world.memory.add(.pr)
        // The held token is used once more, refused, and none comes in its place.
        world.link.withAuthority { $0.faults.add(.status(status), for: "EventHubSasToken", times: 2) }
        world.clock.advance(by: .seconds(3_700))
        let before = world.link.exchanges(at: .eventHub).count
        let report = try await register.sync()
        #expect(report.packets == 0)
        #expect(world.link.exchanges(at: .eventHub).count == before)
        #expect(report.troubles.contains { $0.contains("\(status)") })
        #expect(try await register.status().unsent == 1)
        try await world.live(register, for: .seconds(120))
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("A confirmation that does not get through stays: 403 and 404 close nothing", arguments: [403, 404])
    func openConfirmation(_ status: Int) async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.link.withAuthority { $0.faults.add(.status(status), for: "Confirmation") }
        let id = world.order(.qrCode(2))
        let report = try await register.poll()
        #expect(report.troubles == ["confirmation: HTTP \(status)"])
        #expect(try await register.status().orders == 1)
        #expect(world.confirmation(id) == nil)
        try await world.live(register, for: .seconds(60))
        #expect(world.confirmation(id)?.code == "0")
    }

    @Test("With a token of 750 characters and documents of every size no request reaches the limit")
    func worstCase() async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.rules.tokenLength = 750 }
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 60, shipmentType: "ALL"))
        for size in stride(from: 100, to: 60_000, by: 1_900) {
            try world.memory.add(.pr, padding: size, random: world.random)
        }
        try await world.live(register, for: .seconds(61))
        #expect(world.packets.count > 3)
        #expect(world.packets.allSatisfy { $0.octets < 256_000 })
        #expect(world.packets.contains { $0.octets > 190_000 })
    }

    @Test("Software may answer an order with receipts in short form, as infos, when its host says so")
    func shortReceipts() async throws {
        let world = try CRKWorld(.software) { $0.shipping.shortReceiptsAsInfo = true }
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 0, shipmentType: "RF"))
        try world.memory.add(.pr)
        try world.memory.add(.fk)
        _ = try await register.documentsAdded()
        let before = world.received.count
        world.order(.documents(scope: "2-3", shipmentType: "FK"))
        _ = try await register.poll()
        #expect(Array(world.received.dropFirst(before)) == [.info(10, 2), .detailed(3)])
    }

    @Test("A number of protected memory that software cannot have is reported", .timeLimit(.minutes(5)))
    func memoryNumber() async throws {
        let world = try CRKWorld(.software)
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        var events = register.events.makeAsyncIterator()
        world.link.withAuthority { $0.faults.add(.changed(members: #"{"maxMemNr":2}"#), for: "GIS") }
        #expect(try await register.repositoryState().answer?.maxMemoryNumber == 2)
        guard case .trouble(.cpd, let text) = await events.next() else { Issue.record("not told"); return }
        #expect(text.contains("maxMemNr"))
    }

    @Test(
        "A verdict on a program is 0 or 1; in strict reading no text",
        arguments: [("2", false), ("\"0\"", false), ("0", true), ("1", true)])
    func verdicts(_ value: String, _ isRead: Bool) throws {
        let command = try CheckHomologation(
            UniqueNumber("ZTE1701000901"), at: CRKWorld.start, metadata: "1",
            checksum: String(repeating: "a", count: 40))
        let id = try #require(command.commandID?.text)
        let body = Array("{\"commandId\":\"\(id)\",\"command\":{\"attributes\":{\"status\":\(value)}}}".utf8)
        let reply = command.reply(HTTPExchangeResponse(head: HTTPResponse(status: .ok), body: body), .strict)
        if case .answered(let isAdmitted, _) = reply {
            #expect(isRead && isAdmitted == (value == "0"))
        } else {
            #expect(!isRead)
        }
    }

    @Test("A fault of the server is found in its body also when it is wrapped")
    func nestedError() throws {
        let body = Array(#"{"error":{"code":"B08","message":"Brak danych"}}"#.utf8)
        let command = FetchRepositoryState(try UniqueNumber("ZTE1701000901"), at: CRKWorld.start)
        guard
            case .refused(let refusal) = command.reply(
                HTTPExchangeResponse(head: HTTPResponse(status: .init(code: 406)), body: body))
        else { Issue.record("not refused"); return }
        #expect(refusal.code == .registerUnknown && refusal.message == "Brak danych")
    }
}
