/// The calls that a fiscal service makes to its TSE.
public enum TSECall: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
    /// The start of a transaction.
    case start
    /// The end of a transaction, but for ``cancel``.
    case finish
    /// The end of a transaction whose data say that the sale was broken off (`AVBelegabbruch`).
    case cancel
    /// The question how the TSE is.
    case status
    /// The question which transactions are open.
    case openTransactions
    /// The question what became of a transaction.
    case record
}

/// What the simulated TSE, or the way to it, does wrong with one call.
///
/// As JSON each is an object with one member, its parameters inside: `{"slow":{"milliseconds":4000}}`,
/// `{"unreachable":{}}`.
public enum TSEFault: Sendable, Hashable, Codable {
    // MARK: The way there and back

    /// No device, no network: the call does not arrive.
    case unreachable
    /// The call does not arrive, but nobody can tell that from an answer that got lost.
    case requestLost
    /// The call is carried out; its answer gets lost.
    case answerLost
    /// The answer gets lost, and the call is carried out only before the so many-th call after it, 1 for the next one.
    case carriedOutLater(calls: Int)
    /// The call is carried out and answered after this time. Giving it up before does not keep it from being done.
    case slow(milliseconds: Int64)
    /// No answer ever: the call ends when the caller gives it up.
    case silent(carriedOut: Bool)
    /// Another TSE answers than the one that was set up.
    case otherTSE

    // MARK: What the TSE says or does

    /// The TSE says no.
    case refused(TSERefusal)
    /// One bit of the signature is wrong, in the TSE's memory too.
    case badSignature
    /// Something else is signed than was asked for.
    case otherDataSigned
    /// The call is carried out, and the answer is the signature of another transaction, when there is one.
    case earlierSignature
    /// The signature counter goes on by so many before the call.
    case counterJump(by: UInt64)
    /// The signature of a finished transaction is not given back.
    case unreadable

    // The names of unlabelled parameters in JSON.
    private enum RefusedCodingKeys: String, CodingKey { case _0 = "as" }
}
