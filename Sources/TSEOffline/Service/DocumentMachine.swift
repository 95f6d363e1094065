public import FiscalCore

/// The life of one document between the till, the fiscal service and the TSE: which call comes next, and what its
/// ending means.
///
/// Events come in, actions go out; the service stores the machine before it carries an action out. All transitions stand
/// in this file. The rules are decisions T8–T11: a finished document gets exactly one signature; before a call to finish
/// is repeated the TSE is asked what became of the first; an issued answer never changes.
public struct DocumentMachine: Sendable, Hashable, Codable {
    public enum State: Sendable, Hashable, Codable {
        /// `createDocument` came; it has not been answered.
        case creating
        /// `createDocument` was answered; nil: with −99, because no transaction could be started.
        case open(TSETransaction?)
        /// `storeDocument` or `cancelDocument` came; it has not been answered.
        case finishing(Progress)
        /// The finishing call was answered offline; the document waits for its signature.
        case offline(Progress)
        /// The finishing call was answered with the signature.
        case signed(DocumentSignature)
        /// Answered offline; the signature came later, and is a record of its own.
        case reSigned(DocumentSignature, at: FiscalInstant)
        /// Answered offline; the TSE has signed and cannot give the signature back.
        case signatureNotAtHand(TSETransaction)
        /// Answered offline, and by the policy it stays so.
        case neverSigned
    }

    /// How far a document that is to be finished has come with the TSE.
    public enum Progress: Sendable, Hashable, Codable {
        /// No transaction is known; if a start went astray, its transaction is closed as an orphan.
        case unstarted
        /// The transaction is known to be open. `mayBeFinished`: an earlier call to finish was given up and may still
        /// arrive.
        case started(TSETransaction, mayBeFinished: Bool)
        /// The call to finish is under way.
        case finishing(TSETransaction, mayBeFinished: Bool)
        /// The TSE has to be asked what became of the transaction.
        case doubtful(TSETransaction, mayBeFinished: Bool)
    }

    public private(set) var state = State.creating

    /// `createDocument` came for the first time.
    public init() {}

    // MARK: createDocument

    public enum CreateAction: Sendable, Hashable {
        /// Start a transaction, then ``createEnded(_:)``.
        case start
        /// It was answered before: the same answer again.
        case answerFromJournal
        /// The document has been finished; its identifier is used up.
        case finished
    }

    /// The till opens the document, perhaps again.
    public func createRequested() -> CreateAction {
        switch self.state {
        case .creating: .start
        case .open: .answerFromJournal
        case .finishing, .offline, .signed, .reSigned, .signatureNotAtHand, .neverSigned: .finished
        }
    }

    /// `createDocument` is answered: with a number, or with −99 when there is no transaction.
    public mutating func createEnded(_ transaction: TSETransaction?) {
        self.state =
            switch self.state {
            case .creating: .open(transaction)
            case .open, .finishing, .offline, .signed, .reSigned, .signatureNotAtHand, .neverSigned: self.state
            }
    }

    // MARK: storeDocument, cancelDocument

    public enum FinishAction: Sendable, Hashable {
        /// Make the calls that ``nextCall(serial:policy:)`` names, then answer.
        case sign
        /// It was answered before: the same answer again.
        case answerFromJournal
    }

    /// The till finishes the document, perhaps again.
    public mutating func finishRequested() -> FinishAction {
        let action: FinishAction
        (self.state, action) =
            switch self.state {
            case .creating, .open(nil): (.finishing(.unstarted), .sign)
            case .open(.some(let transaction)): (.finishing(.started(transaction, mayBeFinished: false)), .sign)
            case .finishing: (self.state, .sign)
            case .offline, .signed, .reSigned, .signatureNotAtHand, .neverSigned: (self.state, .answerFromJournal)
            }
        return action
    }

    /// The finishing call has to be answered now, and there is no signature.
    public mutating func answeredOffline(policy: ReSigningPolicy) {
        guard case .finishing(let progress) = self.state else { return }
        self.state =
            switch progress {
            case .unstarted: policy == .never ? .neverSigned : .offline(.unstarted)
            case .started(let transaction, let mayBeFinished), .doubtful(let transaction, let mayBeFinished):
                .offline(.doubtful(transaction, mayBeFinished: mayBeFinished))
            case .finishing(let transaction, _): .offline(.doubtful(transaction, mayBeFinished: true))
            }
    }

