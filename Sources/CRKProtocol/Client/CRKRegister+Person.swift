import FiscalCore

/// What people decide, and what they look at.
extension CRKRegister {
    /// Carries out a person's decision about the fiscalisation, and keeps who decided, when and why.
    /// - Throws: ``CRKError`` with code `nothingToDecide` when it does not fit to where the fiscalisation stands;
    ///   `InvalidField` without a name or a reason.
    public func decide(_ choice: CRKDecision.Choice, by name: String, because reason: String) async throws {
        for (field, text) in [("by", name), ("because", reason)] where text.allSatisfy(\.isWhitespace) {
            throw InvalidField(field, .required, limit: "a name and a reason")
        }
        let decision = CRKDecision(choice: choice, by: name, because: reason, at: self.clock.now())
        let change = try self.memory.put(
            .decision, "\(decision.at.utcMilliseconds) \(self.randomness.uuid())", decision)
        try await self.update([change]) { state in
            guard state.fiscalisation?.decide(choice, at: decision.at) == true else {
                throw CRKError(.nothingToDecide, "that is not what the fiscalisation waits for")
            }
        }
        self.eventSources.yield(.decided(decision))
    }

    /// Everything that people decided, in order.
    public func decisions() async throws -> [CRKDecision] {
        try await self.memory.values(CRKDecision.self, .decision)
    }

    /// What a till shows.
    public func status() async throws -> CRKStatus {
        let now = self.clock.now()
        let last = try await self.lastDocument()
        let registers: [(role: CertificateRole, certificate: Certificate)] = [
            (.registerTLS, self.identity.tls), (.registerEncrypt, self.identity.encrypt),
        ]
        let jobs = [self.state.scheduled, self.state.ordered].compactMap { $0 }
        return CRKStatus(
            unit: self.identity.unit, mode: self.mode, settings: self.state.settings,
            unsent: max(0, last - self.state.shippedThrough), shippedThrough: self.state.shippedThrough,
            orders: self.state.orders.count, nextShipment: self.nextShipment, nextPoll: self.nextPoll,
            shipmentTrouble: jobs.lazy.compactMap { $0.delivery.stopped.map { "\($0)" } }.first,
            sharedKeyDays: try await self.sharedKeyRing().days, contacts: self.contacts,
            certificates: (registers + self.state.trust.certificates(anchors: self.configuration.anchors)).map {
                CertificateExpiry($0.role, $0.certificate, at: now)
            }, lastTrouble: self.lastTrouble)
    }

    private var mode: CRKStatus.Mode {
        if let end = self.state.endOfLife { return .readOnly(confirmed: end.confirmedAt != nil) }
        guard let progress = self.fiscalisationProgress else { return .notFiscalised }
        return self.state.fiscalisation?.isComplete == true ? .fiscalised : .fiscalising(progress)
    }
}
