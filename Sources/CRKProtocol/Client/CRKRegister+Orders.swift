import FiscalCore

/// Orders of the repository: fetched, executed one after another, and each confirmed after its execution (decision P1).
extension CRKRegister {
    /// How many orders one poll takes at the most.
    static var ordersPerPoll: Int { 100 }
    /// How often the call that a CMD01 asks for is tried without an answer before the order counts as not executed.
    static var callAttempts: Int { 3 }

    /// Fetches orders until there are none, executing and confirming each before the next is looked at.
    ///
    /// Ends early when an order has to wait (a shipment whose hub is down, a call without an answer) or a confirmation
    /// does not get through; what is left goes on at the next poll, or when the pause is over.
    func pollOrders(_ report: inout CRKSyncReport) async throws {
        try await self.orderLane.acquire()
        defer { self.orderLane.release() }
        var confirmed: Set<String> = []
        for _ in 0..<Self.ordersPerPoll {
            guard try await self.finishOrders(&report, &confirmed) else { return }
            switch try await self.exchange(FetchOrders()) {
            case .answered(let orders):
                try await self.update { state in
                    state.pollAgainAt = nil
                    state.pollFailures = 0
                }
                guard !orders.isEmpty else { return }
                // An order that was confirmed a moment ago and comes again would come for ever.
                guard try await self.take(orders, except: confirmed) else {
                    report.troubles.append("the repository delivers an order again that it has just closed")
                    return
                }
            case .failed(let failure):
                // 403 and 404 are for people: the schedule stays as it is.
                report.troubles.append("orders: HTTP \(failure.httpStatus)")
                if failure.kind == .serverError { try await self.postponePoll() }
                return
            case .unanswered(let error):
                report.troubles.append("orders: no answer (\(error.reason))")
                return try await self.postponePoll()
            case .unreadable(let message):
                report.troubles.append("orders: \(message)")
                return
            case .refused: return
            }
        }
    }

    /// Keeps orders as they came, sealed.
    /// - Returns: whether any of them is to be looked at.
    private func take(_ orders: [SealedOrder], except confirmed: Set<String>) async throws -> Bool {
        var entries: [OrderEntry] = []
        for order in orders where !confirmed.contains(order.commandID) {
            let known = try await self.memory.value(OrderEntry.self, .order, OrderEntry.name(order.commandID))
            entries.append(known ?? OrderEntry(order, at: self.clock.now()))
        }
        let changes = try entries.map { try self.memory.put(.order, $0.name, $0) }
        try await self.update(changes) { state in
            for entry in entries where !state.orders.contains(entry.commandID) { state.orders.append(entry.commandID) }
        }
        return !entries.isEmpty
    }

    /// Executes and confirms what is not closed, in its order.
    /// - Returns: false when the head of the line has to wait.
    private func finishOrders(_ report: inout CRKSyncReport, _ confirmed: inout Set<String>) async throws -> Bool {
        while let head = self.state.orders.first {
            guard var entry = try await self.memory.value(OrderEntry.self, .order, OrderEntry.name(head)) else {
                throw CRKError(.damagedJournal, "an order that waits has no record")
            }
            if case .pending = entry.state {
                guard try await self.execute(&entry, &report) else { return false }
            }
            guard let content = entry.confirmation else { return false }
            guard try await self.confirm(entry, content, &report) else { return false }
            confirmed.insert(head)
        }
        return true
    }

    /// - Returns: whether the order is closed.
    private func confirm(
        _ entry: OrderEntry, _ content: ConfirmOrder.Content, _ report: inout CRKSyncReport
    ) async throws -> Bool {
        var entry = entry
        switch try await self.exchange(ConfirmOrder(content)) {
        case .answered: entry.close()
        case .failed(let failure) where failure.isUnknownCommand: entry.close()
        case .failed(let failure) where failure.isBadCommandID:
            entry.park()
            report.troubles.append("a confirmation was refused: the repository calls its commandId malformed")
            let change = try self.memory.put(.order, entry.name, entry)
            try await self.update([change]) { $0.orders.removeAll { $0 == entry.commandID } }
            return false
        case .failed(let failure):
            report.troubles.append("confirmation: HTTP \(failure.httpStatus)")
            try await self.postponePoll()
            return false
        case .unanswered, .unreadable, .refused:
            report.troubles.append("confirmation: no usable answer")
            try await self.postponePoll()
            return false
        }
        let isTimetable = entry.commandID.hasPrefix(CommandCode.tfd.rawValue + ".") && content.fault == nil
        let change = try self.memory.put(.order, entry.name, entry)
        let now = self.clock.now()
        try await self.update([change]) { state in
            state.orders.removeAll { $0 == entry.commandID }
            if isTimetable { state.fiscalisation?.timetableConfirmed(at: now) }
        }
        return true
    }

