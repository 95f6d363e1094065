import FiscalCore
import TSEOffline

/// One document and its TSE: the machine, what is stored of it, and a model of the TSE that shares no rule with it.
struct DocumentJoint: Hashable {
    struct Violation: Error, CustomStringConvertible {
        var description: String
    }

    /// The TSE, as far as this document goes.
    struct Model: Hashable {
        enum Transaction: Hashable { case open, signed, aborted }
        var transactions: [Transaction] = []
        /// Signatures of the document at TSEs that are gone.
        var signedElsewhere = 0
        var generation = 0
        /// Calls that were given up and are still on their way.
        var belatedStart = false
        var belatedFinish: UInt64?

        var serial: String { "TSE \(self.generation)" }
        var signatures: Int { self.signedElsewhere + self.transactions.count { $0 == .signed } }

        mutating func start() -> UInt64 {
            self.transactions.append(.open)
            return UInt64(self.transactions.count)
        }

        /// False when it is refused.
        mutating func finish(_ number: UInt64, as result: Transaction) -> Bool {
            guard let index = Int(exactly: number), self.transactions.indices.contains(index - 1),
                self.transactions[index - 1] == .open
            else { return false }
            self.transactions[index - 1] = result
            return true
        }
    }

    enum Fate: Hashable, CaseIterable {
        case well, refused, lostBefore, lostAfter, belated, diesBeforeCommit, diesBeforeCall, diesAfterCall
        /// Of a record only: the signature cannot be read, or does not hold.
        case unreadable, bad
    }

    enum Event: Hashable {
        case create(Fate)
        case finishRequested
        case call(Fate)
        case answerOffline
        case restart
        case belatedArrives
        case sweep
        case somebodyCloses
        case tseIsReplaced
    }

    enum Answer: Hashable { case none, offline, regular }

    let policy: ReSigningPolicy
    var machine = DocumentMachine()
    /// As it was committed last.
    var stored = DocumentMachine()
    var model = Model()
    var answer = Answer.none
    var finishWasRequested = false
    /// Somebody else closed the document's transaction, or the TSE was replaced: then a person may have to look.
    var hasMeddling = false
    /// Whether a record was unreadable or bad.
    var hasBadRecord = false

    init(policy: ReSigningPolicy) { self.policy = policy }

    static let now = FiscalInstant(secondsSinceEpoch: 1_630_991_229)

    // MARK: Events

    /// False when the event does not apply.
    mutating func apply(_ event: Event) throws(Violation) -> Bool {
        switch event {
        case .create(let fate):
            guard self.machine.createRequested() == .start, !self.finishWasRequested else { return false }
            return self.create(fate)
        case .finishRequested:
            guard !self.finishWasRequested || self.answer == .none, self.machine.finishRequested() == .sign else {
                return false
            }
            self.finishWasRequested = true
            self.stored = self.machine
        case .call(let fate): return try self.call(fate)
        case .answerOffline:
            guard case .finishing = self.machine.state else { return false }
            self.machine.answeredOffline(policy: self.policy)
            self.answer = .offline
            self.stored = self.machine
        case .restart: self.restart()
        case .belatedArrives:
            guard self.model.belatedStart || self.model.belatedFinish != nil else { return false }
            if self.model.belatedStart { _ = self.model.start() }
            if let number = self.model.belatedFinish { _ = self.model.finish(number, as: .signed) }
            self.model.belatedStart = false
            self.model.belatedFinish = nil
        case .sweep:
            // The service looks for orphans only while no document is between two calls.
            guard self.machine == self.stored else { return false }
            for (index, transaction) in self.model.transactions.enumerated() where transaction == .open {
                let number = UInt64(index + 1)
                let own = self.stored.transaction
                guard own?.number != number || own?.serial != self.model.serial else { continue }
                _ = self.model.finish(number, as: .aborted)
            }
        case .somebodyCloses:
            guard let number = self.machine.transaction?.number, self.model.finish(number, as: .aborted) else {
                return false
            }
            self.hasMeddling = true
        case .tseIsReplaced:
            guard self.model.generation == 0 else { return false }
            self.model = Model(signedElsewhere: self.model.signatures, generation: 1)
            self.hasMeddling = true
            self.restart()
        }
        return true
    }

    private mutating func restart() {
        self.machine = self.stored
        self.machine.restarted()
        self.stored = self.machine
    }

    private mutating func create(_ fate: Fate) -> Bool {
        switch fate {
        case .well: self.machine.createEnded(self.transaction(self.model.start()))
        case .refused, .lostBefore: self.machine.createEnded(nil)
        case .lostAfter:
            _ = self.model.start()
            self.machine.createEnded(nil)
        case .belated:
            self.model.belatedStart = true
            self.machine.createEnded(nil)
        case .diesAfterCall:
            _ = self.model.start()
            self.restart()
            return true
        case .diesBeforeCommit, .diesBeforeCall, .unreadable, .bad: return false
        }
        self.stored = self.machine
        return true
    }

    private func transaction(_ number: UInt64) -> TSETransaction {
        TSETransaction(number: number, serial: self.model.serial, startTime: Self.now)
    }

