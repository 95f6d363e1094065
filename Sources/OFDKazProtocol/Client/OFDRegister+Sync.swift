import FiscalCore

/// Sending what waits.
extension OFDRegister {
    /// Sends what is due now, one message after another, and says when to call again. Documents that are issued
    /// meanwhile go in between, at the tail of the queue.
    ///
    /// Cancelling it loses nothing: the message under way is driven to its end first.
    /// - Throws: ``OFDError`` (`anotherProcess`, `damagedJournal`), `StoreError`.
    public func sync() async throws -> OFDSyncReport {
        self.syncs += 1
        defer { self.syncs -= 1 }
        var report = OFDSyncReport()
        while true {
            try Task.checkCancellation()
            let progress = try await self.locked { register in try await register.driveForSync() }
            switch progress {
            case .done(let settled):
                if settled.answer == nil { report.unanswered += 1 }
                if let document = settled.document {
                    report.outcomes.append(try document.outcome(isFromJournal: false))
                }
            case .wait(let instant):
                return self.completed(report, nextDue: instant)
            case .rest:
                return self.completed(report, nextDue: nil)
            }
        }
    }

    private func completed(_ original: OFDSyncReport, nextDue: FiscalInstant?) -> OFDSyncReport {
        var report = original
        report.nextDue = [nextDue, self.keepAliveDue].compactMap { $0 }.min()
        report.queueLength = self.memory.machine.queue.count
        report.mode = self.memory.machine.mode
        return report
    }

    private func driveForSync() async throws -> Progress {
        // An INFO that is owed looks for the server as well.
        if let due = self.keepAliveDue, due <= self.clock.now(), !self.memory.machine.state.infoIsDue {
            _ = self.memory.machine.request(.keepAlive)
        }
        do { return try await self.driveNext() } catch let error as OFDResultNotStored {
            throw error.underlying
        }
    }

    /// When the register has been idle for long enough; nil when nothing looks after that (section 3.1).
    private var keepAliveDue: FiscalInstant? {
        guard let interval = self.configuration.keepAliveInterval, self.memory.machine.mode == .online else {
            return nil
        }
        return self.clock.now() + max(.zero, self.lastAnswer + interval - self.clock.elapsed())
    }

    /// Calls ``sync()`` whenever something is due, until the task is cancelled. Cancelling it in the middle of a message
    /// loses nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            let report: OFDSyncReport
            do { report = try await self.sync() } catch is CancellationError { return }
            // A document may have lost the link meanwhile: its next attempt is never nearer than the interval.
            let longest = self.clock.now() + self.configuration.rules.reconnectInterval
            do { try await self.clock.sleep(until: min(report.nextDue ?? longest, longest)) } catch { return }
        }
    }

    /// Drives what is due before a document or a request of the host.
    ///
    /// A message that is not settled comes first, whatever it takes. What waits is sent no longer than one transaction
    /// time, and not at all while ``sync()`` sends it: nobody shall wait at the till for a long queue.
    /// - Returns: what was driven last, nil when nothing was due.
    @discardableResult
    func driveWhatIsDue() async throws -> Settled? {
        var last: Settled?
        let end = self.clock.elapsed() + self.configuration.rules.transactionTime
        do {
            while true {
                let isOnline = self.memory.machine.mode == .online
                if !isOnline || self.memory.machine.head == nil {
                    if !isOnline, self.syncs > 0 { return last }
                    if self.clock.elapsed() >= end { return last }
                }
                guard case .done(let settled) = try await self.driveNext() else { return last }
                last = settled
            }
        } catch let error as OFDResultNotStored {
            // It is not the document that the caller waits for.
            throw error.underlying
        }
    }
}
