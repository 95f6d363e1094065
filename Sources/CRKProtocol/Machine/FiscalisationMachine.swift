public import FiscalCore

/// The fiscalisation of a register as one transaction that can be taken up again anywhere (chapter 3).
///
/// A value: what to do now is ``action``; what came of it is told by one method for each event. The caller stores the
/// machine after each event and before it acts. So a process may end between any two steps, and none that cannot be taken
/// back happens twice (decisions P22 to P25).
public struct FiscalisationMachine: Sendable, Hashable, Codable {
    /// Where it stands. Steps are those of ``FiscalisationStep``.
    enum Phase: Sendable, Hashable, Codable {
        case fetchingKeys
        case sendingCertificates
        case checkingProgram
        /// Step 3. `underWay`: a request may be on its way. `wasUnanswered`: an earlier one may have been granted.
        case requesting(underWay: Bool, wasUnanswered: Bool)
        /// Steps 5 to 10 and 12. `intended`: it may have been carried out.
        case device(FiscalisationStep, intended: Bool)
        case confirming
        /// Step 13. `hasTimetable`: a CMD02 came already, which happens with a suspended schedule only (decision P23).
        case sendingReport(Int64, hasTimetable: Bool)
        case awaitingTimetable
        case complete
        case stopped(Stop)
    }

    /// Why it goes on by somebody's word only.
    public enum Stop: Sendable, Hashable, Codable {
        /// The repository said no before anything irreversible happened: a new request may be made.
        case refused(FiscalisationRefusal)
        /// The repository said no to a repeated request, and the first one may have been granted (decision P25).
        case unknown(FiscalisationRefusal)
        /// The device cannot tell whether it carried out this step (decision P24).
        case deviceCannotTell(FiscalisationStep)
        /// The repository does not take the confirmation of step 11.
        case confirmationRefused(FiscalisationRefusal)
        /// A person gave it up before anything irreversible happened.
        case givenUp
    }

    /// What to do now.
    public enum Action: Sendable, Hashable {
        case fetchKeys
        case sendCertificates
        case checkProgram
        /// CMD09; the caller tells ``requestBegan()`` and stores that first.
        case request
        /// The caller tells ``intended()`` and stores that first.
        case perform(FiscalisationStep)
        case askWhetherDone(FiscalisationStep)
        case confirm
        /// The report has to reach the Event Hub.
        case awaitShipment(report: Int64)
        case awaitTimetable
        /// Nothing: it is complete.
        case none
        /// Nothing before a person has decided, or a new request is made.
        case stop(Stop)
    }

    public let kind: RegisterKind
    /// What the repository is asked for.
    public let request: FiscalisationRequest
    private(set) var phase = Phase.fetchingKeys
    /// Since when it is in this phase.
    private(set) var since: FiscalInstant
    /// What the device gets, once CMD09 was granted.
    public private(set) var facts: FiscalisationFacts?
    private let unit: UniqueNumber
    private let category: String?
    /// A call without an answer is made again not before this instant.
    private(set) var retryAt: FiscalInstant?
    private var failures = 0

    public init(
        _ unit: UniqueNumber, _ kind: RegisterKind, _ request: FiscalisationRequest, category: String?,
        at now: FiscalInstant
    ) {
        self.unit = unit
        self.kind = kind
        self.request = request
        self.category = category
        self.since = now
    }

    public var action: Action {
        switch self.phase {
        case .fetchingKeys: .fetchKeys
        case .sendingCertificates: .sendCertificates
        case .checkingProgram: .checkProgram
        case .requesting: .request
        case .device(let step, intended: false): .perform(step)
        // Steps that may be repeated are; of the others the device has to tell.
        case .device(let step, intended: true): step.isIrreversible ? .askWhetherDone(step) : .perform(step)
        case .confirming: .confirm
        case .sendingReport(let report, _): .awaitShipment(report: report)
        case .awaitingTimetable: .awaitTimetable
        case .complete: .none
        case .stopped(let stop): .stop(stop)
        }
    }

