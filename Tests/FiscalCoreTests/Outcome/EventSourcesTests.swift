import FiscalCore
import Testing

@Suite struct EventSourcesTests {
    @Test("Each listener gets what happens after it has come, in order, and nothing after the source has gone")
    func everyListener() async {
        var source: EventSources<Int>? = EventSources()
        source?.yield(0)
        let early = source?.stream()
        source?.yield(1)
        let late = source?.stream()
        source?.yield(2)
        source = nil
        #expect(await Self.all(early) == [1, 2])
        #expect(await Self.all(late) == [2])
    }

    @Test("A listener that sleeps keeps the newest thousand and holds nobody up")
    func slowListener() async {
        var source: EventSources<Int>? = EventSources()
        let stream = source?.stream()
        for number in 1...1500 { source?.yield(number) }
        source = nil
        #expect(await Self.all(stream) == Array(501...1500))
    }

    @Test("A listener that has left does not take the place of one that stays")
    func oneLeaves() async {
        var source: EventSources<Int>? = EventSources()
        let staying = source?.stream()
        let leaving = source?.stream()
        let task = Task { await Self.all(leaving) }
        task.cancel()
        _ = await task.value
        let next = source?.stream()
        source?.yield(7)
        source = nil
        #expect(await Self.all(staying) == [7])
        #expect(await Self.all(next) == [7])
    }

    private static func all(_ stream: AsyncStream<Int>?) async -> [Int] {
        guard let stream else { return [] }
        var events: [Int] = []
        for await event in stream { events.append(event) }
        return events
    }
}
