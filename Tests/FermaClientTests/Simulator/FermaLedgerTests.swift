import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import Testing

/// What the simulated service remembers.
@Suite("The simulated Ferma: ledger")
struct FermaLedgerTests {
    @Test("Everything received is kept, byte for byte, with what became of it")
    func requests() throws {
        var authority = FermaAuthority()
        authority.faults.add(nil, times: 5)
        authority.faults.add(.silence(formed: false))
        let texts = [
            HandmadeFermaRequest().text, HandmadeFermaRequest().text, "{",
            HandmadeFermaRequest {
                $0["Cash"] = "-1"; $0["Requestid"] = "\"2\""
            }.text,
            HandmadeFermaRequest { $0["Group"] = "\"9\"" }.text,
            HandmadeFermaRequest { $0["Requestid"] = "\"3\"" }.text,
        ]
        for (index, text) in texts.enumerated() {
            _ = authority.post(text, at: FermaAuthority.noon + .seconds(index))
        }
        #expect(authority.requests.map { String(decoding: $0.body, as: UTF8.self) } == texts)
        #expect(
            authority.requests.map(\.outcome) == [
                .formed(document: 0), .remembered(request: 1), .service(code: 2), .device(code: 51), .device(code: 238),
                .ignored,
            ])
        #expect(authority.requests.map(\.number) == Array(1...6))
        #expect(authority.requests.map(\.identity?.requestID) == ["545+64", "545+64", nil, "2", nil, "3"])
        #expect(authority.requests.map(\.receivedAt) == (0...5).map { FermaAuthority.noon + .seconds($0) })
        #expect(authority.requests[3].reason == "Cash" && authority.requests[0].path == FermaAuthority.path)
        let document = try #require(authority.documents.first)
        #expect(document.request == 1)
        #expect(authority.ledger.documents(of: document.identity) == [document])
        #expect(authority.ledger.documents(of: FermaRequestIdentity(requestID: "2")).isEmpty)
    }

    @Test("A snapshot brings everything back: ledger, memory, registers, what is in progress")
    func snapshot() throws {
        var authority = FermaAuthority()
        authority.registers[0].drawer = 100
        let first = authority.post(
            HandmadeFermaRequest {
                $0["NonCash"] = "[]"; $0["Cash"] = "78850"
            })
        authority.faults.add(.slow(milliseconds: 10_000))
        let slow = HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }
        _ = authority.post(slow)
        authority.faults.permanent = .device(code: 57)

        var restarted = try JSONDecoder().decode(FermaAuthority.self, from: JSONEncoder().encode(authority))
        #expect(restarted.ledger == authority.ledger)
        #expect(restarted.registers == authority.registers && restarted.registers[0].drawer == 78_950)
        #expect(restarted.faults == authority.faults && restarted.rules == authority.rules)
        restarted.faults.clear()
        #expect(
            restarted.post(
                HandmadeFermaRequest {
                    $0["NonCash"] = "[]"; $0["Cash"] = "78850"
                }) == first)
        #expect(try restarted.post(slow, at: FermaAuthority.noon + .seconds(9)).service() == 24)
        #expect(try restarted.post(slow, at: FermaAuthority.noon + .seconds(10)).device() == 0)
        #expect(restarted.documents.count == 2 && restarted.requests.last?.number == 5)
    }

    @Test("Whatever bytes come, an answer of the service goes out and nothing traps")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 7)
        let good = Array(HandmadeFermaRequest { $0[0, "ProviderData"] = #"{"INN":"7707083893"}"# }.text.utf8)
        var authority = FermaAuthority()
        for round in 0..<1000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch round % 3 {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(generator.pick(Array("0123456789\"{}[],:-.eE ".utf8)), at: place)
                }
            }
            var request = FermaAuthority.request("")
            request.body = bytes
            let reply = authority.receive(request, at: FermaAuthority.noon)
            #expect([200, 500].contains(reply.status))
            #expect(try reply.json()["Fatal"]?.bool != nil)
            _ = authority.receive(request, atRegister: 0, at: FermaAuthority.noon)
        }
        #expect(authority.ledger.doubled.isEmpty)
        #expect(authority.requests.count == 2000)
    }
}