    /// Whether sales are fiscal.
    public var isComplete: Bool { self.phase == .complete }
    /// Whether the report, and with it everything behind it, may be sent.
    public var maySend: Bool {
        switch self.phase {
        case .sendingReport, .awaitingTimetable, .complete: true
        case .fetchingKeys, .sendingCertificates, .checkingProgram, .requesting, .device, .confirming, .stopped: false
        }
    }
    /// Whether orders are looked for: once the report was taken; with sending suspended before that, because an order is
    /// the only thing that can end the suspension (decision P23).
    /// - Parameter isSuspended: whether the schedule in force suspends sending.
    public func mayPoll(isSuspended: Bool) -> Bool {
        switch self.phase {
        case .awaitingTimetable, .complete: true
        case .sendingReport(_, let hasTimetable): isSuspended || hasTimetable
        case .fetchingKeys, .sendingCertificates, .checkingProgram, .requesting, .device, .confirming, .stopped: false
        }
    }

    // MARK: Calls

    /// CMD07 was answered.
    public mutating func keysFetched(at now: FiscalInstant) {
        guard case .fetchingKeys = self.phase else { return }
        self.go(to: .sendingCertificates, now)
    }

    /// CMD08 was answered.
    public mutating func certificatesSent(at now: FiscalInstant) {
        guard case .sendingCertificates = self.phase else { return }
        let request = Phase.requesting(underWay: false, wasUnanswered: false)
        self.go(to: self.kind == .software ? .checkingProgram : request, now)
    }

    /// CMD10 was answered.
    public mutating func programChecked(isAdmitted: Bool, at now: FiscalInstant) {
        guard case .checkingProgram = self.phase else { return }
        let refusal = FiscalisationRefusal(step: .checkProgram, origin: .programNotAdmitted)
        self.go(
            to: isAdmitted ? .requesting(underWay: false, wasUnanswered: false) : .stopped(.refused(refusal)), now)
    }

    /// CMD09 is about to leave; stored before it does.
    public mutating func requestBegan() {
        guard case .requesting(_, let wasUnanswered) = self.phase else { return }
        self.phase = .requesting(underWay: true, wasUnanswered: wasUnanswered)
    }

    /// CMD09 was granted.
    public mutating func granted(_ number: RegistrationNumber, at now: FiscalInstant) {
        guard case .requesting = self.phase else { return }
        self.facts = FiscalisationFacts(
            unit: self.unit, taxpayer: self.request.taxpayer, registrationNumber: number, category: self.category,
            time: now)
        self.go(to: .device(.recordFiscalisation, intended: false), now)
    }

    /// The repository said no to the call of the present step.
    public mutating func refused(_ origin: FiscalisationRefusal.Origin, at now: FiscalInstant) {
        func refusal(_ step: FiscalisationStep) -> FiscalisationRefusal { .init(step: step, origin: origin) }
        switch self.phase {
        case .fetchingKeys: self.go(to: .stopped(.refused(refusal(.fetchRepositoryKeys))), now)
        case .sendingCertificates: self.go(to: .stopped(.refused(refusal(.sendRegisterCertificates))), now)
        case .checkingProgram: self.go(to: .stopped(.refused(refusal(.checkProgram))), now)
        case .requesting(_, let wasUnanswered):
            let refusal = refusal(.requestFiscalisation)
            self.go(to: .stopped(wasUnanswered ? .unknown(refusal) : .refused(refusal)), now)
        case .confirming: self.go(to: .stopped(.confirmationRefused(refusal(.confirmFiscalisation))), now)
        case .device, .sendingReport, .awaitingTimetable, .complete, .stopped: return
        }
    }

    /// The call of the present step got no usable answer: it is repeated as it is, later.
    /// - Parameter mayHaveArrived: whether a byte of it may have reached the server.
    public mutating func unanswered(mayHaveArrived: Bool, at now: FiscalInstant, jitter: UInt8) {
        switch self.phase {
        case .requesting(_, let wasUnanswered):
            self.phase = .requesting(underWay: false, wasUnanswered: wasUnanswered || mayHaveArrived)
        case .fetchingKeys, .sendingCertificates, .checkingProgram, .confirming: break
        case .device, .sendingReport, .awaitingTimetable, .complete, .stopped: return
        }
        self.pause(now, jitter)
    }

