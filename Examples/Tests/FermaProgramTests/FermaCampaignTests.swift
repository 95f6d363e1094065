import FiscalSimulators
import Foundation
import ProgramTestSupport
import Testing

/// A till that sells through Ferma over real TLS and a real store, and is killed at every moment: no sale is lost, none
/// is doubled, and the till learns the number of each.
@Suite struct FermaCampaignTests {
    /// How many sales the random campaign has.
    private static let sales = ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 10_000 : 300
    /// Sales of one shop.
    private static let day = 10

    @Test("Random sales through random faults, killed at random moments: one document for each, none for a refused one")
    func campaign() async throws {
        let ferma = try await FermaOnSocket.start()
        var (killed, requests) = (0, 0)
        for seed in 1...Self.sales / Self.day {
            var lot = Lot(seed)
            let shop = try FermaShop(ferma, seed: seed)
            ferma.plan((0..<Self.day * 3).map { _ in FermaWeather.fault(&lot) })
            // Some days are full of crashes, others have few.
            let patience = [15, 40, 120].randomElement(using: &lot) ?? 40
            var starts = 0
            while try await shop.till(
                1...Self.day, dieAt: starts < 40 ? Int.random(in: 1...patience, using: &lot) : .max)
            {
                starts += 1
            }
            try shop.audit(1...Self.day, "seed \(seed)")
            killed += starts
            requests += ferma.authority.requests.count
        }
        print("\(Self.sales) sales, \(requests) requests, the till was killed \(killed) times")
        #expect(killed > Self.sales / 10 && requests > Self.sales)
        await ferma.stop()
    }

    /// What the first request of a sale meets.
    private struct Story {
        var name: String
        var faults: [FermaFault?]
        /// Which sale; ``FermaShop`` says which ones are refused for good.
        var place = 1
    }

    private static let stories = [
        Story(name: "online", faults: []),
        Story(name: "answer lost", faults: [.lost(formed: true)]),
        Story(name: "request lost", faults: [.lost(formed: false)]),
        Story(name: "register slow", faults: [.slow(milliseconds: 100)]),
        Story(name: "printer time-out, document formed", faults: [.device(code: 200, formed: true, fatal: false)]),
        Story(name: "fatal, document formed", faults: [.device(code: 255, formed: true, fatal: true)]),
        Story(name: "register not activated", faults: [.service(code: 14)]),
        Story(name: "answer to somebody else", faults: [.wrongRequestID]),
        Story(name: "refused for good", faults: [], place: 3),
        Story(name: "refused and corrected", faults: [], place: 10),
        Story(name: "correction's answer lost", faults: [nil, .lost(formed: true)], place: 10),
    ]

    @Test("Killed at each moment of a sale, once and twice, whatever its request meets")
    func everyMoment() async throws {
        let ferma = try await FermaOnSocket.start()
        for story in Self.stories {
            var moment = 1
            while try await self.tell(story, at: ferma, killedAt: moment) { moment += 1 }
            // Each commit and each exchange has a moment before and one after, and so has the line in the till's book.
            #expect(moment > 8, "\(story.name)")
            print("\(story.name): killed at \(moment - 1) moments")
        }
        await ferma.stop()
    }

    /// - Returns: whether the first process was killed, or came to its end before that moment.
    private func tell(_ story: Story, at ferma: FermaOnSocket, killedAt moment: Int) async throws -> Bool {
        let shop = try FermaShop(ferma, seed: 0)
        let places = story.place...story.place
        ferma.plan(story.faults)
        let wasKilled = try await shop.till(places, dieAt: moment)
        if wasKilled {
            _ = try await shop.till(places, dieAt: moment * 5 % 11 + 1)
            #expect(try await !shop.till(places, dieAt: .max))
        }
        try shop.audit(places, "\(story.name), killed at \(moment)")
        return wasKilled
    }

    @Test("Cut off while a request is under way: the till asks again until the register is done, and learns the number")
    func underWay() async throws {
        let ferma = try await FermaOnSocket.start()
        // The first till hears nothing; the second one is told that the first request is in progress.
        for fault in [FermaFault.silence(formed: true), .silence(formed: false), .slow(milliseconds: 1_500)] {
            let shop = try FermaShop(ferma, seed: 0)
            ferma.plan([fault])
            try await shop.cutOff(1...1)
            #expect(try await !shop.till(1...1, dieAt: .max))
            try shop.audit(1...1, "\(fault)")
            let answers = ferma.authority.requests.dropFirst().map(\.outcome)
            #expect(answers.contains(.service(code: 24)) == (fault == .slow(milliseconds: 1_500)), "\(answers)")
        }
        await ferma.stop()
    }

    @Test("Cut off while a request is under way: sync knows the journal alone, and repeats the same bytes")
    func journal() async throws {
        let ferma = try await FermaOnSocket.start()
        let shop = try FermaShop(ferma, seed: 0)
        ferma.plan([.silence(formed: true)])
        try await shop.cutOff(1...1)
        let ending = try await Program("ferma").run(
            ["sync", "--now", "--test", "--json", "--state", shop.folder.path + "/till"] + ferma.options())
        #expect(ending.status == 0, "\(ending.text)\(ending.errors)")
        let requests = ferma.authority.requests
        #expect(requests.count == 2 && requests.first?.body == requests.last?.body)
        #expect(requests.map(\.identity?.requestID) == ["sale-1", "sale-1"])
        let document = try #require(ferma.authority.documents.first)
        let sent = try #require(ending.json["sent"] as? [[String: Any]])
        #expect(sent.map { $0["number"] as? String } == ["\(document.number)"])
        #expect(ferma.authority.documents.count == 1)
        await ferma.stop()
    }
}
