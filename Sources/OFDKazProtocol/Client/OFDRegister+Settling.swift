import FiscalCore

/// What the end of an attempt changes, in one commit.
extension OFDRegister {
    /// How a request ended, with what came back.
    struct Settled: Sendable {
        var resolution: Resolution
        var document: DocumentRecord?
        var answer: Answer?
    }

    /// Takes the end of an attempt over and stores everything that follows from it.
    func settle(
        _ transmission: Transmission, _ outgoing: Outgoing, _ ending: OFDExchange.Ending, anomalies: [Anomaly],
        budgetIsLeft: Bool
    ) async throws -> Settled {
        let now = self.clock.now()
        let before = self.memory.machine.mode
        let resolution = self.memory.machine.exchangeEnded(
            transmission, with: ending.result, budgetIsLeft: budgetIsLeft, at: now)
        var settled = Settled(resolution: resolution)
        if case .answered(let answer) = ending { settled.answer = answer }
        do {
            self.take(ending, anomalies)
            settled.document = try await self.apply(resolution, outgoing, settled.answer, at: now)
            try self.noteMode(from: before, because: ending.summary, at: now)
        } catch {
            self.abandonDraft()
            throw error
        }
        do { try await self.commit() } catch {
            guard let document = settled.document else { throw error }
            // What the server has stays true; anything else may end otherwise when it is tried again.
            let outcome = resolution.isRegistered ? try document.outcome(isFromJournal: false) : nil
            throw OFDResultNotStored(outcome: outcome, underlying: error)
        }
        return settled
    }

    /// What every ending brings: the last error, anomalies, and what the server added.
    private func take(_ ending: OFDExchange.Ending, _ anomalies: [Anomaly]) {
        var anomalies = anomalies
        switch ending {
        case .notDelivered(let detail), .unanswered(let detail): self.lastError = detail
        case .answered(let answer):
            self.lastAnswer = self.clock.elapsed()
            self.lastError =
                answer.code == .ok ? nil : "\(answer.code.rawValue)" + (answer.text.map { ": \($0)" } ?? "")
            let texts = self.memory.service.adopt(answer.service)
            if !texts.isEmpty { self.news.append(.ads(texts)) }
            anomalies += answer.anomalies
        }
        if !anomalies.isEmpty { self.news.append(.anomalies(anomalies)) }
    }

    private func apply(
        _ resolution: Resolution, _ outgoing: Outgoing, _ answer: Answer?, at now: FiscalInstant
    ) async throws -> DocumentRecord? {
        switch resolution {
        case .repeatAfterPause, .renumbered, .waiting, .serviceUnanswered, .stale: return nil
        case .serviceAnswered(let kind, let code):
            if code == .ok, let answer { try await self.serviceAccepted(kind, answer, at: now) }
            return nil
        case .registered(let message):
            var document = try await self.records.document(message.number)
            if !message.isOffline { try self.count(outgoing.request, document, isOffline: false, at: now) }
            document.fate = .registered(
                ticketNumber: answer?.ticketNumber, qr: answer?.qr.flatMap { CheckQR.text(of: $0) })
            if let report = answer?.report { try self.take(report, for: &document, message, at: now) }
            return try self.keep(document, outgoing.request)
        case .refused(let message, let code):
            var document = try await self.records.document(message.number)
            document.fate = .refused(code, text: answer?.text)
            return try self.keep(document, outgoing.request)
        case .pending(let message):
            var document = try await self.records.document(message.number)
            let request = try self.stampOffline(outgoing, &document, at: now)
            try self.count(request, document, isOffline: true, at: now)
            let isForbidden = self.memory.machine.mode == .offline(awaitingTransport: true)
            document.fate = .pending(
                isForbidden ? .transportForbidden : message.wentUnanswered ? .unanswered : .offline)
            return try self.keep(document, request)
        case .unknown(let message, let code), .stopped(let message, let code):
            // After a server block it goes out by itself (section 5.4.1).
            if case .serverBlocked = self.memory.machine.mode, message.isOffline { return nil }
            var document = try await self.records.document(message.number)
            document.fate =
                message.isOffline ? .stopped(code, text: answer?.text) : .unknown(code, text: answer?.text)
            if message.outcomeIsUnknown {
                try self.report(
                    .outcomeUnknown, "code \(code.rawValue) after an attempt without an answer", at: now,
                    document: message.number)
            }
            return try self.keep(document, outgoing.request)
        }
    }

    /// Writes a document with the commit, says what goes on paper, and tells it afterwards.
    func keep(_ original: DocumentRecord, _ request: PBRequest) throws(OFDError) -> DocumentRecord {
        var document = original
        document.paper = self.paper(document, request).items.map { StoredPaperItem($0) }
        try self.write(document)
        return document
    }

    /// The report that came with an answer. The server's counters are taken over with a close that was answered at once;
    /// the Z of a drained one is kept beside our own (decision K26).
    private func take(
        _ report: ZXReport, for document: inout DocumentRecord, _ message: QueuedMessage, at now: FiscalInstant
    ) throws(OFDError) {
        document.serverReport = report
        guard message.kind == .closeShift, !message.isOffline else { return }
        self.memory.service.lastZ = report
        try self.adopt(report, from: .closedShift, ours: document.report, at: now)
    }

    private func serviceAccepted(_ kind: ServiceKind, _ answer: Answer, at now: FiscalInstant) async throws {
        switch kind {
        case .info: try await self.adoptInfo(answer, at: now)
        case .comparison: self.memory.service.comparison = answer.report
        case .nomenclature:
            guard let nomenclature = answer.nomenclature else { return }
            self.changes.append(.put(self.records.nomenclature, try StoredForms.encode(nomenclature)))
            self.memory.service.nomenclatureVersion = nomenclature.version
            self.news.append(.nomenclature(version: nomenclature.version))
        case .keepAlive, .restoring, .polling, .announcing, .auth, .reserved: break
        }
    }
}

extension Resolution {
    var isRegistered: Bool {
        if case .registered = self { true } else { false }
    }
}
