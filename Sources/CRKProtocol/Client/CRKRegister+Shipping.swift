import FiscalCore
import HTTPTypes

/// Shipments to the Event Hub: one packet after another, each stored before its first byte leaves and repeated byte for
/// byte until it was taken (decision P13).
extension CRKRegister {
    // MARK: By the schedule

    /// Whether anything may go to the Event Hub.
    var mayShip: Bool { self.state.fiscalisation?.maySend ?? false }

    /// Begins a shipment of everything that is unsent, and goes on with the one that is under way.
    func beginShipment() async throws {
        guard self.mayShip else { throw CRKError(.notFiscalised, "documents are sent once the fiscal report is made") }
        let last = try await self.lastDocument()
        try await self.update { state in
            if state.scheduled != nil {
                // One that stopped goes on at its next time.
                if state.scheduled?.delivery.stopped != nil { state.scheduled?.delivery.resume() }
            } else if last > state.shippedThrough, let timetable = state.settings.timetable {
                let rule = ShipmentRule(
                    kind: self.identity.kind, types: timetable.shipmentTypes, purpose: .schedule)
                state.scheduled = ShipmentJob(
                    rule: rule, cursor: ShipmentCursor(after: state.shippedThrough, lastNumber: last))
            }
        }
    }

    /// Begins what the schedule makes due, and goes on with what is under way.
    func shipScheduled(_ report: inout CRKSyncReport) async throws {
        guard self.mayShip else { return }
        let now = self.clock.now()
        if self.isShipmentDue(at: now) {
            try await self.beginShipment()
            try await self.update { $0.shipping?.fired(at: now) }
        }
        _ = try await self.ship(.scheduled, &report)
        if self.configuration.confirmsQueuedOrders { _ = try await self.shipOrdered(&report) }
    }

    private func isShipmentDue(at now: FiscalInstant) -> Bool {
        if case .awaitShipment = self.state.fiscalisation?.action, self.configuration.fiscalisation.sendsReportAtOnce {
            return true
        }
        if self.state.settings.timetable?.sendFreqEventHub == .online {
            // What stopped goes on with the next document.
            return self.state.scheduled?.delivery.stopped == nil
        }
        return self.state.shipping?.isDue(at: now) ?? false
    }

    /// The reply that was confirmed before it was sent, as far as it goes (a setting; decision P1).
    func shipOrdered(_ report: inout CRKSyncReport) async throws -> Bool {
        guard self.state.ordered != nil else { return true }
        guard try await self.ship(.ordered, &report) else { return false }
        try await self.update { $0.ordered = nil }
        return true
    }

    // MARK: Packet by packet

    /// Takes a shipment as far as it goes now.
    /// - Returns: whether it is complete, or there is none; false when it has to wait.
    func ship(_ shipment: Shipment, _ report: inout CRKSyncReport) async throws -> Bool {
        try await self.shipmentLane.acquire()
        defer { self.shipmentLane.release() }
        while let job = self.state[shipment] {
            guard !job.isComplete else { break }
            guard job.delivery.stopped == nil else { return false }
            if let end = job.pauseEnd(at: self.clock.now()), end > self.clock.now() { return false }
            // The token first: its lengths count in the packet, and without one nothing would leave.
            guard let token = try await self.eventHubToken(shipment, &report) else { return false }
            guard let packet = try await self.packet(shipment, job, token, &report) else { continue }
            guard try await self.deliver(packet, under: token, shipment, &report) else { return false }
        }
        try await self.settle(shipment)
        return true
    }

    /// A scheduled shipment that is complete makes room for the next one; a reply is settled with its order.
    private func settle(_ shipment: Shipment) async throws {
        guard self.state[shipment]?.isComplete == true, self.state[shipment]?.order == nil else { return }
        let now = self.clock.now()
        try await self.update { state in
            state[shipment] = nil
            state.fiscalisation?.shipped(through: state.shippedThrough, at: now)
        }
    }

    /// The packet that waits, or the next one, which is stored first; nil when the shipment is complete.
    private func packet(
        _ shipment: Shipment, _ job: ShipmentJob, _ token: EventHubToken, _ report: inout CRKSyncReport
    ) async throws -> DocumentPacket? {
        guard let recipient = self.state.trust.repositoryEncrypt else {
            throw CRKError(.noRepositoryKeys, "CMD07 has not brought the repository's certificates")
        }
        let fingerprint = Hex.encode(recipient.fingerprint(.sha256))
        var packager = self.packager(for: recipient, job)
        if let waiting = job.waiting {
            guard let packet = try await self.memory.value(DocumentPacket.self, .packet, job.packetName) else {
                throw CRKError(.damagedJournal, "a packet that waits has no record")
            }
            guard waiting.recipient != fingerprint else { return packet }
            // The repository's certificate changed: the same content under the same identifier, sealed anew.
            let resealed = try await self.sealing {
                try await packager.resealed(packet, from: self.documents, rule: job.rule)
            }
            let change = try self.memory.put(.packet, job.packetName, resealed)
            try await self.update([change]) { $0[shipment]?.waiting?.recipient = fingerprint }
            return resealed
        }
        var mint = self.state.mint
        let next = try await self.sealing {
            try await packager.next(job.cursor, from: self.documents, rule: job.rule, token: token) {
                self.identifier(for: job, &mint)
            }
        }
        self.packagers[job.packetName] = packager
        guard let next else {
            try await self.update { state in
                state[shipment]?.isComplete = true
                if job.order == nil { state.shippedThrough = max(state.shippedThrough, job.cursor.last) }
            }
            return nil
        }
        let change = try self.memory.put(.packet, job.packetName, next.packet)
        try await self.update([change]) { [mint] state in
            state.mint.advance(beyond: mint)
            state[shipment]?.waiting = ShipmentJob.Waiting(after: next.after, recipient: fingerprint)
            state[shipment]?.firstCommandID = job.firstCommandID ?? next.packet.commandID
            state[shipment]?.delivery.packetBegan()
        }
        return next.packet
    }

