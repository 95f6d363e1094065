public import FiscalCore
import Logging

/// Registers sales with the Czech tax office and never forgets one: the front door of this target.
///
/// Every sale gets its codes and its place in the journal before the first byte leaves. It ends as *registered* (FIK or
/// POK), *refused*, *pending* or *unknown*; the last two are sent again by ``sync(ignoringPauses:)`` with the same data
/// and codes. One client per register and environment at a time.
public actor EETClient {
    public nonisolated let configuration: EETClientConfiguration
    var taxpayer: Taxpayer
    let journal: Journal
    let exchange: EETExchange
    let clock: any FiscalClock
    let randomness: any RandomSource
    /// Sales whose message is under way in this process.
    private var inFlight: Set<SaleIdentity> = []
    private var lastError: String?
    private var clockDifference: Duration?
    private let eventSources = EventSources()

    private init(
        taxpayer: Taxpayer, configuration: EETClientConfiguration, store: any DurableStore,
        transport: any HTTPTransport, clock: any FiscalClock, randomness: any RandomSource
    ) {
        self.configuration = configuration
        self.taxpayer = taxpayer
        self.journal = Journal(
            store: store, register: configuration.register, environment: configuration.environment)
        self.exchange = EETExchange(
            transport: transport, endpoint: configuration.endpoint, environment: configuration.environment,
            trust: configuration.trust, timeout: configuration.timeout)
        self.clock = clock
        self.randomness = randomness
    }

    /// Opens the journal exactly where the last process stopped; messages that were under way then count as sent with
    /// unknown outcome.
    /// - Throws: ``InvalidField`` for a bad configuration, ``EETError`` for an unsuitable key or a damaged journal,
    ///   `StoreError`.
    public static func open(
        taxpayer: Taxpayer, configuration: EETClientConfiguration, store: some DurableStore,
        transport: some HTTPTransport, clock: some FiscalClock, randomness: some RandomSource
    ) async throws -> EETClient {
        try configuration.check()
        try Self.checkKey(of: taxpayer, configuration.edition)
        let client = EETClient(
            taxpayer: taxpayer, configuration: configuration, store: store, transport: transport, clock: clock,
            randomness: randomness)
        try await client.settleInterrupted()
        return client
    }

    private func settleInterrupted() async throws {
        for read in try await self.journal.unsettled() {
            guard case .sending = read.entry.machine.state else { continue }
            var entry = read.entry
            entry.machine.restarted(now: self.clock.now())
            try await self.journal.update(entry, try entry.data().identity, revision: read.revision)
        }
    }

    private static func checkKey(of taxpayer: Taxpayer, _ edition: Edition) throws(EETError) {
        guard !edition.hasSecurityCodes || taxpayer.canMakeSecurityCodes else {
            throw EETError(.unsuitableKey, "edition v3 needs an RSA key of 2048 bits")
        }
    }

    /// Takes a renewed certificate. Sales that wait keep the codes of the old one and are signed with the new one.
    /// - Throws: ``EETError`` (`unsuitableKey`).
    public func renew(_ taxpayer: Taxpayer) throws(EETError) {
        try Self.checkKey(of: taxpayer, self.configuration.edition)
        self.taxpayer = taxpayer
    }

    // MARK: Submitting

    /// When ``issue(_:sending:)`` sends.
    public enum Sending: Sendable, Hashable {
        /// At once in the regular regime; in the simplified one the outbox sends it.
        case asRegimeDemands
        case now
        case later
    }

    /// Submits a sale: checks it, keeps it, sends it, and says what goes on paper.
    ///
    /// Submitting the same sale again is safe: once registered it is answered from the journal, otherwise the same data
    /// and codes are sent again.
    /// - Throws: ``InvalidField`` or ``EETError`` before anything was stored or sent; `StoreError` when the sale
    ///   could not be kept (nothing was sent); ``EETResultNotStored`` when the answer could not be kept.
    public func issue(_ sale: Sale, sending: Sending = .asRegimeDemands) async throws -> EETOutcome {
        let data = try SaleData(
            sale, edition: self.configuration.edition, certificateDIC: self.taxpayer.dic)
        return try await self.issue(data, sending: sending)
    }

    /// The same for data in their wire form.
    /// - Parameter hostSaysFirst: false when the host knows of an earlier attempt that the journal does not;
    ///   `prvni_zaslani` is true only when both say so.
    public func issue(
        _ data: SaleData, hostSaysFirst: Bool = true, sending: Sending = .asRegimeDemands
    ) async throws -> EETOutcome {
        try self.checkSubmission(data)
        let identity = data.identity
        guard self.inFlight.insert(identity).inserted else {
            throw EETError(.alreadySending, "\(identity) is being sent")
        }
        defer { self.inFlight.remove(identity) }
        let sendsNow = sending == .now || sending == .asRegimeDemands && !data.isSimplified
        while true {
            do {
                return try await self.submit(
                    data, identity: identity, hostSaysFirst: hostSaysFirst, sendsNow: sendsNow)
            } catch let error as StoreError where error.code == .conflict {
                // Another process was faster, before anything of ours was kept or sent: look again.
                try Task.checkCancellation()
            }
        }
    }

    private func submit(
        _ data: SaleData, identity: SaleIdentity, hostSaysFirst: Bool, sendsNow: Bool
    ) async throws -> EETOutcome {
        if let read = try await self.journal.read(identity) {
            return try await self.submitAgain(
                data, read, identity: identity, hostSaysFirst: hostSaysFirst, sendsNow: sendsNow)
        }
        return try await self.submitNew(data, identity: identity, hostSaysFirst: hostSaysFirst, sendsNow: sendsNow)
    }

    private func submitNew(
        _ data: SaleData, identity: SaleIdentity, hostSaysFirst: Bool, sendsNow: Bool
    ) async throws -> EETOutcome {
        try self.checkCertificate()
        let codes = try self.codes(for: data)
        guard sendsNow else {
            let entry = try await self.journal.add(identity) { sequence in
                JournalEntry(sequence: sequence, data: data, codes: codes, hostSaidFirst: hostSaysFirst)
            }
            return self.report(self.outcome(of: entry, data, text: "kept"))
        }
        var draft = JournalEntry(sequence: 0, data: data, codes: codes, hostSaidFirst: hostSaysFirst)
        let signed = try self.beginAttempt(&draft, data, by: .host)
        guard let signed else { return self.outcome(of: draft, data, text: "") }
        _ = try await self.journal.add(identity) { [draft] sequence in
            var entry = draft
            entry.sequence = sequence
            return entry
        }
        return try await self.finish(signed, identity: identity)
    }

    private func submitAgain(
        _ data: SaleData, _ read: Journal.Read, identity: SaleIdentity, hostSaysFirst: Bool, sendsNow: Bool
    ) async throws -> EETOutcome {
        var entry = read.entry
        if case .registered(let registration) = entry.machine.state {
            guard entry.attributes == data.attributes, entry.edition == data.edition else {
                throw EETError(.identityTaken, "\(identity) is registered with other data")
            }
            return self.outcome(of: entry, data, text: "", answering: registration)
        }
        entry.hostSaidFirst = entry.hostSaidFirst && hostSaysFirst
        if entry.attributes != data.attributes || entry.edition != data.edition {
            try self.correct(&entry, to: data, identity: identity)
        } else if !sendsNow {
            return self.outcome(of: entry, data, text: "")
        }
        return try await self.attempt(entry, data, revision: read.revision, identity: identity, by: .host)
            ?? self.outcome(of: entry, data, text: "")
    }

    /// Replaces data that the authority refused. PKP and BKP stay when the fields they sign did not change.
    private func correct(_ entry: inout JournalEntry, to data: SaleData, identity: SaleIdentity) throws(EETError) {
        guard case .refused(let refusal) = entry.machine.state else {
            throw EETError(.identityTaken, "\(identity) is in the journal with other data and may be registered")
        }
        let earlier = try entry.data()
        entry.superseded.append(
            SupersededData(
                edition: entry.edition, attributes: entry.attributes, codes: entry.codes, refusal: refusal))
        if !data.edition.hasSecurityCodes {
            entry.codes = nil
        } else if entry.codes == nil || SecurityCodes.plaintext(of: earlier) != SecurityCodes.plaintext(of: data) {
            entry.codes = try self.codes(for: data)
        }
        entry.edition = data.edition
        entry.attributes = data.attributes
    }

    private func codes(for data: SaleData) throws(EETError) -> SecurityCodes? {
        data.edition.hasSecurityCodes ? try SecurityCodes(for: data, by: self.taxpayer) : nil
    }

    private func checkSubmission(_ data: SaleData) throws {
        guard data.edition == self.configuration.edition else {
            throw InvalidField("edition", .consistency, limit: "\(self.configuration.edition)")
        }
        if let dic = self.taxpayer.dic, dic.text != data.taxpayer {
            throw InvalidField(
                WireNames(data.edition).taxpayer, .consistency, limit: "the number in the certificate")
        }
    }

    private func checkCertificate() throws(EETError) {
        if !self.configuration.allowsExpiredCertificate {
            try self.taxpayer.checkValidity(at: self.clock.now())
        }
    }

    // MARK: One attempt

    /// Takes the machine to *sending* and makes the message; nil when nothing is to be sent.
    private func beginAttempt(
        _ entry: inout JournalEntry, _ data: SaleData, by requester: SaleMachine.Requester
    ) throws -> SignedMessage? {
        let uuid = self.randomness.uuid()
        switch entry.machine.attemptRequested(by: requester, uuid: uuid) {
        case .send(let isFirst):
            let sentAt = OffsetDateTime(self.clock.now(), zone: self.configuration.zone)
            let header = try Hlavicka(
                uuid: uuid, sentAt: sentAt, isFirstAttempt: isFirst && entry.hostSaidFirst)
            entry.attempts.append(
                JournalAttempt(uuid: uuid, sentAt: header.sentAt, isFirst: header.isFirstAttempt, ending: nil))
            return try self.sign(EETMessage(header: header, data: data, codes: entry.codes))
        case .closed: throw EETError(.closed, "a person closed \(data.identity)")
        case .alreadySending: throw EETError(.alreadySending, "\(data.identity) is being sent")
        case .answerFromJournal, .notDue: return nil
        }
    }

    private func sign(_ message: EETMessage) throws(EETError) -> SignedMessage {
        try message.signed(
            by: self.taxpayer,
            validity: self.configuration.allowsExpiredCertificate ? .notChecked : .at(self.clock.now()))
    }

    /// Stores the attempt, sends it and stores its ending; nil when nothing was to be sent.
    private func attempt(
        _ original: JournalEntry, _ data: SaleData, revision: Int64, identity: SaleIdentity,
        by requester: SaleMachine.Requester
    ) async throws -> EETOutcome? {
        var entry = original
        // Not under way in this process: an earlier one was killed in the middle.
        entry.machine.restarted(now: self.clock.now())
        let signed = try self.beginAttempt(&entry, data, by: requester)
        guard let signed else { return nil }
        try await self.journal.update(entry, identity, revision: revision)
        return try await self.finish(signed, identity: identity)
    }

    /// Sends a message whose attempt is stored, and stores how it ended.
    private func finish(_ signed: SignedMessage, identity: SaleIdentity) async throws -> EETOutcome {
        self.log("sending", uuid: signed.message.header.uuid)
        let reply = await self.exchange.send(signed)
        self.log("\(reply.summary)", uuid: signed.message.header.uuid)
        self.note(reply, isVerification: false)
        while true {
            guard let read = try await self.journal.read(identity) else {
                throw EETError(.damagedJournal, "\(identity) vanished from the journal")
            }
            var entry = read.entry
            _ = entry.machine.attemptEnded(
                reply.ending, now: self.clock.now(), policy: self.configuration.resends)
            if let index = entry.attempts.lastIndex(where: { $0.uuid == signed.message.header.uuid }) {
                entry.attempts[index].ending = reply.record
            }
            let outcome = self.outcome(of: entry, try entry.data(), text: reply.text, warnings: reply.warnings)
            do { try await self.journal.update(entry, identity, revision: read.revision) } catch let error as StoreError
            {
                // Somebody changed the entry meanwhile: look again, so that his change is kept as well.
                if error.code == .conflict { continue }
                throw EETResultNotStored(outcome: outcome, underlying: error)
            }
            return self.report(outcome)
        }
    }

    // MARK: Verification mode

    /// Lets the authority check a sale without registering it (`overeni`). Leaves no trace in the journal: it is no
    /// attempt, and the sale is still to be submitted.
    /// - Throws: ``InvalidField`` or ``EETError`` before anything was sent.
    public func verify(_ sale: Sale) async throws -> EETVerification {
        try await self.verify(
            SaleData(sale, edition: self.configuration.edition, certificateDIC: self.taxpayer.dic))
    }

    /// The same for data in their wire form.
    public func verify(_ data: SaleData, hostSaysFirst: Bool = true) async throws -> EETVerification {
        try self.checkSubmission(data)
        try self.checkCertificate()
        let codes = try self.codes(for: data)
        let uuid = self.randomness.uuid()
        let header = try Hlavicka(
            uuid: uuid, sentAt: OffsetDateTime(self.clock.now(), zone: self.configuration.zone),
            isFirstAttempt: hostSaysFirst, isVerification: true)
        let signed = try self.sign(EETMessage(header: header, data: data, codes: codes))
        let reply = await self.exchange.send(signed)
        self.note(reply, isVerification: true)
        let result: EETVerification.Result =
            switch reply {
            case .chyba(.verified, _, _): .passed
            case .chyba(let chyba, let text, _): .chyba(chyba, text: text)
            case .failed(let failure, let detail): .failed(failure, detail: detail)
            // The authority never confirms in this mode; whatever this is, it is no answer to our question.
            case .confirmed: .failed(.noUsableAnswer, detail: "a confirmation in verification mode")
            }
        return EETVerification(result: result, warnings: reply.warnings, codes: codes, uuid: uuid)
    }

    // MARK: Outbox

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
            // Another call may have settled it while earlier sales were sent.
            guard let read = try await self.journal.read(identity),
                read.entry.machine.isDue(
                    at: self.clock.now(), ignoringPauses: ignoringPauses)
            else { continue }
            let outcome = try await self.attempt(
                read.entry, try read.entry.data(), revision: read.revision, identity: identity,
                by: ignoringPauses ? .host : .schedule(now: self.clock.now()))
            guard let outcome else { continue }
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

    /// Calls ``sync(ignoringPauses:)`` whenever something is due, until the task is cancelled. Cancelling it in the
    /// middle of a message loses nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            let report = try await self.sync()
            let longest = self.clock.now() + self.configuration.resends.pause(afterFailures: 1)
            do { try await self.clock.sleep(until: min(report.nextDue ?? longest, longest)) } catch { return }
        }
    }

    // MARK: A person's word

    /// Lets the outbox send a held, refused or closed sale again.
    /// - Throws: ``EETError`` (`notFound`, `alreadySending`, `identityTaken` when it is registered).
    public func release(_ identity: SaleIdentity, by person: String, because reason: String) async throws {
        try await self.decide(identity, by: person, because: reason) { machine, decision in
            machine.released(now: decision.at)
        }
    }

    /// Takes a sale out of the outbox for good. It stays in the journal with the decision.
    /// - Throws: ``EETError`` (`notFound`, `alreadySending`, `identityTaken` when it is registered).
    public func close(_ identity: SaleIdentity, by person: String, because reason: String) async throws {
        try await self.decide(identity, by: person, because: reason) { machine, decision in
            machine.closed(decision)
        }
    }

    private func decide(
        _ identity: SaleIdentity, by person: String, because reason: String,
        _ event: (inout SaleMachine, Decision) -> SaleMachine.DecisionAction
    ) async throws {
        guard !person.isEmpty else { throw InvalidField("by", .required, limit: "who decides") }
        guard !reason.isEmpty else { throw InvalidField("because", .required, limit: "why") }
        guard !self.inFlight.contains(identity), let read = try await self.journal.read(identity) else {
            throw self.inFlight.contains(identity)
                ? EETError(.alreadySending, "\(identity) is being sent")
                : EETError(.notFound, "the journal has no \(identity)")
        }
        var entry = read.entry
        let decision = Decision(by: person, because: reason, at: self.clock.now())
        switch event(&entry.machine, decision) {
        case .done: break
        case .alreadySending: throw EETError(.alreadySending, "\(identity) is being sent")
        case .alreadyRegistered: throw EETError(.identityTaken, "\(identity) is registered")
        }
        entry.decisions.append(decision)
        try await self.journal.update(entry, identity, revision: read.revision)
        self.eventSources.yield(.decided(identity, decision))
    }

    // MARK: Looking

    /// The journal's entry of a sale, with every message about it, or nil.
    public func entry(_ identity: SaleIdentity) async throws -> JournalEntry? {
        try await self.journal.read(identity)?.entry
    }

    /// One value to show on a till.
    public func status() async throws -> EETStatus {
        var status = EETStatus(
            certificateNotAfter: self.taxpayer.certificate.notAfter, lastError: self.lastError,
            clockDifference: self.clockDifference)
        let now = self.clock.now()
        for read in try await self.journal.unsettled() {
            let data = try read.entry.data()
            let deadline = self.configuration.deadlines.deadline(for: data)
            status.count(read.entry.machine.state, data.identity, deadline: deadline, now: now)
        }
        return status
    }

    /// What happens from now on, as it happens.
    public nonisolated var events: AsyncStream<EETEvent> { self.eventSources.stream() }

    // MARK: Helpers

    private func outcome(
        of entry: JournalEntry, _ data: SaleData, text: String, warnings: [Warning] = [],
        answering registration: Registration? = nil
    ) -> EETOutcome {
        EETOutcome(
            entry, data, text: text, warnings: warnings, isFromJournal: registration != nil,
            configuration: self.configuration, now: self.clock.now())
    }

    private func report(_ outcome: EETOutcome) -> EETOutcome {
        self.eventSources.yield(.outcome(outcome))
        return outcome
    }

    private func note(_ reply: EETExchange.Reply, isVerification: Bool) {
        switch reply {
        case .confirmed(let registration):
            self.lastError = nil
            if let received = OffsetDateTime(iso8601Seconds: registration.receivedAt) {
                self.clockDifference = self.clock.now() - received.instant
            }
        case .chyba(.verified, _, _) where isVerification: self.lastError = nil
        case .chyba(let chyba, let text, _): self.lastError = "\(chyba.rawValue): \(text)"
        case .failed(let failure, let detail): self.lastError = "\(failure.moduleCode.rawValue): \(detail)"
        }
    }

    private func log(_ text: String, uuid: String) {
        self.configuration.logger?.info("\(text)", metadata: ["uuid": "\(uuid)"])
    }
}
