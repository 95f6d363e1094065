import FiscalCore
import TSEOffline

/// The device's answers in the words of the library.
extension TSEDevice {
    /// Carries a call out.
    /// - Parameter fault: what is done wrong meanwhile.
    mutating func reply(
        to request: TSERequest, _ fault: TSEFault?, at now: FiscalInstant
    ) throws(TSERefusal) -> TSEReply {
        if case .counterJump(let count) = fault { self.jumpCounter(by: count) }
        switch request {
        case .start(let client):
            let entry = try self.start(client: client, at: now)
            return .start(
                StartedTransaction(
                    number: entry.transactionNumber, logTime: entry.logTime, signatureCounter: entry.signatureCounter))
        case .finish(let number, let client, let type, let data):
            let entry = try self.finish(
                number, client: client, processType: type, processData: data, at: now, flaw: fault?.flaw)
            if let other = self.earlier(than: entry, fault) { return .finish(try self.signature(other)) }
            return .finish(try self.signature(entry, processData: data))
        case .status: return .status(self.status(at: now))
        case .openTransactions(let client):
            return .openTransactions(
                self.openTransactions(of: client).map {
                    OpenTransaction(number: $0.number, client: $0.client, startTime: $0.start.logTime)
                })
        case .record(let number, let client): return .record(try self.record(of: number, client: client, fault))
        }
    }

    private func status(at now: FiscalInstant) -> TSEStatus {
        TSEStatus(
            serial: self.identity.serial, publicKey: self.identity.point, certificate: self.identity.certificate.der,
            openTransactions: self.openTransactions().count,
            maximumOpenTransactions: self.rules.maximumOpenTransactions, signatures: self.signatureCounter,
            maximumSignatures: self.rules.maximumSignatures, time: self.isTimeSet ? self.time(at: now) : nil)
    }

    private func record(of number: UInt64, client: String, _ fault: TSEFault?) throws(TSERefusal) -> TransactionRecord {
        guard let transaction = self.transaction(number), transaction.client == client else { return .unknown }
        if transaction.state == .open { return .open }
        guard fault != .unreadable, let entry = transaction.finish else { return .finishedUnreadable }
        return .finished(try self.signature(self.earlier(than: entry, fault) ?? entry))
    }

    /// The end of another transaction, when a fault wants it given out.
    private func earlier(than entry: TSELogEntry, _ fault: TSEFault?) -> TSELogEntry? {
        guard fault == .earlierSignature else { return nil }
        return self.finished.last { $0.transactionNumber != entry.transactionNumber }
    }

    /// - Parameter processData: what the answer says was signed, when that is not what was: a TSE that signed something
    ///   else does not say so.
    private func signature(
        _ entry: TSELogEntry, processData: String? = nil
    ) throws(TSERefusal) -> TSESignature {
        let signature = try? TSESignature(
            client: entry.client, transactionNumber: entry.transactionNumber, signatureCounter: entry.signatureCounter,
            startTime: self.transaction(entry.transactionNumber)?.start.logTime ?? entry.logTime,
            logTime: entry.logTime, algorithm: self.identity.profile.algorithmName,
            timeFormat: self.identity.profile.timeFormat.rawValue, processType: entry.processType,
            processData: processData ?? entry.processData, signature: entry.signature,
            publicKey: self.identity.point)
        // What cannot stand in a QR text was refused before it was signed.
        guard let signature else { throw .signingFailed }
        return signature
    }
}

extension TSEFault {
    fileprivate var flaw: TSEDevice.Flaw? {
        switch self {
        case .badSignature: .signature
        case .otherDataSigned: .processData
        default: nil
        }
    }
}

extension TSERefusal {
    /// The same in the words of the library.
    var failure: TSEFailure {
        switch self {
        case .openTransactionLimit: TSEFailure(.transactionLimit, "as many transactions are open as may be")
        case .memoryFull: TSEFailure(.memoryFull, "no signature is left")
        case .certificateExpired: TSEFailure(.certificateExpired, "the certificate is out of validity")
        case .timeNotSet: TSEFailure(.clockNotSet, "the clock is not set")
        case .unknownClient: TSEFailure(.unknownClient, "the client is not registered")
        case .unknownTransaction: TSEFailure(.unknownTransaction, "there is no such transaction")
        case .alreadyFinished: TSEFailure(.unknownTransaction, "the transaction is finished")
        case .otherClient: TSEFailure(.unknownTransaction, "another client started the transaction")
        case .unsuitableData: TSEFailure(.unsuitableData, "the process data are too long")
        case .signingFailed: TSEFailure(.refused, "the key did not sign")
        }
    }
}
