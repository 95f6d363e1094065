import FiscalCore

/// Our own counters, and the server's (decisions K25, K26, K34).
extension OFDRegister {
    /// The time of the clocks now, as reports carry it.
    func reportTime(at now: FiscalInstant) -> DateTime { DateTime(self.configuration.zone.seconds(at: now)) }

    /// Counts a document that the server has, or that was handed out. Whatever cash it took has been taken.
    func count(
        _ request: PBRequest, _ document: DocumentRecord, isOffline: Bool, at now: FiscalInstant
    ) throws(OFDError) {
        do throws(CounterError) {
            try self.memory.counters.count(request, isOffline: isOffline, cash: .serverDecides)
            self.noteClose(document)
        } catch {
            // The document exists whether we can count it or not; the next INFO brings the server's figures.
            try self.report(.countersFailed, "\(error)", at: now, document: document.number)
        }
    }

    /// Remembers the report of a shift that was closed.
    func noteClose(_ document: DocumentRecord) {
        guard document.kind == .closeShift else { return }
        self.memory.state.lastClose = document.number
        self.memory.service.lastZ = document.report
    }

    /// Takes over the server's counters, whole, and writes down where ours were other ones.
    func adopt(_ report: ZXReport, from source: CounterSource, ours: ZXReport?, at now: FiscalInstant) throws(OFDError)
    {
        let time = self.reportTime(at: now)
        let differences = self.memory.counters.differences(from: report, source, lastZ: ours, at: time)
        let incidents = differences.filter { $0.weight != .note }
        if self.memory.state.knowsServersCounters, !incidents.isEmpty {
            for difference in incidents where difference.weight == .fallenNonNullableSum {
                try self.report(.sumFell, difference.description, at: now)
            }
            let others = incidents.filter { $0.weight == .incident }
            if !others.isEmpty {
                try self.report(.countersDiffer, others.map(\.description).joined(separator: "; "), at: now)
            }
        }
        if !differences.isEmpty { self.news.append(.differences(differences)) }
        self.memory.counters.adopt(report, from: source, at: time)
        self.memory.state.knowsServersCounters = true
    }

    /// An INFO was answered: counters, and what its times say about our clock.
    func adoptInfo(_ answer: Answer, at now: FiscalInstant) async throws {
        guard let report = answer.report, let type = answer.reportType,
            let source = CounterSource(command: .info, report: type)
        else { return }
        var ours: ZXReport?
        if type == .z {
            if let close = self.memory.state.lastClose { ours = try await self.records.document(close).report }
            self.memory.service.lastZ = report
        }
        try self.adopt(report, from: source, ours: ours, at: now)
        let latest = [report.dateTime, report.openShiftTime, report.closeShiftTime].compactMap { $0?.civil }.max()
        let ahead = latest.map { self.configuration.zone.instant(of: $0) - now } ?? .zero
        self.clockIsBehindBy = ahead >= .seconds(1) ? ahead : nil
    }
}

extension Answer {
    /// The server's report; nil when it has none, or one that cannot be read whole.
    var report: ZXReport? { self.reportIsDamaged ? nil : self.reportWire.map { ZXReport($0) } }
}

extension RegisterCounters {
    /// Counts a document by its request; a report counts nothing.
    mutating func count(_ request: PBRequest, isOffline: Bool, cash: CashRule) throws(CounterError) {
        if request.hasTicket {
            try self.add(ticket: request.ticket, isOffline: isOffline, cash: cash)
        } else if request.hasMoneyPlacement {
            try self.add(placement: request.moneyPlacement, isOffline: isOffline, cash: cash)
        } else if request.hasCloseShift {
            guard let time = request.closeShift.closeTime.dateTime else {
                throw CounterError(.unreadable, "close_time")
            }
            _ = try self.closeShift(
                at: time, withdrawsMoney: request.closeShift.withdrawMoney, isOffline: isOffline)
        }
    }
}
