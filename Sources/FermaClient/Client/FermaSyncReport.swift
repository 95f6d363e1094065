public import FiscalCore

/// What one round of repeats did.
public struct FermaSyncReport: Sendable {
    /// How each request that was sent ended, in the order of sending.
    public var outcomes: [FermaOutcome] = []
    /// What goes out by a person's word only, and refused sales that wait for a correction.
    public var needPerson: [RequestIdentity] = []
    /// When the next request is due; nil when nothing waits.
    public var nextDue: FiscalInstant?
    /// Why new sales are held back; nil when they are not.
    public var stop: FermaStop?
    /// The round ended early because nothing gets through.
    public var linkIsDown = false
}
