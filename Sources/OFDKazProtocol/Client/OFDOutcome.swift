public import FiscalCore

/// How the issue of a document ended.
public typealias OFDOutcome = Outcome<OFDRegistered, OFDPending, OFDRefused, OFDUnknown>

/// What every outcome knows about its document.
public struct OFDFacts: Sendable, Hashable {
    /// The host's own name for the document, when it gave one.
    public var reference: String?
    /// Ascending in the order of issue, never used twice; sent as `printed_document_number`.
    public var number: Int64
    public var kind: MessageKind
    /// The time that the document carries, by the clocks of the configured zone.
    public var dateTime: CivilDateTime
    /// The running number of the shift, once the server has told it (decision K34).
    public var shiftNumber: UInt32?
    /// Our own number of the document, when its receipt is an offline one (section 5.2); tickets only.
    public var offlineNumber: UInt32?
    /// The X or Z report that the document carries, from our own counters.
    public var report: ZXReport?
}

/// The server has the document.
public struct OFDRegistered: Sendable, Hashable {
    public var facts: OFDFacts
    /// The fiscal sign; nil for documents that have none, and when the server left it out (decision K11).
    public var ticketNumber: String?
    /// The address that checks the receipt, as the server sent it.
    public var qr: String?
    /// The report with which the server answered a close or a report.
    public var report: ZXReport?
    /// Whether it was known already and nothing was sent now.
    public var isFromJournal: Bool
}

/// The document is kept and goes out by itself; its receipt may be handed out as an offline one.
public struct OFDPending: Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        /// No link, or earlier documents still wait.
        case offline
        /// It was sent, and no answer came in time.
        case unanswered
        /// Code 7: nothing is sent until the transport setting changes.
        case transportForbidden
        /// The server refused it after it was handed out: it waits for a person (section 5.3).
        case stopped(ResultCode, text: String?)
        /// A person took it out of the queue: the server will not get it.
        case archived(OFDDecision)
        /// It was kept and is under way: the process stopped before it was settled.
        case underWay
    }
    public var facts: OFDFacts
    public var reason: Reason
}

/// The server said no and cannot have it; nothing is left in the queue. A corrected document is a new one.
public struct OFDRefused: Sendable, Hashable {
    public var facts: OFDFacts
    public var code: ResultCode
    /// The server's own words.
    public var text: String?
}

/// The server said no, but may have accepted an earlier attempt (decision K4). The register is blocked; no receipt is
/// handed out.
public struct OFDUnknown: Sendable, Hashable {
    public var facts: OFDFacts
    public var code: ResultCode
    /// The server's own words.
    public var text: String?
}

extension Outcome
where Registration == OFDRegistered, Pending == OFDPending, Refusal == OFDRefused, Question == OFDUnknown {
    /// What every outcome knows about its document.
    public var facts: OFDFacts {
        switch self.state {
        case .registered(let registration): registration.facts
        case .pending(let pending): pending.facts
        case .refused(let refusal): refusal.facts
        case .unknown(let question): question.facts
        }
    }

    /// The number on the receipt: the server's once it is there, our own while the document is pending.
    public var number: String? {
        switch self.state {
        case .registered(let registration): registration.ticketNumber
        case .pending(let pending): pending.facts.offlineNumber.map { String($0) }
        case .refused, .unknown: nil
        }
    }
}
