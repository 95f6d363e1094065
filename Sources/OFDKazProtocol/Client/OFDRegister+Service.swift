import FiscalCore

/// Requests that are never queued: each of them works online or not at all (section 5.2).
extension OFDRegister {
    /// Looks whether the server is there (COMMAND_SYSTEM, section 3.1).
    /// - Throws: ``OFDError`` (`unavailable`) offline, blocked, or beside a message that is not settled.
    public func ping() async throws -> OFDServiceOutcome<Void> {
        try await self.locked { register in
            try await register.ask(.keepAlive) { _ in }
        }
    }

    /// Asks for the state of the register (COMMAND_INFO, section 3.2) and takes over counters, registration data,
    /// texts and taxation. At start, and after the queue was sent, this happens by itself.
    /// - Throws: ``OFDError`` (`unavailable`).
    public func loadInfo() async throws -> OFDServiceOutcome<Void> {
        try await self.locked { register in
            try await register.ask(.info) { _ in }
        }
    }

    /// Loads the list of goods if the server has another version (COMMAND_NOMENCLATURE, section 3.9).
    /// - Throws: ``OFDError`` (`unavailable`).
    public func loadNomenclature() async throws -> OFDServiceOutcome<OFDNomenclatureUpdate> {
        try await self.locked { register in
            try await register.ask(.nomenclature) { answer in
                answer.nomenclature.map { .replaced(version: $0.version) } ?? .kept(answer.nomenclatureResult)
            }
        }
    }

    /// The list of goods that was loaded last, or nil.
    public func nomenclature() async throws -> Nomenclature? {
        try await self.records.value(Nomenclature.self, self.records.nomenclature)
    }

    /// Lets the server check a cashier's login and password (COMMAND_AUTH, section 3.11). It makes no session, and
    /// nothing of it is kept.
    ///
    /// A wrong login or password is an answer with the result `invalidLoginPassword`, and changes no mode.
    /// - Throws: ``OFDError`` (`unavailable`, `plainPassword`).
    public func authenticate(_ credentials: Credentials) async throws -> OFDServiceOutcome<AuthAnswer?> {
        guard self.configuration.allowsPlainPassword else {
            throw OFDError(.plainPassword, "the configuration does not allow passwords over this transport")
        }
        let outcome = try await self.locked { register in
            try await register.ask(.auth, credentials: credentials) { $0.auth }
        }
        // Deprecated, and the same (ambiguity C4).
        if case .refused(.invalidLoginPassword, _) = outcome {
            return .answered(AuthAnswer(result: .invalidLoginPassword))
        }
        return outcome
    }

    /// COMMAND_RESERVED: has no meaning yet, so no host can send it.
    package func sendReserved() async throws -> OFDServiceOutcome<Void> {
        try await self.locked { register in
            try await register.ask(.reserved) { _ in }
        }
    }

    private func ask<Value: Sendable>(
        _ kind: ServiceKind, credentials: Credentials? = nil, _ value: (Answer) -> Value
    ) async throws -> OFDServiceOutcome<Value> {
        let due = try await self.driveWhatIsDue()
        // The INFO that was owed anyway.
        if case .serviceAnswered(kind, .ok) = due?.resolution, let answer = due?.answer {
            return .answered(value(answer))
        }
        guard self.memory.machine.request(kind) else {
            throw OFDError(.unavailable, "\(kind.command) is not sent while the register is \(self.modeName)")
        }
        self.credentials = credentials
        defer { self.credentials = nil }
        guard case .done(let settled) = try await self.driveNext() else { return .unanswered }
        guard let answer = settled.answer, case .serviceAnswered(kind, let code) = settled.resolution else {
            return .unanswered
        }
        return code == .ok ? .answered(value(answer)) : .refused(code, text: answer.text)
    }

    /// For texts.
    var modeName: String {
        switch self.memory.machine.mode {
        case .online: "busy"
        case .offline: "offline"
        case .blocked: "blocked"
        case .serverBlocked: "blocked by the server"
        }
    }
}
