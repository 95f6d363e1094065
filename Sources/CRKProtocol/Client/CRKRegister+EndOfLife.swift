import FiscalCore

/// The end of work in fiscal mode (section 2.4.8).
extension CRKRegister {
    /// The register has become read-only. That is stored, and then the repository is told; ``sync()`` repeats the message
    /// until it is taken. Calling it again changes nothing.
    ///
    /// The host calls it once its device is read-only: after the daily report that filled the fiscal memory or found it
    /// full (``EndOfFiscalLife/Reason/memoryFull``), or after the settlement report in service mode.
    /// - Returns: `answered` once the repository knows.
    public func endOfLife(_ reason: EndOfFiscalLife.Reason) async throws -> CRKCallOutcome<CPDDone> {
        guard self.state.settings.registrationNumber != nil, self.state.fiscalisation?.maySend == true else {
            throw CRKError(.notFiscalised, "only a fiscalised register can end its work")
        }
        let last = try await self.lastDocument()
        guard CRKDocument.numbers.contains(last) else {
            throw CRKError(.noDocuments, "the protected memory of a fiscalised register has its fiscal report")
        }
        let now = self.clock.now()
        try await self.update { state in
            if state.endOfLife == nil {
                state.endOfLife = EndOfLife(reason: reason, lastJPKID: last, since: now)
            }
            // A person who asks again wants it sent again.
            state.endOfLife?.refusal = nil
            state.endOfLife?.againAt = nil
        }
        guard let end = self.state.endOfLife, end.isOpen else { return .answered(CPDDone()) }
        return try await self.tell(end)
    }

    /// Whether the register is read-only: nothing may be sold.
    public var isReadOnly: Bool { self.state.endOfLife != nil }

    /// Repeats the message that has not been taken.
    func reportEndOfLife(_ report: inout CRKSyncReport) async throws {
        let now = self.clock.now()
        guard let end = self.state.endOfLife, end.isOpen, end.due(at: now) <= now else { return }
        if let trouble = try await self.tell(end).trouble { report.troubles.append("EFL: \(trouble)") }
    }

    private func tell(_ end: EndOfLife) async throws -> CRKCallOutcome<CPDDone> {
        let outcome = try await self.call(.efl, content: Array("\(end.reason.rawValue) \(end.lastJPKID)".utf8)) {
            try EndOfFiscalLife(self.identity.unit, at: $0, reason: end.reason, lastJPKID: end.lastJPKID)
        }
        let (now, jitter) = (self.clock.now(), self.jitter())
        let (isTaken, mayBeRepeated, trouble) = (outcome.answer != nil, outcome.mayBeRepeated, outcome.trouble)
        try await self.update { state in
            guard var end = state.endOfLife else { return }
            if isTaken {
                end.confirmedAt = now
            } else if mayBeRepeated {
                end.failures = min(end.failures + 1, 100)
                let pause = BackOff.pause(afterFailures: end.failures, jitter: jitter)
                end.againAt = now + pause
            } else {
                end.refusal = trouble
            }
            state.endOfLife = end
        }
        if isTaken { self.eventSources.yield(.readOnlyConfirmed) }
        return outcome
    }
}
