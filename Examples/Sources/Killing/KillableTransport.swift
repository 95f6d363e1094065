public import FiscalCore

/// A transport whose process may die before and after each exchange.
public struct KillableTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let plan: KillPlan

    public init(base: any HTTPTransport, plan: KillPlan) {
        self.base = base
        self.plan = plan
    }

    public func exchange(
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