    private func packager(for recipient: Certificate, _ job: ShipmentJob) -> Packager {
        let options = self.configuration.shipping
        let (identity, randomness) = (self.identity, self.randomness)
        let profile = self.configuration.outgoing
        let seal: @Sendable ([UInt8]) throws(SealError) -> String = { content throws(SealError) in
            try profile.seal(
                content, signer: identity.signer, certificate: identity.signerCertificate, for: recipient,
                randomness: randomness)
        }
        var packager =
            self.packagers[job.packetName]
            ?? Packager(reserve: options.reserve, contentType: options.contentType, info: options.info, seal: seal)
        packager.limit = options.limit - job.shrink
        packager.seal = seal
        return packager
    }

    private nonisolated func identifier(for job: ShipmentJob, _ mint: inout CommandIDMint) -> CommandID {
        switch self.configuration.shipping.identifiers {
        case .perPacket: break
        case .perShipment:
            if let first = job.firstCommandID.flatMap({ try? CommandID($0) }) { return first }
        case .echoOrder:
            if let order = job.order.flatMap({ try? CommandID($0) }) { return order }
        }
        return mint.next(.dfd, self.identity.unit, at: self.clock.now())
    }

    private func sealing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as SealError {
            throw CRKError(.badDocuments, "a packet could not be sealed", underlying: error)
        }
    }

    /// Sends a packet and stores what came of it.
    /// - Returns: whether the shipment may go on at once.
    private func deliver(
        _ packet: DocumentPacket, under token: EventHubToken, _ shipment: Shipment, _ report: inout CRKSyncReport
    ) async throws -> Bool {
        let request: HTTPExchangeRequest
        do {
            request = try EventHubRequest(packet, token, contentType: self.configuration.shipping.contentType).request()
        } catch {
            report.troubles.append("\(error)")
            self.token = nil
            return try await self.hold(shipment, nil, &report)
        }
        switch try await self.send(request, over: .eventHub) {
        case .failure(let error):
            report.troubles.append("packet: no answer (\(error.reason))")
            return try await self.hold(shipment, nil, &report)
        case .success(let response):
            let reply = EventHubReply(response)
            guard reply == .accepted else {
                report.troubles.append("packet: HTTP \(response.head.status.code)")
                self.eventSources.yield(.trouble(.eventHub, "HTTP \(response.head.status.code)"))
                return try await self.hold(shipment, reply, &report)
            }
            try await self.delivered(packet, shipment)
            report.packets += 1
            return true
        }
    }

    private func delivered(_ packet: DocumentPacket, _ shipment: Shipment) async throws {
        guard let name = self.state[shipment]?.packetName else { return }
        let (now, jitter) = (self.clock.now(), self.jitter())
        try await self.update([self.memory.remove(.packet, name)]) { state in
            guard var job = state[shipment], let waiting = job.waiting else { return }
            _ = job.delivery.answered(.accepted, at: now, jitter: jitter)
            job.cursor = waiting.after
            job.waiting = nil
            if job.order == nil { state.shippedThrough = max(state.shippedThrough, job.cursor.next - 1) }
            state[shipment] = job
        }
        if let id = try? CommandID(packet.commandID) {
            self.eventSources.yield(
                .packetDelivered(commandID: id, packageNr: packet.packageNr, numbers: packet.numbers))
        }
    }

    /// Does what the machine says about an attempt that did not deliver; a nil reply stands for none.
    private func hold(
        _ shipment: Shipment, _ reply: EventHubReply?, _ report: inout CRKSyncReport
    ) async throws -> Bool {
        let (now, jitter) = (self.clock.now(), self.jitter())
        guard let name = self.state[shipment]?.packetName else { return false }
        let floor = self.configuration.shipping.limit / 4
        // What is packed anew has no record any more.
        let changes = reply == .tooLarge ? [self.memory.remove(.packet, name)] : []
        let action = try await self.update(changes) { state -> DeliveryMachine.Action in
            guard var job = state[shipment] else { return .stop(.unauthorised) }
            let action =
                reply.map { job.delivery.answered($0, at: now, jitter: jitter) }
                ?? job.delivery.unanswered(at: now, jitter: jitter)
            if action == .repack {
                job.waiting = nil
                // A tenth less each time, down to a quarter.
                job.shrink = min(job.shrink + self.configuration.shipping.limit / 10, 3 * floor)
            }
            state[shipment] = job
            return action
        }
        switch action {
        case .delivered, .repack: return true
        case .renewToken:
            self.token = nil
            return true
        case .wait: return false
        case .stop(let reason):
            self.token = nil
            report.troubles.append("shipment stopped: \(reason)")
            self.eventSources.yield(.shipmentStopped(reason: "\(reason)"))
            return false
        }
    }

    // MARK: Token

    /// The token that is held, or a fresh one; nil when there is none to be had now.
    private func eventHubToken(
        _ shipment: Shipment, _ report: inout CRKSyncReport
    ) async throws -> EventHubToken? {
        let start = self.clock.now()
        if let held = self.token, start < held.endsAt { return held.token }
        let outcome = try await self.exchange(FetchEventHubToken())
        guard let token = outcome.answer else {
            report.troubles.append("token: \(outcome.trouble ?? "none")")
            _ = try await self.hold(shipment, nil, &report)
            return nil
        }
        self.token = HeldToken(
            token: token,
            endsAt: token.expiry(requestedAt: start, margin: self.configuration.shipping.tokenMargin))
        return token
    }
}
