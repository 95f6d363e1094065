public import FiscalCore

/// How a fiscalisation stands.
public typealias FiscalisationOutcome = Outcome<
    RegistrationNumber, FiscalisationProgress, FiscalisationRefusal, FiscalisationProgress
>

/// The fiscalisation (chapter 3).
extension CRKRegister {
    /// Has the register fiscalised, or goes on with a fiscalisation that was interrupted.
    ///
    /// Goes as far as it can now. The last two steps follow the repository's schedule: ``sync()`` takes them when their
    /// time comes, and only then the register counts as fiscalised.
    /// - Throws: `InvalidField` for data that do not fit the register; ``CRKError``: `alreadyFiscalised`, `readOnly`, or
    ///   `fiscalisationUnderWay` when another request may have been granted. `StoreError`.
    public func fiscalise(_ request: FiscalisationRequest) async throws -> FiscalisationOutcome {
        try request.check(self.identity.unit, self.identity.kind)
        if self.identity.kind == .software {
            try self.identity.names.check(self.identity.tls, taxpayer: request.taxpayer)
            guard self.configuration.program != nil else {
                throw CRKError(.noProgram, "step 2 asks about the program of a register in the form of software")
            }
        }
        guard self.state.endOfLife == nil else { throw CRKError(.readOnly, "the register is read-only") }
        let now = self.clock.now()
        try await self.update { state in
            let fresh = FiscalisationMachine(
                self.identity.unit, self.identity.kind, request,
                category: self.configuration.fiscalisation.category, at: now)
            guard let machine = state.fiscalisation else {
                state.fiscalisation = fresh
                return
            }
            guard !machine.isComplete else { throw CRKError(.alreadyFiscalised, "the register is fiscalised") }
            if machine.mayBeReplaced {
                state.fiscalisation = fresh
            } else if machine.request != request {
                throw CRKError(.fiscalisationUnderWay, "a request with other data may have been granted")
            } else {
                state.fiscalisation?.resume(at: now)
            }
        }
        var report = CRKSyncReport()
        try await self.driveFiscalisation(&report)
        try await self.shipScheduled(&report)
        try await self.driveFiscalisation(&report)
        return self.fiscalisationOutcome
    }

    /// How the fiscalisation stands; a register without one has nothing to say.
    private var fiscalisationOutcome: FiscalisationOutcome {
        guard let machine = self.state.fiscalisation, let progress = self.fiscalisationProgress else {
            return FiscalisationOutcome(state: .pending(self.noProgress), paper: Paper())
        }
        if machine.isComplete, let number = machine.facts?.registrationNumber {
            return FiscalisationOutcome(state: .registered(number), paper: Paper())
        }
        switch progress.waiting {
        case .person(.refused(let refusal)):
            return FiscalisationOutcome(state: .refused(refusal), paper: Paper())
        case .person(.unknown), .person(.deviceCannotTell):
            return FiscalisationOutcome(state: .unknown(progress), paper: Paper())
        case .nothing, .server, .shipment, .suspendedShipment, .timetable, .person:
            return FiscalisationOutcome(state: .pending(progress), paper: Paper())
        }
    }

    private var noProgress: FiscalisationProgress {
        FiscalisationProgress(
            step: .fetchRepositoryKeys, waiting: .nothing, since: self.clock.now(), registrationNumber: nil)
    }

    var isSuspended: Bool { self.state.settings.timetable?.sendFreqEventHub == .suspended }

    /// How far the fiscalisation has got; nil without one.
    var fiscalisationProgress: FiscalisationProgress? {
        self.state.fiscalisation?.progress(isSuspended: self.isSuspended)
    }

    /// Takes the steps that can be taken now.
    func driveFiscalisation(_ report: inout CRKSyncReport) async throws {
        guard self.state.fiscalisation != nil else { return }
        try await self.fiscalisationLane.acquire()
        defer { self.fiscalisationLane.release() }
        let before = self.fiscalisationProgress
        while let machine = self.state.fiscalisation, let due = machine.nextDue(at: self.clock.now()),
            due <= self.clock.now()
        {
            switch machine.action {
            case .fetchKeys:
                try await self.settle(try await self.fetchRepositoryKeys()) { $0.keysFetched(at: $1) }
            case .sendCertificates:
                try await self.settle(try await self.sendCertificates()) { $0.certificatesSent(at: $1) }
            case .checkProgram:
                let outcome = try await self.checkProgram()
                let isAdmitted = outcome.answer ?? false
                try await self.settle(outcome) { $0.programChecked(isAdmitted: isAdmitted, at: $1) }
            case .request: try await self.requestFiscalisation(machine.request)
            case .perform(let step): try await self.perform(step, machine, &report)
            case .askWhetherDone(let step): try await self.ask(step, machine, &report)
            case .confirm:
                let outcome = try await self.call(.fpd) { ConfirmFiscalisation(self.identity.unit, at: $0) }
                try await self.settle(outcome) { $0.confirmed(at: $1) }
            case .awaitShipment, .awaitTimetable, .none, .stop: break
            }
        }
        if let progress = self.fiscalisationProgress, progress != before {
            self.eventSources.yield(.fiscalisation(progress))
        }
    }

