import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import HTTPTypes
import SimulatorServer
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The authorities behind real TLS, as a till meets them.
@Suite("The authorities behind sockets")
final class SimulatorServerTests: Sendable {
    /// Keys take seconds to make, so they are made once; each test works on a copy.
    private static let keys = Task {
        let path = NSTemporaryDirectory() + "simulator-server-keys-\(UUID().uuidString)"
        try await SimulatedAuthorities.start(state: path).stop()
        return path
    }

    private let state = NSTemporaryDirectory() + "simulator-server-\(UUID().uuidString)"

    init() async throws {
        try FileManager.default.copyItem(atPath: try await Self.keys.value, toPath: self.state)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.state) }

    /// Starts the authorities in the test's folder, runs the body and stops them.
    private func running(_ body: (SimulatedAuthorities, EETOffice, AsyncHTTPTransport) async throws -> Void)
        async throws
    {
        let authorities = try await SimulatedAuthorities.start(state: self.state)
        let office = try #require(authorities.eet(.playground))
        let authority = try Certificate(pem: String(contentsOfFile: authorities.ready.eet.tls_ca, encoding: .utf8))
        let till = try AsyncHTTPTransport(.init(trust: .authorities([authority])))
        do { try await body(authorities, office, till) } catch { Issue.record(error) }
        try await till.shutdown()
        await authorities.stop()
    }

    /// A sale signed with the key file that the ready file names.
    private func request(_ ready: ReadyFile.EET, _ edition: Edition = .v3, number: String = "1") throws
        -> (HTTPExchangeRequest, EETMessage)
    {
        let keyFile = edition == .v3 ? ready.p12 : ready.p12_v4
        let taxpayer = try Taxpayer(
            pkcs12: [UInt8](Data(contentsOf: URL(fileURLWithPath: keyFile))), password: ready.password)
        let now = OffsetDateTime(SystemClock.system.now(), zone: NamedZone.prague)
        let sale = try Sale(premises: 271, till: "1", number: number, at: now.iso8601Seconds, total: "1.00")
        let data = try SaleData(sale, edition: edition, certificateDIC: taxpayer.dic)
        let message = try EETMessage(
            header: Hlavicka(uuid: SystemRandomSource.system.uuid(), sentAt: now, isFirstAttempt: true), data: data,
            codes: edition == .v3 ? SecurityCodes(for: data, by: taxpayer) : nil)
        let address = edition == .v3 ? ready.v3 : ready.v4
        return (try #require(try message.signed(by: taxpayer).httpRequest(to: address)), message)
    }

    private func reason(
        _ till: AsyncHTTPTransport, _ request: HTTPExchangeRequest, timeout: Duration = .seconds(10)
    ) async -> TransportError.Reason? {
        do throws(TransportError) {
            _ = try await till.exchange(request, timeout: timeout)
            return nil
        } catch { return error.reason }
    }

    @Test("A till that trusts what the ready file names gets sealed confirmations in both editions and environments")
    func confirmed() async throws {
        try await self.running { authorities, _, till in
            for (ready, isTest) in [(authorities.ready.eet, true), (authorities.ready.eet_production, false)] {
                let seal = try Certificate(pem: String(contentsOfFile: ready.seal_ca, encoding: .utf8))
                for edition in Edition.allCases {
                    let (request, message) = try self.request(ready, edition)
                    let response = try await till.exchange(request, timeout: .seconds(10))
                    let answer = try EETAnswer(
                        bytes: response.body, edition: edition,
                        expecting: .init(uuid: message.header.uuid, bkp: message.codes?.bkp, test: isTest),
                        trust: SealTrust(anchors: [seal]))
                    #expect(answer.accepted, "\(answer.problems)")
                    #expect(answer.warnings.isEmpty)
                }
            }
        }
    }

    @Test("Answers that do not come are connections held or closed, and the sale is recorded or not, as planned")
    func noAnswer() async throws {
        try await self.running { authorities, office, till in
            let ready = authorities.ready.eet
            let faults: [(EETFault, TransportError.Reason)] = [
                (.silence(recorded: true), .deadline), (.lost(recorded: true), .closed), (.truncated, .closed),
                (.delay(milliseconds: 60_000), .deadline), (.lost(recorded: false), .closed),
            ]
            for (index, (fault, reason)) in faults.enumerated() {
                _ = office.withAuthority(.v3) { $0.faults.add(fault) }
                let (request, _) = try self.request(ready, number: "\(index)")
                let timeout: Duration = reason == .deadline ? .seconds(2) : .seconds(10)
                #expect(await self.reason(till, request, timeout: timeout) == reason, "\(fault)")
            }
            #expect(office.authority(.v3)?.sales.map(\.identity.number) == ["0", "1", "2", "3"])
        }
    }

    @Test("A client without the simulator's own CA gets no connection")
    func trust() async throws {
        try await self.running { authorities, office, _ in
            let stranger = try AsyncHTTPTransport()
            let (request, _) = try self.request(authorities.ready.eet)
            #expect(await self.reason(stranger, request) == .tls)
            try await stranger.shutdown()
            #expect(office.authority(.v3)?.messages.isEmpty == true)
        }
    }

    @Test("Started again, the authorities have the same keys and ledgers, without a line that a crash cut off")
    func restart() async throws {
        var before: EETLedger?
        var keys: [String] = []
        func read(_ authorities: SimulatedAuthorities) throws -> [String] {
            let ready = authorities.ready
            return try [ready.eet.tls_ca, ready.eet.seal_ca, ready.eet.p12, ready.eet.p12_v4, ready.eet_production.p12]
                .map { try Data(contentsOf: URL(fileURLWithPath: $0)).base64EncodedString() }
        }
        try await self.running { authorities, office, till in
            keys = try read(authorities)
            // The till never hears of the first one; it is on disk all the same.
            _ = office.withAuthority(.v3) { $0.faults.add(.lost(recorded: true)) }
            for number in ["1", "2"] {
                _ = await self.reason(till, try self.request(authorities.ready.eet, number: number).0)
            }
            before = office.authority(.v3)?.ledger
        }
        let ledger = try FileHandle(forUpdating: URL(fileURLWithPath: self.state + "/eet-playground-v3.jsonl"))
        try ledger.seekToEnd()
        try ledger.write(contentsOf: Data(#"{"number":3,"outc"#.utf8))
        try ledger.close()
        try await self.running { authorities, office, till in
            let keysNow = try read(authorities)
            #expect(keysNow == keys)
            #expect(office.authority(.v3)?.ledger == before)
            let (request, _) = try self.request(authorities.ready.eet, number: "3")
            #expect(await self.reason(till, request) == nil)
            #expect(office.authority(.v3)?.sales.map(\.identity.number) == ["1", "2", "3"])
            before = office.authority(.v3)?.ledger
        }
        try await self.running { _, office, _ in
            #expect(office.authority(.v3)?.ledger == before)
        }
    }

    @Test("Files with keys belong to their owner alone")
    func modes() async throws {
        try await self.running { _, _, _ in }
        for name in try FileManager.default.subpathsOfDirectory(atPath: self.state) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(self.state)/\(name)")
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
        }
    }

    @Test("The control door shows the ledger, takes faults and forgets them")
    func controlDoor() async throws {
        try await self.running { authorities, office, till in
            let door = try #require(URL(string: "\(authorities.ready.control)/eet/playground/v3/faults"))
            var post = URLRequest(url: door)
            post.httpMethod = "POST"
            post.httpBody = Data(
                #"{"upcoming":[{"refuse":{"code":-1}},null],"permanent":{"status":{"code":503}}}"#.utf8)
            _ = try await URLSession.shared.data(for: post)
            #expect(
                office.authority(.v3)?.faults
                    == FaultPlan(upcoming: [.refuse(code: -1), nil], permanent: .status(503)))
            _ = try await till.exchange(self.request(authorities.ready.eet).0, timeout: .seconds(10))
            let (ledger, _) = try await URLSession.shared.data(
                from: door.deletingLastPathComponent().appendingPathComponent("ledger"))
            #expect(String(decoding: ledger, as: UTF8.self).contains(#""outcome":{"refused":{"code":-1}}"#))
            post.httpBody = Data("nonsense".utf8)
            let (_, refusal) = try await URLSession.shared.data(for: post)
            #expect((refusal as? HTTPURLResponse)?.statusCode == 400)
            post.httpBody = nil
            post.httpMethod = "DELETE"
            _ = try await URLSession.shared.data(for: post)
            #expect(office.authority(.v3)?.faults == FaultPlan())
        }
    }

    @Test("Stopping does not wait for clients that are kept waiting")
    func stop() async throws {
        let authorities = try await SimulatedAuthorities.start(state: self.state)
        let office = try #require(authorities.eet(.playground))
        _ = office.withAuthority(.v3) { $0.faults.add(.silence(recorded: false)) }
        let authority = try Certificate(pem: String(contentsOfFile: authorities.ready.eet.tls_ca, encoding: .utf8))
        let till = try AsyncHTTPTransport(.init(trust: .authorities([authority])))
        let (request, _) = try self.request(authorities.ready.eet)
        async let held = self.reason(till, request, timeout: .seconds(60))
        while office.authority(.v3)?.messages.isEmpty == true { await Task.yield() }
        await authorities.stop()
        // Had it waited for the client, the client's own limit would have ended the exchange.
        #expect(await held == .closed)
        try await till.shutdown()
    }
}
