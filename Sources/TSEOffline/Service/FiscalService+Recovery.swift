import FiscalCore

/// After an outage: find out that the TSE is back, close what belongs to nobody, sign what was not signed.
extension FiscalService {
    /// Does what is due now: looks whether the TSE is there, closes orphan transactions, has waiting documents signed in
    /// the order in which they were stored (decisions T8–T10), and says when to look again.
    ///
    /// Calls of tills go between the documents; they never wait for the whole list. Nothing is asked of the TSE when
    /// nothing waits.
    /// - Throws: ``FiscalServiceError`` (`takenOver`, `damagedJournal`), `StoreError`.
    public func sync() async throws -> FiscalServiceSyncReport {
        var report = FiscalServiceSyncReport()
        guard !self.isRecovering else {
            report.isRunningElsewhere = true
            report.nextProbe = self.clock.now() + self.configuration.probeInterval
            return report
        }
        self.isRecovering = true
        defer { self.isRecovering = false }
        guard try await self.hasWork() else { return report }
        report.failure = try await self.lookForTSE()
        if report.failure == nil { report.failure = try await self.sweep() }
        if report.failure == nil { report = try await self.closeOrphans(report) }
        if report.failure == nil { report = try await self.signWaiting(report) }
        // What the policy left unsigned may have had a transaction.
        if report.failure == nil { report = try await self.closeOrphans(report) }
        if report.failure != nil { try await self.commit() }
        if try await self.hasWork() { report.nextProbe = self.clock.now() + self.configuration.probeInterval }
        return report
    }

