import FiscalCore

/// Making a document, before anything is kept of it.
extension OFDRegister {
    /// A document that may be kept.
    struct Draft {
        var document: DocumentRecord
        var request: StoredRequest
        var offlineNumbers: OfflineNumbers
        /// Our counters with this document in them; nil when it is sent at once, and counted when it is settled.
        var countersAfter: RegisterCounters?
        /// The clock is behind the last document.
        var isHeldUp: Bool
    }

    /// - Throws: `InvalidField`, ``OFDError`` (`registrationUnknown`, `notEnoughCash`, `noOpenShift`): nothing has
    ///   changed.
    func draft(_ submission: Submission, _ reference: String?, at now: FiscalInstant) async throws -> Draft {
        let isOffline = self.memory.machine.mode != .online
        let number = self.memory.machine.state.lastNumber + 1
        let (time, isHeldUp) = self.memory.state.documentTime(at: now, in: self.configuration.zone)
        var numbers = self.memory.state.offlineNumbers
        var document = DocumentRecord(
            number: number, reference: reference, kind: submission.kind, content: submission.content, issuedAt: now,
            dateTime: time.compactSeconds, shiftNumber: self.memory.counters.frShiftNumber)
        if isOffline, submission.kind == .ticket { document.offlineNumber = numbers.next(at: now) }
        let request = try self.request(for: submission, &document, time: time, isOffline: isOffline)
        var counters: RegisterCounters?
        if isOffline {
            counters = try self.countersAfter(request)
            document.fate = .pending(
                self.memory.machine.mode == .offline(awaitingTransport: true) ? .transportForbidden : .offline)
            document.paper = self.paper(document, request).items.map { StoredPaperItem($0) }
        }
        return Draft(
            document: document, request: StoredRequest(edition: self.configuration.rules.edition, request: request),
            offlineNumbers: numbers, countersAfter: counters, isHeldUp: isHeldUp)
    }

    /// Without a link the register itself looks whether the drawer holds enough (section 3.7).
    private func countersAfter(_ request: PBRequest) throws(OFDError) -> RegisterCounters {
        var counters = self.memory.counters
        do throws(CounterError) {
            try counters.count(request, isOffline: true, cash: .neverBelowZero)
            return counters
        } catch {
            throw OFDError(error)
        }
    }
}
