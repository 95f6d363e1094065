import FiscalCore
import Logging

/// Calls that the host starts. They never wait behind an order or a shipment (decision P1).
extension CRKRegister {
    // MARK: CPD server

    /// CMD11: whether the CPD server answers, before and after fiscalisation.
    public func testCPD() async throws -> CRKCallOutcome<CPDDone> {
        try await self.call(.tcs) { TestCPDServer(self.identity.unit, at: $0) }
    }

    /// CMD07: fetches the repository's certificates and trusts them from now on (decision P21).
    public func fetchRepositoryKeys() async throws -> CRKCallOutcome<RepositoryKeys> {
        let outcome = try await self.call(.kcs) { FetchRepositoryKeys(self.identity.unit, at: $0) }
        if let keys = outcome.answer {
            let isNew = try await self.update { state -> Bool in
                let before = state.trust
                state.trust.adopt(keys)
                return state.trust != before
            }
            if isNew { self.eventSources.yield(.repositoryKeys(keys)) }
        }
        return outcome
    }

    /// CMD08: sends the register's certificates.
    public func sendCertificates() async throws -> CRKCallOutcome<CPDDone> {
        let (tls, encrypt) = (self.identity.tls, self.identity.encrypt)
        return try await self.call(.kfd, content: tls.der + encrypt.der) {
            SendRegisterCertificates(self.identity.unit, at: $0, tls: tls, encrypt: encrypt)
        }
    }

    /// CMD10: whether a program is admitted. A host asks before it installs one, and installs it after a yes only.
    /// - Parameter program: the one in question; nil for the one of the configuration.
    public func checkProgram(_ program: RegisterProgram? = nil) async throws -> CRKCallOutcome<Bool> {
        guard let program = program ?? self.configuration.program else {
            throw CRKError(.noProgram, "CMD10 asks about a program, and none is given")
        }
        return try await self.call(.cnf, content: Array("\(program.metadata)\u{0}\(program.checksum)".utf8)) {
            try CheckHomologation(
                self.identity.unit, at: $0, metadata: program.metadata, checksum: program.checksum)
        }
    }

    /// Updates the register's program: asks first whether it is admitted, and installs it after a yes only (section 2.4).
    /// - Parameter install: the host's own installation.
    public func updateProgram(
        to program: RegisterProgram, install: @Sendable () async throws -> Void
    ) async throws -> CRKCallOutcome<Bool> {
        let outcome = try await self.checkProgram(program)
        if outcome.answer == true { try await install() }
        return outcome
    }

    /// CMD12: what the repository knows of the register. A changed address of the WebApi is used by the next poll; the
    /// number of the last processed document is information (decision P27).
    public func repositoryState() async throws -> CRKCallOutcome<RepositoryState> {
        let outcome = try await self.call(.gis) { FetchRepositoryState(self.identity.unit, at: $0) }
        if let answer = outcome.answer {
            if self.identity.kind == .software, let number = answer.maxMemoryNumber, number != 1 {
                self.eventSources.yield(.trouble(.cpd, "maxMemNr is \(number), and 1 for software"))
            }
            try await self.adopt(webApi: answer.webApiAddress)
        }
        return outcome
    }

    /// CMD16: fetches the keys of three days and keeps them. For registers in the form of software.
    public func fetchSharedKeys() async throws -> CRKCallOutcome<[SharedKey]> {
        guard self.identity.kind == .software else {
            throw CRKError(.notForHardware, "shared keys are for registers in the form of software")
        }
        let command = FetchSharedKeys(self.identity.unit)
        let outcome = try await self.exchange(command)
        if case .answered(let keys) = outcome { try await self.keep(keys) }
        return outcome
    }

    // MARK: WebApi

    /// Whether the WebApi answers this register.
    public func ping() async throws -> CRKCallOutcome<Ping.Pong> { try await self.exchange(Ping()) }

    // MARK: How calls are made