    /// Calls ``sync()`` at the configured interval, and at once when a till's call finds the TSE back, until the task is
    /// cancelled. Cancelling it at any time loses nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            _ = try await self.sync()
            await self.pause()
        }
    }

    private func pause() async {
        let pause = Task { [clock, interval = self.configuration.probeInterval] in
            try await clock.sleep(for: interval)
        }
        self.pause = pause
        // What cuts it short is either the end of an outage or the end of the task.
        _ = await withTaskCancellationHandler {
            await pause.result
        } onCancel: {
            pause.cancel()
        }
        self.pause = nil
    }

    private func hasWork() async throws -> Bool {
        if self.watch.current != nil || !self.toSweep.isEmpty { return true }
        if try await self.journal.hasUnsettledDocuments() { return true }
        return try await !self.openOrphans().isEmpty
    }

    private func lookForTSE() async throws -> TSEFailure? {
        let arrival = self.arrival()
        guard await self.enterLane(arrival) else { return .busy }
        defer { self.lane.leave() }
        if case .failure(let failure) = await self.probe(arrival) {
            self.note(failure, calledAt: arrival.time)
            if failure.code == .otherTSE { self.tell(.alarm(.otherTSE(failure.detail))) }
            try await self.commit()
            return failure
        }
        if !self.changedOutages.isEmpty { try await self.commit() }
        return nil
    }

    // MARK: Orphans

    private func openOrphans() async throws -> [OrphanTransaction] {
        try await self.journal.orphans().filter {
            $0.closing == nil && $0.tseSerial == self.configuration.tseSerial
        }
    }

    func orphan(_ number: UInt64, _ register: String, document: String? = nil) -> OrphanTransaction {
        OrphanTransaction(
            number: number, client: register, tseSerial: self.configuration.tseSerial, foundAt: self.clock.now(),
            outage: self.watch.current?.sequence ?? (self.watch.lastSequence > 0 ? self.watch.lastSequence : nil),
            document: document, closing: nil)
    }

    /// Looks through the open transactions of every register for those that no document counts as its own.
    private func sweep() async throws -> TSEFailure? {
        // A call that comes late while this goes on puts its register back.
        let registers = self.lastNumbers.keys.sorted()
        self.toSweep.removeAll()
        for register in registers {
            if let failure = try await self.sweep(register) {
                self.toSweep.formUnion(registers)
                return failure
            }
        }
        return nil
    }

    /// The lane is held from the question to the comparison: no start of ours can be under way in between.
    private func sweep(_ register: String) async throws -> TSEFailure? {
        let arrival = self.arrival()
        guard await self.enterLane(arrival) else { return .busy }
        defer { self.lane.leave() }
        let answer = await self.call(arrival) { tse throws(TSEFailure) in
            try await tse.openTransactions(client: register)
        }
        let listed: [OpenTransaction]
        switch answer {
        case .success(let transactions): listed = transactions
        case .failure(let failure):
            self.note(failure, calledAt: arrival.time)
            return failure
        }
        let serial = self.configuration.tseSerial
        let known = try await self.journal.transactions(register: register, serial: serial)
        let noted = Set(
            try await self.journal.orphans().filter { $0.client == register && $0.tseSerial == serial }.map(\.number))
        let found = listed.filter { $0.client == register && !known.contains($0.number) && !noted.contains($0.number) }
        if !found.isEmpty {
            try await self.commit(orphans: found.map { self.orphan($0.number, register) })
        }
        return nil
    }

    private func closeOrphans(_ original: FiscalServiceSyncReport) async throws -> FiscalServiceSyncReport {
        var report = original
        for orphan in try await self.openOrphans() {
            switch try await self.close(orphan) {
            case .success(let closed):
                report.closedOrphans.append(closed)
                self.tell(.orphanClosed(closed))
            case .failure(let failure):
                report.failure = failure
                return report
            }
        }
        return report
    }

    /// Asks first: an earlier attempt to close it may have been carried out.
    private func close(_ orphan: OrphanTransaction) async throws -> Result<OrphanTransaction, TSEFailure> {
        let arrival = self.arrival()
        guard await self.enterLane(arrival) else { return .failure(.busy) }
        defer { self.lane.leave() }
        let record = await self.call(arrival) { tse throws(TSEFailure) in
            try await tse.record(of: orphan.number, client: orphan.client)
        }
        var closed = orphan
        switch record {
        case .failure(let failure): return self.failed(failure, arrival)
        case .success(.finished(let signature)): closed.closing = .init(signature)
        case .success(.finishedUnreadable): closed.closing = .unreadable(at: self.clock.now())
        case .success(.unknown): closed.closing = .gone(at: self.clock.now())
        case .success(.open):
            let ended = await self.call(arrival) { tse throws(TSEFailure) in
                try await tse.finish(
                    orphan.number, client: orphan.client, processType: ProcessType.receipt.rawValue,
                    processData: FiscalDocument.cancelledData)
            }
            switch ended {
            case .failure(let failure): return self.failed(failure, arrival)
            case .success(let signature): closed.closing = .init(signature)
            }
            self.changed(self.watch.succeeded(at: self.clock.now()))
        }
        try await self.commit(orphans: [closed])
        return .success(closed)
    }

    private func failed(_ failure: TSEFailure, _ arrival: Arrival) -> Result<OrphanTransaction, TSEFailure> {
        self.note(failure, calledAt: arrival.time)
        return .failure(failure)
    }

    // MARK: Waiting documents

    private func signWaiting(_ original: FiscalServiceSyncReport) async throws -> FiscalServiceSyncReport {
        var report = original
        for id in try await self.journal.unsettledDocuments() {
            report = try await self.signWaiting(id, report)
            if report.failure != nil { return report }
        }
        return report
    }

    private func signWaiting(
        _ id: String, _ original: FiscalServiceSyncReport
    ) async throws -> FiscalServiceSyncReport {
        // The till is asking again itself.
        guard self.inHand.insert(id).inserted else { return original }
        defer { self.inHand.remove(id) }
        var report = original
        guard await self.enterLane(self.arrival()) else {
            report.failure = .busy
            return report
        }
        defer { self.lane.leave() }
        guard let entry = try await self.journal.entry(id), entry.machine.isUnsettled else { return report }
        // The time in the queue does not count against the document.
        let arrival = self.arrival()
        var signing = try await self.sign(entry, arrival)
        signing = self.answeredLate(signing)
        try await self.commit(signing.entry, orphans: signing.orphans)
        self.report(signing, to: &report, arrival)
        return report
    }

    /// A document whose finishing call was interrupted has not been answered offline: it gets its regular answer, for
    /// the till that asks again. An issued answer never changes.
    private func answeredLate(_ original: Signing) -> Signing {
        var signing = original
        switch signing.result {
        case .success(let signature):
            signing.entry.lastFailure = nil
            guard signing.entry.finishAnswer == nil, let finish = signing.entry.finish else { return signing }
            signing.entry.finishAnswer = self.regularAnswer(&signing.entry, signature, finish.requestedAt).json.text
        case .failure(let failure): signing.entry.lastFailure = failure.description
        }
        return signing
    }

    private func report(_ signing: Signing, to report: inout FiscalServiceSyncReport, _ arrival: Arrival) {
        let id = signing.entry.id
        switch signing.result {
        case .success:
            report.signed.append(id)
            if case .reSigned(let signature, _) = signing.entry.machine.state {
                self.tell(.reSigned(documentID: id, signature))
            } else {
                self.tell(.signedUnanswered(documentID: id))
            }
        case .failure where signing.isSettled: report.settledUnsigned.append(id)
        case .failure(let failure):
            report.failed[id] = failure
            if failure.code == .unsuitableData { self.tell(.alarm(.unsuitableData(id))) }
            // What concerns this document alone does not hold up those behind it.
            guard !failure.concernsOneDocument else { return }
            self.note(failure, calledAt: arrival.time)
            report.failure = failure
        }
    }
}

extension TSEFailure {
    /// Whether the TSE may well sign the next document.
    var concernsOneDocument: Bool {
        self.code == .badSignature || self.code == .unsuitableData || self.code == .unknownTransaction
    }
}

extension OrphanTransaction.Closing {
    init(_ signature: TSESignature) {
        self = .signed(counter: signature.signatureCounter, logTime: signature.logTime)
    }
}