    /// - Returns: whether the order is executed, well or not; false when it has to wait.
    private func execute(_ entry: inout OrderEntry, _ report: inout CRKSyncReport) async throws -> Bool {
        let order: Order
        do {
            let sealed = SealedOrder(commandID: entry.commandID, encryptedCommand: entry.sealed)
            let opened = try sealed.opened(for: self.identity.unit, self.identity.kind, mode: self.configuration.mode) {
                (text) throws(SealError) in try self.open(text)
            }
            if !opened.leniencies.isEmpty { self.eventSources.yield(.leniencies(.webApi, opened.leniencies)) }
            order = opened.order
        } catch {
            return try await self.executed(&entry, fault: error.text, &report)
        }
        switch order {
        case .callService(let code): return try await self.execute(call: code, &entry, &report)
        case .setTimetable(let timetable):
            let (id, now) = (entry.commandID, self.clock.now())
            let done = try await self.executed(&entry, fault: nil, &report) { state in
                state.apply(timetable, from: id, at: now)
            }
            self.eventSources.yield(.timetable(timetable))
            return done
        case .controlQRCode(let rule):
            let done = try await self.executed(&entry, fault: nil, &report) { $0.settings.qrCode = rule }
            self.eventSources.yield(.qrCode(rule))
            return done
        case .sendDocuments(let range, let types): return try await self.execute(range, types, &entry, &report)
        }
    }

    /// Opens an order with the present keys, then with earlier ones: it may have been sealed before a change of keys.
    private func open(_ sealed: String) throws(SealError) -> [UInt8] {
        var failure = SealError.notOpened
        for decryptor in [self.identity.decryptor] + self.identity.previousDecryptors {
            for certificate in self.state.trust.repositoryEncryptCertificates {
                do {
                    return try self.configuration.incoming.open(
                        sealed, with: decryptor, from: certificate, randomness: self.randomness)
                } catch {
                    failure = error
                }
            }
        }
        throw failure
    }

    /// Stores that an order was executed, in one commit with what it changed.
    private func executed(
        _ entry: inout OrderEntry, fault: String?, _ report: inout CRKSyncReport,
        _ effect: (inout RegisterState) -> Void = { _ in }
    ) async throws -> Bool {
        entry.execute(at: self.clock.now(), fault: fault)
        let change = try self.memory.put(.order, entry.name, entry)
        try await self.update([change]) { effect(&$0) }
        report.executed.append((entry.commandID, entry.confirmation?.fault))
        self.eventSources.yield(.orderExecuted(commandID: entry.commandID, fault: entry.confirmation?.fault))
        return true
    }

    // MARK: CMD01

    private func execute(
        call code: CommandCode, _ entry: inout OrderEntry, _ report: inout CRKSyncReport
    ) async throws -> Bool {
        let (trouble, mayBeRepeated): (String?, Bool)
        switch code {
        case .kcs: (trouble, mayBeRepeated) = Self.ending(try await self.fetchRepositoryKeys())
        case .kfd: (trouble, mayBeRepeated) = Self.ending(try await self.sendCertificates())
        case .cnf:
            guard self.configuration.program != nil else {
                return try await self.executed(&entry, fault: "CNF: the register names no program", &report)
            }
            (trouble, mayBeRepeated) = Self.ending(try await self.checkProgram())
        default:
            return try await self.executed(&entry, fault: "\(code.rawValue) is no service for an order", &report)
        }
        guard case .pending(let attempts) = entry.state, let trouble else {
            return try await self.executed(&entry, fault: nil, &report)
        }
        guard mayBeRepeated, attempts + 1 < Self.callAttempts else {
            return try await self.executed(&entry, fault: "\(code.rawValue): \(trouble)", &report)
        }
        entry.state = .pending(attempts: attempts + 1)
        let change = try self.memory.put(.order, entry.name, entry)
        try await self.update([change]) { _ in }
        report.troubles.append("\(code.rawValue): \(trouble)")
        try await self.postponePoll()
        return false
    }

    private static func ending<Answer>(_ outcome: CRKCallOutcome<Answer>) -> (String?, Bool) {
        (outcome.trouble, outcome.mayBeRepeated)
    }

    // MARK: CMD06

    private func execute(
        _ range: DocumentRange, _ types: ShipmentTypes, _ entry: inout OrderEntry, _ report: inout CRKSyncReport
    ) async throws -> Bool {
        let last = try await self.lastDocument()
        let id = entry.commandID
        let job = ShipmentJob(
            order: id,
            rule: ShipmentRule(
                kind: self.identity.kind, types: types, purpose: .order,
                shortReceiptsAsInfo: self.configuration.shipping.shortReceiptsAsInfo),
            cursor: ShipmentCursor(order: range, lastNumber: last))
        if self.configuration.confirmsQueuedOrders {
            // One reply at a time: the one before goes first.
            guard try await self.shipOrdered(&report) else { return false }
            return try await self.executed(&entry, fault: nil, &report) { $0.ordered = job }
        }
        try await self.update { state in
            if state.ordered?.order != id { state.ordered = job }
        }
        guard try await self.ship(.ordered, &report) else { return false }
        // The reply is done with in the same commit that calls the order executed: never sent twice.
        return try await self.executed(&entry, fault: nil, &report) { $0.ordered = nil }
    }

    /// The next poll comes later than the last one by a growing pause, until one succeeds.
    private func postponePoll() async throws {
        let now = self.clock.now()
        let jitter = self.jitter()
        try await self.update { state in
            state.pollFailures = min(state.pollFailures + 1, 16)
            let pause = BackOff.pause(afterFailures: state.pollFailures, jitter: jitter)
            state.pollAgainAt = now + pause
        }
    }
}
