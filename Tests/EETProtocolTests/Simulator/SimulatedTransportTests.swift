import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Synchronization
import Testing

/// The transport in memory, seen from the till.
@Suite("The transport in memory")
struct SimulatedTransportTests {
    private let clock = ManualClock(SimulatedOffice.now)

    private func transport(_ faults: EETFault?...) throws -> SimulatedTransport<EETAuthority> {
        var office = try SimulatedOffice.authority()
        office.faults.upcoming = faults
        return SimulatedTransport(office, clock: self.clock)
    }

    private func send(
        _ transport: SimulatedTransport<EETAuthority>, timeout: Duration = .seconds(2), limit: Int = 1 << 20
    ) async throws -> Result<Int, TransportError> {
        let message = HandmadeMessage()
        var request = message.request(.v3, try message.signed(.v3))
        request.maximumAnswerBytes = limit
        do throws(TransportError) {
            return .success(try await transport.exchange(request, timeout: timeout).head.status.code)
        } catch {
            return .failure(error)
        }
    }

    @Test("What the authority does becomes what a transport reports")
    func mapping() async throws {
        let transport = try self.transport(
            nil, .silence(recorded: true), .lost(recorded: false), .truncated, .delay(milliseconds: 1999),
            .delay(milliseconds: 2000), .status(404), .huge(bytes: 10_000))
        var found: [String] = []
        for _ in 0..<8 {
            switch try await self.send(transport, limit: 10_000) {
            case .success(let status): found.append("\(status)")
            case .failure(let error): found.append("\(error.code) \(error.reason)")
            }
        }
        #expect(
            found == [
                "200", "outcomeUnknown deadline", "outcomeUnknown closed", "outcomeUnknown closed", "200",
                "outcomeUnknown deadline", "404", "outcomeUnknown answerTooLarge",
            ])
        #expect(transport.exchangeCount == 8)
        // All but the lost and the 404 reached the ledger.
        #expect(transport.authority.sales.first?.confirmations.count == 6)
    }

    @Test("A broken link delivers nothing")
    func link() async throws {
        let transport = try self.transport()
        transport.failNext(.tls)
        transport.failNext(.connectDeadline)
        transport.failAlways(.unreachable)
        for reason: TransportError.Reason in [.tls, .deadline, .unreachable, .unreachable] {
            guard case .failure(let error) = try await self.send(transport) else {
                Issue.record("delivered")
                return
            }
            #expect(error.code == .notDelivered)
            #expect(error.reason == reason)
        }
        #expect(transport.authority.messages.isEmpty)
        transport.failAlways(nil)
        #expect(try await self.send(transport).get() == 200)
    }

    @Test("Hooks stand before the authority sees a message and after it has decided")
    func hooks() async throws {
        let transport = try self.transport()
        let seen = Mutex<[String]>([])
        transport.onBefore { exchange in
            seen.withLock { $0.append("before \(exchange.index) \(transport.authority.messages.count)") }
        }
        transport.onAfter { exchange in
            let status = (try? exchange.result?.get())?.head.status.code ?? 0
            seen.withLock { $0.append("after \(exchange.index) \(transport.authority.messages.count) \(status)") }
        }
        _ = try await self.send(transport)
        _ = try await self.send(transport)
        #expect(seen.withLock { $0 } == ["before 0 0", "after 0 1 200", "before 1 1", "after 1 2 200"])
    }

    @Test("The authority receives at the time of the clock")
    func clockTime() async throws {
        let transport = try self.transport()
        self.clock.advance(by: .seconds(60))
        _ = try await self.send(transport)
        #expect(transport.authority.messages.first?.receivedAt == SimulatedOffice.now + .seconds(60))
    }

    @Test("A cancelled task sends nothing")
    func cancelled() async throws {
        let transport = try self.transport()
        let request = HandmadeMessage().request(.v3, [])
        let task = Task { () -> TransportError? in
            while !Task.isCancelled { await Task.yield() }
            do throws(TransportError) { _ = try await transport.exchange(request, timeout: .seconds(1)) } catch {
                return error
            }
            return nil
        }
        task.cancel()
        let error = await task.value
        #expect(error?.reason == .cancelled)
        #expect(error?.code == .notDelivered)
        #expect(transport.authority.messages.isEmpty)
    }
}
