public import FiscalCore

/// The answer came, but the store did not take it. The sale counts as under way and will be sent again, which is safe;
/// the host may print what ``outcome`` says.
public struct EETResultNotStored: Error, Sendable {
    public var outcome: EETOutcome
    public var underlying: StoreError
}

extension EETResultNotStored: CustomStringConvertible {
    public var description: String { "the answer could not be kept: \(self.underlying)" }
}
