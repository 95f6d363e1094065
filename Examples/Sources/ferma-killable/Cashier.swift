import FermaClient
import FiscalCore

/// Sees each sale through to its end: repeats by itself, and does what a person would do where one is needed.
struct Cashier {
    let client: FermaClient
    let clock: ShopClock
    let seed: Int

    /// More rounds than faults can be planned for one sale.
    private static let patience = 500

    /// - Returns: how the sale ended: registered, or refused.
    func sell(_ place: Int) async throws -> FermaOutcome {
        let sale = Sale(place, seed: self.seed)
        // After a crash the correction may have been submitted already.
        if let corrected = try await self.client.outcome(requestID: sale.correctedID) {
            return try await self.settle(corrected)
        }
        let outcome = try await self.settle(
            try await self.client.issue(try sale.receipt(), requestID: sale.requestID))
        guard case .refused = outcome.state, sale.isCorrected else { return outcome }
        return try await self.settle(
            try await self.client.correct(
                outcome.facts.identity, with: try sale.receipt(corrected: true), requestID: sale.correctedID,
                by: "Иванова", because: "не указана система налогообложения"))
    }

    /// Until there is a document, or a refusal that no repeat changes.
    private func settle(_ first: FermaOutcome) async throws -> FermaOutcome {
        var outcome = first
        for _ in 1...Self.patience {
            switch outcome.state {
            case .registered: return outcome
            // Something about the data: nothing but a correction helps.
            case .refused(let refused) where refused.answer.retry == .fixThenNewId: return outcome
            case .refused, .pending, .unknown: outcome = try await self.goOn(outcome)
            }
        }
        throw Unsettled(description: "\(outcome.facts.identity.requestID) is not settled after \(Self.patience) rounds")
    }

    private func goOn(_ outcome: FermaOutcome) async throws -> FermaOutcome {
        let identity = outcome.facts.identity
        if outcome.needsPerson {
            return try await self.client.repeatSame(identity, by: "Иванова", because: "посмотрела в кабинете")
        }
        // The register had said that it can make no further document.
        if case .kept = outcome.waiting {
            try await self.client.resume(by: "Иванова", because: "накопитель заменён")
        }
        if case .until(let instant) = outcome.waiting { try await self.clock.sleep(until: instant) }
        _ = try await self.client.sync()
        guard let now = try await self.client.outcome(requestID: identity.requestID) else {
            throw Unsettled(description: "\(identity.requestID) vanished from the journal")
        }
        return now
    }
}

/// A sale did not end as a sale of this shop must.
struct Unsettled: Error, CustomStringConvertible {
    var description: String
}
