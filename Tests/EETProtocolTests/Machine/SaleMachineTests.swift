import EETProtocol
import FiscalCore
import Testing

@Suite("One sale between the till and the authority")
struct SaleMachineTests {
    static let now = FiscalInstant(secondsSinceEpoch: 1_800_000_000)
    static let fik = Registration(
        code: "19468188-f3a0-47a3-932a-46bcf8ef4041-fa", edition: .v3, uuid: "a", receivedAt: "", isTest: true)
    static let laterFIK = Registration(
        code: "29468188-f3a0-47a3-932a-46bcf8ef4041-fa", edition: .v3, uuid: "b", receivedAt: "", isTest: true)
    static let decision = Decision(by: "vedoucí", because: "zkouška", at: now)

    @Test("Sent, confirmed, and from then on answered from the journal")
    func confirmed() {
        var sale = SaleMachine()
        #expect(sale.attemptRequested(by: .host, uuid: "a") == .send(isFirst: true))
        #expect(sale.attemptEnded(.confirmed(Self.fik), now: Self.now) == .registered(Self.fik))
        #expect(sale.attemptRequested(by: .host, uuid: "b") == .answerFromJournal(Self.fik))
        #expect(sale.attempts == 1)
    }

    @Test("No answer: repeated by itself as a later attempt, with growing pauses, until it is confirmed")
    func repeated() {
        let policy = ResendPolicy(firstPause: .seconds(60), longestPause: .seconds(200))
        var sale = SaleMachine()
        var now = Self.now
        #expect(sale.attemptRequested(by: .host, uuid: "0") == .send(isFirst: true))
        for (count, pause) in [60, 120, 200, 200].enumerated() {
            let due = now + .seconds(pause)
            #expect(sale.attemptEnded(.failed(.deadline), now: now, policy: policy) == .retry(at: due))
            #expect(sale.attemptRequested(by: .schedule(now: due - .milliseconds(1)), uuid: "x") == .notDue)
            #expect(sale.attemptRequested(by: .schedule(now: due), uuid: "\(count)") == .send(isFirst: false))
            now = due
        }
        #expect(sale.attemptEnded(.confirmed(Self.fik), now: now, policy: policy) == .registered(Self.fik))
    }

    @Test("A till that asks again does not wait for the pause")
    func impatient() {
        var sale = SaleMachine()
        #expect(sale.attemptRequested(by: .host, uuid: "a") == .send(isFirst: true))
        #expect(sale.attemptRequested(by: .host, uuid: "b") == .alreadySending)
        _ = sale.attemptEnded(.failed(.unreachable), now: Self.now)
        #expect(sale.attemptRequested(by: .host, uuid: "c") == .send(isFirst: false))
    }

    @Test("−1 is repeated for ever, 8 five times and then held")
    func temporaryAndNotProcessed() {
        var sale = SaleMachine()
        for _ in 0..<50 {
            _ = sale.attemptRequested(by: .host, uuid: "a")
            guard case .retry = sale.attemptEnded(.chyba(.temporaryFault), now: Self.now) else {
                Issue.record("-1 was not repeated")
                return
            }
        }
        for _ in 0..<5 {
            _ = sale.attemptRequested(by: .host, uuid: "a")
            guard case .retry = sale.attemptEnded(.chyba(.notProcessed), now: Self.now) else {
                Issue.record("8 was not repeated")
                return
            }
        }
        _ = sale.attemptRequested(by: .host, uuid: "a")
        #expect(sale.attemptEnded(.chyba(.notProcessed), now: Self.now) == .hold)
        let never = Self.now + .seconds(24 * 3600)
        #expect(sale.attemptRequested(by: .schedule(now: never), uuid: "b") == .notDue)
        #expect(sale.attemptRequested(by: .host, uuid: "b") == .send(isFirst: false))
    }

    /// Decision E10, all numbers of the authority's range.
    @Test("Every code of −999…999 ends as the table of decision E10 says", arguments: -999...999)
    func codes(_ number: Int) {
        var sale = SaleMachine()
        _ = sale.attemptRequested(by: .host, uuid: "a")
        let action = sale.attemptEnded(.chyba(Chyba(rawValue: number)), now: Self.now)
        switch number {
        case -1, 8: #expect(action == .retry(at: Self.now + .seconds(60)))
        case 2...7: #expect(action == .refuse)
        default: #expect(action == .hold)
        }
        // Whatever it was, the next message is no first attempt.
        #expect(sale.attemptRequested(by: .host, uuid: "b") == .send(isFirst: false))
    }

    @Test("Killed while a message was under way: it may have arrived, and is sent again as a later attempt")
    func restarted() throws {
        var sale = SaleMachine()
        _ = sale.attemptRequested(by: .host, uuid: "a")
        sale.restarted(now: Self.now)
        #expect(sale.state == .waiting(.interrupted, due: Self.now))
        #expect(sale.attemptRequested(by: .schedule(now: Self.now), uuid: "b") == .send(isFirst: false))
    }

