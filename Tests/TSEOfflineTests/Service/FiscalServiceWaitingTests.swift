import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import TSEOffline
import Testing

/// A till never waits longer than the configuration says.
@Suite("The fiscal service waits so long and no longer")
struct FiscalServiceWaitingTests {
    /// A TSE that ignores everything, its own cancellation too, until it is let go.
    private final class DeafTSE: TSE {
        private let inner: SimulatedTSE
        private let gate: AsyncStream<Void>
        let letGo: AsyncStream<Void>.Continuation

        init(_ inner: SimulatedTSE) {
            self.inner = inner
            (self.gate, self.letGo) = AsyncStream.makeStream(of: Void.self)
        }

        private func wait() async {
            // Not in the caller's task: that one may be cancelled.
            await Task { for await _ in self.gate { return } }.value
        }

        func start(client: String) async throws(TSEFailure) -> StartedTransaction {
            await self.wait()
            return try await self.inner.start(client: client)
        }
        func finish(
            _ number: UInt64, client: String, processType: String, processData: String
        ) async throws(TSEFailure) -> TSESignature {
            try await self.inner.finish(number, client: client, processType: processType, processData: processData)
        }
        func status() async throws(TSEFailure) -> TSEStatus { try await self.inner.status() }
        func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction] {
            try await self.inner.openTransactions(client: client)
        }
        func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord {
            try await self.inner.record(of: number, client: client)
        }
    }

    @Test("A TSE that is too slow counts as failed, and what it signed meanwhile is taken over")
    func slow() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.planFaults { $0.add(.slow(milliseconds: 6000), to: .finish) }
        async let stored = service.store(bench.document("s"), answering: created.echoed)
        // The TSE and the till's patience.
        await bench.clock.untilAsleep(2)
        bench.clock.advance(by: .seconds(5))
        #expect(try await stored.classify(step: .store).kind == .storeFailed)
        #expect(try await service.outages().outages.map(\.outage.reason) == [.timedOut])
        while await bench.tse.device.finished.isEmpty { await Task.yield() }
        #expect(try await service.sync().signed == ["s"])
        #expect(await bench.tse.device.finished.count == 1)
    }

    @Test("The time is that of the whole call: start and finish share it")
    func wholeCall() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.putBack()
        await bench.tse.planFaults {
            $0.add(.slow(milliseconds: 3000), to: .start)
            $0.add(.slow(milliseconds: 3000), to: .finish)
        }
        let arrival = bench.clock.elapsed()
        async let stored = service.store(bench.document("s"), answering: created.echoed)
        await bench.clock.untilAsleep(2)
        bench.clock.advance(by: .seconds(3))
        while await bench.tse.calls.last?.kind != .finish { await Task.yield() }
        await bench.clock.untilAsleep(2)
        bench.clock.advance(by: .seconds(2))
        #expect(try await stored.classify(step: .store).kind == .storeFailed)
        #expect(bench.clock.elapsed() - arrival == .seconds(5))
    }

    @Test("While the TSE is silent, a till waits only for the question whether it is there")
    func outage() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.planFaults { $0.always(.silent(carriedOut: false)) }
        async let created = service.create("s", register: ServiceBench.register)
        await bench.clock.untilAsleep(1)
        bench.clock.advance(by: .seconds(5))
        let echoed = try await created.echoed
        async let stored = service.store(bench.document("s"), answering: echoed)
        await bench.clock.untilAsleep(1)
        bench.clock.advance(by: .seconds(1))
        #expect(try await stored.classify(step: .store).kind == .storeFailed)
        // The recovery has the patience that a till has not.
        await bench.tse.planFaults {
            $0.clear()
            $0.add(.slow(milliseconds: 3000), to: .status)
        }
        async let report = service.sync()
        await bench.clock.untilAsleep(2)
        bench.clock.advance(by: .seconds(3))
        #expect(try await report.signed == ["s"])
    }

    @Test("A call that stands behind a slow one is answered when its own time is over")
    func queue() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        // So that nobody but the start sleeps.
        _ = await service.askTSE()
        await bench.tse.planFaults { $0.add(.silent(carriedOut: false), to: .start) }
        async let first = service.create("first", register: "A")
        await bench.clock.untilAsleep(1)
        bench.clock.advance(by: .seconds(1))
        async let second = service.create("second", register: "B")
        await bench.clock.untilAsleep(2)
        bench.clock.advance(by: .seconds(4))
        // The first gave up; the second has the TSE now, and it works again.
        #expect(try await first.number == -99)
        #expect(try await second.number == 1)
    }

    @Test("A till is answered though the TSE ignores everything; its late transaction is closed")
    func deaf() async throws {
        let bench = try ServiceBench()
        let tse = DeafTSE(bench.tse)
        let service = try await FiscalService.open(
            configuration: bench.configuration, tse: tse, store: bench.store, clock: bench.clock,
            randomness: CountingRandomSource(seed: 14))
        _ = await service.askTSE()
        async let created = service.create("s", register: ServiceBench.register)
        await bench.clock.untilAsleep(1)
        bench.clock.advance(by: .seconds(5))
        #expect(try await created.number == -99)
        // The outage is over and looked through before the start is carried out at last.
        _ = try await service.sync()
        #expect(try await service.sync().nextProbe == nil)
        tse.letGo.yield()
        while await bench.tse.device.openTransactions().isEmpty { await Task.yield() }
        var closed: [UInt64] = []
        for _ in 0..<10_000 where closed.isEmpty {
            closed = try await service.sync().closedOrphans.map(\.number)
            await Task.yield()
        }
        #expect(closed == [1])
        #expect(await bench.tse.device.openTransactions().isEmpty)
    }

    @Test("A till that gives up waiting for its answer changes nothing")
    func cancelledCaller() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.planFaults { $0.add(.slow(milliseconds: 1000), to: .finish) }
        let call = Task { try await service.store(bench.document("s"), answering: created.echoed) }
        await bench.clock.untilAsleep(2)
        call.cancel()
        bench.clock.advance(by: .seconds(1))
        #expect(try await call.value.classify(step: .store).kind == .signed)
        #expect(try await service.state(of: "s") == .regular)
    }
}
