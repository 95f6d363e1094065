import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import HTTPTypes
import Synchronization
import Testing

/// Calls that the host starts, the end of work, shared keys, and whom the register trusts.
@Suite struct CRKRegisterCallsTests {
    // MARK: End of work

    @Test("The end of work is stored first and told until it is taken, the same message each time")
    func endOfLife() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        try world.memory.add(.rd)
        world.link.withAuthority { $0.faults.add(.lost(effect: true), for: "EFL", times: 2) }
        #expect(try await register.endOfLife(.settlementReport).answer == nil)
        #expect(await register.isReadOnly)
        #expect(try await register.status().mode == .readOnly(confirmed: false))
        let reopened = try await world.open()
        #expect(await reopened.isReadOnly)
        try await world.live(reopened, for: .seconds(120))
        #expect(try await reopened.status().mode == .readOnly(confirmed: true))
        #expect(world.books.status == .readOnly)
        #expect(world.books.reasonReadOnly == 1)
        #expect(world.books.lastJPKID == world.memory.last)
        let bodies = world.link.exchanges(at: .cpd).map { String(decoding: $0.request.body, as: UTF8.self) }
            .filter { $0.contains("EFL.") }
        #expect(bodies.count == 3)
        #expect(Set(bodies).count == 1)
        await #expect(throws: CRKError.self) { try await reopened.fiscalise(world.request()) }
    }

    @Test("A full memory is reason 0; a register that is not fiscalised has no end; a refusal is for a person")
    func endOfLifeGuards() async throws {
        let world = try CRKWorld()
        await #expect(throws: CRKError.self) { try await world.open().endOfLife(.memoryFull) }
        let register = try await world.fiscalised()
        world.link.withAuthority { $0.faults.add(.error(code: "B09"), for: "EFL") }
        guard case .refused(let refusal) = try await register.endOfLife(.memoryFull) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.code == .notFiscalised)
        try await world.live(register, for: .seconds(3_600))
        #expect(world.commands.filter { $0 == "EFL" }.count == 1)
        #expect(try await register.endOfLife(.memoryFull).answer != nil)
        #expect(world.books.reasonReadOnly == 0)
    }

    @Test("What is unsent at the end of work is sent all the same")
    func endOfLifeShips() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        try world.memory.add(.ze, event: 12)
        _ = try await register.endOfLife(.settlementReport)
        try await world.live(register, for: .seconds(7_201))
        #expect(world.received.last == .detailed(world.memory.last))
    }

    // MARK: Shared keys

    @Test("Software holds the keys of three days, asked for by the day on the receipt; for any other day there is none")
    func sharedKeys() async throws {
        let world = try CRKWorld(.software)
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        _ = try await register.sync()
        let days = try await register.status().sharedKeyDays
        #expect(days.count == 3)
        for day in days {
            let key = try #require(try await register.sharedKey(for: day))
            #expect(key.secret == world.link.authority.sharedKey(of: world.unit, on: day))
            #expect(!"\(key)".contains(Base64.encode(key.secret)))
        }
        let after = try #require(CivilDate(daysSinceEpoch: days[2].daysSinceEpoch + 1))
        #expect(try await register.sharedKey(for: after) == nil)
        #expect(try await world.open().sharedKey(for: days[0]) != nil)
        // The next days come by themselves.
        try await world.live(register, for: .seconds(2 * 86_400))
        #expect(try await register.sharedKey(for: after) != nil)
    }

    @Test("A device has no shared keys to ask for; of another register's answer nothing is kept")
    func sharedKeyGuards() async throws {
        let device = try await CRKWorld().open()
        await #expect(throws: CRKError.self) { try await device.fetchSharedKeys() }
        let world = try CRKWorld(.software)
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        world.link.withAuthority { $0.faults.add(.changed(members: #"{"CN":"WTE2001000010"}"#), for: "SharedKey") }
        guard case .unreadable = try await register.fetchSharedKeys() else {
            Issue.record("taken")
            return
        }
        #expect(try await register.status().sharedKeyDays == [])
    }

    // MARK: Trust

    @Test(
        "Another certificate of a server is trusted once CMD07 has named it, and CMD07 itself works under the anchors")
    func rolledCertificates() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        try world.link.withAuthority { authority in
            Result {
                try authority.identity.renew(.webApiTLS, at: CRKWorld.start, random: CountingRandomSource(seed: 4))
            }
        }.get()
        guard case .unanswered(let error) = try await register.ping() else {
            Issue.record("a stranger was trusted")
            return
        }
        #expect(error.reason == .tls)
        #expect(try await register.fetchRepositoryKeys().answer != nil)
        #expect(try await register.ping().answer != nil)
        try world.link.withAuthority { authority in
            Result { try authority.identity.renew(.cpdTLS, at: CRKWorld.start, random: CountingRandomSource(seed: 6)) }
        }.get()
        guard case .unanswered = try await register.testCPD() else {
            Issue.record("a stranger was trusted")
            return
        }
        #expect(try await register.fetchRepositoryKeys().answer != nil)
        #expect(try await register.testCPD().answer != nil)
    }

    @Test("An old certificate counts beside the new one until the new one was shown")
    func rollOver() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let before = world.link.authority.identity
        try world.link.withAuthority { authority in
            Result {
                try authority.identity.renew(.webApiTLS, at: CRKWorld.start, random: CountingRandomSource(seed: 4))
            }
        }.get()
        #expect(try await register.fetchRepositoryKeys().answer != nil)
        // The server has not changed its certificate yet.
        let after = world.link.authority.identity
        world.link.withAuthority { $0.identity = before }
        #expect(try await register.ping().answer != nil)
        world.link.withAuthority { $0.identity = after }
        #expect(try await register.ping().answer != nil)
        // Now the old one is over.
        world.link.withAuthority { $0.identity = before }
        #expect(try await register.ping().answer == nil)
    }

    @Test("An order that was sealed before the repository's certificate changed is still opened")
    func oldOrders() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let id = world.order(.qrCode(9))
        // Served, so its seal is made, but the answer is lost.
        world.link.withAuthority { $0.faults.add(.lost(effect: true), for: "Command") }
        _ = try await register.poll()
        try world.link.withAuthority { authority in
            Result {
                try authority.identity.renew(
                    .repositoryEncrypt, at: CRKWorld.start, random: CountingRandomSource(seed: 8))
            }
        }.get()
        #expect(try await register.fetchRepositoryKeys().answer != nil)
        _ = try await register.poll()
        #expect(world.confirmation(id)?.code == "0")
    }

    // MARK: Calls

    @Test("A program is installed after a yes only, and the question comes first")
    func programs() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let installed = Mutex<[Int]>([])
        let count = { @Sendable in world.commands.filter { $0 == "CNF" }.count }
        world.link.withAuthority {
            $0.rules.programs = [CRKProgram(metadata: "3.0", checksum: String(repeating: "a", count: 64))]
        }
        let good = try await register.updateProgram(
            to: RegisterProgram(metadata: "3.0", checksum: String(repeating: "A", count: 64))
        ) { installed.withLock { $0.append(count()) } }
        #expect(good.answer == true)
        let bad = try await register.updateProgram(
            to: RegisterProgram(metadata: "3.1", checksum: String(repeating: "b", count: 64))
        ) { installed.withLock { $0.append(count()) } }
        #expect(bad.answer == false)
        #expect(installed.withLock { $0 } == [1])
        await #expect(throws: InvalidField.self) {
            try await register.checkProgram(RegisterProgram(metadata: "", checksum: "00"))
        }
        #expect(count() == 2)
    }

    @Test("CMD12 tells what the repository has; another address of the WebApi is used from then on")
    func repositoryState() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        #expect(try await register.repositoryState().answer?.maxDocID == world.memory.last)
        world.link.withAuthority { $0.addresses.webApi = "https://webapi2.crk.test:443" }
        #expect(try await register.repositoryState().answer?.webApiAddress == "https://webapi2.crk.test:443")
        _ = try await register.ping()
        #expect(world.link.exchanges(at: .webApi).last?.request.head.authority == "webapi2.crk.test:443")
        #expect(try await world.open().status().settings.webApi == "https://webapi2.crk.test:443")
    }

    @Test("A call without an answer is repeated under its identifier, a refused one under a fresh one")
    func identifiers() async throws {
        let world = try CRKWorld()
        let register = try await world.open()
        func targets() -> [String] { world.link.exchanges(at: .cpd).compactMap(\.request.head.path) }
        world.link.withAuthority {
            $0.faults.add(.lost(effect: true), for: "TCS")
            $0.faults.add(.error(code: "E04"), for: "TCS")
            $0.faults.add(.error(code: "B03"), for: "TCS")
        }
        for _ in 0..<4 {
            _ = try await register.testCPD()
            world.clock.advance(by: .seconds(1))
        }
        #expect(Set(targets()[0...2]).count == 1)
        #expect(targets()[3] != targets()[2])
    }

    @Test("Identifiers never repeat, also at one instant and after the clock was set back")
    func uniqueIdentifiers() async throws {
        let world = try CRKWorld()
        let register = try await world.open()
        for step in 0..<6 {
            _ = try await register.testCPD()
            if step == 2 { world.clock.set(CRKWorld.start - .seconds(86_400)) }
        }
        let targets = world.link.exchanges(at: .cpd).compactMap(\.request.head.path)
        #expect(Set(targets).count == 6)
    }

    // MARK: Configuration

    @Test("Production wants a profile of its own, every server https, every certificate the register's")
    func configuration() async throws {
        let anchors = try CRKWorld().link.authority.identity.anchors
        for (field, configuration) in [
            ("sealing", CRKConfiguration(environment: .production, anchors: anchors)),
            ("cpd", CRKConfiguration(environment: .test, cpd: "http://esb-te.mf.gov.pl:5062", anchors: anchors)),
            ("webApi", CRKConfiguration(environment: .test, webApi: "https://", anchors: anchors)),
            ("anchors", CRKConfiguration(environment: .test, anchors: [])),
        ] {
            let world = try CRKWorld { $0 = configuration }
            let error = await #expect(throws: InvalidField.self) { try await world.open() }
            #expect(error?.field == field)
            #expect(world.link.exchangeCount == 0)
        }
        let world = try CRKWorld()
        #expect(throws: InvalidField.self) {
            try CRKIdentity(
                unit: UniqueNumber("ZTE1701000902"), kind: .hardware, tls: world.credentials.tlsCertificate,
                encrypt: world.credentials.encryptCertificate, key: world.credentials.encryptKey)
        }
    }

    @Test("An address of the ministry's other environment is reported", .timeLimit(.minutes(5)))
    func mixedEnvironments() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        var events = register.events.makeAsyncIterator()
        world.link.withAuthority { $0.addresses.webApi = "https://e-kasy.mf.gov.pl:443" }
        _ = try await register.repositoryState()
        guard case .webApiAddress = await events.next(), case .environmentsMixed = await events.next() else {
            Issue.record("not told")
            return
        }
    }

    @Test("Two registers in one process have their own tokens; a swapped one opens nothing")
    func ownTokens() async throws {
        let first = try CRKWorld(), second = try CRKWorld(.software)
        let one = try await first.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        _ = one
        second.link.withAuthority { $0.rules.timetable = CRKTimetable(sendFreqEventHub: 0) }
        _ = try await second.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        func seen(_ world: CRKWorld) -> Set<String> {
            Set(world.link.exchanges(at: .eventHub).map { "\($0.request.head.path ?? "")" })
        }
        #expect(seen(first).isDisjoint(with: seen(second)))
        // The token of one under the address of the other.
        let foreign = try #require(second.link.exchanges(at: .eventHub).last)
        var swapped = try #require(first.link.exchanges(at: .eventHub).last).request
        swapped.head.headerFields[.authorization] = foreign.request.head.headerFields[.authorization]
        let transport = first.link.transport(
            for: .eventHub, client: nil, trusting: first.link.authority.identity.eventHubAuthorities)
        #expect(try await transport.exchange(swapped, timeout: .seconds(1)).head.status.code == 401)
    }

    @Test("What certificates end when is on the till's list, by role")
    func expiry() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let roles = Set(try await register.status().certificates.map(\.role))
        #expect(roles == Set(CertificateRole.allCases))
    }
}
