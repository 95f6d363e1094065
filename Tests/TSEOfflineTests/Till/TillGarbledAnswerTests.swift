import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import HTTPTypes
import Synchronization
import TSEOffline
import Testing

/// Answers and records that nobody wrote: whatever bytes come, the till neither falls over nor doubles a sale.
@Suite("A till and garbled bytes")
struct TillGarbledAnswerTests {
    /// Spoils the bodies of answers: bytes turned, taken out, put in, or cut off.
    final class Garbler: HTTPTransport {
        private let inner: TSEOfficeTransport
        private let dice: Mutex<SeededGenerator>

        init(_ inner: TSEOfficeTransport, seed: UInt64) {
            self.inner = inner
            self.dice = Mutex(SeededGenerator(seed: seed))
        }

        func exchange(_ request: HTTPExchangeRequest, timeout: Duration) async throws(TransportError)
            -> HTTPExchangeResponse
        {
            var response = try await self.inner.exchange(request, timeout: timeout)
            self.dice.withLock { dice in
                for _ in 0..<Int.random(in: 0...3, using: &dice) where !response.body.isEmpty {
                    let place = Int.random(in: 0..<response.body.count, using: &dice)
                    switch Int.random(in: 0..<4, using: &dice) {
                    case 0: response.body[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
                    case 1: response.body.remove(at: place)
                    case 2: response.body.insert(dice.pick(Array("\"{}[]:,-09e.\\u".utf8)), at: place)
                    default: if dice.chance(20) { response.body.removeSubrange(place...) }
                    }
                }
            }
            return response
        }
    }

    @Test("Spoiled answers never double a document", arguments: UInt64(0)..<60)
    func answers(_ seed: UInt64) async throws {
        let shop = try await TillAndService(isStrict: false)
        let till = try await FiscalServiceClient.open(
            configuration: FiscalServiceClientConfiguration(endpoint: "http://127.0.0.1:7678", register: "3656-1"),
            store: shop.store, transport: Garbler(shop.transport, seed: seed), clock: shop.clock,
            randomness: CountingRandomSource(seed: seed))
        for number in 1...4 {
            for _ in 1...3 { _ = try? await till.create("sale-\(number)") }
            for _ in 1...3 { _ = try? await till.store("sale-\(number)", processData: TillAndService.receipt) }
        }
        _ = try await till.sync()
        _ = try? await till.state(of: "sale-1")
        #expect(await shop.tse.device.lastTransactionNumber <= 4)
        #expect(await shop.signed().count <= 4)
    }

    @Test("A damaged record is said aloud; nothing is sent for it")
    func records() async throws {
        let shop = try await TillAndService()
        _ = try await shop.till().create("sale-1")
        let key = StoreKey(register: "3656-1", space: "tse.till.document", name: "sale-1")
        let good = try #require(try await shop.store.record(key)).value
        var dice = SeededGenerator(seed: 1)
        let version = String(decoding: good, as: UTF8.self).replacing("\"version\":1", with: "\"version\":2")
        var damaged: [[UInt8]] = [[], Array("{}".utf8), Array("null".utf8), Array(version.utf8)]
        for _ in 0..<20 { damaged.append(Array(good.prefix(Int.random(in: 0..<good.count, using: &dice)))) }
        for bytes in damaged {
            try await shop.store.commit([.put(key, bytes)])
            let error = await #expect(throws: FiscalServiceClientError.self) { try await shop.till() }
            #expect(error?.code == .damagedJournal)
        }
        try await shop.store.commit([.put(key, good)])
        #expect(try await shop.till().unfinishedDocuments().map(\.id) == ["sale-1"])
        #expect(await shop.requests().count == 1)
    }
}
