public import FiscalCore

/// The answer came, but the store did not take it. The request counts as under way and will be sent again, which is
/// safe; the host may print what ``outcome`` says.
public struct FermaResultNotStored: Error, Sendable {
    public var outcome: FermaOutcome
    public var underlying: StoreError
}

extension FermaResultNotStored: CustomStringConvertible {
    public var description: String { "the answer could not be kept: \(self.underlying)" }
}
