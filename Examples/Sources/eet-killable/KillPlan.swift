import FiscalCore
import Foundation
import Synchronization

/// Counts the moments of a run at which a crash would leave something half done, and ends the process at one of them,
/// without a chance to clean up.
final class KillPlan: Sendable {
    private let moment: Int
    private let passed = Mutex(0)

    /// - Parameter moment: at which to die, counted from 1; a number beyond the last one lets the run end.
    init(dieAt moment: Int) {
        self.moment = moment
    }

    /// A moment has come.
    func pass(_ name: String) {
        let count = self.passed.withLock { passed in
            passed += 1
            return passed
        }
        guard count == self.moment else { return }
        FileHandle.standardError.write(Data("killed at \(count): \(name)\n".utf8))
        kill(getpid(), SIGKILL)
        // The signal is delivered before kill returns to user mode on one thread only; nothing may go on meanwhile.
        while true { pause() }
    }
}

/// A store whose process may die before and after each commit.
struct KillableStore: DurableStore {
    var base: any DurableStore
    var plan: KillPlan

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? { try await self.base.record(key) }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try await self.base.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(
        _ changes: [StoreChange], requiring requirements: [StoreRequirement]
    ) async throws(StoreError) {
        self.plan.pass("before commit")
        try await self.base.commit(changes, requiring: requirements)
        self.plan.pass("after commit")
    }
}

/// A transport whose process may die before and after each exchange.
struct KillableTransport: HTTPTransport {
    var base: any HTTPTransport
    var plan: KillPlan

    func exchange(
        _ request: HTTPExchangeRequest, timeout: Duration
    ) async throws(TransportError) -> HTTPExchangeResponse {
        self.plan.pass("before sending")
        do {
            let response = try await self.base.exchange(request, timeout: timeout)
            self.plan.pass("after an answer")
            return response
        } catch {
            self.plan.pass("after a failed exchange")
            throw error
        }
    }
}
