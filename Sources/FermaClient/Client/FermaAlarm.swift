/// What a person should see at once.
public struct FermaAlarm: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// A document may exist that nobody has seen: service 6, 16, 19, 20, device 57, 255.
        case documentMayExist
        /// It is sent again by a person's word only.
        case personNeeded(HoldReason)
        /// The answer belongs to another request; it is kept in the journal, and is none to this one.
        case foreignAnswer
        /// The document exists, and its data do not fit each other or the request.
        case inconsistent([Inconsistency])
        /// The device can make no further document; new sales are held back, unless configured otherwise.
        case deviceUnusable(FermaStop)
        /// A document exists although a definite refusal had been given and a correction took its place.
        case documentAfterCorrection
    }

    public var identity: RequestIdentity
    public var kind: Kind
    /// For the operator: the service's words where it spoke.
    public var text: String
}
