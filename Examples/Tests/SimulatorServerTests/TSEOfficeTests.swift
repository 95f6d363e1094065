import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTransport
import Foundation
import HTTPTypes
import SimulatorServer
import TSEOffline
import Testing

/// The German fiscal service behind its port, as a till meets it.
@Suite("The fiscal service behind a socket", .serialized)
final class TSEOfficeTests: Sendable {
    private let state = NSTemporaryDirectory() + "tse-office-\(UUID().uuidString)"

    deinit { try? FileManager.default.removeItem(atPath: self.state) }

    private func running(_ body: (SimulatedAuthorities, AsyncHTTPTransport) async throws -> Void) async throws {
        let authorities = try await SimulatedAuthorities.start(state: self.state)
        let transport = try AsyncHTTPTransport()
        do { try await body(authorities, transport) } catch { Issue.record(error) }
        try await transport.shutdown()
        await authorities.stop()
    }

    private func till(_ authorities: SimulatedAuthorities, _ transport: AsyncHTTPTransport) async throws
        -> FiscalServiceClient
    {
        try await FiscalServiceClient.open(
            configuration: FiscalServiceClientConfiguration(
                endpoint: authorities.ready.tse.url, register: "Kasse 1", timeout: .seconds(60)),
            store: MemoryStore(), transport: transport, clock: SystemClock.system,
            randomness: SystemRandomSource.system)
    }

    private func door(
        _ method: HTTPRequest.Method, _ path: String, _ authorities: SimulatedAuthorities,
        _ transport: AsyncHTTPTransport
    ) async throws -> HTTPExchangeResponse {
        let url = try #require(URLComponents(string: authorities.ready.control))
        return try await transport.exchange(
            HTTPExchangeRequest(
                head: HTTPRequest(
                    method: method, scheme: "http", authority: "127.0.0.1:\(url.port ?? 0)", path: path), body: []),
            timeout: .seconds(10))
    }

    private static let data = "Beleg^2.80_0.00_0.00_0.00_0.00^2.80:Bar"

    @Test("The door pulls the TSE out at one step or for good and puts it back; the service signs by itself afterwards")
    func pulledOut() async throws {
        try await self.running { authorities, transport in
            let till = try await self.till(authorities, transport)
            #expect(try await self.door(.post, "/tse/out/create", authorities, transport).head.status == .noContent)
            #expect(try await till.create("A").tseFailed)
            #expect(try await till.store("A", processData: Self.data).answer?.verdict.kind == .signed)
            #expect(try await !till.create("B").tseFailed)
            #expect(try await self.door(.post, "/tse/out", authorities, transport).head.status == .noContent)
            let unsigned = try await till.cancel("B")
            #expect(unsigned.answer?.verdict.kind == .storeFailed)
            #expect(unsigned.paper.lines == ["TSE ausgefallen."])
            #expect(try await till.create("C").tseFailed)
            #expect(try await till.store("C", processData: Self.data).answer?.verdict.kind == .bothFailed)
            #expect(try await self.door(.delete, "/tse/out", authorities, transport).head.status == .noContent)
            while try await till.state(of: "C").state != .reSigned { await Task.yield() }
            #expect(try await till.state(of: "B").state == .reSigned)

            let ledger = try JSON(
                parsing: await self.door(.get, "/tse/ledger", authorities, transport).body)
            #expect(ledger["openTransactions"]?.integer == 0)
            #expect(ledger["signed"]?.array?.count == 3)
            #expect(ledger["serial"]?.string == authorities.ready.tse.serial)
            for path in ["/tse/out/lunch", "/tse/elsewhere", "/tse"] {
                #expect(try await self.door(.post, path, authorities, transport).head.status == .notFound)
            }
        }
    }

    @Test("Started again it has the same TSE and the same journal, and the TSE is out as it was")
    func restart() async throws {
        var serial = ""
        try await self.running { authorities, transport in
            let till = try await self.till(authorities, transport)
            serial = authorities.ready.tse.serial
            _ = try await till.create("A")
            try await authorities.tse.pullOut()
            #expect(try await till.store("A", processData: Self.data).answer?.verdict.kind == .storeFailed)
        }
        try await self.running { authorities, transport in
            let till = try await self.till(authorities, transport)
            #expect(authorities.ready.tse.serial == serial)
            #expect(try await till.state(of: "A").state == .offlinePending)
            #expect(try await till.create("B").tseFailed)
            try await authorities.tse.putBack()
            while try await till.state(of: "A").state != .reSigned { await Task.yield() }
            #expect(await authorities.tse.tse.device.finished.count == 1)
        }
    }
}
