import Synchronization

/// Lets one caller in at a time, in the order in which they came.
package final class FairLock: Sendable {
    private struct State {
        var isHeld = false
        var lastTicket: UInt64 = 0
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        /// Callers that were cancelled before they stood in the line.
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Returns when the lock is the caller's.
    /// - Throws: `CancellationError` when the task is cancelled before that; the lock is not the caller's then.
    package func acquire() async throws {
        let ticket = self.state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isMine: Result<Void, any Error>? = self.state.withLock { state in
                    if state.cancelled.remove(ticket) != nil { return .failure(CancellationError()) }
                    guard state.isHeld else {
                        state.isHeld = true
                        return .success(())
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let isMine { continuation.resume(with: isMine) }
            }
        } onCancel: {
            self.cancel(ticket)
        }
        self.state.withLock { _ = $0.cancelled.remove(ticket) }
    }

    /// Hands the lock to whoever waits longest.
    package func release() {
        let next = self.state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.isHeld = false
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }

    /// How many stand in the line.
    package var waitingCount: Int { self.state.withLock { $0.waiting.count } }

    private func cancel(_ ticket: UInt64) {
        let waiting = self.state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let place = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                state.cancelled.insert(ticket)
                return nil
            }
            return state.waiting.remove(at: place).continuation
        }
        waiting?.resume(throwing: CancellationError())
    }
}
