public import FiscalCore

/// How a finishing call ended for the till.
///
/// *Registered*: signed. *Pending*: finished without a signature, or not sent yet. *Refused*: the service said no, or
/// speaks for another country. *Unknown*: no answer came, and only the client may repeat the call.
public typealias FiscalServiceOutcome = Outcome<TillSigned, TillUnsigned, TillRefused, TillUnanswered>

/// What every answer tells.
public struct TillAnswer: Sendable, Hashable {
    public var documentID: String
    /// As it came, unknown members included.
    public var response: FiscalResponse
    /// What it means.
    public var verdict: ResponseVerdict
    /// Whether it was known already and nothing was sent now.
    public var isFromJournal: Bool
    /// Documents that this till opened and did not finish, this one not counted. Each holds a transaction of the TSE
    /// open, and their number is limited (TSE-125).
    public var unfinishedDocuments: Int

    /// For the operator's screen, never for paper (TSE-121).
    public var notice: String? { self.verdict.userMessage }
}

/// A document that `createDocument` opened: items may be added, whether or not the TSE was there.
public struct TillOpened: Sendable, Hashable {
    public var answer: TillAnswer
    public var documentID: String { self.answer.documentID }
    /// Whether the TSE was down. Nothing changes for the sale.
    public var tseFailed: Bool { self.answer.verdict.tseOutage }
}

/// The TSE signed the document.
public struct TillSigned: Sendable, Hashable {
    public var answer: TillAnswer
}

/// The document goes without a signature, for now or for good.
public struct TillUnsigned: Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        /// The TSE is down; the document is finished, and the service signs it by itself later. It is not sent again
        /// (decision T11).
        case outage(TillAnswer)
        /// Neither signed nor a known outage: finished, with nothing that promises a signature.
        case unsigned(TillAnswer)
        /// The call did not reach the service; it goes out with the next round. There is no answer to print.
        case notSent(ServiceFault)
    }
    public var documentID: String
    public var reason: Reason
}

/// The service said no, and the document is not finished; or the answer is for another country.
public struct TillRefused: Sendable, Hashable {
    public var answer: TillAnswer
}

/// The call may have arrived. Before it is repeated the service is asked what became of the document (decision T13).
public struct TillUnanswered: Sendable, Hashable {
    public var documentID: String
    public var fault: ServiceFault
}

extension FiscalServiceOutcome {
    /// Kind and paper of an answer to a finishing call.
    init(_ answer: TillAnswer) {
        let state: State =
            switch answer.verdict.kind {
            case .signed: .registered(TillSigned(answer: answer))
            case .storeFailed, .bothFailed, .createFailed:
                .pending(TillUnsigned(documentID: answer.documentID, reason: .outage(answer)))
            case .unsigned, .inconsistent, .started:
                .pending(TillUnsigned(documentID: answer.documentID, reason: .unsigned(answer)))
            case .otherError, .notGermany: .refused(TillRefused(answer: answer))
            }
        let isForPaper = answer.verdict.kind != .otherError && answer.verdict.kind != .notGermany
        self.init(
            state: state,
            paper: isForPaper ? FiscalReceiptPaper.paper(for: answer.response, answer.verdict) : Paper())
    }

    /// No answer: nothing to print, and no outage that anybody reported.
    init(_ documentID: String, _ fault: ServiceFault, mayHaveArrived: Bool) {
        self.init(
            state: mayHaveArrived
                ? .unknown(TillUnanswered(documentID: documentID, fault: fault))
                : .pending(TillUnsigned(documentID: documentID, reason: .notSent(fault))),
            paper: Paper())
    }

    public var documentID: String {
        switch self.state {
        case .registered(let signed): signed.answer.documentID
        case .pending(let unsigned): unsigned.documentID
        case .refused(let refused): refused.answer.documentID
        case .unknown(let unanswered): unanswered.documentID
        }
    }

    /// The service's answer; nil when none came.
    public var answer: TillAnswer? {
        switch self.state {
        case .registered(let signed): signed.answer
        case .pending(let unsigned):
            switch unsigned.reason {
            case .outage(let answer), .unsigned(let answer): answer
            case .notSent: nil
            }
        case .refused(let refused): refused.answer
        case .unknown: nil
        }
    }

    /// Why there is no answer; nil when there is one.
    public var fault: ServiceFault? {
        switch self.state {
        case .pending(let unsigned):
            if case .notSent(let fault) = unsigned.reason { fault } else { nil }
        case .unknown(let unanswered): unanswered.fault
        case .registered, .refused: nil
        }
    }
}