    // MARK: Towards the signature

    public enum Call: Sendable, Hashable {
        /// Start a transaction, then ``started(_:)``.
        case start
        /// ``finishWillBeSent()``, store, finish the transaction, then ``signed(_:at:)``, or ``finishFailed(_:)``.
        case finish(TSETransaction)
        /// Ask for the record of the transaction, then ``recordRead(_:policy:at:)``.
        case ask(TSETransaction)
        /// The transaction belongs to a TSE that is no longer there: ``transactionLost()``.
        case loseTransaction(TSETransaction)
        /// The policy wants no late signature: ``leaveUnsigned()``.
        case leaveUnsigned
        /// There is nothing to be done.
        case none
    }

    /// What comes next at the TSE with this serial.
    public func nextCall(serial: String, policy: ReSigningPolicy) -> Call {
        switch self.state {
        case .finishing(let progress): Self.call(progress, serial: serial)
        case .offline(.unstarted) where policy == .never: .leaveUnsigned
        case .offline(let progress): Self.call(progress, serial: serial)
        case .creating, .open, .signed, .reSigned, .signatureNotAtHand, .neverSigned: .none
        }
    }

    private static func call(_ progress: Progress, serial: String) -> Call {
        switch progress {
        case .unstarted: .start
        case .started(let transaction, _), .finishing(let transaction, _), .doubtful(let transaction, _):
            if transaction.serial != serial {
                .loseTransaction(transaction)
            } else if case .started = progress {
                .finish(transaction)
            } else {
                .ask(transaction)
            }
        }
    }

    /// A transaction was started for the document.
    public mutating func started(_ transaction: TSETransaction) {
        self.move { progress in
            if case .unstarted = progress { .progress(.started(transaction, mayBeFinished: false)) } else { .stay }
        }
    }

    /// The call to finish leaves now.
    public mutating func finishWillBeSent() {
        self.move { progress in
            if case .started(let transaction, let mayBeFinished) = progress {
                .progress(.finishing(transaction, mayBeFinished: mayBeFinished))
            } else {
                .stay
            }
        }
    }

    /// The call to finish brought no signature.
    public mutating func finishFailed(_ failure: TSEFailure) {
        self.move { progress in
            if case .finishing(let transaction, let mayBeFinished) = progress {
                .progress(.doubtful(transaction, mayBeFinished: mayBeFinished || failure.mayHaveHappened))
            } else {
                .stay
            }
        }
    }

    /// A valid signature of the document's data is at hand.
    public mutating func signed(_ signature: DocumentSignature, at now: FiscalInstant) {
        self.state =
            switch self.state {
            case .finishing: .signed(signature)
            case .offline: .reSigned(signature, at: now)
            case .creating, .open, .signed, .reSigned, .signatureNotAtHand, .neverSigned: self.state
            }
    }

    /// What the TSE says became of the document's transaction.
    public enum Record: Sendable, Hashable {
        case open
        /// Finished with the document's data; the signature is valid.
        case finished(DocumentSignature)
        /// Finished, but the signature that was given out is not valid.
        case finishedBadly
        /// Finished with other data than the document's.
        case finishedOtherwise
        case finishedUnreadable
        case unknown
    }

    public enum RecordAction: Sendable, Hashable {
        /// Go on with ``nextCall(serial:policy:)``.
        case proceed
        /// It is settled.
        case settled
        /// The transaction is open and belongs to no signature any more: close it as an orphan.
        case closeAsOrphan(TSETransaction)
        /// Nothing can be done now; somebody has to be told.
        case alarm
    }