    /// Tells the machine how a call ended.
    private func settle<Answer>(
        _ outcome: CRKCallOutcome<Answer>,
        _ answered: @Sendable (inout FiscalisationMachine, FiscalInstant) -> Void
    ) async throws {
        let (now, jitter) = (self.clock.now(), self.jitter())
        let refusal: CPDRefusal? = if case .refused(let refusal) = outcome { refusal } else { nil }
        let mayHaveArrived =
            if case .unanswered(let error) = outcome { error.code == .outcomeUnknown } else { true }
        let isAnswered = outcome.answer != nil
        try await self.update { state in
            guard var machine = state.fiscalisation else { return }
            if isAnswered {
                answered(&machine, now)
            } else if let refusal, !refusal.isServerFailure {
                machine.refused(.error(refusal), at: now)
            } else {
                machine.unanswered(mayHaveArrived: mayHaveArrived, at: now, jitter: jitter)
            }
            state.fiscalisation = machine
        }
    }

    /// Step 3 and 4.
    private func requestFiscalisation(_ request: FiscalisationRequest) async throws {
        let parameters = try request.parameters()
        // Only the host can make this fail, and it has not: the request was checked when it was made.
        try await self.update { $0.fiscalisation?.requestBegan() }
        let content = [
            parameters.serialNumber, parameters.registrationNumber?.text ?? "", parameters.taxpayer.text,
            parameters.technician,
        ].joined(separator: "\u{0}")
        let outcome = try await self.call(.mfp, content: Array(content.utf8)) {
            MakeFiscalisation(self.identity.unit, at: $0, parameters)
        }
        let now = self.clock.now()
        guard case .answered(let answer) = outcome else { return try await self.settle(outcome) { _, _ in } }
        switch answer {
        case .refused(let status, let desc):
            try await self.update { $0.fiscalisation?.refused(.status(status, desc: desc), at: now) }
        case .granted(let grant)
        where request.registrationNumber != nil && request.registrationNumber != grant.registrationNumber:
            // Doubt belongs before the first step that nobody can take back: the answer is not used.
            let answer = UnreadableMessage("cashRegisterNr", "another number than the one that was asked for")
            self.eventSources.yield(.trouble(.cpd, "MFP: \(answer)"))
            self.lastTrouble = "MFP: \(answer)"
            try await self.settle(CRKCallOutcome<CPDDone>.unreadable(answer)) { _, _ in }
        case .granted(let grant):
            try await self.update { state in
                state.settings.registrationNumber = grant.registrationNumber
                state.settings.webApi = grant.webApiAddress
                state.apply(
                    Timetable(
                        sendFreqEventHub: grant.sendFreqEventHub, checkFreqWebApi: grant.checkFreqWebApi,
                        shipmentTypes: grant.shipmentTypes),
                    from: nil, at: now)
                state.fiscalisation?.granted(grant.registrationNumber, at: now)
            }
            self.warnIfMixed(grant.webApiAddress)
        }
    }

    // MARK: Steps of the device

    private func perform(
        _ step: FiscalisationStep, _ machine: FiscalisationMachine, _ report: inout CRKSyncReport
    ) async throws {
        guard let facts = machine.facts else { return }
        try await self.update { $0.fiscalisation?.intended() }
        let number: Int64?
        do { number = try await self.device.perform(step, facts) } catch {
            return try await self.deviceFailed(step, error, &report)
        }
        let now = self.clock.now()
        try await self.update { $0.fiscalisation?.performed(report: number, at: now) }
    }

    private func ask(
        _ step: FiscalisationStep, _ machine: FiscalisationMachine, _ report: inout CRKSyncReport
    ) async throws {
        guard let facts = machine.facts else { return }
        let answer: DeviceAnswer
        do { answer = try await self.device.isDone(step, facts) } catch {
            return try await self.deviceFailed(step, error, &report)
        }
        let now = self.clock.now()
        try await self.update { $0.fiscalisation?.answered(answer, at: now) }
    }

    private func deviceFailed(
        _ step: FiscalisationStep, _ error: any Error, _ report: inout CRKSyncReport
    ) async throws {
        if error is CancellationError { throw error }
        report.troubles.append("step \(step.rawValue): \(error)")
        self.lastTrouble = "step \(step.rawValue): \(error)"
        let (now, jitter) = (self.clock.now(), self.jitter())
        try await self.update { $0.fiscalisation?.deviceFailed(at: now, jitter: jitter) }
    }
}
