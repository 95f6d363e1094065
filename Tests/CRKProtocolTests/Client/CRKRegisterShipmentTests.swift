import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// Shipments, as the repository sees them arrive.
@Suite struct CRKRegisterShipmentTests {
    private func world(
        _ kind: RegisterKind = .hardware, _ types: String = "FK", every seconds: Int64 = 60,
        adjust: @escaping @Sendable (inout CRKConfiguration) -> Void = { _ in }
    ) async throws -> (CRKWorld, CRKRegister) {
        let world = try CRKWorld(kind, adjust: adjust)
        let register = try await world.fiscalised(
            CRKTimetable(sendFreqEventHub: seconds, checkFreqWebApi: 3_600, shipmentType: types))
        return (world, register)
    }

    @Test("Every number is accounted for: in detail what the schedule names, in short the rest, infos for what is none")
    func forms() async throws {
        let (world, register) = try await self.world()
        let first = world.memory.last
        try world.memory.add(.pr)
        try world.memory.add(.fk)
        try world.memory.add(.rd)
        try world.memory.add(nil)
        for event in [12, 13, 14, 15, 18] { try world.memory.add(.ze, event: event) }
        try world.memory.add(.pr, number: first + 12)
        try await world.live(register, for: .seconds(61))
        #expect(
            Array(world.received.dropFirst()) == [
                .short(first + 1), .detailed(first + 2), .short(first + 3), .info(10, first + 4),
                .detailed(first + 5), .detailed(first + 6), .short(first + 7), .detailed(first + 8),
                .detailed(first + 9), .info(9, first + 10), .info(9, first + 11), .short(first + 12),
            ])
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("ALL sends every kind in detail")
    func all() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        for type in ShipmentType.allCases { try world.memory.add(type) }
        try await world.live(register, for: .seconds(61))
        #expect(Array(world.received.suffix(8)) == (2...9).map { .detailed($0) })
    }

    @Test("Software reports a receipt in short form as an info")
    func software() async throws {
        let (world, register) = try await self.world(.software)
        try world.memory.add(.pr)
        try world.memory.add(.pa)
        try await world.live(register, for: .seconds(61))
        #expect(Array(world.received.suffix(2)) == [.info(10, 2), .short(3)])
    }

    @Test("Online, each document is sent right after it was made; suspended, none by itself")
    func onlineAndSuspended() async throws {
        let (world, register) = try await self.world(.hardware, "ALL", every: 0)
        let before = world.packets.count
        for index in 1...3 {
            try world.memory.add(.pr)
            #expect(try await register.documentsAdded().packets == 1)
            #expect(world.packets.count == before + index)
        }
        world.order(.timetable(CRKTimetable(sendFreqEventHub: -1)))
        _ = try await register.poll()
        try world.memory.add(.pr)
        #expect(try await register.documentsAdded().packets == 0)
        #expect(try await register.dailyReportMade().packets == 0)
        try await world.live(register, for: .seconds(40 * 86_400))
        #expect(world.packets.count == before + 3)
        // A reply to an order goes out all the same.
        world.order(.documents(scope: "5-5", shipmentType: "PR"))
        _ = try await register.poll()
        #expect(world.packets.count == before + 4)
    }

    @Test("After a daily report what is unsent goes out at once, not at the schedule's time")
    func dailyReport() async throws {
        let (world, register) = try await self.world(.hardware, "RD", every: 7_200)
        try world.memory.add(.pr)
        try world.memory.add(.rd)
        world.clock.advance(by: .seconds(100))
        let report = try await register.dailyReportMade()
        #expect(report.packets == 1)
        #expect(Array(world.received.suffix(2)) == [.short(2), .detailed(3)])
    }

    @Test("An order for a range brings what was asked for and nothing more; the schedule's kinds stay as they are")
    func replies() async throws {
        let (world, register) = try await self.world()
        for _ in 2...20 { try world.memory.add(.pa) }
        try await world.live(register, for: .seconds(61))
        var before = world.received.count
        let id = world.order(.documents(scope: "5-30", shipmentType: "PA"))
        _ = try await register.poll()
        #expect(Array(world.received.dropFirst(before)) == (5...20).map { .detailed($0) })
        #expect(world.confirmation(id)?.code == "0")
        #expect(try await register.status().settings.timetable?.shipmentTypes == ShipmentTypes([.fk]))
        // Kinds that were not asked for are left out, gaps and unlisted kinds are not.
        try world.memory.add(.fk, number: 23)
        try world.memory.add(nil)
        before = world.received.count
        world.order(.documents(scope: "20-24", shipmentType: "FK"))
        _ = try await register.poll()
        #expect(
            Array(world.received.dropFirst(before)) == [.info(9, 21), .info(9, 22), .detailed(23), .info(10, 24)])
    }

    @Test("A range without any document is answered with an empty packet", arguments: ["100-200", "7-9"])
    func empty(_ scope: String) async throws {
        let (world, register) = try await self.world()
        for _ in 2...5 { try world.memory.add(.pr) }
        try world.memory.add(.pr, number: 12)
        let id = world.order(.documents(scope: scope, shipmentType: "ALL"))
        _ = try await register.poll()
        let packet = try #require(world.packets.last)
        #expect(packet.opened.map { String(decoding: $0, as: UTF8.self) } == #"{"content":[]}"#)
        #expect(packet.flaws == [])
        #expect(world.confirmation(id)?.code == "0")
    }

    @Test("Scopes that are no range are refused", arguments: ["5", "1-2;4-5", "9-3", "a-b", "0-4"])
    func badScopes(_ scope: String) async throws {
        let (world, register) = try await self.world()
        let before = world.packets.count
        let id = world.order(.documents(scope: scope, shipmentType: "PR"))
        _ = try await register.poll()
        #expect(world.confirmation(id)?.code == "1")
        #expect(world.packets.count == before)
    }

    @Test("Small documents travel whole, many in a packet; a large one in parts under one identifier")
    func sizes() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        for _ in 0..<60 { try world.memory.add(.pr, padding: 20_000, random: world.random) }
        let large = try world.memory.add(.fk, padding: 700_000, random: world.random)
        try world.memory.add(.pr)
        try await world.live(register, for: .seconds(61))
        let packets = world.packets.dropFirst()
        #expect(packets.allSatisfy { $0.flaws.isEmpty })
        #expect(packets.allSatisfy { $0.octets < 256_000 })
        let parts = packets.filter { $0.packageNr != 0 }
        #expect(parts.count > 3)
        #expect(parts.map { $0.packageNr } == (1...Int64(parts.count)).map { $0 })
        #expect(parts.map { $0.isLast } == Array(repeating: 0, count: parts.count - 1) + [1])
        #expect(Set(parts.map(\.commandID)).count == 1)
        let whole = packets.filter { $0.packageNr == 0 }
        #expect(whole.allSatisfy { $0.isLast == 1 })
        #expect(Set(whole.map(\.commandID)).count == whole.count)
        #expect(world.received.last { $0.number == large }?.isDetailed == true)
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("A packet without its 201 is repeated byte for byte, also by a new process, and nothing overtakes it")
    func repeats() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        for _ in 0..<30 { try world.memory.add(.pr, padding: 20_000, random: world.random) }
        let before = world.link.exchanges(at: .eventHub).count
        world.link.withAuthority { authority in
            authority.faults.eventHub.upcoming = [nil, .status(503), .lost(effect: true), .status(429), nil]
        }
        world.clock.advance(by: .seconds(61))
        _ = try await register.sync()
        try await world.live(await world.open(), for: .seconds(120))
        let bodies = world.link.exchanges(at: .eventHub).dropFirst(before).map(\.request.body)
        try #require(bodies.count == 7)
        // The second packet went out four times.
        #expect(Set(bodies[1...4]).count == 1)
        #expect(Set(bodies).count == 4)
        let continuity = world.link.authority.continuity(of: world.unit)
        #expect(continuity.isComplete(through: world.memory.last))
        #expect(world.packets.filter { $0.repeats != nil }.count == 1)
    }

    @Test("An expired token costs one fresh one and the same packet; a second 401 stops until the next time")
    func unauthorised() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        try world.memory.add(.pr)
        func tokens() -> Int {
            world.link.exchanges(at: .webApi).filter { $0.request.head.path == "/api/Repository/EventHubSasToken" }
                .count
        }
        world.link.withAuthority { $0.expireTokens(of: world.unit) }
        world.clock.advance(by: .seconds(61))
        let before = tokens()
        #expect(try await register.sync().packets == 1)
        #expect(tokens() == before + 1)
        try world.memory.add(.pr)
        world.link.withAuthority { $0.faults.eventHub.permanent = .status(401) }
        world.clock.advance(by: .seconds(61))
        #expect(try await register.sync().packets == 0)
        #expect(tokens() == before + 2)
        for _ in 0..<5 { _ = try await register.sync() }
        #expect(tokens() == before + 2, "no loop")
        world.link.withAuthority { $0.faults.eventHub.permanent = nil }
        try await world.live(register, for: .seconds(61))
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("A token is used up to its last second and not a second longer")
    func tokenLife() async throws {
        let (world, register) = try await self.world(.hardware, "ALL", every: 0)
        world.link.withAuthority { $0.rules.tokenLifetime = 600 }
        func tokens() -> Int {
            world.link.exchanges(at: .webApi).filter { $0.request.head.path == "/api/Repository/EventHubSasToken" }
                .count
        }
        world.clock.advance(by: .seconds(4_000))
        try world.memory.add(.pr)
        _ = try await register.documentsAdded()
        let before = tokens()
        world.clock.advance(by: .seconds(599))
        try world.memory.add(.pr)
        #expect(try await register.documentsAdded().packets == 1)
        #expect(tokens() == before)
        world.clock.advance(by: .seconds(1))
        try world.memory.add(.pr)
        #expect(try await register.documentsAdded().packets == 1)
        #expect(tokens() == before + 1)
    }

    @Test("What the hub calls too large is packed anew, smaller, under another identifier")
    func tooLarge() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        for _ in 0..<30 { try world.memory.add(.pr, padding: 20_000, random: world.random) }
        world.link.withAuthority { $0.rules.packetLimit = 200_000 }
        try await world.live(register, for: .seconds(61))
        #expect(world.packets.allSatisfy { $0.octets <= 200_000 })
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("The Event Hub sees no client certificate, only the token, and the address as it was given")
    func doors() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        try world.memory.add(.pr)
        try await world.live(register, for: .seconds(61))
        let exchange = try #require(world.link.exchanges(at: .eventHub).last)
        #expect(exchange.client == nil)
        let address = world.link.authority.hubAddress(of: world.unit)
        #expect("https://\(exchange.request.head.authority ?? "")\(exchange.request.head.path ?? "")" == address)
        #expect(exchange.request.head.headerFields[.authorization]?.hasPrefix("SharedAccessSignature ") == true)
        // Each command at the door of its own channel, with the certificate at two of them.
        #expect(world.link.exchanges(at: .cpd).allSatisfy { $0.client == world.credentials.tlsCertificate })
        #expect(world.link.exchanges(at: .webApi).allSatisfy { $0.client == world.credentials.tlsCertificate })
        #expect(world.link.exchanges(at: .webApi).allSatisfy { $0.request.head.headerFields[.authorization] == nil })
        #expect(
            world.link.exchanges(at: .webApi).allSatisfy { $0.request.head.headerFields[.accept] == "application/json" }
        )
        #expect(
            world.link.exchanges(at: .cpd).allSatisfy { $0.request.head.path?.hasPrefix("/api/SerwerCPD/") == true })
        #expect(
            world.link.exchanges(at: .webApi).allSatisfy { $0.request.head.path?.hasPrefix("/api/Repository/") == true }
        )
        #expect(
            !world.link.exchanges(at: .cpd).contains {
                String(decoding: $0.request.body, as: UTF8.self).contains("encryptedCommand")
            })
    }

    @Test("A day of polls and shipments needs the CPD server not once")
    func quietCPD() async throws {
        let (world, register) = try await self.world(.hardware, "ALL", every: 600)
        let before = world.commands.count
        for _ in 0..<24 {
            try world.memory.add(.pr)
            try await world.live(register, for: .seconds(3_600))
        }
        #expect(world.commands.count == before)
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("No body at the Event Hub holds a document in plain")
    func sealed() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        try world.memory.add(.pr)
        try await world.live(register, for: .seconds(61))
        for exchange in world.link.exchanges(at: .eventHub) {
            #expect(!String(decoding: exchange.request.body, as: UTF8.self).contains("szczegolowa"))
        }
    }

    @Test("After another certificate of the repository a waiting packet is sealed anew under its identifier")
    func resealed() async throws {
        let (world, register) = try await self.world(.hardware, "ALL")
        try world.memory.add(.pr)
        world.link.failAlways(.unreachable, at: .eventHub)
        world.clock.advance(by: .seconds(61))
        _ = try await register.sync()
        try world.link.withAuthority { authority in
            Result {
                try authority.identity.renew(
                    .repositoryEncrypt, at: CRKWorld.start, random: CountingRandomSource(seed: 9))
            }
        }.get()
        #expect(try await register.fetchRepositoryKeys().answer != nil)
        world.link.failAlways(nil)
        try await world.live(register, for: .seconds(61))
        #expect(world.packets.allSatisfy { $0.flaws.isEmpty })
        #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
    }

    @Test("A host may give a whole shipment one identifier, or a reply that of its order; the repository takes each")
    func identifiers() async throws {
        for choice in PacketIdentifiers.allCases {
            let (world, register) = try await self.world(.hardware, "ALL") {
                $0.shipping.identifiers = choice
                $0.shipping.limit = 16_000
            }
            for _ in 0..<6 { try world.memory.add(.pr, padding: 4_000, random: world.random) }
            var before = world.packets.count
            try await world.live(register, for: .seconds(61))
            let scheduled = world.packets.dropFirst(before).compactMap(\.commandID)
            #expect(scheduled.count > 2)
            #expect(Set(scheduled).count == (choice == .perShipment ? 1 : scheduled.count), "\(choice)")
            before = world.packets.count
            let order = world.order(.documents(scope: "2-4", shipmentType: "PR"))
            _ = try await register.poll()
            let replies = world.packets.dropFirst(before).compactMap(\.commandID)
            #expect(replies.allSatisfy { ($0 == order) == (choice == .echoOrder) }, "\(choice)")
            #expect(world.confirmation(order)?.code == "0")
        }
    }

    @Test("A host may confirm an order for documents once they are queued: the reply follows, also after a restart")
    func queuedReplies() async throws {
        let (world, register) = try await self.world(.hardware, "FK", every: 7_200) { $0.confirmsQueuedOrders = true }
        try world.memory.add(.pr)
        world.link.failAlways(.unreachable, at: .eventHub)
        let first = world.order(.documents(scope: "1-1", shipmentType: "RF"))
        _ = try await register.poll()
        #expect(world.confirmation(first)?.code == "0")
        let before = world.packets.count
        world.link.failAlways(nil)
        try await world.live(await world.open(), for: .seconds(120))
        #expect(world.packets.count == before + 1)
        #expect(world.received.last == CRKWorld.Received(number: 1, info: nil, isDetailed: true, isShort: false))
    }

    @Test("A simulated year of polls and shipments drifts by nothing, whatever the schedule becomes meanwhile")
    func year() async throws {
        let (world, register) = try await self.world(.hardware, "FK", every: 86_400)
        var expected = 0
        for month in 0..<12 {
            let send: Int64 = [43_200, -1, 86_400, 2_678_400][month % 4]
            world.order(.timetable(CRKTimetable(sendFreqEventHub: send, checkFreqWebApi: 43_200)))
            _ = try await register.poll()
            let set = world.clock.now()
            let before = world.packets.count
            for _ in 0..<30 {
                try world.memory.add(.pr)
                try await world.live(register, for: .seconds(86_400))
            }
            let times = world.packets.dropFirst(before).map(\.receivedAt)
            // A document a day: one packet a day where the schedule is that fast, the last one at the end itself or after.
            #expect(
                send > 0 && send <= 86_400 ? (29...30).contains(times.count) : times.isEmpty, "\(send): \(times.count)")
            #expect(times.allSatisfy { ($0 - set) % .seconds(send) == .zero }, "\(send)")
            expected += 30
        }
        #expect(world.memory.last == Int64(expected + 1))
    }
}

extension Duration {
    /// The rest after whole multiples.
    fileprivate static func % (left: Duration, right: Duration) -> Duration {
        guard right > .zero else { return .zero }
        var rest = left
        while rest >= right { rest -= right }
        return rest
    }
}