    /// The TSE answered what became of the transaction.
    public mutating func recordRead(_ record: Record, policy: ReSigningPolicy, at now: FiscalInstant) -> RecordAction {
        let transaction: TSETransaction
        let mayBeFinished: Bool
        let isOffline: Bool
        switch self.state {
        case .finishing(.doubtful(let asked, let doubt)), .finishing(.finishing(let asked, let doubt)):
            (transaction, mayBeFinished, isOffline) = (asked, doubt, false)
        case .offline(.doubtful(let asked, let doubt)), .offline(.finishing(let asked, let doubt)):
            (transaction, mayBeFinished, isOffline) = (asked, doubt, true)
        case .creating, .open, .finishing, .offline, .signed, .reSigned, .signatureNotAtHand, .neverSigned:
            return .settled
        }
        let action: RecordAction
        (self.state, action) =
            switch record {
            case .open where isOffline && policy == .never: (.neverSigned, .closeAsOrphan(transaction))
            case .open: (self.with(.started(transaction, mayBeFinished: mayBeFinished)), .proceed)
            case .finished(let signature) where isOffline: (.reSigned(signature, at: now), .settled)
            case .finished(let signature): (.signed(signature), .settled)
            case .finishedBadly: (self.with(.doubtful(transaction, mayBeFinished: true)), .alarm)
            // Perhaps our own call: a TSE that signs something else would do so again and again.
            case .finishedOtherwise where mayBeFinished: (self.state, .alarm)
            case .finishedOtherwise, .unknown: (self.with(.unstarted), .proceed)
            case .finishedUnreadable: (.signatureNotAtHand(transaction), .alarm)
            }
        return action
    }

    /// The transaction's TSE is no longer there. A transaction that was not to be finished yet was never signed, so the
    /// document starts anew; one that may have been is taken for signed, since a second signature would be the doubling.
    public mutating func transactionLost() -> RecordAction {
        let action: RecordAction
        (self.state, action) =
            switch self.state {
            case .finishing(let progress), .offline(let progress):
                switch progress {
                case .unstarted: (self.state, .proceed)
                case .finishing(let transaction, _): (.signatureNotAtHand(transaction), .alarm)
                case .started(let transaction, let mayBeFinished), .doubtful(let transaction, let mayBeFinished):
                    mayBeFinished
                        ? (.signatureNotAtHand(transaction), .alarm) : (self.with(.unstarted), .proceed)
                }
            case .creating, .open, .signed, .reSigned, .signatureNotAtHand, .neverSigned: (self.state, .settled)
            }
        return action
    }

    /// The policy wants no late signature.
    public mutating func leaveUnsigned() {
        if case .offline(.unstarted) = self.state { self.state = .neverSigned }
    }

    // MARK: Restart

    /// The process starts again: a call that was under way may have reached the TSE.
    public mutating func restarted() {
        self.move { progress in
            switch progress {
            case .unstarted: .stay
            case .started(let transaction, let mayBeFinished), .doubtful(let transaction, let mayBeFinished):
                .progress(.doubtful(transaction, mayBeFinished: mayBeFinished))
            case .finishing(let transaction, _): .progress(.doubtful(transaction, mayBeFinished: true))
            }
        }
    }

    // MARK: Keeping to the state

    private enum Move { case stay, progress(Progress) }

    private mutating func move(_ event: (Progress) -> Move) {
        switch self.state {
        case .finishing(let progress), .offline(let progress):
            if case .progress(let next) = event(progress) { self.state = self.with(next) }
        case .creating, .open, .signed, .reSigned, .signatureNotAtHand, .neverSigned: return
        }
    }

    /// The same state with another progress.
    private func with(_ progress: Progress) -> State {
        if case .offline = self.state { return .offline(progress) }
        return .finishing(progress)
    }

    /// The open or perhaps finished transaction that the document counts as its own.
    public var transaction: TSETransaction? {
        switch self.state {
        case .open(let transaction): transaction
        case .finishing(let progress), .offline(let progress):
            switch progress {
            case .unstarted: nil
            case .started(let transaction, _), .finishing(let transaction, _), .doubtful(let transaction, _):
                transaction
            }
        case .signatureNotAtHand(let transaction): transaction
        case .creating, .signed, .reSigned, .neverSigned: nil
        }
    }

    /// Whether the document waits for a signature: the re-signing has to look at it.
    public var isUnsettled: Bool {
        switch self.state {
        case .finishing, .offline: true
        case .creating, .open, .signed, .reSigned, .signatureNotAtHand, .neverSigned: false
        }
    }
}
