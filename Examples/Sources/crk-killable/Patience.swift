import CRKProtocol
import FiscalCore

/// Waits for what comes by itself, as a till does, in hurried time.
struct Patience {
    let register: CRKRegister
    let clock: TillClock

    /// More rounds than faults can be planned.
    private static let rounds = 5_000

    /// Until the register is fiscalised, or only a person can help.
    func fiscalise(_ request: FiscalisationRequest) async throws -> String {
        if case .fiscalised = try await self.register.status().mode { return try await self.registered() }
        var outcome = try await self.register.fiscalise(request)
        for _ in 1...Self.rounds {
            switch outcome.state {
            case .registered: return try await self.registered()
            case .refused(let refusal): return "refused \(refusal.code)"
            case .unknown(let progress): return "unknown \(progress.step.rawValue)"
            case .pending:
                let report = try await self.register.sync()
                if case .fiscalised = try await self.register.status().mode { return try await self.registered() }
                if report.fiscalisation?.isStalled != true {
                    try await self.clock.sleep(until: report.nextDue ?? self.clock.now() + .seconds(1))
                }
                outcome = try await self.register.fiscalise(request)
            }
        }
        throw Impatient(description: "not fiscalised after \(Self.rounds) rounds")
    }

    private func registered() async throws -> String {
        "registered \(try await self.register.status().settings.registrationNumber?.text ?? "")"
    }

    /// Until the Event Hub has everything.
    func ship() async throws -> String {
        for _ in 1...Self.rounds {
            _ = try await self.register.ship()
            let status = try await self.register.status()
            guard status.unsent > 0 else { return "shipped" }
            try await self.clock.sleep(until: status.nextShipment ?? self.clock.now() + .seconds(1))
        }
        throw Impatient(description: "documents are left after \(Self.rounds) rounds")
    }
}

/// Something did not end as it must.
struct Impatient: Error, CustomStringConvertible {
    var description: String
}
