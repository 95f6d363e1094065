import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// The fiscalisation, from the keys to the schedule.
@Suite struct CRKRegisterFiscalisationTests {
    @Test("A device goes through the steps in their order, and is fiscalised after the last one only")
    func device() async throws {
        let world = try CRKWorld()
        let register = try await world.open()
        #expect(try await register.status().settings.registrationNumber == nil)
        let outcome = try await register.fiscalise(world.request())
        guard case .pending(let progress) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(progress.step == .sendFiscalReport)
        #expect(world.commands == ["KCS", "KFD", "MFP", "FPD"])
        #expect(world.books.status == .fiscalised)
        #expect(
            world.device.performed == [
                .recordFiscalisation, .bindMemories, .zeroCounters, .recordTaxpayer, .recordRegistrationNumber,
                .makeFiscalReport,
            ])
        let number = try #require(world.books.registrationNumber)
        #expect(try await register.status().settings.registrationNumber?.text == number)
        #expect(world.device.facts?.registrationNumber.text == number)
        #expect(world.device.facts?.taxpayer.text == "3360002458")

        // Step 13, by the schedule of CMD09: 7200 s, and not before.
        world.clock.advance(by: .seconds(7_199))
        _ = try await register.sync()
        #expect(world.packets.isEmpty)
        world.clock.advance(by: .seconds(1))
        let report = try await register.sync()
        #expect(world.received.map(\.number) == [world.device.report])
        // The poll for step 14 follows at once.
        #expect(report.fiscalisation?.step == .storeTimetable)
        #expect(try await register.status().mode != .fiscalised)
        _ = try await register.sync()
        #expect(try await register.status().mode == .fiscalised)
        #expect(world.books.orders.first?.confirmation?.code == "0")
        #expect(try await register.status().settings.timetableCommandID == world.books.orders.first?.commandID)
    }

    @Test("Software asks about its program between its keys and the request; what it says of itself is fixed")
    func software() async throws {
        let world = try CRKWorld(.software) { $0.fiscalisation.category = "taksowka" }
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 0))
        #expect(world.commands.prefix(5) == ["KCS", "KFD", "CNF", "MFP", "FPD"])
        #expect(world.books.serialNumber == world.unit.text)
        #expect(world.books.technician == "KW123")
        #expect(world.device.performed.contains(.recordPurpose))
        #expect(world.device.facts?.category == "taksowka")
        _ = try await register.sync()
        #expect(try await register.status().sharedKeyDays.count == 3)
        await #expect(throws: InvalidField.self) {
            try await CRKWorld(.software).open().fiscalise(
                FiscalisationRequest(hardware: "S", taxpayer: NIP("3360002458"), technician: "T"))
        }
        await #expect(throws: InvalidField("taxpayerId", .consistency, limit: "the NIP of the certificate")) {
            try await CRKWorld(.software).open().fiscalise(world.request(nip: "1111111111"))
        }
    }

    @Test("A program that is not admitted ends it before the request")
    func program() async throws {
        let world = try CRKWorld(.software)
        world.link.withAuthority { $0.rules.programs = [] }
        let outcome = try await world.open().fiscalise(world.request())
        guard case .refused(let refusal) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(refusal.step == .checkProgram)
        #expect(refusal.reason == .programNotVerified)
        #expect(!world.commands.contains("MFP"))
        #expect(world.device.performed.isEmpty)
    }

    @Test(
        "Every status but 00 is a refusal that leaves nothing behind; the same request may be made again",
        arguments: 1...19)
    func refusals(_ status: Int) async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.statusFisc(status), for: "MFP") }
        let register = try await world.open()
        let outcome = try await register.fiscalise(world.request())
        guard case .refused(let refusal) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(refusal.code == FiscalisationStatus(rawValue: status).code)
        #expect(refusal.words == FiscalisationStatus(rawValue: status).words)
        #expect(world.device.performed.isEmpty)
        let settings = try await register.status().settings
        #expect(settings.registrationNumber == nil)
        #expect(settings.timetable == nil)
        // What was the matter has been mended.
        let again = try await register.fiscalise(world.request())
        guard case .pending = again.state else { Issue.record("\(again)"); return }
        let ids = world.link.exchanges(at: .cpd).compactMap { String(decoding: $0.request.body, as: UTF8.self) }
            .filter { $0.contains("MFP.") }
        #expect(Set(ids).count == 2, "a fresh identifier after a refusal")
    }

    @Test(
        "Errors of the CPD server that nobody mends by repeating end the request without a trace",
        arguments: [
            "B01", "B03", "B04", "B05", "B06", "B10", "B11", "B12", "B13", "E01", "E02",
        ])
    func errors(_ code: String) async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.error(code: code), for: "MFP") }
        let outcome = try await world.open().fiscalise(world.request())
        guard case .refused(let refusal) = outcome.state else { Issue.record("\(outcome)"); return }
        guard case .error(let error) = refusal.origin else { Issue.record("\(refusal)"); return }
        #expect(error.code?.rawValue == code)
        #expect(world.device.performed.isEmpty)
    }

    @Test(
        "Failures of the server are repeated under the same identifier until they are over",
        arguments: ["E03", "E04", "E05", "E06", "E07"])
    func serverFailures(_ code: String) async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.error(code: code), for: "MFP", times: 2) }
        let register = try await world.open()
        let outcome = try await register.fiscalise(world.request())
        guard case .pending(let progress) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(progress.step == .requestFiscalisation)
        try await world.live(register, for: .seconds(60))
        let bodies = world.link.exchanges(at: .cpd).map { String(decoding: $0.request.body, as: UTF8.self) }
            .filter { $0.contains("MFP.") }
        #expect(bodies.count == 3)
        #expect(Set(bodies).count == 1)
        #expect(world.books.status == .fiscalised)
    }

    @Test("An answer that was lost is fetched by the same request: the same number, not a second one")
    func lostGrant() async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.lost(effect: true), for: "MFP") }
        let register = try await world.open()
        let outcome = try await register.fiscalise(world.request())
        guard case .pending = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(world.books.status == .begun)
        let number = try #require(world.books.registrationNumber)
        // The process ends, too.
        let reopened = try await world.open()
        try await world.live(reopened, for: .seconds(60))
        #expect(try await reopened.status().settings.registrationNumber?.text == number)
        #expect(world.books.registrationNumber == number)
        #expect(world.device.performed.filter { $0 == .recordTaxpayer }.count == 1)
    }

    @Test("A request that was never answered is made anew, under a fresh identifier, once it is 23 hours old")
    func oldRequest() async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.lost(effect: false), for: "MFP", times: 1_000) }
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        try await world.live(register, for: .seconds(22 * 3_600))
        func ids() -> Set<String> {
            Set(
                world.link.exchanges(at: .cpd).map { String(decoding: $0.request.body, as: UTF8.self) }
                    .filter { $0.contains("MFP.") })
        }
        #expect(ids().count == 1)
        world.link.withAuthority { $0.faults.kinds = [:] }
        world.clock.advance(by: .seconds(2 * 3_600))
        _ = try await register.sync()
        #expect(ids().count == 2)
        #expect(world.books.status == .fiscalised)
    }

    @Test("A refusal of a repeated request is no refusal: the first one may have been granted, and a person decides")
    func unknown() async throws {
        let world = try CRKWorld()
        let register = try await world.open()
        world.link.withAuthority {
            $0.faults.add(.lost(effect: true), for: "MFP")
            $0.faults.add(.statusFisc(8), for: "MFP")
        }
        _ = try await register.fiscalise(world.request())
        try await world.live(register, for: .seconds(60))
        let outcome = try await register.fiscalise(world.request())
        guard case .unknown(let progress) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(progress.isStalled)
        #expect(world.device.performed.isEmpty)
        await #expect(throws: CRKError.self) { try await register.fiscalise(world.request(nip: "1111111111")) }
        try await register.decide(.requestAgain, by: "Jan", because: "infolinia MF")
        _ = try await register.sync()
        #expect(world.books.status == .fiscalised)
        #expect(try await register.decisions().map(\.by) == ["Jan"])
    }

    @Test("The confirmation that was lost is repeated, and the report is made once")
    func lostConfirmation() async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.faults.add(.lost(effect: true), for: "FPD") }
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        #expect(!world.device.performed.contains(.makeFiscalReport))
        try await world.live(await world.open(), for: .seconds(60))
        #expect(world.commands.filter { $0 == "FPD" }.count == 2)
        #expect(world.device.performed.filter { $0 == .makeFiscalReport }.count == 1)
    }

    @Test("With sending suspended the register looks for orders after the report, and a schedule brings it on")
    func suspended() async throws {
        let world = try CRKWorld()
        world.link.withAuthority {
            $0.rules.timetable = CRKTimetable(sendFreqEventHub: -1)
            $0.rules.ordersTimetable = false
        }
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        try await world.live(register, for: .seconds(40 * 86_400))
        #expect(world.packets.isEmpty)
        let progress = try #require(try await register.sync().fiscalisation)
        #expect(progress.waiting == .suspendedShipment)
        #expect(progress.isStalled)
        world.order(.timetable(CRKTimetable(sendFreqEventHub: 60)))
        try await world.live(register, for: .seconds(2 * 3_600))
        #expect(try await register.status().mode == .fiscalised)
        #expect(world.received.map(\.number) == [1])
    }

    @Test("Without the order of step 14 it waits as long as it takes, unless a person goes on without it")
    func withoutTimetable() async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.rules.ordersTimetable = false }
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        try await world.live(register, for: .seconds(86_400))
        #expect(try await register.sync().fiscalisation?.waiting == .timetable)
        try await register.decide(.goOnWithoutTimetable, by: "Anna", because: "harmonogram z CMD09 obowiazuje")
        #expect(try await register.status().mode == .fiscalised)
    }

    @Test(
        "A schedule out of its limits is rejected before anything irreversible",
        arguments: [-3, 1, 59, 2_678_401] as [Int64])
    func badTimetable(_ frequency: Int64) async throws {
        let world = try CRKWorld()
        world.link.withAuthority { $0.rules.timetable = CRKTimetable(sendFreqEventHub: frequency) }
        let register = try await world.open()
        let outcome = try await register.fiscalise(world.request())
        guard case .pending(let progress) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(progress.step == .requestFiscalisation)
        #expect(world.device.performed.isEmpty)
        world.link.withAuthority { $0.rules.timetable = CRKTimetable() }
        try await world.live(register, for: .seconds(60))
        #expect(world.books.status == .fiscalised)
    }

    @Test(
        "A device that fails before or after its writing is asked; what cannot be taken back happens once",
        arguments: FiscalisationStep.allCases.filter(\.isIrreversible), [TestDevice.Trouble.before, .after])
    func brokenDevice(_ step: FiscalisationStep, _ trouble: TestDevice.Trouble) async throws {
        let world = try CRKWorld()
        world.device.plan(trouble, at: step)
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        try await world.live(await world.open(), for: .seconds(60))
        #expect(world.device.performed.filter { $0 == step }.count == 1)
        #expect(world.device.performed.last == .makeFiscalReport)
    }

    @Test(
        "A device that cannot tell stops it for a person, whose word is carried out",
        arguments: FiscalisationStep.allCases.filter(\.isIrreversible))
    func undecidedDevice(_ step: FiscalisationStep) async throws {
        let world = try CRKWorld()
        world.device.plan(.cannotTell, at: step)
        let register = try await world.open()
        _ = try await register.fiscalise(world.request())
        try await world.live(register, for: .seconds(60))
        let progress = try #require(try await register.sync().fiscalisation)
        #expect(progress.waiting == .person(.deviceCannotTell(step)))
        await #expect(throws: CRKError.self) { try await register.decide(.requestAgain, by: "J", because: "x") }
        await #expect(throws: InvalidField.self) {
            try await register.decide(.stepIsNotDone(step), by: " ", because: "x")
        }
        try await register.decide(.stepIsNotDone(step), by: "Jan", because: "plomba cala")
        _ = try await register.sync()
        #expect(world.device.performed.filter { $0 == step }.count == 1)
        #expect(world.device.performed.last == .makeFiscalReport)
    }

    @Test("Of another number or taxpayer there is nothing to go on with; a fiscalised register is not fiscalised again")
    func guards() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        await #expect(throws: CRKError.self) { try await register.fiscalise(world.request()) }
        let stranger = try CRKWorld(.software, store: world.store)
        await #expect(throws: InvalidField.self) { try await stranger.open() }
    }

    @Test("A register whose journal is lost is refused with 16, and nothing is written again")
    func lostJournal() async throws {
        let world = try CRKWorld()
        _ = try await world.fiscalised()
        let other = try CRKWorld()
        let state = world.link.authority
        other.link.withAuthority { $0 = state }
        let outcome = try await other.open().fiscalise(other.request())
        guard case .refused(let refusal) = outcome.state else { Issue.record("\(outcome)"); return }
        #expect(refusal.code == "16")
        #expect(other.device.performed.isEmpty)
    }
}
