import FiscalCore
import Synchronization

/// The clock of the scripted day: two minutes a document, and nobody waits.
final class Hours: FiscalClock {
    private struct State {
        var document = 1
        /// What was slept since the document began.
        var slept = Duration.zero
        var elapsed = Duration.zero
    }
    private let state = Mutex(State())
    private let opening: FiscalInstant

    init(opening: FiscalInstant) {
        self.opening = opening
    }

    /// The document that is being issued now.
    var document: Int { self.state.withLock { $0.document } }

    func document(_ number: Int) {
        self.state.withLock { state in
            state.document = number
            state.elapsed += .seconds(120)
            state.slept = .zero
        }
    }

    func now() -> FiscalInstant {
        self.state.withLock { self.opening + .seconds(120 * $0.document) + $0.slept }
    }

    func elapsed() -> Duration { self.state.withLock { $0.elapsed } }

    func sleep(until instant: FiscalInstant) async throws {
        try await self.sleep(for: instant - self.now())
    }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        self.state.withLock { state in
            state.slept += duration
            state.elapsed += duration
        }
    }
}