    /// CMD14 was answered.
    public mutating func confirmed(at now: FiscalInstant) {
        guard case .confirming = self.phase else { return }
        self.go(to: .device(.makeFiscalReport, intended: false), now)
    }

    // MARK: The device

    /// The present device step is about to be carried out; stored before it is.
    public mutating func intended() {
        guard case .device(let step, _) = self.phase else { return }
        self.phase = .device(step, intended: true)
    }

    /// The device has carried out the present step. Only what was intended counts, so that an event that comes twice does
    /// not pass for the step behind.
    public mutating func performed(report: Int64?, at now: FiscalInstant) {
        guard case .device(let step, intended: true) = self.phase else { return }
        switch step {
        case .recordFiscalisation: self.go(to: .device(.bindMemories, intended: false), now)
        case .bindMemories: self.go(to: .device(.zeroCounters, intended: false), now)
        case .zeroCounters: self.go(to: .device(.recordTaxpayer, intended: false), now)
        case .recordTaxpayer: self.go(to: .device(.recordRegistrationNumber, intended: false), now)
        case .recordRegistrationNumber:
            self.go(to: self.category == nil ? .confirming : .device(.recordPurpose, intended: false), now)
        case .recordPurpose: self.go(to: .confirming, now)
        case .makeFiscalReport:
            guard let report, CRKDocument.numbers.contains(report) else {
                // Made, and nobody knows under which number.
                return self.go(to: .stopped(.deviceCannotTell(step)), now)
            }
            self.go(to: .sendingReport(report, hasTimetable: false), now)
        case .fetchRepositoryKeys, .sendRegisterCertificates, .checkProgram, .requestFiscalisation,
            .receiveRegistrationNumber, .confirmFiscalisation, .sendFiscalReport, .storeTimetable:
            return
        }
    }

    /// The device says whether it had carried out the present step.
    public mutating func answered(_ answer: DeviceAnswer, at now: FiscalInstant) {
        guard case .device(let step, intended: true) = self.phase else { return }
        switch answer {
        case .done(let report): self.performed(report: report, at: now)
        case .notDone: self.phase = .device(step, intended: false)
        case .cannotTell: self.go(to: .stopped(.deviceCannotTell(step)), now)
        }
    }

    /// The device could not carry out the present step, or not answer.
    public mutating func deviceFailed(at now: FiscalInstant, jitter: UInt8) {
        guard case .device = self.phase else { return }
        self.pause(now, jitter)
    }

    // MARK: The last two steps

    /// The Event Hub has taken everything up to this number.
    public mutating func shipped(through number: Int64, at now: FiscalInstant) {
        guard case .sendingReport(let report, let hasTimetable) = self.phase, number >= report else { return }
        self.go(to: hasTimetable ? .complete : .awaitingTimetable, now)
    }

    /// A CMD02 was stored and its confirmation taken.
    public mutating func timetableConfirmed(at now: FiscalInstant) {
        switch self.phase {
        case .sendingReport(let report, _): self.phase = .sendingReport(report, hasTimetable: true)
        case .awaitingTimetable: self.go(to: .complete, now)
        case .fetchingKeys, .sendingCertificates, .checkingProgram, .requesting, .device, .confirming, .complete,
            .stopped:
            return
        }
    }

    // MARK: People and restarts

    /// The process was started again: a request that was under way may have been granted.
    public mutating func restarted() {
        guard case .requesting(underWay: true, _) = self.phase else { return }
        self.phase = .requesting(underWay: false, wasUnanswered: true)
    }

    /// Somebody wants it to go on now: no pause, and the confirmation of step 11 once more.
    public mutating func resume(at now: FiscalInstant) {
        self.retryAt = nil
        if case .stopped(.confirmationRefused) = self.phase { self.go(to: .confirming, now) }
    }

