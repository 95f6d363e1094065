import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import Foundation
import Synchronization
import Testing

/// A process that ends between any two steps: commits, requests, steps of the device, each before or after it happened.
@Suite struct CRKCrashTests {
    /// Counts moments and ends the process at a chosen one: nothing happens from then on.
    final class Fate: Sendable {
        struct Ended: Error {}

        private let state = Mutex((moment: 0, end: Int.max))

        init(endingAt moment: Int) { self.state.withLock { $0.end = moment } }

        /// Another moment; false once the process has ended.
        var lives: Bool {
            self.state.withLock { state in
                state.moment += 1
                return state.moment < state.end
            }
        }

        var hasEnded: Bool { self.state.withLock { $0.moment >= $0.end } }
    }

    private struct MortalStore: DurableStore {
        let inner: any DurableStore
        let fate: Fate

        func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? { try await self.inner.record(key) }

        func records(
            register: String, space: String, after name: String?, limit: Int
        ) async throws(StoreError) -> [StoreRecord] {
            try await self.inner.records(register: register, space: space, after: name, limit: limit)
        }

        func commit(_ changes: [StoreChange], requiring: [StoreRequirement]) async throws(StoreError) {
            guard self.fate.lives else { throw StoreError(.unavailable, "ended before") }
            try await self.inner.commit(changes, requiring: requiring)
            guard self.fate.lives else { throw StoreError(.unavailable, "ended after") }
        }
    }

    private struct MortalTransports: CRKTransports {
        let inner: CRKLinkTransports
        let fate: Fate

        func transport(for channel: CRKChannel, trusting certificates: [Certificate]) throws -> any HTTPTransport {
            Mortal(inner: try self.inner.transport(for: channel, trusting: certificates), fate: self.fate)
        }

        private struct Mortal: HTTPTransport {
            let inner: any HTTPTransport
            let fate: Fate

            func exchange(
                _ request: HTTPExchangeRequest, timeout: Duration
            ) async throws(TransportError) -> HTTPExchangeResponse {
                guard self.fate.lives else {
                    throw TransportError(.notDelivered, reason: .other, detail: "ended before")
                }
                let response = try await self.inner.exchange(request, timeout: timeout)
                guard self.fate.lives else {
                    throw TransportError(.outcomeUnknown, reason: .other, detail: "ended after")
                }
                return response
            }
        }
    }

    private struct MortalDevice: FiscalisationDevice {
        let inner: TestDevice
        let fate: Fate

        func isDone(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> DeviceAnswer {
            try await self.inner.isDone(step, facts)
        }

        func perform(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> Int64? {
            guard self.fate.lives else { throw Fate.Ended() }
            let report = try await self.inner.perform(step, facts)
            guard self.fate.lives else { throw Fate.Ended() }
            return report
        }
    }

    /// One process that lives until its moment.
    private func process(_ world: CRKWorld, _ fate: Fate, _ body: (CRKRegister) async throws -> Void) async {
        // What an ended process would have thrown at its caller is nobody's business.
        guard
            let register = try? await CRKRegister.open(
                identity: world.identity(), configuration: world.configuration(),
                store: MortalStore(inner: world.store, fate: fate),
                transports: MortalTransports(inner: CRKLinkTransports(world.link, world.credentials), fate: fate),
                documents: world.memory, device: MortalDevice(inner: world.device, fate: fate), clock: world.clock,
                randomness: world.random)
        else { return }
        try? await body(register)
    }

    /// Ends a process at every moment in turn, until it gets to its end before its moment.
    private func everyMoment(
        _ kind: RegisterKind, prepare: (CRKWorld) async throws -> Void = { _ in },
        _ body: @escaping (CRKRegister, CRKWorld) async throws -> Void,
        afterwards: (CRKWorld, Int) async throws -> Void
    ) async throws -> Int {
        var moment = 1
        while true {
            let world = try CRKWorld(kind) { configuration in
                configuration.fiscalisation.category = "handel"
                // Small packets, and so many of them.
                configuration.shipping.limit = 16_000
            }
            try await prepare(world)
            let fate = Fate(endingAt: moment)
            await self.process(world, fate) { try await body($0, world) }
            guard fate.hasEnded else { return moment / Self.step }
            try await afterwards(world, moment)
            moment += Self.step
        }
    }

    /// Every moment in the long form, every third in the short one: before and after take turns.
    private static let step = ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 1 : 3

    @Test(
        "Ended at any moment of a fiscalisation and started again: fiscalised once, nothing written twice",
        arguments: RegisterKind.allCases)
    func fiscalisation(_ kind: RegisterKind) async throws {
        let moments = try await self.everyMoment(
            kind,
            prepare: { world in
                world.link.withAuthority {
                    $0.rules.timetable = CRKTimetable(sendFreqEventHub: 60, checkFreqWebApi: 60)
                }
            }
        ) { register, world in
            _ = try await register.fiscalise(world.request())
            try await world.live(register, for: .seconds(70))
        } afterwards: { world, moment in
            let register = try await world.open()
            // The host asks again, as it does after a crash; it may have been ended before the first word was stored.
            if try await register.status().mode != .fiscalised {
                _ = try await register.fiscalise(world.request())
            }
            try await world.live(register, for: .seconds(300))
            #expect(try await register.status().mode == .fiscalised, "ended at \(moment)")
            for step in FiscalisationStep.allCases where step.isIrreversible {
                #expect(world.device.performed.filter { $0 == step }.count == 1, "\(step), ended at \(moment)")
            }
            let first = FiscalisationStep.allCases.filter(\.isDeviceStep).compactMap {
                world.device.performed.firstIndex(of: $0)
            }
            #expect(first == first.sorted(), "ended at \(moment)")
            #expect(world.books.registrationNumber == world.device.facts?.registrationNumber.text)
            #expect(world.link.authority.continuity(of: world.unit).isComplete(through: world.memory.last))
        }
        print("\(kind) fiscalisation: ended at \(moments) moments")
        #expect(moments > 20)
    }

    @Test("Ended at any moment of a day with orders and shipments: every document once, every order executed once")
    func day() async throws {
        let moments = try await self.everyMoment(.hardware) { world in
            _ = try await world.fiscalised(CRKTimetable(sendFreqEventHub: 60, checkFreqWebApi: 60, shipmentType: "ALL"))
            for _ in 0..<6 { try world.memory.add(.pr, padding: 3_000, random: world.random) }
            try world.memory.add(.fk, padding: 20_000, random: world.random)
            world.order(.qrCode(1_000))
            world.order(.documents(scope: "2-4", shipmentType: "PR"))
            world.order(.callService("KFD"))
            world.order(.timetable(CRKTimetable(sendFreqEventHub: 120, checkFreqWebApi: 60, shipmentType: "FK")))
        } _: { register, world in
            try await world.live(register, for: .seconds(70))
        } afterwards: { world, moment in
            let register = try await world.open()
            try await world.live(register, for: .seconds(400))
            let continuity = world.link.authority.continuity(of: world.unit)
            #expect(continuity.isComplete(through: world.memory.last), "ended at \(moment): \(continuity)")
            #expect(world.packets.allSatisfy { $0.flaws.isEmpty }, "ended at \(moment)")
            #expect(world.books.orders.allSatisfy { $0.confirmation?.code == "0" }, "ended at \(moment)")
            #expect(try await register.status().settings.qrCode == .above(grosze: 1_000))
            #expect(try await register.status().settings.timetable?.sendFreqEventHub == .every(seconds: 120))
        }
        print("a day: ended at \(moments) moments")
        #expect(moments > 20)
    }
}
