public import FiscalCore

/// A store whose process may die before and after each commit.
public struct KillableStore: DurableStore {
    private let base: any DurableStore
    private let plan: KillPlan

    public init(base: any DurableStore, plan: KillPlan) {
        self.base = base
        self.plan = plan
    }

    public func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? { try await self.base.record(key) }

    public func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try await self.base.records(register: register, space: space, after: name, limit: limit)
    }

    public func commit(
        _ changes: [StoreChange], requiring requirements: [StoreRequirement]
    ) async throws(StoreError) {
        self.plan.pass("before commit")
        try await self.base.commit(changes, requiring: requirements)
        self.plan.pass("after commit")
    }
}
