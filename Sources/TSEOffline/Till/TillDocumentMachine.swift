/// The life of one document at the till: which call goes out next, and what its ending means (decisions T11, T13).
///
/// Events come in, actions go out; the client stores the machine before it sends. All transitions stand in this file.
/// A call is repeated only after the service was asked what became of the document, unless none of its bytes can have
/// arrived.
public struct TillDocumentMachine: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// `createDocument` was not answered yet. `mayHaveArrived`: the service may know the document.
        case creating(mayHaveArrived: Bool)
        /// `createDocument` was answered; items can be added. `mayHaveArrived`: a finishing call was refused once.
        case open(mayHaveArrived: Bool)
        /// The finishing call was not answered yet.
        case finishing(FiscalStep, mayHaveArrived: Bool)
        /// The finishing call was answered, signed or not. It is never sent again.
        case finished(FiscalStep)
        /// A person took the document out.
        case closed
    }

    public private(set) var state: State

    /// A new document.
    public init() {
        self.state = .creating(mayHaveArrived: false)
    }

    init(restoring state: State) {
        self.state = state
    }

    /// What is to be done about a call.
    public enum Action: Sendable, Hashable {
        /// ``willSend()``, store, send.
        case send
        /// Ask the service what became of the document first, then ``reported(_:)``.
        case ask
        /// It was answered before: the same answer again.
        case answerFromJournal
        /// The document is beyond that: it is finished, or being finished by the other call.
        case usedUp
        /// A person took the document out.
        case closed
    }

    // MARK: createDocument

    /// The host opens the document, perhaps again.
    public func createRequested() -> Action {
        switch self.state {
        case .creating(let mayHaveArrived): mayHaveArrived ? .ask : .send
        case .open: .answerFromJournal
        case .finishing, .finished: .usedUp
        case .closed: .closed
        }
    }

    /// `createDocument` was answered.
    /// - Parameter mayContinue: whether the answer lets the sale go on; an error that is none of the TSE's does not, and
    ///   the call may be made again.
    public mutating func createAnswered(mayContinue: Bool) {
        self.state =
            switch self.state {
            case .creating: mayContinue ? .open(mayHaveArrived: false) : .creating(mayHaveArrived: true)
            case .open, .finishing, .finished, .closed: self.state
            }
    }

    // MARK: storeDocument, cancelDocument

    /// The host finishes the document, perhaps again. A document whose opening was never answered is opened first.
    public mutating func finishRequested(_ step: FiscalStep) -> Action {
        let action: Action
        (self.state, action) =
            switch self.state {
            case .creating: (self.state, .usedUp)
            case .open(let mayHaveArrived):
                (.finishing(step, mayHaveArrived: mayHaveArrived), mayHaveArrived ? .ask : .send)
            case .finishing(step, let mayHaveArrived): (self.state, mayHaveArrived ? .ask : .send)
            case .finished(step): (self.state, .answerFromJournal)
            case .finishing, .finished: (self.state, .usedUp)
            case .closed: (self.state, .closed)
            }
        return action
    }

    /// The finishing call was answered.
    /// - Parameter isRefused: the answer is an error that is none of the TSE's: the document is not finished.
    public mutating func finishAnswered(isRefused: Bool) {
        self.state =
            switch self.state {
            case .finishing(let step, _): isRefused ? .open(mayHaveArrived: true) : .finished(step)
            case .creating, .open, .finished, .closed: self.state
            }
    }

    // MARK: The way there

    /// The call leaves now.
    public mutating func willSend() {
        self.state =
            switch self.state {
            case .creating: .creating(mayHaveArrived: true)
            case .finishing(let step, _): .finishing(step, mayHaveArrived: true)
            case .open, .finished, .closed: self.state
            }
    }

    /// No byte of the call arrived. Only an attempt before which nothing can have arrived goes back to that.
    public mutating func notDelivered(afterDoubt: Bool) {
        guard !afterDoubt else { return }
        self.state =
            switch self.state {
            case .creating: .creating(mayHaveArrived: false)
            case .finishing(let step, _): .finishing(step, mayHaveArrived: false)
            case .open, .finished, .closed: self.state
            }
    }

    /// Whether a call about the document may have arrived that was not answered.
    public var mayHaveArrived: Bool {
        switch self.state {
        case .creating(let mayHaveArrived), .open(let mayHaveArrived), .finishing(_, let mayHaveArrived):
            mayHaveArrived
        case .finished, .closed: false
        }
    }

    /// What the service knows of the document.
    public enum Report: Sendable, Hashable {
        /// Nothing: no call has arrived.
        case unknown
        /// A call has arrived and was not answered: the service takes it again and goes on where it stopped.
        case unanswered
        /// It was opened and answered; the finishing call has not arrived.
        case opened
        /// It is finished, and was answered.
        case finished(FiscalStep)
    }

    public enum ReportAction: Sendable, Hashable {
        /// Send the call, the same as before.
        case send
        /// It was answered: take the reported answer for its own.
        case takeAnswer
        /// The service finished the document in another way than it was told to; a person has to look.
        case disagreement
    }

    /// The service said what became of the document.
    public func reported(_ report: Report) -> ReportAction {
        switch (self.state, report) {
        case (.creating, .opened), (.creating, .finished): .takeAnswer
        case (.creating, .unknown), (.creating, .unanswered): .send
        case (.finishing(let step, _), .finished(let finished)): step == finished ? .takeAnswer : .disagreement
        case (.finishing, .unknown), (.finishing, .unanswered), (.finishing, .opened): .send
        case (.open, _), (.finished, _), (.closed, _): .send
        }
    }

    // MARK: People

    /// A person takes the document out: nothing is sent for it any more.
    /// - Returns: false when it is finished already.
    public mutating func close() -> Bool {
        switch self.state {
        case .creating, .open, .finishing:
            self.state = .closed
            return true
        case .closed: return true
        case .finished: return false
        }
    }

    /// Whether the document still needs a finishing call, or its answer (TSE-126).
    public var isUnfinished: Bool {
        switch self.state {
        case .creating, .open, .finishing: true
        case .finished, .closed: false
        }
    }
}
