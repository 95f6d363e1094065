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
    var inFlight: Set<SaleIdentity> = []
    var lastError: String?
    var clockDifference: Duration?
    let eventSources = EventSources<EETEvent>()

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
        let stored = try await self.journal.add(identity) { [draft] sequence in
            var entry = draft
            entry.sequence = sequence
            return entry
        }
        return try await self.finish(signed, of: stored, identity: identity)
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

    func codes(for data: SaleData) throws(EETError) -> SecurityCodes? {
        data.edition.hasSecurityCodes ? try SecurityCodes(for: data, by: self.taxpayer) : nil
    }

    func checkSubmission(_ data: SaleData) throws {
        guard data.edition == self.configuration.edition else {
            throw InvalidField("edition", .consistency, limit: "\(self.configuration.edition)")
        }
        if let dic = self.taxpayer.dic, dic.text != data.taxpayer {
            throw InvalidField(
                WireNames(data.edition).taxpayer, .consistency, limit: "the number in the certificate")
        }
    }

    func checkCertificate() throws(EETError) {
        if !self.configuration.allowsExpiredCertificate {
            try self.taxpayer.checkValidity(at: self.clock.now())
        }
    }
}
