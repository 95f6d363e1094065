import FiscalCore
import Logging

/// When a call came, by both clocks: what it is answered with, and how long it may still wait.
struct Arrival: Sendable {
    var time: FiscalInstant
    var elapsed: Duration
}

extension TSEFailure {
    /// The time was over before the TSE was free.
    static let busy = TSEFailure(.timedOut, "the TSE was busy with other calls")
}

/// Calls to the TSE: one at a time, no longer than a till may wait, and only when the TSE is there.
extension FiscalService {
    func arrival() -> Arrival { Arrival(time: self.clock.now(), elapsed: self.clock.elapsed()) }

    /// How long the call may still wait.
    private func timeLeft(_ arrival: Arrival) -> Duration {
        self.configuration.longestWait - (self.clock.elapsed() - arrival.elapsed)
    }

    // MARK: The lane

    /// Waits until the TSE is free.
    /// - Returns: false when the time was over before; the lane is not taken then.
    func enterLane(_ arrival: Arrival) async -> Bool {
        if self.lane.enterIfFree() { return true }
        let left = self.timeLeft(arrival)
        guard left > .zero else { return false }
        let ticket = self.lane.takeTicket()
        let timer = Task { [clock, weak self] in
            do { try await clock.sleep(for: left) } catch { return }
            await self?.giveUp(ticket)
        }
        defer { timer.cancel() }
        return await self.lane.enter(ticket)
    }

    private func giveUp(_ ticket: Int) { self.lane.giveUp(ticket) }

    // MARK: One call

    /// Asks the TSE something. The lane is the caller's.
    ///
    /// After a start, and as long as the TSE did not answer, it is asked first whether it is there: a call that signs
    /// must not be sent into the dark, where nobody could tell afterwards which of several were carried out.
    func call<Answer: Sendable>(
        _ arrival: Arrival, _ call: @escaping @Sendable (any TSE) async throws(TSEFailure) -> Answer
    ) async -> Result<Answer, TSEFailure> {
        if self.needsProbe {
            let longest = self.watch.isSilent ? self.configuration.longestWaitInOutage : nil
            if case .failure(let failure) = await self.probe(arrival, longest: longest) { return .failure(failure) }
        }
        let result = await self.raced(arrival, call)
        switch result {
        case .success: self.changed(self.watch.answered(at: self.clock.now()))
        case .failure(let failure): if !failure.isRefusal { self.needsProbe = true }
        }
        return result
    }

    /// Asks the TSE whether it is there, and whether it is the configured one.
    /// - Parameter longest: how long it may take, when that is less than the call may still wait.
    func probe(_ arrival: Arrival, longest: Duration? = nil) async -> Result<TSEStatus, TSEFailure> {
        let result = await self.raced(arrival, longest: longest) { tse throws(TSEFailure) in try await tse.status() }
        switch result {
        case .failure(let failure):
            self.needsProbe = true
            return .failure(failure)
        case .success(let status) where status.serial != self.configuration.tseSerial:
            self.needsProbe = true
            return .failure(TSEFailure(.otherTSE, "the serial of the TSE is \(status.serial)"))
        case .success(let status):
            self.needsProbe = false
            self.lastStatus = status
            self.changed(self.watch.answered(status, at: self.clock.now()))
            return .success(status)
        }
    }

    private func raced<Answer: Sendable>(
        _ arrival: Arrival, longest: Duration? = nil,
        _ call: @escaping @Sendable (any TSE) async throws(TSEFailure) -> Answer
    ) async -> Result<Answer, TSEFailure> {
        let left = self.timeLeft(arrival)
        return await CallRace.run(
            self.tse, limit: min(left, longest ?? left), clock: self.clock, call
        ) { [weak self] _ in
            await self?.cameLate()
        }
    }

    /// A call that was given up ended after all: it may have opened a transaction that nobody knows.
    private func cameLate() { self.toSweep.formUnion(self.lastNumbers.keys) }

    /// Starts a transaction for a document.
    func start(for entry: DocumentEntry, _ arrival: Arrival) async -> Result<StartedTransaction, TSEFailure> {
        let register = entry.register
        let result = await self.call(arrival) { tse throws(TSEFailure) in try await tse.start(client: register) }
        switch result {
        case .success: self.changed(self.watch.succeeded(at: self.clock.now()))
        case .failure(let failure): if failure.mayHaveHappened { self.toSweep.insert(register) }
        }
        return result
    }

    func transaction(_ started: StartedTransaction) -> TSETransaction {
        TSETransaction(number: started.number, serial: self.configuration.tseSerial, startTime: started.logTime)
    }

    // MARK: What calls tell about the TSE

    /// A call failed, and somebody was answered offline or still waits because of it.
    func note(_ failure: TSEFailure, calledAt: FiscalInstant) {
        let before = self.watch.current?.sequence
        self.lastFailure = failure
        self.changed(
            self.watch.failed(
                failure, calledAt: calledAt, now: self.clock.now(), tseSerial: self.configuration.tseSerial))
        if let current = self.watch.current, current.sequence != before { self.tell(.outageBegan(current)) }
    }

    func changed(_ outages: [Outage]) {
        for outage in outages {
            self.changedOutages[outage.sequence] = outage
            if outage.end != nil {
                self.lastFailure = nil
                self.pause?.cancel()
                self.tell(.outageEnded(outage))
            }
        }
    }

    // MARK: The journal

    /// Stores an entry, and whatever else changed since the last commit.
    func commit(_ entry: DocumentEntry? = nil, orphans: [OrphanTransaction] = []) async throws {
        let ticket = self.commits.takeTicket()
        _ = await self.commits.enter(ticket)
        defer { self.commits.leave() }
        var changes: [StoreChange] = []
        if let entry {
            changes += try self.journal.changes(for: entry)
            changes.append(
                self.journal.change(register: entry.register, last: self.lastNumbers[entry.register] ?? 0))
        }
        for orphan in orphans { changes.append(try self.journal.change(orphan)) }
        let outages = self.changedOutages
        if !outages.isEmpty {
            changes += try self.journal.changes(watch: self.watch, outages: Array(outages.values))
        }
        changes.append(self.journal.change(lastOrder: self.lastOrder))
        try await self.journal.commit(changes)
        for (sequence, outage) in outages where self.changedOutages[sequence] == outage {
            self.changedOutages[sequence] = nil
        }
    }

    func tell(_ event: FiscalServiceEvent) {
        self.eventSources.yield(event)
        self.configuration.logger?.info("\(event)")
    }
}
