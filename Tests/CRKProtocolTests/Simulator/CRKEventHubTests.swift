import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// Token, packets and what becomes of them.
@Suite("The simulated CRK: Event Hub")
struct CRKEventHubTests {
    private let repository: SimulatedRepository
    private let device, other: CRKCredentials

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
        self.device = self.repository.device
        self.other = self.repository.otherDevice
    }

    private func prepared(_ rules: (inout CRKRules) -> Void = { _ in }) -> CRKAuthority {
        var authority = self.repository.authority
        rules(&authority.rules)
        authority.bring(self.device, to: .fiscalised)
        return authority
    }

    private func token(_ authority: inout CRKAuthority, _ register: CRKCredentials? = nil) throws -> EventHubToken {
        let call = FetchEventHubToken()
        let request = try call.request(to: authority.addresses.webApi)
        let response = try #require(authority.ask(.webApi, request, register ?? self.device).response)
        guard case .answered(let token, []) = call.reply(response, .strict) else { throw CancellationError() }
        return token
    }

    private func send(
        _ body: String, _ url: String, _ authorization: String?, _ authority: inout CRKAuthority,
        client: CRKCredentials? = nil, at now: FiscalInstant = SimulatedRepository.noon
    ) -> SimulatedReply {
        let path = "/" + url.split(separator: "/", maxSplits: 3).dropFirst(2).joined(separator: "/")
        let request = CRKAuthority.request(
            .post, path, body, authority: "eventhub.crk.test:443",
            headers: authorization.map { [("Authorization", $0)] } ?? [])
        return authority.ask(.eventHub, request, client, at: now)
    }

    private func seal(
        _ content: String, _ profile: SealingProfile = .unverified, by register: CRKCredentials? = nil,
        to certificate: Certificate? = nil
    ) throws -> String {
        let register = register ?? self.device
        return try profile.seal(
            Array(content.utf8), signer: register.encryptKey, certificate: register.encryptCertificate,
            for: certificate ?? self.repository.identity.repositoryEncryptCertificate,
            randomness: CountingRandomSource())
    }

    /// A packet as the document has it.
    private func packet(_ sealed: String, _ id: String? = nil, number: Int = 0, isLast: Int = 1) -> String {
        let id = id ?? self.device.id("DFD")
        return #"{"commandId":"\#(id)","packageNr":\#(number),"isLast":\#(isLast),"encryptedData":"\#(sealed)"}"#
    }

    private func id(_ millisecond: Int) -> String {
        self.device.id("DFD", at: (SimulatedRepository.noon + .milliseconds(millisecond)).utcMilliseconds)
    }

    /// Documents of these numbers.
    private func content(_ numbers: some Sequence<Int>) -> String {
        #"{"content":[\#(numbers.map { #"{"paragon":{"JPKID":\#($0)}}"# }.joined(separator: ","))]}"#
    }

    // MARK: The door

    @Test(
        "A token is signed over its escaped address and its expiry; 201 has an empty body, and no certificate is shown")
    func accepted() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        #expect(
            token.url
                == "https://eventhub.crk.test:443/crk/publishers/ZTE1701000901/messages?timeout=60&api-version=2014-01")
        #expect(
            token.value.hasPrefix(
                "SharedAccessSignature sr=https%3a%2f%2feventhub.crk.test%3a443%2fcrk%2fpublishers%2fZTE1701000901&sig="
            ))
        #expect(token.value.hasSuffix("&se=1795179600&skn=SendPolicy") && token.timeoutInSec == 3_600)
        let reply = self.send(self.packet(try self.seal(self.content(1...1))), token.url, token.value, &authority)
        #expect(reply.status == 201 && reply.response?.body.isEmpty == true)
        let request = try #require(authority.ledger.requests.last)
        #expect(request.clientName == nil && request.header("authorization") == token.value)
        #expect(request.method == "POST" && "https://eventhub.crk.test:443" + request.target == token.url)
        #expect(authority.ledger.packets.map(\.flaws) == [[]])
    }

    @Test("A certificate that is shown all the same is written down")
    func certificateShown() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        let body = self.packet(try self.seal(self.content(1...1)))
        #expect(self.send(body, token.url, token.value, &authority, client: self.device).status == 201)
        #expect(authority.ledger.requests.last?.clientName == "ZTE1701000901")
    }

    @Test(
        "401 without data: no token, a changed one, one for another register, one that has run out, one that was taken back"
    )
    func unauthorised() throws {
        var authority = self.prepared { $0.tokenLifetime = 600 }
        authority.bring(self.other, to: .fiscalised)
        let token = try self.token(&authority), others = try self.token(&authority, self.other)
        let body = self.packet(try self.seal(self.content(1...1)))
        let noon = SimulatedRepository.noon
        func status(_ url: String, _ value: String?, after seconds: Int = 0) -> Int? {
            let reply = self.send(body, url, value, &authority, at: noon + .seconds(seconds))
            if reply.status == 401 { #expect(reply.response?.body.isEmpty == true) }
            return reply.status
        }
        #expect(status(token.url, nil) == 401)
        #expect(status(token.url, others.value) == 401)
        #expect(status(others.url, token.value) == 401)
        #expect(status(token.url, token.value.replacing("se=17951766", with: "se=17951767")) == 401)
        #expect(status(token.url, String(token.value.dropFirst("SharedAccessSignature ".count))) == 401)
        #expect(status(token.url, "SharedAccessSignature") == 401)
        #expect(status(token.url, token.value, after: 600) == 401)
        #expect(authority.ledger.packets.isEmpty)
        #expect(status(token.url, token.value, after: 599) == 201)
        authority.expireTokens(of: self.device.unit)
        #expect(status(token.url, token.value) == 401)
        let fresh = try self.token(&authority)
        #expect(status(fresh.url, fresh.value) == 201)
        authority.faults.eventHub.add(.expiredToken)
        #expect(status(fresh.url, fresh.value) == 401)
        authority.faults.add(.expiredToken, for: "EventHubSasToken")
        let expired = try self.token(&authority)
        #expect(status(expired.url, expired.value) == 401)
        authority.rules.malformedTokenGives500 = true
        #expect(status(token.url, "SharedAccessSignature") == 500)
        #expect(status(token.url, nil) == 401)
    }

    @Test("No other address and no other method exists")
    func addresses() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        for url in [
            token.url + "&x=1", token.url.replacing("/crk/", with: "/krk/"), token.url.replacing("ZTE", with: "ZT"),
            String(token.url.dropLast(30)),
        ] {
            #expect(self.send("{}", url, token.value, &authority).status == 404)
        }
        let path = "/crk/publishers/ZTE1701000901/messages?timeout=60&api-version=2014-01"
        #expect(authority.ask(.eventHub, CRKAuthority.request(.get, path), nil).status == 404)
        #expect(authority.ledger.packets.isEmpty)
    }

    @Test("A token may be as long as the document allows, 750 characters, and opens the door")
    func longToken() throws {
        var authority = self.prepared { $0.tokenLength = 750 }
        let token = try self.token(&authority)
        #expect(token.value.utf8.count == 750)
        #expect(self.send("{}", token.url, token.value, &authority).status == 201)
    }

    @Test(
        "The limit is on the whole request: at it 201, one octet more 413 and nothing stored; the switch is 262144",
        arguments: [256_000, 262_144])
    func limit(_ limit: Int) throws {
        var authority = self.prepared { $0.packetLimit = limit }
        let token = try self.token(&authority)
        func send(_ count: Int) -> SimulatedReply {
            self.send(String(repeating: " ", count: count), token.url, token.value, &authority)
        }
        let guess = limit - 1_000
        #expect(send(guess).status == 201)
        let head = try #require(authority.ledger.requests.last?.octets) - guess
        #expect(head > token.url.utf8.count - 40 + token.value.utf8.count)
        #expect(send(limit - head).status == 201)
        #expect(authority.ledger.requests.last?.octets == limit)
        let reply = send(limit - head + 1)
        #expect(reply.status == 413)
        let text = String(decoding: reply.response?.body ?? [], as: UTF8.self)
        #expect(text.contains("<Code>413</Code>"))
        #expect(authority.ledger.packets.count == 2)
    }

    @Test("500 with and without effect, 503 with Retry-After, XML and HTML; a lost answer after the packet was stored")
    func failures() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        func send(_ fault: CRKFault?) throws -> SimulatedReply {
            authority.faults.eventHub.add(fault)
            return self.send(self.packet(try self.seal(self.content(1...1))), token.url, token.value, &authority)
        }
        #expect(try send(.status(500)).status == 500)
        #expect(try send(.xml(status: 500)).status == 500)
        let busy = try send(.status(503, retryAfter: 7))
        #expect(busy.status == 503 && busy.response?.head.headerFields[.retryAfter] == "7")
        #expect(try send(.page(status: 502)).response?.head.headerFields[.contentType] == "text/html")
        #expect(try send(.lost(effect: false)) == .lost)
        #expect(authority.ledger.packets.isEmpty)
        #expect(try send(.status(500, effect: true)).status == 500)
        #expect(authority.ledger.packets.count == 1)
        #expect(try send(.lost(effect: true)) == .lost)
        #expect(try send(nil).status == 201)
        #expect(authority.ledger.packets.map(\.repeats) == [nil, 1, 1])
        #expect(authority.ledger.documents.count == 1)
        #expect(authority.continuity(of: self.device.unit).isComplete(through: 1))
    }

    // MARK: Packets

    private func flaws(_ body: String) throws -> [CRKPacket.Flaw] {
        var authority = self.prepared()
        let token = try self.token(&authority)
        #expect(self.send(body, token.url, token.value, &authority).status == 201)
        return try #require(authority.ledger.packets.last).flaws
    }

    @Test("The hub stores anything; what is wrong with it is told behind it")
    func flawed() throws {
        let sealed = try self.seal(self.content(1...1))
        let good = self.packet(sealed)
        #expect(try self.flaws(good) == [])
        #expect(try self.flaws("") == [.noJSON])
        #expect(try self.flaws("[]") == [.noJSON])
        #expect(try self.flaws(good.replacing(#""isLast":1"#, with: #""isLast":"1""#)).contains(.members))
        #expect(try self.flaws(good.dropLast() + #","extra":1}"#) == [.members])
        #expect(try self.flaws(good.replacing(#""packageNr":0,"#, with: "")).contains(.members))
        #expect(try self.flaws(self.packet(sealed, "X")) == [.commandID])
        #expect(try self.flaws(self.packet(sealed, self.device.id("KFD"))) == [.commandID])
        #expect(try self.flaws(self.packet(sealed, self.device.id("DDD"))) == [.commandID])
        #expect(try self.flaws(self.packet(sealed, self.other.id("DFD"))) == [.foreignUnit])
        #expect(try self.flaws(self.packet(sealed, isLast: 0)) == [.numbering])
        #expect(try self.flaws(self.packet(sealed, number: 2, isLast: 1)) == [.sequence])
        #expect(try self.flaws(self.packet("a.b.c.d.e")) == [.seal])
        #expect(try self.flaws(self.packet(self.seal(self.content(1...1), by: self.other))) == [.seal])
        let stranger = self.repository.stranger.encryptCertificate
        #expect(try self.flaws(self.packet(self.seal(self.content(1...1), to: stranger))) == [.seal])
        #expect(try self.flaws(self.packet(self.seal(#"{"content":[1]}"#))) == [.content])
        #expect(try self.flaws(self.packet(self.seal(#"{"inhalt":[]}"#))) == [.content])
        #expect(try self.flaws(self.packet(self.seal(#"{"content":[]}"#))) == [])
    }

    @Test(
        "Every profile of a kind the repository holds a key for is opened by a reader of its own, and by no other profile"
    )
    func profiles() throws {
        let kinds = SealParties.everyProfile().filter {
            ![.es256, .es384, .es512].contains($0.signature) && $0.keyEncryption != .ecdhESA256KW
        }
        let text = #"{"content":[{"paragon":{"JPKID":1,"nazwa":"żółw"}}]}"#
        for profile in kinds.enumerated().filter({ $0.offset.isMultiple(of: 7) }).map(\.element) {
            let words: JSON = [
                "nesting": .string(profile.nesting.rawValue), "sign": .string(profile.signature.rawValue),
                "encrypt": .string(profile.keyEncryption.rawValue),
                "content": .string(profile.contentEncryption.rawValue),
                "compression": .string(profile.compression.rawValue), "wire": .string(profile.wire.rawValue),
            ]
            var authority = self.prepared { $0.packetSeal = words.text }
            let token = try self.token(&authority)
            let body = self.packet(try self.seal(text, profile))
            #expect(self.send(body, token.url, token.value, &authority).status == 201)
            #expect(authority.ledger.packets[0].flaws.isEmpty, "\(words.text)")
            #expect(authority.ledger.packets[0].opened == Array(text.utf8))
            #expect(authority.ledger.packets[0].header?.contains(#""alg":"#) == true)
            let strict = try self.flaws(body)
            let isDefault =
                profile.nesting == .jwsInJWE && profile.signature == .rs256
                && profile.keyEncryption == .rsaOAEP256 && profile.contentEncryption == .a256GCM
                && profile.compression == .deflateBeforeSign && profile.wire == .compact
            #expect(strict == (isDefault ? [] : [.seal]))
        }
    }

    @Test(
        "With keys on a curve packets are ES256 in ECDH-ES, and so are orders", arguments: JWEContentAlgorithm.allCases)
    func ellipticCurves(_ content: JWEContentAlgorithm) throws {
        let identity = try CRKAuthorityIdentity(
            packetKeys: .ellipticCurve, at: SimulatedRepository.noon, random: CountingRandomSource(seed: 3))
        let register = try identity.issueCredentials(
            self.device.unit, at: SimulatedRepository.noon, random: CountingRandomSource(seed: 4))
        let words = #"{"sign":"ES256","encrypt":"ECDH-ES+A256KW","content":"\#(content.rawValue)"}"#
        var authority = CRKAuthority(identity: identity)
        authority.rules.packetSeal = words
        authority.rules.orderSeal = words
        authority.bring(register, to: .fiscalised)
        let profile = try SealingProfile(JSON(parsing: words))
        let token = try self.token(&authority, register)
        let sealed = try self.seal(
            self.content(1...1), profile, by: register, to: identity.repositoryEncryptCertificate)
        #expect(self.send(self.packet(sealed), token.url, token.value, &authority).status == 201)
        #expect(authority.ledger.packets.map(\.flaws) == [[]])
        #expect(authority.continuity(of: register.unit).isComplete(through: 1))
        let order = try authority.webApi(.get, "Command", register).json()
        let plain = try profile.open(
            try #require(order["encryptedCommand"]?.string), with: register.encryptKey,
            from: identity.repositoryEncryptCertificate, randomness: CountingRandomSource())
        #expect(try JSON(parsing: plain)["attributes"]?["sendFreqEventHub"] == 7_200)
    }

    @Test("Packets to a certificate that was replaced are opened; documents come in the profile's own words")
    func renewedCertificate() throws {
        var authority = self.prepared()
        let old = authority.identity.repositoryEncryptCertificate
        try authority.identity.renew(
            .repositoryEncrypt, at: SimulatedRepository.noon, random: CountingRandomSource(seed: 9))
        let new = authority.identity.repositoryEncryptCertificate
        #expect(old != new)
        let token = try self.token(&authority)
        let packets = [
            self.packet(try self.seal(self.content(1...1), to: old), self.id(1)),
            self.packet(try self.seal(self.content(2...2), to: new), self.id(2)),
            // The same once more, sealed for the new certificate.
            self.packet(try self.seal(self.content(1...1), to: new), self.id(1)),
        ]
        for body in packets { #expect(self.send(body, token.url, token.value, &authority).status == 201) }
        #expect(authority.ledger.packets.map(\.flaws) == [[], [], []])
        #expect(authority.continuity(of: self.device.unit).isComplete(through: 2))
    }

    @Test("Parts are joined in the sequence of their numbers to the very bytes that were cut")
    func joined() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        // Cut inside of a letter of two bytes.
        let text = Array(#"{"content":[{"paragon":{"JPKID":1,"nazwa":"żółw"}}]}"#.utf8)
        let cut = try #require(text.firstIndex(of: 0xC5)) + 1
        var profile = SealingProfile.unverified
        profile.outputLimit = 1 << 20
        for (number, part) in [text[..<10], text[10..<cut], text[cut...]].enumerated() {
            #expect(authority.ledger.documents.isEmpty)
            let sealed = try profile.seal(
                Array(part), signer: self.device.encryptKey, certificate: self.device.encryptCertificate,
                for: authority.identity.repositoryEncryptCertificate, randomness: CountingRandomSource())
            let body = self.packet(sealed, number: number + 1, isLast: number == 2 ? 1 : 0)
            // Every part twice: the second changes nothing.
            for _ in 1...2 { #expect(self.send(body, token.url, token.value, &authority).status == 201) }
            #expect(authority.incompleteDocuments(of: self.device.unit).isEmpty == (number == 2))
        }
        #expect(authority.ledger.packets.map(\.flaws) == Array(repeating: [], count: 6))
        #expect(authority.ledger.documents.map(\.text) == [#"{"paragon":{"JPKID":1,"nazwa":"żółw"}}"#])
        #expect(authority.continuity(of: self.device.unit).isComplete(through: 1))
    }

    @Test(
        "A part before the one before it is out of sequence; the same code and number with other content is a conflict")
    func sequence() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        func send(_ content: String, _ number: Int) throws {
            let body = self.packet(try self.seal(content), number: number, isLast: number == 3 ? 1 : 0)
            #expect(self.send(body, token.url, token.value, &authority).status == 201)
        }
        try send(#"{"content":[{"JPKID""#, 1)
        try send("]}", 3)
        try send(":1}", 2)
        #expect(authority.ledger.packets.map(\.flaws) == [[], [.sequence], []])
        #expect(authority.continuity(of: self.device.unit).highest == 1)
        try send(":2}", 2)
        #expect(authority.ledger.packets.last?.flaws == [.conflict])
    }

    // MARK: Continuity

    private func continuity(_ packets: [[Int]], ordering scope: String? = nil) throws -> CRKContinuity {
        var authority = self.prepared { $0.ordersTimetable = false }
        if let scope {
            authority.order(
                .documents(scope: scope, shipmentType: "ALL"), for: self.device.unit, at: SimulatedRepository.noon)
            #expect(authority.webApi(.get, "Command", self.device).status == 200)
        }
        let token = try self.token(&authority)
        for (index, numbers) in packets.enumerated() {
            let body = self.packet(try self.seal(self.content(numbers)), self.id(index))
            #expect(self.send(body, token.url, token.value, &authority).status == 201)
        }
        return authority.continuity(of: self.device.unit)
    }

    @Test(
        "Every number once and in order is complete; a packet that is missing shows, and so does a number too many or too late"
    )
    func continuities() throws {
        #expect(try self.continuity([[1, 2], [3], [4, 5]]).isComplete(through: 5))
        #expect(try !self.continuity([[1, 2], [3]]).isComplete(through: 5))
        let dropped = try self.continuity([[1, 2], [4, 5], [8]])
        #expect(dropped.missing == [3...3, 6...7] && !dropped.isComplete(through: 8))
        #expect(dropped.highest == 8 && dropped.count == 5 && dropped.contains(5) && !dropped.contains(6))
        let doubled = try self.continuity([[1, 2], [2, 3]])
        #expect(doubled.doubled == [2] && doubled.missing.isEmpty && !doubled.isComplete(through: 3))
        let late = try self.continuity([[1, 3], [2]])
        #expect(late.outOfOrder == [2] && late.missing.isEmpty && !late.isComplete(through: 3))
        #expect(try self.continuity([[0]]).unnumbered == 1)
    }

    @Test("What an order asked for may come once more, and at any time")
    func ordered() throws {
        #expect(try self.continuity([[1, 2, 3], [2, 3], [4]], ordering: "2-3").isComplete(through: 4))
        #expect(try self.continuity([[3], [2], [1], [2, 3, 4]], ordering: "1-3").doubled.isEmpty)
        #expect(try self.continuity([[1, 2, 3], [2, 3], [3]], ordering: "2-3").doubled == [3])
        #expect(try self.continuity([[1, 2, 3], [2, 3]], ordering: "3-3").doubled == [2])
    }

    @Test("The reply to an order may carry the order's code")
    func reply() throws {
        var authority = self.prepared { $0.ordersTimetable = false }
        let id = authority.order(
            .documents(scope: "1-1", shipmentType: "ALL"), for: self.device.unit, at: SimulatedRepository.noon)
        let token = try self.token(&authority)
        let body = self.packet(try self.seal(self.content(1...1)), id)
        // Not before it was served.
        #expect(self.send(body, token.url, token.value, &authority).status == 201)
        #expect(authority.webApi(.get, "Command", self.device).status == 200)
        let second = self.packet(try self.seal(self.content(1...1)), id, number: 0)
        #expect(self.send(second, token.url, token.value, &authority).status == 201)
        #expect(authority.ledger.packets.map(\.flaws) == [[.commandID], []])
    }

    @Test("GIS tells the highest number that was processed")
    func highest() throws {
        var authority = self.prepared()
        let token = try self.token(&authority)
        let body = self.packet(try self.seal(self.content([1, 2, 7])))
        #expect(self.send(body, token.url, token.value, &authority).status == 201)
        let state = try authority.get("?commandId=\(self.device.id("GIS"))", self.device).attributes()
        #expect(state["maxDocId"] == 7)
    }
}
