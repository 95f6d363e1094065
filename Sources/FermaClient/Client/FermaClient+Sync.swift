import FiscalCore

/// Repeating what is not settled.
extension FermaClient {
    /// Repeats what is due, in the order of the sales, and says when to call again.
    ///
    /// A link that is down ends the round. What is held or refused does not block what stands behind it.
    /// - Parameter ignoringPauses: true also sends what waits for its next attempt: the link is known to be back. What
    ///   is held stays held.
    public func sync(ignoringPauses: Bool = false) async throws -> FermaSyncReport {
        var report = FermaSyncReport()
        for listed in try await self.journal.unfinished() {
            // A document that was made meanwhile ends the stop.
            if listed.entry.machine.state == .kept, try await self.standingStop() != nil { continue }
            guard listed.entry.machine.due(now: self.clock.now()) != nil,
                let outcome = try await self.resend(listed.entry.identity, ignoringPauses: ignoringPauses)
            else { continue }
            report.outcomes.append(outcome)
            if outcome.linkIsDown {
                report.linkIsDown = true
                break
            }
        }
        report.stop = try await self.standingStop()
        let now = self.clock.now()
        for read in try await self.journal.unfinished() {
            guard let due = read.entry.machine.due(now: now) else {
                report.needPerson.append(read.entry.identity)
                continue
            }
            if report.stop != nil, read.entry.machine.state == .kept { continue }
            report.nextDue = min(report.nextDue ?? due, due)
        }
        if report.linkIsDown, let due = report.nextDue {
            report.nextDue = max(due, now + self.configuration.repeats.pause(afterFailures: 1))
        }
        return report
    }

    /// Repeats one request if the machine finds it due; nil when it does not, or when somebody else took it meanwhile.
    private func resend(_ identity: RequestIdentity, ignoringPauses: Bool) async throws -> FermaOutcome? {
        guard self.inFlight.insert(identity).inserted else { return nil }
        defer { self.inFlight.remove(identity) }
        // Another call may have settled it while earlier ones were sent.
        guard let read = try await self.journal.read(identity), read.entry.machine.due(now: self.clock.now()) != nil
        else { return nil }
        do {
            return try await self.attempt(read, by: ignoringPauses ? .till : .schedule)
        } catch let error as StoreError where error.code == .conflict {
            // Another process changed it before anything of ours was sent.
            return nil
        }
    }

    /// Calls ``sync(ignoringPauses:)`` whenever something is due, until the task is cancelled. Cancelling it in the
    /// middle of a request loses nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            let report = try await self.sync()
            let longest = self.clock.now() + self.configuration.repeats.pause(afterFailures: 1)
            do { try await self.clock.sleep(until: min(report.nextDue ?? longest, longest)) } catch { return }
        }
    }
}

extension Outcome
where
    Registration == FermaRegistered, Pending == FermaPending, Refusal == FermaRefused, Question == FermaUnknown
{
    /// Whether the last attempt ended because nothing gets through at present.
    var linkIsDown: Bool {
        switch self.state {
        case .pending(let pending): pending.isUnanswered
        case .unknown(let unknown): unknown.isUnanswered
        case .registered, .refused: false
        }
    }
}
