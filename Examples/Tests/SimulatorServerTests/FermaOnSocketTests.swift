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

/// The simulated Ferma behind real mutual TLS.
@Suite("Ferma behind mutual TLS")
final class FermaOnSocketTests: Sendable {
    /// Keys take seconds to make, so they are made once; each test works on a copy.
    private static let keys = Task {
        let path = NSTemporaryDirectory() + "ferma-socket-keys-\(UUID().uuidString)"
        try await SimulatedAuthorities.start(state: path).stop()
        return path
    }

    private let state = NSTemporaryDirectory() + "ferma-socket-\(UUID().uuidString)"

    init() async throws {
        try FileManager.default.copyItem(atPath: try await Self.keys.value, toPath: self.state)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.state) }

    private func running(_ body: (SimulatedAuthorities) async throws -> Void) async throws {
        let authorities = try await SimulatedAuthorities.start(state: self.state)
        do { try await body(authorities) } catch { Issue.record(error) }
        await authorities.stop()
    }

    /// Sends a sale of 100 roubles over a connection of its own.
    private func send(
        _ requestID: String, to ready: ReadyFile.Ferma, keyFile: String?, password: String = "ferma"
    ) async throws(TransportError) -> HTTPExchangeResponse {
        let body =
            #"{"Requestid":"\#(requestID)","Device":"auto","DocumentType":0,"Lines":[{"Qty":1000,"Price":10000,"#
            + #""PayAttribute":4,"LineAttribute":1,"Taxid":3,"Description":"Яблоки"}],"NonCash":[10000]}"#
        let till: AsyncHTTPTransport
        do {
            func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
            let identity = try keyFile.map { path in
                try AsyncHTTPTransport.Identity(PKCS12.read(bytes(path), password: password))
            }
            till = try AsyncHTTPTransport(
                .init(trust: .certificates([bytes(ready.tls_ca)]), identity: identity))
        } catch { throw TransportError(.notDelivered, reason: .other, detail: "\(error)") }
        let url = URLComponents(string: ready.url)
        let head = HTTPRequest(
            method: .post, scheme: "https", authority: "127.0.0.1:\(url?.port ?? 0)", path: url?.path,
            headerFields: [.contentType: "application/json; charset=utf-8"])
        let result: Result<HTTPExchangeResponse, TransportError>
        do throws(TransportError) {
            result = .success(
                try await till.exchange(HTTPExchangeRequest(head: head, body: Array(body.utf8)), timeout: .seconds(20)))
        } catch { result = .failure(error) }
        try? await till.shutdown()
        return try result.get()
    }

    @Test("A client with a certificate of Ferma's own authority gets its document; the group is the certificate's")
    func served() async throws {
        try await self.running { authorities in
            let ready = authorities.ready.ferma
            let answer = try await self.send("A-1", to: ready, keyFile: ready.p12, password: ready.password)
            #expect(answer.head.status == .ok)
            #expect(String(decoding: answer.body, as: UTF8.self).contains(#""A-1""#))
            let document = try #require(authorities.ferma.authority.documents.first)
            #expect(document.identity == FermaRequestIdentity(group: "1", requestID: "A-1"))
            #expect(document.total == 10_000)
        }
    }

    @Test("Without a certificate, or with one of somebody else's authority, there is no connection at all")
    func notLetIn() async throws {
        try await self.running { authorities in
            let ready = authorities.ready
            // The Czech key file is as good a certificate as any, from another authority.
            for (keyFile, password) in [(nil, ""), (ready.eet.p12, ready.eet.password)] as [(String?, String)] {
                await #expect(throws: TransportError.self) {
                    try await self.send("A-1", to: ready.ferma, keyFile: keyFile, password: password)
                }
            }
            #expect(authorities.ferma.authority.requests.isEmpty)
        }
    }

    @Test("A client of an enterprise without a register gets no document")
    func stranger() async throws {
        try await self.running { authorities in
            let ready = authorities.ready.ferma
            let answer = try await self.send("A-1", to: ready, keyFile: ready.p12_stranger, password: ready.password)
            #expect(authorities.ferma.authority.documents.isEmpty, "\(String(decoding: answer.body, as: UTF8.self))")
            #expect(authorities.ferma.authority.requests.count == 1)
        }
    }

    @Test("Started again, it knows its clients, its documents and its answers")
    func restart() async throws {
        var first: [UInt8] = []
        var ledger: FermaLedger?
        try await self.running { authorities in
            let ready = authorities.ready.ferma
            first = try await self.send("A-1", to: ready, keyFile: ready.p12).body
            ledger = authorities.ferma.authority.ledger
        }
        try await self.running { authorities in
            #expect(authorities.ferma.authority.ledger == ledger)
            let ready = authorities.ready.ferma
            let again = try await self.send("A-1", to: ready, keyFile: ready.p12)
            #expect(again.body == first)
            #expect(authorities.ferma.authority.documents.count == 1)
        }
    }

    @Test("The control door shows what was received, takes faults and forgets them")
    func controlDoor() async throws {
        try await self.running { authorities in
            let ready = authorities.ready
            let door = try #require(URL(string: "\(ready.control)/ferma/faults"))
            var post = URLRequest(url: door)
            post.httpMethod = "POST"
            post.httpBody = Data(#"{"upcoming":[{"lost":{"formed":true}}]}"#.utf8)
            _ = try await URLSession.shared.data(for: post)
            #expect(authorities.ferma.authority.faults == FaultPlan(upcoming: [.lost(formed: true)]))
            await #expect(throws: TransportError.self) {
                try await self.send("A-1", to: ready.ferma, keyFile: ready.ferma.p12)
            }
            let (ledger, _) = try await URLSession.shared.data(
                from: door.deletingLastPathComponent().appendingPathComponent("ledger"))
            #expect(String(decoding: ledger, as: UTF8.self).contains(#""requestID":"A-1""#))
            post.httpBody = Data("nonsense".utf8)
            let (_, refusal) = try await URLSession.shared.data(for: post)
            #expect((refusal as? HTTPURLResponse)?.statusCode == 400)
            post.httpBody = Data(#"{"upcoming":[],"permanent":{"status":{"code":503,"formed":false}}}"#.utf8)
            _ = try await URLSession.shared.data(for: post)
            #expect(authorities.ferma.authority.faults.permanent == .status(503))
            post.httpMethod = "DELETE"
            post.httpBody = nil
            _ = try await URLSession.shared.data(for: post)
            #expect(authorities.ferma.authority.faults == FaultPlan())
        }
    }

    @Test("The ready file names all that a client of anybody's needs: curl gets a receipt with it, and none without it")
    func readyFile() async throws {
        let readyFile = self.state + "-ready.json"
        defer { try? FileManager.default.removeItem(atPath: readyFile) }
        let authorities = try await SimulatedAuthorities.start(state: self.state, readyFile: readyFile)
        let json = try JSON(parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: readyFile))))
        let ferma = try #require(json["ferma"])
        func value(_ name: String) throws -> String { try #require(ferma[name]?.string) }
        let body =
            #"{"Requestid":"curl","Device":"auto","DocumentType":0,"Lines":[{"Qty":1000,"Price":10000,"Taxid":3,"#
            + #""PayAttribute":4,"LineAttribute":1,"Description":"Яблоки"}],"NonCash":[10000]}"#
        let common = ["curl", "-s", "--max-time", "20", "--cacert", try value("tls_ca"), "--data-binary", body]
        let identity = ["--cert-type", "P12", "--cert", "\(try value("p12")):\(try value("password"))"]
        let stranger = try self.output(common + [try value("url")])
        #expect(stranger.isEmpty && authorities.ferma.authority.requests.isEmpty)
        let answer = try JSON(parsing: self.output(common + identity + [try value("url")]))
        let document = try #require(authorities.ferma.authority.documents.first)
        #expect(answer["FiscalDocNumber"]?.integer == document.number)
        #expect(answer["QR"]?.string == document.qr)
        await authorities.stop()
    }

    /// What a tool of the system writes.
    private func output(_ command: [String]) throws -> [UInt8] {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = pipe
        try process.run()
        let bytes = [UInt8](try pipe.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        return bytes
    }
}