    private func signature(_ number: UInt64) -> DocumentSignature {
        DocumentSignature(
            transactionNumber: number, signatureCounter: number, startTime: Self.now, logTime: Self.now,
            qr: self.model.serial)
    }

    /// The next call that the machine names, with what becomes of it.
    private mutating func call(_ fate: Fate) throws(Violation) -> Bool {
        if fate == .diesBeforeCommit {
            self.restart()
            return true
        }
        switch self.machine.nextCall(serial: self.model.serial, policy: self.policy) {
        case .none: return false
        case .start: return self.start(fate)
        case .finish(let transaction): return self.finish(transaction.number, fate)
        case .ask(let transaction): return self.ask(transaction.number, fate)
        case .loseTransaction: _ = self.machine.transactionLost()
        case .leaveUnsigned: self.machine.leaveUnsigned()
        }
        guard fate == .well else { return false }
        self.settle()
        return true
    }

    private mutating func start(_ fate: Fate) -> Bool {
        self.stored = self.machine
        switch fate {
        case .well: self.machine.started(self.transaction(self.model.start()))
        case .refused, .lostBefore: break
        case .lostAfter: _ = self.model.start()
        case .belated: self.model.belatedStart = true
        case .diesBeforeCall: self.restart()
        case .diesAfterCall:
            _ = self.model.start()
            self.restart()
        case .diesBeforeCommit, .unreadable, .bad: return false
        }
        return true
    }

    private mutating func finish(_ number: UInt64, _ fate: Fate) -> Bool {
        self.machine.finishWillBeSent()
        self.stored = self.machine
        switch fate {
        case .well:
            if self.model.finish(number, as: .signed) {
                self.machine.signed(self.signature(number), at: Self.now)
            } else {
                self.machine.finishFailed(TSEFailure(.unknownTransaction))
            }
        case .refused: self.machine.finishFailed(TSEFailure(.refused))
        case .lostBefore: self.machine.finishFailed(TSEFailure(.answerLost))
        case .lostAfter, .bad:
            _ = self.model.finish(number, as: .signed)
            self.machine.finishFailed(TSEFailure(fate == .bad ? .badSignature : .answerLost))
        case .belated:
            self.model.belatedFinish = number
            self.machine.finishFailed(TSEFailure(.timedOut))
        case .diesBeforeCall: self.restart()
        case .diesAfterCall:
            _ = self.model.finish(number, as: .signed)
            self.restart()
        case .diesBeforeCommit, .unreadable: return false
        }
        self.settle()
        return true
    }

    private mutating func ask(_ number: UInt64, _ fate: Fate) -> Bool {
        let index = Int(number) - 1
        let known = self.model.transactions.indices.contains(index) ? self.model.transactions[index] : nil
        let record: DocumentMachine.Record
        switch (fate, known) {
        case (.unreadable, .signed):
            record = .finishedUnreadable
            self.hasBadRecord = true
        case (.bad, .signed):
            record = .finishedBadly
            self.hasBadRecord = true
        case (.well, .open): record = .open
        case (.well, .signed): record = .finished(self.signature(number))
        case (.well, .aborted): record = .finishedOtherwise
        case (.well, nil): record = .unknown
        case (.lostBefore, _): return true
        case (_, _): return false
        }
        _ = self.machine.recordRead(record, policy: self.policy, at: Self.now)
        self.settle()
        return true
    }

    /// What the service does once a call brought the document to its end.
    private mutating func settle() {
        if case .signed = self.machine.state { self.answer = .regular }
        if !self.machine.isUnsettled { self.stored = self.machine }
    }

    // MARK: What holds everywhere

    func check() throws(Violation) {
        func require(_ condition: Bool, _ text: String) throws(Violation) {
            if !condition { throw Violation(description: "\(text): \(self)") }
        }
        try require(self.model.signatures <= 1, "signed twice")
        switch self.machine.state {
        case .signed(let signature):
            try require(self.model.signatures == 1, "a signature is invented")
            try require(self.answer == .regular, "signed, and not answered so")
            try require(self.isSigned(signature), "another transaction's signature")
        case .reSigned(let signature, _):
            try require(self.model.signatures == 1, "a late signature is invented")
            try require(self.answer == .offline, "signed late, and answered regularly")
            try require(self.isSigned(signature), "another transaction's signature")
        case .neverSigned:
            try require(self.policy == .never, "given up")
            try require(self.answer == .offline, "given up without an answer")
        case .signatureNotAtHand:
            try require(self.hasBadRecord || self.hasMeddling, "no reason to give up the signature")
        case .creating, .open, .finishing: try require(self.answer == .none, "answered too early")
        case .offline: try require(self.answer == .offline, "waits, and was answered otherwise")
        }
    }

    private func isSigned(_ signature: DocumentSignature) -> Bool {
        guard signature.qr == self.model.serial else { return self.model.signedElsewhere == 1 }
        let index = Int(signature.transactionNumber) - 1
        return self.model.transactions.indices.contains(index) && self.model.transactions[index] == .signed
    }
}
