import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// Orders of the repository, as a fiscalised register meets them.
@Suite struct CRKRegisterOrdersTests {
    @Test("Orders are executed one after another, as delivered, and each is confirmed before the next is fetched")
    func inOrder() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let low = world.order(.qrCode(1_000))
        let high = world.order(.documents(scope: "1-1", shipmentType: "RF"), priority: 5)
        let last = world.order(.timetable(CRKTimetable(sendFreqEventHub: 60)))
        let from = world.link.authority.ledger.requests.count
        let report = try await register.poll()
        #expect(report.executed.map(\.commandID) == [high, low, last])
        #expect(report.executed.allSatisfy { $0.fault == nil })
        let methods = world.link.authority.ledger.requests[from...].filter { $0.target == "/api/Repository/Command" }
            .map(\.method)
        #expect(methods == ["GET", "POST", "GET", "POST", "GET", "POST", "GET"])
        // What was asked for went to the Event Hub, not to the WebApi.
        #expect(world.packets.count == 2)
    }

    @Test("A confirmation says what, when and how: the code as it came, the time of execution, a text for a fault")
    func confirmation() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let good = world.order(.qrCode(1_000), form: CRKOrderForm(fractionDigits: 6))
        let bad = world.order(.qrCode(-2))
        world.clock.advance(by: .seconds(5))
        _ = try await register.poll()
        let time = world.clock.now().utcMilliseconds
        let done = try #require(world.confirmation(good))
        #expect(done.executedAt == time && done.code == "0" && done.message == nil)
        let fault = try #require(world.confirmation(bad))
        #expect(fault.code == "1")
        #expect(try #require(fault.message).contains("qrCode"))
    }

    @Test("CMD03 sets from which amount a QR code is printed; a wrong amount changes nothing")
    func qrCode() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.order(.qrCode(1_000))
        _ = try await register.poll()
        let rule = try await register.status().settings.qrCode
        #expect(!rule.prints(total: 1_000) && rule.prints(total: 1_001))
        for wrong in [-2, 2_678_401] as [Int64] {
            let id = world.order(.qrCode(wrong))
            _ = try await register.poll()
            #expect(world.confirmation(id)?.code == "1")
        }
        #expect(try await register.status().settings.qrCode == rule)
    }

    @Test("CMD02 is taken whole or not at all, in both spellings, and is there after a restart")
    func timetable() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let before = try await register.status().settings.timetable
        for wrong in [
            CRKTimetable(sendFreqEventHub: -2), CRKTimetable(checkFreqWebApi: -2), CRKTimetable(checkFreqWebApi: 0),
            CRKTimetable(sendFreqEventHub: 59), CRKTimetable(sendFreqEventHub: 60, shipmentType: "XX"),
            CRKTimetable(sendFreqEventHub: 60, shipmentType: ""),
            CRKTimetable(sendFreqEventHub: 60, shipmentType: "pr"),
        ] {
            let id = world.order(.timetable(wrong))
            _ = try await register.poll()
            #expect(world.confirmation(id)?.code == "1", "\(wrong)")
        }
        #expect(try await register.status().settings.timetable == before)
        for spelling in [true, false] {
            world.link.withAuthority { $0.rules.doublesPInTimetable = spelling }
            let send: Int64 = spelling ? 60 : 120
            let id = world.order(
                .timetable(CRKTimetable(sendFreqEventHub: send, checkFreqWebApi: 90, shipmentType: "FK")))
            _ = try await register.poll()
            #expect(world.confirmation(id)?.code == "0")
            let kept = try await world.open().status().settings
            #expect(kept.timetable?.sendFreqEventHub.number == Int32(send))
            #expect(kept.timetable?.checkFreqWebApi.seconds == 90)
            #expect(kept.timetable?.shipmentTypes == ShipmentTypes([.fk]))
            #expect(kept.timetableCommandID == id)
        }
    }

    @Test("CMD01 has a service of the CPD server called: keys for all, the program's check for software alone")
    func services() async throws {
        for kind in RegisterKind.allCases {
            let world = try CRKWorld(kind)
            let register = try await world.fiscalised()
            let allowed = kind == .software ? ["KCS", "KFD", "CNF"] : ["KCS", "KFD"]
            for name in ["KCS", "KFD", "CNF", "MFP", "EFL", "GIS", "TCS", "FPD"] {
                let before = world.commands.count
                let id = world.order(.callService(name))
                _ = try await register.poll()
                let isAllowed = allowed.contains(name)
                #expect(world.confirmation(id)?.code == (isAllowed ? "0" : "1"), "\(name)")
                #expect(Array(world.commands.dropFirst(before)) == (isAllowed ? [name] : []), "\(name)")
            }
        }
    }

    @Test("A service that answers no makes a fault; one that does not answer is tried three times, later each time")
    func brokenServices() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.link.withAuthority { $0.faults.add(.error(code: "B02"), for: "KCS") }
        let refused = world.order(.callService("KCS"))
        _ = try await register.poll()
        #expect(world.confirmation(refused)?.message?.contains("B02") == true)
        world.link.withAuthority { $0.faults.add(.silence(effect: false), for: "KFD", times: 3) }
        let silent = world.order(.callService("KFD"))
        let other = world.order(.qrCode(0))
        _ = try await register.poll()
        #expect(world.confirmation(silent) == nil)
        try await world.live(register, for: .seconds(120))
        #expect(world.confirmation(silent)?.code == "1")
        #expect(world.confirmation(other)?.code == "0")
        #expect(world.commands.filter { $0 == "KFD" }.count == 4)
    }

    @Test(
        "What has no good seal, or is not for this register, is not executed and the queue goes on",
        arguments: [
            CRKOrderForm(seal: .plain), CRKOrderForm(seal: .wrongSignature), CRKOrderForm(seal: .wrongRecipient),
            CRKOrderForm(seal: .damaged), CRKOrderForm(unit: "ZTE1701000999"),
        ])
    func badSeals(_ form: CRKOrderForm) async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let bad = world.order(.qrCode(0), form: form)
        let good = world.order(.qrCode(500))
        _ = try await register.poll()
        #expect(world.confirmation(bad)?.code == "1")
        #expect(world.confirmation(good)?.code == "0")
        #expect(try await register.status().settings.qrCode == .above(grosze: 500))
    }

    @Test("A kind that is no order is refused with a good seal, too")
    func unknownKind() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        let id = world.order(.raw(code: "KCS", attributes: "{}"))
        let before = world.commands
        _ = try await register.poll()
        #expect(world.confirmation(id)?.code == "1")
        #expect(world.commands == before)
    }

    @Test("An order that is delivered again is not executed again: the same confirmation is repeated")
    func redelivered() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.link.withAuthority { $0.faults.add(.lost(effect: false), for: "Confirmation", times: 2) }
        let id = world.order(.documents(scope: "1-1", shipmentType: "RF"))
        _ = try await register.poll()
        #expect(world.confirmation(id) == nil)
        let packets = world.packets.count
        let executed = world.clock.now().utcMilliseconds
        try await world.live(await world.open(), for: .seconds(120))
        #expect(world.packets.count == packets)
        #expect(world.confirmation(id)?.executedAt == executed)
        #expect(world.books.orders.last?.confirmations.count == 1)
    }

    @Test("A confirmation that nobody knows is dropped; one that is called malformed is put aside and ends the poll")
    func unknownAndMalformed() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.link.withAuthority {
            $0.faults.add(
                .changed(members: #"{"commandId":"TFD.ZTE1701000901.2020-01-01T00:00:00.000Z"}"#), for: "Command")
        }
        world.order(.qrCode(7))
        // The repository delivered it under a code that it does not know: 400 with 110.
        let report = try await register.poll()
        #expect(report.executed.first?.commandID == "TFD.ZTE1701000901.2020-01-01T00:00:00.000Z")
        #expect(try await register.status().orders == 0)
    }

    @Test("403, 404 and 500 are told; the schedule of polls stays as it is", arguments: [403, 404, 500])
    func failedPolls(_ status: Int) async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.link.withAuthority { $0.faults.add(.status(status), for: "Command") }
        let report = try await register.poll()
        #expect(report.troubles == ["orders: HTTP \(status)"])
        let id = world.order(.qrCode(1))
        try await world.live(register, for: .seconds(1_801))
        #expect(world.confirmation(id)?.code == "0")
    }

    @Test("Polls come at their interval, and shipments at theirs: neither waits for the other")
    func twoSchedules() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 7_200, checkFreqWebApi: 1_800))
        func polls() -> [FiscalInstant] {
            world.link.authority.ledger.requests(at: .webApi).filter {
                $0.method == "GET" && $0.target.hasSuffix("Command")
            }
            .map(\.receivedAt)
        }
        let before = polls().count
        try await world.live(register, for: .seconds(6 * 3_600))
        let times = polls().dropFirst(before)
        #expect(times.count == 12)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .seconds(1_800) })
        // Documents of each two hours leave two hours apart.
        let shipped = world.packets.count
        for _ in 0..<3 {
            try world.memory.add(.pr)
            try await world.live(register, for: .seconds(7_200))
        }
        let packets = world.packets.dropFirst(shipped).map(\.receivedAt)
        #expect(packets.count == 3)
        #expect(zip(packets, packets.dropFirst()).allSatisfy { $1 - $0 == .seconds(7_200) })
    }

    @Test("What the host starts does not wait behind an order whose hub is gone")
    func hostCallsGoFirst() async throws {
        let world = try CRKWorld()
        let register = try await world.fiscalised()
        world.link.failAlways(.unreachable, at: .eventHub)
        let id = world.order(.documents(scope: "1-1", shipmentType: "ALL"))
        _ = try await register.poll()
        #expect(try await register.testCPD().answer != nil)
        #expect(try await register.fetchRepositoryKeys().answer != nil)
        #expect(world.confirmation(id) == nil)
        world.link.failAlways(nil)
        try await world.live(register, for: .seconds(60))
        #expect(world.confirmation(id)?.code == "0")
    }

    @Test("Nothing of an order rests in plain: the journal has its seal, then what it set")
    func secrecy() async throws {
        let store = RecordingStore()
        let world = try CRKWorld(store: store)
        let register = try await world.fiscalised()
        world.link.failAlways(.unreachable, at: .eventHub)
        world.order(.documents(scope: "1-999999", shipmentType: "WN;ZE"))
        _ = try await register.poll()
        world.link.failAlways(nil)
        try await world.live(register, for: .seconds(60))
        world.order(.callService("KFD"))
        _ = try await register.poll()
        let written = store.everything
        for secret in ["CPDServiceName", "\"attributes\"", "scope", "SharedAccessSignature", "PRIVATE KEY"] {
            #expect(!written.contains { $0.contains(secret) }, "\(secret)")
        }
    }
}
