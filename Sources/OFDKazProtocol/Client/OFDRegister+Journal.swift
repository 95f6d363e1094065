import FiscalCore
import Logging

/// What goes into the next commit besides the memory, and what is told after it.
extension OFDRegister {
    /// Writes a document with the next commit and tells how it ended after it.
    func write(_ document: DocumentRecord) throws(OFDError) {
        try self.put(.document, document.number, document)
        if document.fate != .underWay {
            self.news.append(.outcome(try document.outcome(isFromJournal: false)))
        }
    }

    func put(_ space: RegisterRecords.Space, _ number: Int64, _ value: some Codable) throws(OFDError) {
        self.changes.append(.put(self.records.key(space, number), try StoredForms.encode(value)))
    }

    /// Writes an incident with the next commit.
    func report(
        _ kind: OFDIncident.Kind, _ detail: String, at now: FiscalInstant, document: Int64? = nil,
        decision: OFDDecision? = nil
    ) throws(OFDError) {
        self.memory.state.lastIncident += 1
        let incident = OFDIncident(
            number: self.memory.state.lastIncident, kind: kind, at: now, detail: detail, document: document,
            decision: decision)
        try self.put(.incident, incident.number, incident)
        self.news.append(.incident(incident))
        self.configuration.logger?.warning("\(kind.rawValue): \(detail)")
    }

    /// Tells that the mode has changed, and writes down what a person has to look into.
    func noteMode(from before: RegisterMode, because detail: String, at now: FiscalInstant) throws(OFDError) {
        let mode = self.memory.machine.mode
        guard mode != before else { return }
        self.news.append(.modeChanged(from: before, to: mode))
        let head = self.memory.machine.head?.number
        switch mode {
        case .online: break
        case .offline:
            if before == .online { try self.report(.offline, detail, at: now, document: head) }
        case .blocked: try self.report(.blocked, detail, at: now, document: head)
        case .serverBlocked:
            if case .serverBlocked = before { break }
            try self.report(.serverBlocked, detail, at: now, document: head)
        }
    }
}
