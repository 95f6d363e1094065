import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import OFDKazProtocol
import Testing

/// A day with an outage in its middle, worked through by a till that starts again wherever it dies.
struct ScriptedDay {
    /// One thing that happens.
    enum Step: Sendable {
        case sale(String)
        case deposit(String)
        case withdrawal(String)
        case xReport
        case close(withdrawsMoney: Bool)
        case link(StreamLinkFault?)
        case fault(OFDFault)
        /// Time goes by.
        case wait(Duration)
        /// Sends what is due.
        case sync
    }

    static let steps: [Step] = [
        .sale("100.10"), .deposit("5000.00"), .fault(.lost(recorded: true)), .sale("200.20"), .xReport,
        .wait(.seconds(600)),
        .link(.silentAfterArrival), .sale("300.30"), .link(.unreachable), .sale("400.40"), .withdrawal("1000.00"),
        .wait(.seconds(61)), .sync, .close(withdrawsMoney: false), .wait(.seconds(30)), .sale("500.50"), .xReport,
        .link(nil), .wait(.seconds(61)), .fault(.silence(recorded: false)), .sync, .sale("600.60"),
        .wait(.seconds(61)), .fault(.lost(recorded: true)), .sync, .wait(.seconds(61)), .sync,
        .sale("700.70"), .close(withdrawsMoney: true), .sale("800.80"),
    ]

    /// What the host holds in its hands.
    struct Receipt {
        var reference: String
        var outcome: OFDOutcome
        var total: String?
    }

    let world: RegisterAndAuthority
    /// The store of the n-th process, counted from 0.
    let storeOfProcess: (Int) -> any DurableStore
    private(set) var receipts: [Receipt] = []
    private(set) var processes = 0
    private var register: OFDRegister?

    init(_ world: RegisterAndAuthority, storeOfProcess: @escaping (Int) -> any DurableStore) {
        self.world = world
        self.storeOfProcess = storeOfProcess
    }

    /// Works through the day and sends what is left.
    mutating func live() async throws {
        for (index, step) in Self.steps.enumerated() { try await self.carryOut(step, reference: "step \(index)") }
        while true {
            let due = try await self.untilItWorks { register in try await register.sync() }.nextDue
            guard let due else { return }
            self.world.clock.set(due)
        }
    }

    private mutating func carryOut(_ step: Step, reference: String) async throws {
        switch step {
        case .link(let fault): self.world.link(fault)
        case .fault(let fault): self.world.fault(fault)
        case .wait(let duration): self.world.clock.advance(by: duration)
        case .sync: _ = try await self.untilItWorks { register in try await register.sync() }
        case .sale(let total):
            let ticket = try self.world.sale(total)
            try await self.issue(reference, total) { try await $0.issue(ticket, reference: reference) }
        case .deposit(let sum):
            let placement = try self.world.deposit(sum)
            try await self.issue(reference, nil) { try await $0.place(placement, reference: reference) }
        case .withdrawal(let sum):
            let placement = try self.world.withdrawal(sum)
            try await self.issue(reference, nil) { try await $0.place(placement, reference: reference) }
        case .xReport: try await self.issue(reference, nil) { try await $0.xReport(reference: reference) }
        case .close(let withdrawsMoney):
            let close = try self.world.close(withdrawsMoney: withdrawsMoney)
            try await self.issue(reference, nil) { try await $0.closeShift(close, reference: reference) }
        }
    }

    private mutating func issue(
        _ reference: String, _ total: String?, _ issue: (OFDRegister) async throws -> OFDOutcome
    ) async throws {
        let outcome = try await self.untilItWorks(issue)
        self.receipts.append(Receipt(reference: reference, outcome: outcome, total: total))
    }

    /// A till that loses its store starts again and hands the same thing in again.
    private mutating func untilItWorks<Value>(_ work: (OFDRegister) async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await work(self.running())
            } catch let error as OFDResultNotStored {
                guard error.underlying is StoreError else { throw error }
            } catch is StoreError {}
            self.register = nil
        }
    }

    private mutating func running() async throws -> OFDRegister {
        if let register = self.register { return register }
        self.processes += 1
        let register = try await self.world.open(store: self.storeOfProcess(self.processes - 1))
        self.register = register
        return register
    }
}