    @Test("A second confirmation does not replace the first")
    func firstCodeStays() {
        var sale = SaleMachine()
        _ = sale.attemptRequested(by: .host, uuid: "a")
        _ = sale.attemptEnded(.confirmed(Self.fik), now: Self.now)
        #expect(sale.attemptEnded(.confirmed(Self.laterFIK), now: Self.now) == .alreadyRegistered(Self.fik))
        #expect(sale.state == .registered(Self.fik))
    }

    @Test("A confirmation counts whatever happened to the sale meanwhile")
    func lateConfirmation() {
        var sale = SaleMachine()
        _ = sale.attemptRequested(by: .host, uuid: "a")
        sale.restarted(now: Self.now)
        #expect(sale.closed(Self.decision) == .done)
        #expect(sale.attemptEnded(.confirmed(Self.fik), now: Self.now) == .registered(Self.fik))
    }

    @Test("A person closes a held sale and releases it again")
    func decisions() {
        var sale = SaleMachine()
        _ = sale.attemptRequested(by: .host, uuid: "a")
        _ = sale.attemptEnded(.chyba(Chyba(rawValue: 500)), now: Self.now)
        #expect(sale.closed(Self.decision) == .done)
        #expect(sale.attemptRequested(by: .host, uuid: "b") == .closed)
        #expect(sale.released(now: Self.now) == .done)
        #expect(sale.attemptRequested(by: .schedule(now: Self.now), uuid: "b") == .send(isFirst: false))
        #expect(sale.closed(Self.decision) == .alreadySending)
        #expect(sale.released(now: Self.now) == .alreadySending)
        _ = sale.attemptEnded(.confirmed(Self.fik), now: Self.now)
        #expect(sale.closed(Self.decision) == .alreadyRegistered)
        #expect(sale.released(now: Self.now) == .alreadyRegistered)
    }

    /// Every event there is, with arguments that make a difference.
    static let events: [@Sendable (inout SaleMachine) -> Void] = {
        var events: [@Sendable (inout SaleMachine) -> Void] = [
            { _ = $0.attemptRequested(by: .host, uuid: "h") },
            { _ = $0.attemptRequested(by: .schedule(now: now), uuid: "s") },
            { _ = $0.attemptRequested(by: .schedule(now: now + .seconds(100_000)), uuid: "l") },
            { _ = $0.attemptEnded(.confirmed(fik), now: now) },
            { _ = $0.attemptEnded(.confirmed(laterFIK), now: now) },
            { $0.restarted(now: now) },
            { _ = $0.released(now: now) },
            { _ = $0.closed(decision) },
        ]
        for code in [-1, 0, 4, 8, 500] {
            events.append { _ = $0.attemptEnded(.chyba(Chyba(rawValue: code)), now: now) }
        }
        for failure in AttemptFailure.allCases {
            events.append { _ = $0.attemptEnded(.failed(failure), now: now) }
        }
        return events
    }()

    /// Walks every sequence of events up to where no new state appears (the counters are cut at a depth of five) and
    /// checks what must hold in all of them.
    @Test("In every reachable state: registered stays registered, nothing sent is ever first again, nothing vanishes")
    func exhaustiveWalk() {
        var seen: Set<SaleMachine> = [SaleMachine()]
        var frontier = seen
        for _ in 0..<5 {
            var next: Set<SaleMachine> = []
            for before in frontier {
                for event in Self.events {
                    var after = before
                    event(&after)
                    Self.check(before, after)
                    if seen.insert(after).inserted { next.insert(after) }
                }
            }
            frontier = next
        }
        // Each of the seven states was reached, with and without earlier attempts where both exist.
        #expect(Set(seen.map { String("\($0.state)".prefix { $0 != "(" }) }).count == 7)
        for sale in seen {
            var probe = sale
            if case .send(let isFirst) = probe.attemptRequested(by: .host, uuid: "p") {
                #expect(isFirst == (sale.attempts == 0))
                #expect(probe.attempts == sale.attempts + 1)
            } else {
                #expect(probe == sale)
            }
        }
    }

    private static func check(_ before: SaleMachine, _ after: SaleMachine) {
        #expect(after.attempts >= before.attempts)
        if case .registered = before.state { #expect(after.state == before.state) }
        if case .kept = after.state { #expect(after.attempts == 0) }
        // Sending is left only by an ending or by a restart, never by a person or a second request.
        if case .sending(let uuid) = before.state, case .sending(let other) = after.state { #expect(uuid == other) }
        // Out of the queue only by a confirmation, a refusal 2–7, or a person.
        switch (before.state, after.state) {
        case (.kept, .refused), (.waiting, .refused), (.held, .refused), (.closed, .refused):
            Issue.record("refused without an attempt under way")
        case (.kept, .held), (.waiting, .held), (.refused, .held), (.closed, .held):
            Issue.record("held without an attempt under way")
        default: break
        }
    }
}