    /// Whether a new request may take the place of this one: nothing irreversible has happened, and nothing can have been
    /// granted.
    public var mayBeReplaced: Bool {
        switch self.phase {
        case .stopped(.refused), .stopped(.givenUp), .fetchingKeys, .sendingCertificates, .checkingProgram,
            .requesting(underWay: false, wasUnanswered: false):
            true
        case .requesting, .device, .confirming, .sendingReport, .awaitingTimetable, .complete,
            .stopped(.unknown), .stopped(.deviceCannotTell), .stopped(.confirmationRefused):
            false
        }
    }

    /// Carries out a person's decision.
    /// - Returns: false when it does not fit to where the fiscalisation stands; nothing has changed then.
    public mutating func decide(_ choice: CRKDecision.Choice, at now: FiscalInstant) -> Bool {
        switch (self.phase, choice) {
        case (.stopped(.deviceCannotTell(let stopped)), .stepIsDone(let step, let report)) where step == stopped:
            guard step != .makeFiscalReport || report.map(CRKDocument.numbers.contains) == true else { return false }
            self.phase = .device(step, intended: true)
            self.performed(report: report, at: now)
        case (.stopped(.deviceCannotTell(let stopped)), .stepIsNotDone(let step)) where step == stopped:
            self.go(to: .device(step, intended: false), now)
        case (.stopped(.unknown), .requestAgain):
            self.go(to: .requesting(underWay: false, wasUnanswered: true), now)
        case (.stopped(.unknown), .giveUp): self.go(to: .stopped(.givenUp), now)
        case (.awaitingTimetable, .goOnWithoutTimetable): self.go(to: .complete, now)
        default: return false
        }
        return true
    }

    // MARK: Waiting

    /// When ``action`` may be carried out; nil when it is not for the machine to say.
    public func nextDue(at now: FiscalInstant) -> FiscalInstant? {
        switch self.phase {
        case .fetchingKeys, .sendingCertificates, .checkingProgram, .requesting, .device, .confirming:
            // A pause longer than any: the clock was set back.
            self.retryAt.map { $0 - now > Self.longestPause ? now : $0 } ?? now
        case .sendingReport, .awaitingTimetable, .complete, .stopped: nil
        }
    }

    private static let longestPause = BackOff.pause(afterFailures: .max, jitter: .max)

    private mutating func pause(_ now: FiscalInstant, _ jitter: UInt8) {
        self.failures = min(self.failures + 1, 100)
        self.retryAt = now + BackOff.pause(afterFailures: self.failures, jitter: jitter)
    }

    private mutating func go(to phase: Phase, _ now: FiscalInstant) {
        self.phase = phase
        self.since = now
        self.retryAt = nil
        self.failures = 0
    }
}

extension FiscalisationMachine {
    /// For a till to show.
    /// - Parameter isSuspended: whether the schedule in force suspends sending.
    public func progress(isSuspended: Bool) -> FiscalisationProgress {
        let (step, waiting): (FiscalisationStep, FiscalisationProgress.Waiting) =
            switch self.phase {
            case .fetchingKeys: (.fetchRepositoryKeys, self.pausing)
            case .sendingCertificates: (.sendRegisterCertificates, self.pausing)
            case .checkingProgram: (.checkProgram, self.pausing)
            case .requesting: (.requestFiscalisation, self.pausing)
            case .device(let step, _): (step, self.pausing)
            case .confirming: (.confirmFiscalisation, self.pausing)
            case .sendingReport: (.sendFiscalReport, isSuspended ? .suspendedShipment : .shipment)
            case .awaitingTimetable: (.storeTimetable, .timetable)
            case .complete: (.storeTimetable, .nothing)
            case .stopped(let stop): (Self.step(of: stop), .person(stop))
            }
        return FiscalisationProgress(
            step: step, waiting: waiting, since: self.since, registrationNumber: self.facts?.registrationNumber)
    }

    private var pausing: FiscalisationProgress.Waiting { self.retryAt.map { .server($0) } ?? .nothing }

    private static func step(of stop: Stop) -> FiscalisationStep {
        switch stop {
        case .refused(let refusal), .unknown(let refusal), .confirmationRefused(let refusal): refusal.step
        case .deviceCannotTell(let step): step
        case .givenUp: .requestFiscalisation
        }
    }
}
