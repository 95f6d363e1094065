import FiscalCore

/// One document as the journal keeps it: what was issued, how it ended, and what was printed.
struct DocumentRecord: Sendable, Hashable, Codable {
    var number: Int64
    var reference: String?
    var kind: MessageKind
    /// Digest of what the host handed in: the same reference must mean the same document.
    var content: String
    var issuedAt: FiscalInstant
    /// `yyyyMMddTHHmmss` by the clocks of the zone at that time.
    var dateTime: String
    var shiftNumber: UInt32?
    var offlineNumber: UInt32?
    /// The X or Z report that it carries.
    var report: ZXReport?
    /// The report with which the server answered; beside our own, never instead of it (decision K26).
    var serverReport: ZXReport?
    var fate = Fate.underWay
    /// What was said to go on paper last.
    var paper: [StoredPaperItem] = []

    enum Fate: Sendable, Hashable, Codable {
        /// Kept, and not settled yet.
        case underWay
        case pending(Waiting)
        case stopped(ResultCode, text: String?)
        case registered(ticketNumber: String?, qr: String?)
        case refused(ResultCode, text: String?)
        case unknown(ResultCode, text: String?)
        case archived(OFDDecision)
    }

    /// Why a pending document waits.
    enum Waiting: String, Sendable, Hashable, Codable { case offline, unanswered, transportForbidden }
}

/// A `Paper.Item` as it is stored.
enum StoredPaperItem: Sendable, Hashable, Codable {
    case text(String)
    case code(name: String, value: String)
    case qr(String)

    init(_ item: Paper.Item) {
        self =
            switch item {
            case .text(let text): .text(text)
            case .code(let name, let value): .code(name: name, value: value)
            case .qr(let text): .qr(text)
            }
    }

    var item: Paper.Item {
        switch self {
        case .text(let text): .text(text)
        case .code(let name, let value): .code(name: name, value: value)
        case .qr(let text): .qr(text)
        }
    }
}

extension DocumentRecord {
    func facts() throws(OFDError) -> OFDFacts {
        guard let dateTime = CivilDateTime(compactSeconds: self.dateTime) else {
            throw OFDError(.damagedJournal, "document \(self.number) has no time")
        }
        return OFDFacts(
            reference: self.reference, number: self.number, kind: self.kind, dateTime: dateTime,
            shiftNumber: self.shiftNumber, offlineNumber: self.offlineNumber, report: self.report)
    }

    /// What the record means to the host.
    func outcome(isFromJournal: Bool) throws(OFDError) -> OFDOutcome {
        let facts = try self.facts()
        let state: OFDOutcome.State =
            switch self.fate {
            case .underWay: .pending(OFDPending(facts: facts, reason: .underWay))
            case .pending(.offline): .pending(OFDPending(facts: facts, reason: .offline))
            case .pending(.unanswered): .pending(OFDPending(facts: facts, reason: .unanswered))
            case .pending(.transportForbidden): .pending(OFDPending(facts: facts, reason: .transportForbidden))
            case .stopped(let code, let text):
                .pending(OFDPending(facts: facts, reason: .stopped(code, text: text)))
            case .registered(let number, let qr):
                .registered(
                    OFDRegistered(
                        facts: facts, ticketNumber: number, qr: qr, report: self.serverReport,
                        isFromJournal: isFromJournal))
            case .refused(let code, let text): .refused(OFDRefused(facts: facts, code: code, text: text))
            case .unknown(let code, let text): .unknown(OFDUnknown(facts: facts, code: code, text: text))
            case .archived(let decision): .pending(OFDPending(facts: facts, reason: .archived(decision)))
            }
        return OFDOutcome(state: state, paper: Paper(self.paper.map(\.item)))
    }
}
