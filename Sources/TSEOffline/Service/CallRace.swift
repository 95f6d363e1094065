import FiscalCore
import Synchronization

/// A call to the TSE against the time that may be waited. Whichever ends first counts; a call that is given up goes on
/// in a task of its own, so that a driver which ignores its cancellation holds up nobody.
final class CallRace<Answer: Sendable>: Sendable {
    typealias Ending = Result<Answer, TSEFailure>
    private enum State: Sendable {
        case running
        case awaited(CheckedContinuation<Ending, Never>)
        case ended(Ending)
        case taken
    }
    private let state = Mutex(State.running)

    /// - Parameter late: told of an answer that came after the wait was over.
    static func run(
        _ tse: any TSE, limit: Duration, clock: any FiscalClock,
        _ call: @escaping @Sendable (any TSE) async throws(TSEFailure) -> Answer,
        late: @escaping @Sendable (Ending) async -> Void
    ) async -> Ending {
        guard limit > .zero else { return .failure(TSEFailure(.timedOut, "no time left")) }
        let race = CallRace()
        let work = Task {
            let ending: Ending
            do throws(TSEFailure) { ending = .success(try await call(tse)) } catch { ending = .failure(error) }
            if !race.end(ending) { await late(ending) }
        }
        let timer = Task {
            do { try await clock.sleep(for: limit) } catch { return }
            _ = race.end(.failure(TSEFailure(.timedOut, "no answer in time")))
        }
        let ending = await race.ending()
        timer.cancel()
        work.cancel()
        return ending
    }

    /// - Returns: false when the race was over already.
    private func end(_ ending: Ending) -> Bool {
        let (isFirst, continuation): (Bool, CheckedContinuation<Ending, Never>?) = self.state.withLock { state in
            switch state {
            case .running:
                state = .ended(ending)
                return (true, nil)
            case .awaited(let continuation):
                state = .taken
                return (true, continuation)
            case .ended, .taken: return (false, nil)
            }
        }
        continuation?.resume(returning: ending)
        return isFirst
    }

    private func ending() async -> Ending {
        await withCheckedContinuation { continuation in
            let known: Ending? = self.state.withLock { state in
                switch state {
                case .running:
                    state = .awaited(continuation)
                    return nil
                case .ended(let ending):
                    state = .taken
                    return ending
                case .awaited, .taken: preconditionFailure("a race has one ending")
                }
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}
