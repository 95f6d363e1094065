import Killing
import TSEOffline

/// A TSE whose caller may die before and after each call.
struct KillableTSE: TSE {
    let base: any TSE
    let plan: KillPlan

    func start(client: String) async throws(TSEFailure) -> StartedTransaction {
        self.plan.pass("before start")
        defer { self.plan.pass("after start") }
        return try await self.base.start(client: client)
    }

    func finish(
        _ number: UInt64, client: String, processType: String, processData: String
    ) async throws(TSEFailure) -> TSESignature {
        self.plan.pass("before finish")
        defer { self.plan.pass("after finish") }
        return try await self.base.finish(
            number, client: client, processType: processType, processData: processData)
    }

    func status() async throws(TSEFailure) -> TSEStatus {
        self.plan.pass("before status")
        defer { self.plan.pass("after status") }
        return try await self.base.status()
    }

    func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction] {
        self.plan.pass("before openTransactions")
        defer { self.plan.pass("after openTransactions") }
        return try await self.base.openTransactions(client: client)
    }

    func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord {
        self.plan.pass("before record")
        defer { self.plan.pass("after record") }
        return try await self.base.record(of: number, client: client)
    }
}
