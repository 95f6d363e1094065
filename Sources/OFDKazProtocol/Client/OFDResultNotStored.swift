public import FiscalCore

/// The document is kept and was sent, but the store did not take how that ended. Issue it again under the same reference
/// once the store works: the same message is then repeated, which is safe.
public struct OFDResultNotStored: Error, Sendable {
    /// What the server said, where that stays true whatever the store lost: the host may print it. Nil otherwise.
    public var outcome: OFDOutcome?
    public var underlying: any Error
}

extension OFDResultNotStored: CustomStringConvertible {
    public var description: String { "how the document ended could not be kept: \(self.underlying)" }
}
