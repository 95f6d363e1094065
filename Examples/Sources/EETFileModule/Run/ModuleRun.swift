import EETProtocol
import FiscalCore

/// One start of the module: `eetin.txt` in, at most one message to the authority, `eetout.txt` out.
///
/// Every ending writes `eetout.txt` and removes the marker; only a folder that is in use, or cannot be written at all,
/// is left as it is.
public struct ModuleRun: Sendable {
    private let folder: ModuleFolder
    private let options: ModuleOptions
    private let host: ModuleHost

    public init(folder: String, options: ModuleOptions, host: ModuleHost) {
        self.folder = ModuleFolder(folder, observer: host.fileObserver)
        self.options = options
        self.host = host
    }

    /// Works through the folder's files once.
    public func run() async -> ModuleReport {
        let lock: FolderLock
        do {
            guard let taken = try FolderLock(folder: self.folder.path) else {
                self.host.say("error: \(self.folder.path): another run is at work here")
                return .untouched
            }
            lock = taken
            if DurableFile.exists(self.folder.marker) {
                self.host.say("\(self.folder.marker): left by a run that died; its sale is in the journal")
            }
            try self.folder.setMarker()
        } catch {
            self.host.say("error: \(error)")
            return .untouched
        }
        // Read once, so that a caller who writes the next receipt already changes nothing here.
        let input: Result<[UInt8], FolderError> = Result { () throws(FolderError) in
            try DurableFile.read(self.folder.input)
        }
        let number = (try? input.get()).flatMap(EETInFile.number(in:)) ?? ""
        var report: ModuleReport
        do {
            report = try await self.submit(input, number: number)
        } catch {
            let stop = ModuleStop(error)
            self.host.say(stop.code == .registered ? "\(stop)" : "error: \(stop)")
            report = ModuleReport(EETOutFile(number: number, code: .module(stop.code)), text: stop.text)
        }
        do {
            try self.folder.write(report.output)
            try self.folder.removeMarker()
        } catch {
            // The marker stays: without a whole output its absence would say something untrue.
            self.host.say("error: \(error)")
            report.exitStatus = 3
        }
        withExtendedLifetime(lock) {}
        return report
    }

    private func submit(_ bytes: Result<[UInt8], FolderError>, number: String) async throws -> ModuleReport {
        let session = ModuleSession(folder: self.folder, options: self.options, host: self.host)
        let configuration = try session.configuration()
        try await session.checkLicence(registers: true)
        let rules = ModuleRules(edition: self.options.edition, environment: configuration.environment)
        let (client, taxpayer) = try await session.open(configuration, rules: rules)
        let (input, leniencies) = try EETInFile.parse(try bytes.get(), reading: self.options.reading)
        try rules.check(input, certificate: taxpayer.dic)
        let data = try input.data(edition: self.options.edition, certificateDIC: taxpayer.dic)
        for warning in leniencies + input.warnings(edition: self.options.edition) {
            self.host.say("warning: \(warning)")
        }
        var report =
            input.isVerification
            ? try await self.verify(data, input, client) : try await self.issue(data, input, client)
        report.isTest = configuration.isDebug
        for warning in report.warnings { self.host.say("warning of the authority: \(warning)") }
        await self.tellOfOthers(client, this: data.identity)
        return report
    }

    private func verify(_ data: SaleData, _ input: EETInFile, _ client: EETClient) async throws -> ModuleReport {
        let verification = try await client.verify(data, hostSaysFirst: input.isFirstAttempt)
        return ModuleReport(
            EETOutFile(
                number: input.sale.number, codes: verification.codes, uuid: verification.uuid,
                code: verification.code),
            text: verification.text, warnings: verification.warnings, wasVerification: true)
    }

    private func issue(_ data: SaleData, _ input: EETInFile, _ client: EETClient) async throws -> ModuleReport {
        let outcome: EETOutcome
        do {
            outcome = try await client.issue(data, hostSaysFirst: input.isFirstAttempt, sending: .now)
        } catch let unstored as EETResultNotStored {
            self.host.say("warning: \(unstored); the sale will be sent once more, which does no harm")
            outcome = unstored.outcome
        } catch {
            guard let stored = try? await client.entry(data.identity), stored.attributes == data.attributes else {
                throw error
            }
            // The sale is in the journal, from this run or an earlier one, and may have been sent.
            self.host.say("error: 1003 \(error)")
            return ModuleReport(
                EETOutFile(
                    number: input.sale.number, codes: stored.codes, uuid: stored.lastUUID,
                    code: .module(.unhandled)), text: "\(error)")
        }
        return ModuleReport(
            EETOutFile(
                number: input.sale.number, codes: outcome.facts.codes, fik: outcome.confirmationCode,
                uuid: outcome.facts.uuid, code: outcome.moduleRowCode),
            text: outcome.text, warnings: outcome.warnings)
    }

    /// Sales of earlier runs are not forgotten: the operator is told how to send them.
    private func tellOfOthers(_ client: EETClient, this identity: SaleIdentity) async {
        guard let status = try? await client.status() else { return }
        let others = status.waiting + status.held + status.refused
        let thisIsOne: Bool
        switch (try? await client.entry(identity))?.machine.state {
        case .kept, .sending, .waiting, .held, .refused: thisIsOne = true
        case .registered, .closed, nil: thisIsOne = false
        }
        let count = others - (thisIsOne ? 1 : 0)
        if count > 0 {
            self.host.say(
                "\(count) other sales are not settled (\(status.overdue.count) past the deadline): "
                    + "eet sync \(self.folder.path)")
        }
    }
}

extension Outcome
where Registration == EETRegistered, Pending == EETPending, Refusal == EETRefused, Question == EETUnknown {
    /// Row 6: empty only for a registered sale. A sale that is in the journal and says nothing else is 1003 with its
    /// codes: it will be sent.
    var moduleRowCode: EETResultCode? {
        if case .registered = self.state { return nil }
        return self.code ?? .module(.unhandled)
    }

    /// What happened, for the operator.
    var text: String {
        switch self.state {
        case .registered: ""
        case .pending(let pending): pending.text
        case .refused(let refused): refused.text
        case .unknown(let unknown): unknown.text
        }
    }

    /// Warnings of the authority.
    var warnings: [Warning] {
        switch self.state {
        case .registered(let registered): registered.registration.warnings
        case .refused(let refused): refused.warnings
        case .pending, .unknown: []
        }
    }
}

extension EETVerification {
    /// What happened, for the operator.
    var text: String {
        switch self.result {
        case .passed: ""
        case .chyba(_, let text): text
        case .failed(_, let detail): detail
        }
    }
}
