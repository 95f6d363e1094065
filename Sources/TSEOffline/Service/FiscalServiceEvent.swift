/// What happened, for a host that watches.
public enum FiscalServiceEvent: Sendable, Hashable {
    /// A call of a till was answered.
    case answered(documentID: String, FiscalStep, isOffline: Bool)
    /// The TSE cannot be used.
    case outageBegan(Outage)
    /// It can be used again.
    case outageEnded(Outage)
    /// A document that was answered offline has its signature.
    case reSigned(documentID: String, DocumentSignature)
    /// A document whose finishing call was interrupted is signed; the till gets the answer when it asks again.
    case signedUnanswered(documentID: String)
    /// A transaction that belonged to no document was closed.
    case orphanClosed(OrphanTransaction)
    /// Somebody has to look.
    case alarm(FiscalServiceAlarm)
}

/// What the service cannot mend by itself. Where nothing else is said, the text is the document's identifier.
public enum FiscalServiceAlarm: Sendable, Hashable {
    /// The TSE gave out a signature that does not hold; the document stays pending (TSE-124).
    case badSignature(String)
    /// The TSE has signed, or may have, and the signature cannot be had (decision T10).
    case signatureNotAtHand(String)
    /// The TSE does not take the document's data; it stays pending, and those behind it are signed.
    case unsuitableData(String)
    /// Another TSE answers than the configured one. The text says which.
    case otherTSE(String)
}

extension FiscalServiceEvent: CustomStringConvertible {
    public var description: String {
        switch self {
        case .answered(let id, let step, let isOffline):
            "\(step.rawValue) of \(id) answered" + (isOffline ? " offline" : "")
        case .outageBegan(let outage): "outage \(outage.sequence) began: \(outage.reason.rawValue)"
        case .outageEnded(let outage): "outage \(outage.sequence) ended"
        case .reSigned(let id, let signature): "\(id) signed afterwards, counter \(signature.signatureCounter)"
        case .signedUnanswered(let id): "\(id) signed after an interruption"
        case .orphanClosed(let orphan): "transaction \(orphan.number) of \(orphan.client) closed, it had no document"
        case .alarm(.badSignature(let id)): "alarm: the signature of \(id) does not hold"
        case .alarm(.signatureNotAtHand(let id)): "alarm: the signature of \(id) is not at hand"
        case .alarm(.unsuitableData(let id)): "alarm: the TSE does not take the data of \(id)"
        case .alarm(.otherTSE(let serial)): "alarm: another TSE answers: \(serial)"
        }
    }
}