    /// Makes a call whose identity is stored before it leaves: without a usable answer the next call of the same kind and
    /// content goes out under the same `commandId`; after a refusal under a fresh one (decision P25).
    func call<Command: CPDCommand>(
        _ code: CommandCode, content: [UInt8] = [], _ make: (FiscalInstant) throws -> Command
    ) async throws -> CRKCallOutcome<Command.Answer> {
        let digest = Hex.encode(Digest.hash(.sha256, content))
        let now = self.clock.now()
        // Bad input is found before anything is stored.
        _ = try make(now)
        let time = try await self.update { state in
            // Younger than 23 h: the server takes a request for fiscalisation for 24 (section 2.4.3).
            if let open = state.openCalls[code.rawValue], open.content == digest, now - open.time < .seconds(23 * 3600)
            {
                return open.time
            }
            let id = state.mint.next(code, self.identity.unit, at: now)
            state.openCalls[code.rawValue] = RegisterState.OpenCall(time: id.time, content: digest)
            return id.time
        }
        let outcome = try await self.exchange(try make(time))
        if !outcome.mayBeRepeated {
            try await self.update { $0.openCalls[code.rawValue] = nil }
        }
        return outcome
    }

    /// One exchange with the CPD server.
    func exchange<Command: CPDCommand>(_ command: Command) async throws -> CRKCallOutcome<Command.Answer> {
        let request = try command.request(to: self.configuration.cpd)
        let name = command.commandID?.command.rawValue ?? "SharedKey"
        let outcome: CRKCallOutcome<Command.Answer>
        switch try await self.send(request, over: .cpd, asAnchored: command is FetchRepositoryKeys) {
        case .failure(let error): outcome = .unanswered(error)
        case .success(let response):
            switch command.reply(response, self.configuration.mode) {
            case .answered(let answer, let leniencies):
                self.tell(leniencies, .cpd)
                outcome = .answered(answer)
            case .refused(let refusal): outcome = .refused(refusal)
            case .unreadable(let message): outcome = .unreadable(message)
            }
        }
        self.note(outcome, name, .cpd)
        return outcome
    }

    /// One exchange with the WebApi.
    func exchange<Call: WebApiCall>(_ call: Call) async throws -> CRKCallOutcome<Call.Answer> {
        let request = try call.request(to: self.webApiAddress)
        let outcome: CRKCallOutcome<Call.Answer>
        switch try await self.send(request, over: .webApi) {
        case .failure(let error): outcome = .unanswered(error)
        case .success(let response):
            switch call.reply(response, self.configuration.mode) {
            case .answered(let answer, let leniencies):
                self.tell(leniencies, .webApi)
                outcome = .answered(answer)
            case .failed(let failure): outcome = .failed(failure)
            case .unreadable(let message): outcome = .unreadable(message)
            }
        }
        self.note(outcome, call.path, .webApi)
        return outcome
    }

    /// Sends a request over a channel, and remembers under which certificates it got through.
    func send(
        _ request: HTTPExchangeRequest, over channel: CRKChannel, asAnchored: Bool = false
    ) async throws -> Result<HTTPExchangeResponse, TransportError> {
        let candidates = self.state.trust.candidates(
            for: channel, anchors: self.configuration.anchors, isKeyCall: asAnchored)
        switch try await self.exchange.send(request, over: channel, trusting: candidates) {
        case .success(let result):
            self.contact(channel, succeeded: true)
            if self.state.trust.isRollingOver(channel) {
                try await self.update { $0.trust.succeeded(channel, trusting: result.trusted) }
            }
            return .success(result.response)
        case .failure(let error):
            self.contact(channel, succeeded: false)
            return .failure(error)
        }
    }

    private func tell(_ leniencies: [Leniency], _ channel: CRKChannel) {
        if !leniencies.isEmpty { self.eventSources.yield(.leniencies(channel, leniencies)) }
    }

    private func note<Answer>(_ outcome: CRKCallOutcome<Answer>, _ name: String, _ channel: CRKChannel) {
        self.configuration.logger?.info("\(channel.rawValue) \(name): \(outcome.trouble ?? "done")")
        guard let trouble = outcome.trouble else { return }
        self.lastTrouble = "\(name): \(trouble)"
        self.eventSources.yield(.trouble(channel, "\(name): \(trouble)"))
    }
}
