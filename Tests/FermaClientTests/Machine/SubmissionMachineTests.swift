import FiscalCore
import Testing

@testable import FermaClient

@Suite("One receipt between the till and the cash register in the cloud")
struct SubmissionMachineTests {
    static let now = FiscalInstant(secondsSinceEpoch: 1_800_000_000)
    static let day = Duration.seconds(86_400)
    static let decision = FermaDecision(.close, by: "Иванова", because: "проверка", at: now)

    /// A machine whose first request is under way.
    static func sending() -> SubmissionMachine {
        var machine = SubmissionMachine()
        #expect(machine.attemptRequested(by: .till, now: Self.now) == .send(attempt: 1))
        return machine
    }

    @Test("Sent, made, and from then on settled")
    func registered() {
        var machine = Self.sending()
        #expect(machine.attemptRequested(by: .till, now: Self.now) == .alreadySending)
        #expect(machine.attemptEnded(1, .fiscalised, now: Self.now) == .registered)
        for requester in SubmissionMachine.Requester.allCases {
            #expect(machine.attemptRequested(by: requester, now: Self.now) == .settled)
        }
        #expect(machine.closed(Self.decision) == .alreadyRegistered)
        #expect(machine.corrected(Self.decision) == .alreadyRegistered)
    }

    @Test("No answer: repeated by itself with growing pauses, up to the longest")
    func pauses() {
        let policy = RepeatPolicy(firstPause: .seconds(5), longestPause: .seconds(12))
        var machine = Self.sending()
        var now = Self.now
        for (attempt, pause) in [5, 10, 12, 12].enumerated() {
            let due = now + .seconds(pause)
            #expect(machine.attemptEnded(attempt + 1, .unreadable, now: now, policy: policy) == .retry(at: due))
            #expect(machine.attemptRequested(by: .schedule, now: due - .milliseconds(1), policy: policy) == .notDue)
            #expect(machine.attemptRequested(by: .schedule, now: due, policy: policy) == .send(attempt: attempt + 2))
            now = due
        }
    }

    @Test("A policy cannot repeat longer than thirty days")
    func longestLife() {
        let policy = RepeatPolicy(life: .seconds(365 * 86_400))
        #expect(policy.lifeMilliseconds == 30 * 86_400_000)
        #expect(RepeatPolicy(life: .seconds(-1)).lifeMilliseconds == 0)
    }

    @Test("The thirty days count from the first request of which a byte may have left")
    func firstSending() {
        var machine = Self.sending()
        var now = Self.now
        // A month without a network: nothing has left, so nothing has run out.
        for attempt in 1...40 {
            guard case .retry = machine.attemptEnded(attempt, .notDelivered, now: now) else {
                Issue.record("given up without having sent")
                return
            }
            #expect(machine.firstSentAt == nil)
            now = now + Self.day
            #expect(machine.attemptRequested(by: .schedule, now: now) == .send(attempt: attempt + 1))
        }
        #expect(machine.firstSentAt == now)
        #expect(machine.attemptEnded(41, .unreadable, now: now) == .retry(at: now + .seconds(15 * 60)))
        #expect(machine.attemptRequested(by: .schedule, now: now + .seconds(30 * 86_400)) == .ranOut)
        #expect(machine.state == .held(.repeatsRanOut))
        #expect(machine.firstSentAt == now)
    }

    @Test("Killed while a request was under way: it may have arrived; what a person had sent goes back to him")
    func restarted() {
        var machine = Self.sending()
        machine.restarted(now: Self.now)
        #expect(machine.state == .waiting(due: Self.now) && machine.document == .mayExist)
        var held = Self.sending()
        _ = held.attemptEnded(
            1, .answered(.sameId, repeatsByItself: false, isFatal: true), now: Self.now)
        #expect(held.state == .held(.fatal) && held.document == .refuted)
        #expect(held.attemptRequested(by: .till, now: Self.now) == .notDue)
        #expect(held.attemptRequested(by: .person, now: Self.now) == .send(attempt: 2))
        held.restarted(now: Self.now)
        #expect(held.state == .held(.fatal) && held.document == .mayExist)
        #expect(held.corrected(Self.decision) == .documentMayExist)
    }

    @Test("An answer to an attempt that was given up counts only when it brings the document")
    func lateAnswer() {
        var machine = Self.sending()
        machine.restarted(now: Self.now)
        let before = machine
        let refusal = AttemptEnding.answered(.fixThenNewId, repeatsByItself: false, isFatal: true)
        #expect(machine.attemptEnded(1, refusal, now: Self.now) == .none)
        #expect(machine == before)
        #expect(machine.attemptRequested(by: .till, now: Self.now) == .send(attempt: 2))
        #expect(machine.attemptEnded(1, .unreadable, now: Self.now) == .none)
        #expect(machine.attemptEnded(1, .fiscalised, now: Self.now) == .registered)
        #expect(machine.attemptEnded(2, .fiscalised, now: Self.now) == .alreadyRegistered)
    }

    @Test("A document that comes although a correction took its place is a contradiction, and said so")
    func contradiction() {
        var machine = Self.sending()
        _ = machine.attemptEnded(1, .answered(.never, repeatsByItself: false, isFatal: true), now: Self.now)
        #expect(machine.corrected(Self.decision) == .done)
        #expect(machine.attemptEnded(1, .fiscalised, now: Self.now) == .contradiction)
        #expect(machine.document == .exists)
    }
}
