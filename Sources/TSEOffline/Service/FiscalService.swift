public import FiscalCore
import Logging

/// The fiscal service between tills and a TSE: answers every call, in an outage too, and signs afterwards what could not
/// be signed then. The front door of this target for hosts that have the TSE in the house.
///
/// Nothing is answered that is not stored. A TSE that fails, is slow or loses its answers never makes a call throw: the
/// answer is the offline one of the source document, and ``sync()`` (or ``run()``) does the rest. One service per TSE;
/// opening its journal again takes it over.
public actor FiscalService {
    public nonisolated let configuration: FiscalServiceConfiguration
    let tse: any TSE
    let journal: ServiceJournal
    let clock: any FiscalClock
    let eventSources = EventSources<FiscalServiceEvent>()

    /// The TSE is asked one thing at a time.
    let lane = CallLane()
    /// The journal is written one commit at a time, so that counters in it never go back.
    let commits = CallLane()
    /// Documents that a call, or the recovery, has in hand.
    var inHand: Set<String> = []

    var watch: OutageWatch
    /// Outages that changed since the last commit.
    var changedOutages: [Int64: Outage] = [:]
    /// Per register, the last number that was given out.
    var lastNumbers: [String: Int64]
    var lastOrder: Int64
    /// Registers whose open transactions have to be looked through.
    var toSweep: Set<String>
    /// Whether the TSE has to be asked first if it is there: after a start, and after every call it did not answer.
    var needsProbe = true
    var isRecovering = false
    /// What ``run()`` waits for between two rounds.
    var pause: Task<Void, any Error>?
    var lastStatus: TSEStatus?
    var lastFailure: TSEFailure?

    private init(
        configuration: FiscalServiceConfiguration, tse: any TSE, journal: ServiceJournal, clock: any FiscalClock,
        watch: OutageWatch, lastNumbers: [String: Int64], lastOrder: Int64
    ) {
        self.configuration = configuration
        self.tse = tse
        self.journal = journal
        self.clock = clock
        self.watch = watch
        self.lastNumbers = lastNumbers
        self.lastOrder = lastOrder
        // A start that was under way when the last process ended left a transaction that nobody knows.
        self.toSweep = Set(lastNumbers.keys)
    }

    /// Opens the journal exactly where the last process stopped; calls to the TSE that were under way then count as
    /// perhaps carried out.
    /// - Parameters:
    ///   - clock: its ``FiscalClock/sleep(for:)`` has to wait, for it is what bounds a till's waiting. A clock that
    ///     jumps instead ends every wait for the TSE at once.
    ///   - randomness: for the token that keeps two services from writing the same journal.
    /// - Throws: `InvalidField` for a bad configuration, ``FiscalServiceError``, `StoreError`.
    public static func open(
        configuration: FiscalServiceConfiguration, tse: some TSE, store: some DurableStore, clock: some FiscalClock,
        randomness: some RandomSource
    ) async throws -> FiscalService {
        try configuration.check()
        let journal = try await ServiceJournal.open(
            store: store, name: configuration.name, token: randomness.uuid())
        let service = FiscalService(
            configuration: configuration, tse: tse, journal: journal, clock: clock, watch: try await journal.watch(),
            lastNumbers: try await journal.registers(), lastOrder: try await journal.lastOrder())
        try await service.settleInterrupted()
        return service
    }

    private func settleInterrupted() async throws {
        for id in try await self.journal.unsettledDocuments() {
            guard var entry = try await self.journal.entry(id) else {
                throw FiscalServiceError(.damagedJournal, "the list of unsettled documents names one that is not there")
            }
            let stored = entry.machine
            entry.machine.restarted()
            if entry.machine != stored { try await self.commit(entry) }
        }
    }

    // MARK: createDocument

    /// Opens a document at its first item: starts a transaction, or answers −99 when that fails.
    ///
    /// The same call again brings the same answer.
    /// - Throws: `InvalidField`; ``FiscalServiceError`` (`documentTaken`, `documentFinished`, `inHand`, `takenOver`);
    ///   `StoreError`, and the document counts as not answered then.
    public func create(_ documentID: String, register: String) async throws -> FiscalResponse {
        try FiscalDocument.check(id: documentID, register: register)
        let arrival = self.arrival()
        try self.take(documentID)
        defer { self.inHand.remove(documentID) }
        guard let known = try await self.journal.entry(documentID) else {
            let entry = DocumentEntry(id: documentID, register: register, createdAt: arrival.time)
            return try await self.create(entry, arrival, isNew: true)
        }
        guard known.register == register else {
            throw FiscalServiceError(.documentTaken, "document \(documentID) belongs to another register")
        }
        switch known.machine.createRequested() {
        case .start: return try await self.create(known, arrival, isNew: false)
        case .answerFromJournal: return try self.kept(known.createResponse(), known)
        case .finished: throw FiscalServiceError(.documentFinished, "document \(documentID) has been finished")
        }
    }

    private func create(_ stored: DocumentEntry, _ arrival: Arrival, isNew: Bool) async throws -> FiscalResponse {
        var entry = stored
        let hasLane = await self.enterLane(arrival)
        defer { if hasLane { self.lane.leave() } }
        var started: Result<StartedTransaction, TSEFailure> = .failure(.busy)
        self.registerIsKnown(entry.register)
        if hasLane {
            if isNew { try await self.commit(entry) }
            started = await self.start(for: entry, arrival)
        }
        let answer: FiscalResponse
        switch started {
        case .success(let started):
            entry.machine.createEnded(self.transaction(started))
            let number = self.takeNumber(entry.register)
            entry.number = number
            answer = .started(
                number: number, register: entry.register, tseSerial: self.configuration.tseSerial,
                startTime: started.logTime, requestTime: self.time(arrival.time), completionTime: self.timeNow())
        case .failure(let failure):
            self.note(failure, calledAt: arrival.time)
            entry.machine.createEnded(nil)
            entry.lastFailure = failure.description
            answer = self.outageAnswer(.create, entry.register, arrival.time)
        }
        entry.createAnswer = answer.json.text
        try await self.commit(entry)
        self.tell(.answered(documentID: entry.id, .create, isOffline: entry.number == nil))
        return answer
    }

    // MARK: storeDocument, cancelDocument

    /// Finishes a document: has it signed, with a transaction of its own when `createDocument` had failed. When that
    /// fails the answer is the offline one, the document counts as stored all the same, and is signed later.
    ///
    /// The same call again brings the same answer.
    /// - Parameter echoed: what `createDocument` answered, sent back.
    /// - Throws: `InvalidField` when the echo is not what was answered; ``FiscalServiceError`` (`notStarted`,
    ///   `documentTaken`, `inHand`, `takenOver`); `StoreError`, and the document counts as not answered then.
    public func store(_ document: FiscalDocument, answering echoed: EchoedNumbers) async throws -> FiscalResponse {
        try await self.finish(document, echoed, isCancelled: false)
    }

    /// Finishes a document whose sale did not come about: signs a receipt that was broken off.
    /// - Throws: as ``store(_:answering:)``.
    public func cancel(
        _ documentID: String, register: String, answering echoed: EchoedNumbers
    ) async throws -> FiscalResponse {
        let document = try FiscalDocument(
            id: documentID, register: register, processData: FiscalDocument.cancelledData)
        return try await self.finish(document, echoed, isCancelled: true)
    }

    private func finish(
        _ document: FiscalDocument, _ echoed: EchoedNumbers, isCancelled: Bool
    ) async throws -> FiscalResponse {
        let arrival = self.arrival()
        try self.take(document.id)
        defer { self.inHand.remove(document.id) }
        guard var entry = try await self.journal.entry(document.id) else {
            throw FiscalServiceError(.notStarted, "no createDocument came for \(document.id)")
        }
        try self.check(document, echoed, isCancelled: isCancelled, against: entry)
        if entry.machine.finishRequested() == .answerFromJournal, let answer = try entry.finishResponse() {
            return answer
        }
        let hasLane = await self.enterLane(arrival)
        defer { if hasLane { self.lane.leave() } }
        if entry.finish == nil {
            entry.finish = DocumentEntry.Finish(
                isCancelled: isCancelled, processType: document.processType.rawValue,
                processData: document.processData, order: self.takeOrder(), requestedAt: arrival.time)
        }
        var ending = Signing(entry: entry, result: .failure(.busy))
        if hasLane { ending = try await self.sign(entry, arrival) }
        return try await self.answer(ending, arrival)
    }

    /// Stores how a finishing call ended, and answers it.
    private func answer(_ ending: Signing, _ arrival: Arrival) async throws -> FiscalResponse {
        var entry = ending.entry
        let step = entry.finish?.step ?? .store
        let answer: FiscalResponse
        switch ending.result {
        case .success(let signature): answer = self.regularAnswer(&entry, signature, arrival.time)
        case .failure(let failure):
            self.note(failure, calledAt: arrival.time)
            entry.machine.answeredOffline(policy: self.configuration.policy)
            entry.lastFailure = failure.description
            entry.outage = self.watch.current?.sequence
            answer = self.outageAnswer(step, entry.register, arrival.time)
        }
        entry.finishAnswer = answer.json.text
        try await self.commit(entry)
        self.tell(.answered(documentID: entry.id, step, isOffline: entry.outage != nil))
        return answer
    }

    /// The answer of a document that has been signed; gives it a number when it has none yet.
    func regularAnswer(
        _ entry: inout DocumentEntry, _ signature: TSESignature, _ requestTime: FiscalInstant
    ) -> FiscalResponse {
        let number = entry.number ?? self.takeNumber(entry.register)
        entry.number = number
        entry.lastFailure = nil
        return .regular(
            number: number, register: entry.register, signature: signature,
            certificate: Base64.encode(self.lastStatus?.certificate ?? []), requestTime: self.time(requestTime),
            completionTime: self.timeNow())
    }

    private func check(
        _ document: FiscalDocument, _ echoed: EchoedNumbers, isCancelled: Bool, against entry: DocumentEntry
    ) throws {
        guard entry.register == document.register else {
            throw FiscalServiceError(.documentTaken, "document \(document.id) belongs to another register")
        }
        if let finish = entry.finish {
            guard finish.isCancelled == isCancelled, finish.processType == document.processType.rawValue,
                finish.processData == document.processData
            else { throw FiscalServiceError(.documentTaken, "document \(document.id) was finished with other data") }
        }
        // A till that never got the answer, because the process ended before, has nothing to send back but this.
        let answered = try entry.createResponse()?.echoed ?? EchoedNumbers(number: -99)
        let isZero = entry.number == nil && echoed.numberValue == 0
        guard echoed.numberValue == answered.numberValue || isZero else {
            throw InvalidField("fiscalDocumentNumber", .consistency, limit: "as createDocument answered")
        }
        guard echoed.revisionValue == answered.revisionValue else {
            throw InvalidField("fiscalDocumentRevision", .consistency, limit: "as createDocument answered")
        }
        guard echoed.startTimeValue == answered.startTimeValue else {
            throw InvalidField("fiscalDocumentStartTime", .consistency, limit: "as createDocument answered")
        }
    }

    // MARK: Small things

    private func take(_ documentID: String) throws(FiscalServiceError) {
        guard self.inHand.insert(documentID).inserted else {
            throw FiscalServiceError(.inHand, "another call about \(documentID) is under way")
        }
    }

    private func kept(_ answer: FiscalResponse?, _ entry: DocumentEntry) throws -> FiscalResponse {
        guard let answer else { throw FiscalServiceError(.damagedJournal, "\(entry.id) has lost its answer") }
        return answer
    }

    private func registerIsKnown(_ register: String) {
        if self.lastNumbers[register] == nil { self.lastNumbers[register] = 0 }
    }

    private func takeNumber(_ register: String) -> Int64 {
        let number = (self.lastNumbers[register] ?? 0) + 1
        self.lastNumbers[register] = number
        return number
    }

    private func takeOrder() -> Int64 {
        self.lastOrder += 1
        return self.lastOrder
    }

    func outageAnswer(_ step: FiscalStep, _ register: String, _ requestTime: FiscalInstant) -> FiscalResponse {
        .outage(
            step, register: register, tseSerial: self.configuration.tseSerial, requestTime: self.time(requestTime),
            completionTime: self.timeNow())
    }

    func time(_ instant: FiscalInstant) -> ServiceTime {
        ServiceTime(OffsetDateTime(instant, zone: self.configuration.zone))
    }

    private func timeNow() -> ServiceTime { self.time(self.clock.now()) }
}
