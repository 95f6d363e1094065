import FiscalCore

/// Sending again what has not been registered yet.
extension EETClient {
    /// Sends what is due, in the order of the sales, and says when to call again.
    ///
    /// A link that is down ends the round. Held and refused sales do not block those behind them.
    /// - Parameter ignoringPauses: true also sends what waits for its next attempt: the link is known to be back.
    public func sync(ignoringPauses: Bool = false) async throws -> EETSyncReport {
        var report = EETSyncReport()
        for listed in try await self.journal.unsettled() where listed.entry.edition == self.configuration.edition {
            let data = try listed.entry.data()
            let identity = data.identity
            guard self.inFlight.insert(identity).inserted else { continue }
            defer { self.inFlight.remove(identity) }
            guard let outcome = try await self.resend(identity, ignoringPauses: ignoringPauses) else { continue }
            report.outcomes.append(outcome)
            if outcome.linkIsDown {
                report.linkIsDown = true
                break
            }
        }
        let now = self.clock.now()
        for read in try await self.journal.unsettled() {
            let data = try read.entry.data()
            if self.configuration.deadlines.deadline(for: data) < now { report.overdue.append(data.identity) }
            guard read.entry.edition == self.configuration.edition, let due = read.entry.machine.due(now: now)
            else { continue }
            report.nextDue = min(report.nextDue ?? due, due)
        }
        if report.linkIsDown, let due = report.nextDue {
            report.nextDue = max(due, now + self.configuration.resends.pause(afterFailures: 1))
        }
        return report
    }

    /// Sends one sale if it is due; nil when it is not, or when somebody else took it meanwhile.
    private func resend(_ identity: SaleIdentity, ignoringPauses: Bool) async throws -> EETOutcome? {
        // Another call may have settled it while earlier sales were sent.
        guard let read = try await self.journal.read(identity),
            read.entry.machine.isDue(at: self.clock.now(), ignoringPauses: ignoringPauses)
        else { return nil }
        do {
            return try await self.attempt(
                read.entry, try read.entry.data(), revision: read.revision, identity: identity,
                by: ignoringPauses ? .host : .schedule(now: self.clock.now()))
        } catch let error as StoreError where error.code == .conflict {
            // Another process changed it before anything of ours was sent.
            return nil
        }
    }

    /// Calls ``sync(ignoringPauses:)`` whenever something is due, until the task is cancelled. Cancelling it in the
    /// middle of a message loses nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            let report = try await self.sync()
            let longest = self.clock.now() + self.configuration.resends.pause(afterFailures: 1)
            do { try await self.clock.sleep(until: min(report.nextDue ?? longest, longest)) } catch { return }
        }
    }
}
