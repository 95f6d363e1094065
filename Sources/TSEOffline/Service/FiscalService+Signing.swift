import FiscalCore

/// How an attempt to have a document signed ended: the entry is not stored yet.
struct Signing: Sendable {
    var entry: DocumentEntry
    var result: Result<TSESignature, TSEFailure>
    var orphans: [OrphanTransaction] = []
    /// Nothing is left to be done for the document, signed or not.
    var isSettled: Bool { !self.entry.machine.isUnsettled }
}

/// One document on its way to its signature. The lane is the caller's.
extension FiscalService {
    /// Makes the calls that the machine names until the document is signed, settled otherwise, or a call fails.
    func sign(_ original: DocumentEntry, _ arrival: Arrival) async throws -> Signing {
        var signing = Signing(entry: original, result: .failure(TSEFailure(.badSignature, "no signature is at hand")))
        var isStored = false
        while true {
            switch signing.entry.machine.nextCall(
                serial: self.configuration.tseSerial, policy: self.configuration.policy)
            {
            case .none: return signing
            case .leaveUnsigned:
                signing.entry.machine.leaveUnsigned()
                return signing
            case .loseTransaction(let transaction):
                signing = self.lose(transaction, signing)
            case .start:
                if !isStored { try await self.commit(signing.entry) }
                isStored = true
                signing = await self.startStep(signing, arrival)
                if case .unstarted = signing.progress { return signing }
            case .finish(let transaction):
                signing.entry.machine.finishWillBeSent()
                try await self.commit(signing.entry)
                return await self.finishStep(transaction, signing, arrival)
            case .ask(let transaction):
                let asked = await self.askStep(transaction, signing, arrival)
                signing = asked.signing
                guard asked.goesOn else { return signing }
            }
        }
    }

    private func startStep(_ original: Signing, _ arrival: Arrival) async -> Signing {
        var signing = original
        switch await self.start(for: signing.entry, arrival) {
        case .success(let started): signing.entry.machine.started(self.transaction(started))
        case .failure(let failure): signing.result = .failure(failure)
        }
        return signing
    }

    private func finishStep(_ transaction: TSETransaction, _ original: Signing, _ arrival: Arrival) async -> Signing {
        var signing = original
        guard let finish = signing.entry.finish else { return signing }
        let client = signing.entry.register
        let answer = await self.call(arrival) { tse throws(TSEFailure) in
            try await tse.finish(
                transaction.number, client: client, processType: finish.processType, processData: finish.processData)
        }
        signing.result = answer.flatMap { signature in
            switch self.judge(signature, of: signing.entry, transaction) {
            case .valid: .success(signature)
            case .otherData: .failure(TSEFailure(.badSignature, "the TSE signed something else"))
            case .invalid: .failure(TSEFailure(.badSignature, "the signature does not hold"))
            }
        }
        switch signing.result {
        case .success(let signature):
            self.changed(self.watch.succeeded(at: self.clock.now()))
            signing.entry.machine.signed(DocumentSignature(signature), at: self.clock.now())
        case .failure(let failure): signing.entry.machine.finishFailed(failure)
        }
        return signing
    }

    private func askStep(
        _ transaction: TSETransaction, _ original: Signing, _ arrival: Arrival
    ) async -> (signing: Signing, goesOn: Bool) {
        var signing = original
        let client = signing.entry.register
        let answer = await self.call(arrival) { tse throws(TSEFailure) in
            try await tse.record(of: transaction.number, client: client)
        }
        let record: TransactionRecord
        switch answer {
        case .success(let read): record = read
        case .failure(let failure):
            signing.result = .failure(failure)
            return (signing, false)
        }
        let action = signing.entry.machine.recordRead(
            self.meaning(of: record, of: signing.entry, transaction), policy: self.configuration.policy,
            at: self.clock.now())
        switch action {
        case .proceed: return (signing, true)
        case .settled:
            if case .finished(let signature) = record { signing.result = .success(signature) }
            return (signing, false)
        case .closeAsOrphan(let transaction):
            signing.orphans.append(self.orphan(transaction.number, signing.entry.register, document: signing.entry.id))
            return (signing, false)
        case .alarm:
            signing.result = .failure(
                TSEFailure(.badSignature, "the TSE finished it, and its signature is not at hand"))
            self.tell(
                .alarm(signing.isSettled ? .signatureNotAtHand(signing.entry.id) : .badSignature(signing.entry.id)))
            return (signing, false)
        }
    }

    /// The transaction is another TSE's.
    private func lose(_ transaction: TSETransaction, _ original: Signing) -> Signing {
        var signing = original
        if signing.entry.machine.transactionLost() == .alarm {
            signing.result = .failure(TSEFailure(.otherTSE, "TSE \(transaction.serial) may have signed it"))
            self.tell(.alarm(.signatureNotAtHand(signing.entry.id)))
        }
        return signing
    }

    // MARK: Signatures

    private enum Judgement { case valid, otherData, invalid }

    /// Whether this is the signature of the document, made by the configured TSE (TSE-124).
    private func judge(
        _ signature: TSESignature, of entry: DocumentEntry, _ transaction: TSETransaction
    ) -> Judgement {
        guard signature.transactionNumber == transaction.number, signature.client == entry.register,
            signature.serial == self.configuration.tseSerial, signature.verify().verdict == .valid
        else { return .invalid }
        guard signature.processType == entry.finish?.processType, signature.processData == entry.finish?.processData
        else { return .otherData }
        return .valid
    }

    private func meaning(
        of record: TransactionRecord, of entry: DocumentEntry, _ transaction: TSETransaction
    ) -> DocumentMachine.Record {
        switch record {
        case .open: .open
        case .finishedUnreadable: .finishedUnreadable
        case .unknown: .unknown
        case .finished(let signature):
            switch self.judge(signature, of: entry, transaction) {
            case .valid: .finished(DocumentSignature(signature))
            case .otherData: .finishedOtherwise
            case .invalid: .finishedBadly
            }
        }
    }
}

extension Signing {
    /// How far the document is while it is to be finished.
    var progress: DocumentMachine.Progress? {
        switch self.entry.machine.state {
        case .finishing(let progress), .offline(let progress): progress
        case .creating, .open, .signed, .reSigned, .signatureNotAtHand, .neverSigned: nil
        }
    }
}

extension DocumentSignature {
    init(_ signature: TSESignature) {
        self.init(
            transactionNumber: signature.transactionNumber, signatureCounter: signature.signatureCounter,
            startTime: signature.startTime, logTime: signature.logTime, qr: signature.qr().text)
    }
}
