import FiscalTestSupport
import Synchronization

/// Every way in which a run can go, one after the other: each question that a run asks is answered with 0 first, and
/// with the next answer in a later run, the last question first. A run may take so many answers other than 0.
final class Choices: Sendable {
    private struct State {
        var answers: [Int] = []
        var counts: [Int] = []
        var position = 0
        var taken = 0
        var isOver = false
    }

    private let state = Mutex(State())
    private let limit: Int
    /// Answers by chance instead, 0 in all but so many of a hundred cases.
    private let chance: Mutex<(percent: Int, generator: SeededGenerator)>?

    init(limit: Int) {
        self.limit = limit
        self.chance = nil
    }

    /// One run by chance.
    init(seed: UInt64, percent: Int) {
        self.limit = .max
        self.chance = Mutex((percent, SeededGenerator(seed: seed)))
    }

    /// 0 ..< `count`; always 0 once the run has had its share of others.
    func choose(_ count: Int) -> Int {
        let byChance = self.chance?.withLock { chance in
            chance.generator.chance(chance.percent) ? Int.random(in: 0..<count, using: &chance.generator) : 0
        }
        return self.state.withLock { state in
            if let byChance { return state.isOver ? 0 : byChance }
            guard state.taken < self.limit, !state.isOver else { return 0 }
            if state.position == state.answers.count {
                state.answers.append(0)
                state.counts.append(count)
            }
            let answer = state.answers[state.position]
            state.position += 1
            if answer != 0 { state.taken += 1 }
            return answer
        }
    }

    /// From now on the run asks nothing more.
    func end() { self.state.withLock { $0.isOver = true } }

    /// Prepares the next run; false when there is none.
    func next() -> Bool {
        self.state.withLock { state in
            state.answers.removeLast(state.answers.count - state.position)
            state.counts.removeLast(state.counts.count - state.position)
            while let last = state.answers.last {
                if last + 1 < (state.counts.last ?? 0) {
                    state.answers[state.answers.count - 1] = last + 1
                    state.position = 0
                    state.taken = 0
                    state.isOver = false
                    return true
                }
                state.answers.removeLast()
                state.counts.removeLast()
            }
            return false
        }
    }

    /// The answers of this run, for who wants to see it again.
    var script: [Int] { self.state.withLock { Array($0.answers.prefix($0.position)) } }
}
