import FiscalCore

/// Doing what is due.
extension CRKRegister {
    /// Does what is due now: steps of the fiscalisation, orders, shipments, the message that the work has ended, keys of
    /// the coming days. Says what happened and when to call again. To call it early does no harm.
    public func sync() async throws -> CRKSyncReport {
        var report = CRKSyncReport()
        try await self.driveFiscalisation(&report)
        try await self.reportEndOfLife(&report)
        try await self.fetchComingKeys(&report)
        if self.isPollDue { try await self.poll(&report) }
        try await self.shipScheduled(&report)
        // A shipment or an order may have been what the fiscalisation waited for.
        try await self.driveFiscalisation(&report)
        return self.closed(report)
    }

    /// Looks for orders now, whatever the schedule says.
    public func poll() async throws -> CRKSyncReport {
        var report = CRKSyncReport()
        try await self.poll(&report)
        try await self.driveFiscalisation(&report)
        return self.closed(report)
    }

    /// Sends everything that is unsent now, whatever the schedule says, and looks no pause in the eye: the link is known
    /// to be back.
    public func ship() async throws -> CRKSyncReport {
        var report = CRKSyncReport()
        try await self.beginShipment()
        try await self.update { $0.scheduled?.delivery.resume() }
        _ = try await self.ship(.scheduled, &report)
        try await self.driveFiscalisation(&report)
        return self.closed(report)
    }

    /// The protected memory has a new document: with the schedule "online" it is sent at once (section 2.2.4).
    public func documentsAdded() async throws -> CRKSyncReport {
        guard self.state.settings.timetable?.sendFreqEventHub == .online, self.mayShip else {
            return self.closed(CRKSyncReport())
        }
        return try await self.sendUnsent()
    }

    /// A daily fiscal report was made: what is unsent is sent at once, unless sending is suspended (section 2.3.2.2).
    public func dailyReportMade() async throws -> CRKSyncReport {
        guard let schedule = self.state.settings.timetable?.sendFreqEventHub, schedule != .suspended, self.mayShip
        else {
            return self.closed(CRKSyncReport())
        }
        return try await self.sendUnsent()
    }

    private func sendUnsent() async throws -> CRKSyncReport {
        var report = CRKSyncReport()
        try await self.beginShipment()
        _ = try await self.ship(.scheduled, &report)
        return self.closed(report)
    }

    /// Calls ``sync()`` whenever something is due, until the task is cancelled; cancelling it in the middle of a call
    /// loses nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            let report = try await self.sync()
            let longest = self.clock.now() + .seconds(60)
            do { try await self.clock.sleep(until: min(report.nextDue ?? longest, longest)) } catch { return }
        }
    }

    private func poll(_ report: inout CRKSyncReport) async throws {
        guard self.state.settings.registrationNumber != nil else {
            throw CRKError(.notFiscalised, "the WebApi answers registers after their fiscalisation only")
        }
        let now = self.clock.now()
        try await self.update { state in
            state.polling?.fired(at: now)
            state.pollAgainAt = nil
            // A reply that stopped goes on at the next poll.
            if state.ordered?.delivery.stopped != nil { state.ordered?.delivery.resume() }
        }
        try await self.pollOrders(&report)
    }

    private func closed(_ report: CRKSyncReport) -> CRKSyncReport {
        var report = report
        report.shippedThrough = self.state.shippedThrough
        report.fiscalisation = self.state.fiscalisation?.isComplete == true ? nil : self.fiscalisationProgress
        for due in self.dues { report.due(due) }
        return report
    }

    /// When something is due next, for each thing that waits.
    var dues: [FiscalInstant?] {
        let now = self.clock.now()
        return [
            self.nextPoll, self.nextShipment, self.state.fiscalisation.flatMap { $0.nextDue(at: now) },
            self.state.endOfLife.flatMap { $0.isOpen ? $0.due(at: now) : nil },
            self.prefetchesKeys ? self.sharedKeysDue : nil,
        ]
    }

    /// When orders are looked for next; nil before the repository answers a register's polls.
    var nextPoll: FiscalInstant? {
        guard self.state.fiscalisation?.mayPoll(isSuspended: self.isSuspended) == true, let timer = self.state.polling
        else { return nil }
        let now = self.clock.now()
        if let again = self.state.pollAgainAt { return BackOff.end(of: again, at: now) }
        let due = timer.nextDue(at: now)
        guard !self.state.orders.isEmpty else { return due }
        // The process ended between an order and its confirmation: at once. A reply that waits for the hub goes on when
        // its pause is over, one that stopped at the next poll.
        guard let job = self.state.ordered else { return now }
        return job.delivery.stopped == nil ? min(due, job.pauseEnd(at: now) ?? now) : due
    }

    var isPollDue: Bool { self.nextPoll.map { $0 <= self.clock.now() } ?? false }

    /// When something goes to the Event Hub next, as far as time tells; nil when only a document brings it about.
    var nextShipment: FiscalInstant? {
        guard self.mayShip else { return nil }
        let now = self.clock.now()
        if let job = self.state.scheduled, job.delivery.stopped == nil { return job.pauseEnd(at: now) ?? now }
        return self.state.shipping?.nextDue(at: now)
    }
}
