import FiscalSimulators
import Synchronization
import TSEOffline

/// A TSE that goes away at one of its calls and comes back some calls later. It counts all calls, those that found it
/// gone too, so that an outage outlives the process that met it.
final class InterruptedTSE: TSE {
    /// How the call fails with which the outage begins; the later ones do not arrive.
    enum Beginning: String, CaseIterable, Sendable {
        /// It does not arrive.
        case notArrived
        /// It is carried out, and the answer is lost.
        case answerLost
    }

    let base: SimulatedTSE
    private let beginning: Beginning
    private let outage: Range<Int>
    private let calls = Mutex(0)

    /// - Parameters:
    ///   - first: the call that meets the outage first, from 1; beyond the last one there is none.
    ///   - length: how many calls the outage takes.
    init(_ base: SimulatedTSE, _ beginning: Beginning, first: Int, length: Int) {
        self.base = base
        self.beginning = beginning
        self.outage = first..<(first + length)
    }

    /// All calls so far.
    var count: Int { self.calls.withLock { $0 } }

    private func call<Answer: Sendable>(
        _ body: () async throws(TSEFailure) -> Answer
    ) async throws(TSEFailure) -> Answer {
        let number = self.calls.withLock { calls in
            calls += 1
            return calls
        }
        guard self.outage.contains(number) else { return try await body() }
        guard number == self.outage.lowerBound, self.beginning == .answerLost else {
            throw TSEFailure(.unreachable, "the TSE is out")
        }
        _ = try await body()
        throw TSEFailure(.answerLost, "the TSE was pulled out")
    }

    func start(client: String) async throws(TSEFailure) -> StartedTransaction {
        try await self.call { () async throws(TSEFailure) in try await self.base.start(client: client) }
    }

    func finish(
        _ number: UInt64, client: String, processType: String, processData: String
    ) async throws(TSEFailure) -> TSESignature {
        try await self.call { () async throws(TSEFailure) in
            try await self.base.finish(number, client: client, processType: processType, processData: processData)
        }
    }

    func status() async throws(TSEFailure) -> TSEStatus {
        try await self.call { () async throws(TSEFailure) in try await self.base.status() }
    }

    func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction] {
        try await self.call { () async throws(TSEFailure) in try await self.base.openTransactions(client: client) }
    }

    func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord {
        try await self.call { () async throws(TSEFailure) in try await self.base.record(of: number, client: client) }
    }
}
