public import FiscalCore

/// Makes the identifiers of commands, none twice: only milliseconds tell two of one kind apart, so each is at least one
/// millisecond behind the last, also after the clock was set back (decision P10).
public struct CommandIDMint: Sendable, Hashable, Codable {
    private var last: FiscalInstant?

    public init() {}

    /// A fresh identifier. The mint must be stored before the identifier leaves.
    public mutating func next(_ code: CommandCode, _ unit: UniqueNumber, at now: FiscalInstant) -> CommandID {
        let time = self.last.map { max(now, $0 + .milliseconds(1)) } ?? now
        self.last = time
        return CommandID(code, unit, at: time)
    }

    /// Issues nothing that another copy of this mint has issued.
    mutating func advance(beyond other: CommandIDMint) {
        if let last = other.last { self.last = self.last.map { max($0, last) } ?? last }
    }
}
