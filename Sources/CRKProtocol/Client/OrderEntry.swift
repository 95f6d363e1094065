import FiscalCore

/// An order of the repository in the journal: sealed as it came until it is executed, then what was said about it.
///
/// Executed orders are kept: one that is delivered again is never executed again, only confirmed again (decision P2).
struct OrderEntry: Sendable, Hashable, Codable {
    enum State: Sendable, Hashable, Codable {
        /// Waits, or its execution was interrupted; so often a call that it asks for got no answer.
        case pending(attempts: Int)
        /// Executed; the repository has not taken the confirmation yet.
        case executed(at: FiscalInstant, fault: String?)
        /// The repository has taken the confirmation, or knows no such command any more (400, code 110).
        case closed(at: FiscalInstant, fault: String?)
        /// The repository calls the identifier malformed (400, code 100): it is confirmed again at the next poll only.
        case parked(at: FiscalInstant, fault: String?)
    }

    /// Byte for byte as received.
    var commandID: String
    /// `encryptedCommand`; nil for an order in plain, and once it is executed.
    var sealed: String?
    var receivedAt: FiscalInstant
    var state = State.pending(attempts: 0)

    init(_ order: SealedOrder, at now: FiscalInstant) {
        self.commandID = order.commandID
        self.sealed = order.encryptedCommand
        self.receivedAt = now
    }

    /// The name of its record. The identifier is the peer's text, of any length.
    var name: String { Self.name(self.commandID) }

    static func name(_ commandID: String) -> String { Hex.encode(Digest.hash(.sha256, Array(commandID.utf8))) }

    /// What is confirmed; nil while it waits.
    var confirmation: ConfirmOrder.Content? {
        switch self.state {
        case .pending: nil
        case .executed(let at, let fault), .closed(let at, let fault), .parked(let at, let fault):
            ConfirmOrder.Content(commandID: self.commandID, executedAt: at, fault: fault)
        }
    }

    mutating func execute(at now: FiscalInstant, fault: String?) {
        // The text as it will be sent: never longer than the confirmation allows.
        let content = ConfirmOrder.Content(commandID: self.commandID, executedAt: now, fault: fault)
        self.state = .executed(at: now, fault: content.fault)
        self.sealed = nil
    }

    /// The repository answered the confirmation for good.
    mutating func close() {
        if let content = self.confirmation { self.state = .closed(at: content.executedAt, fault: content.fault) }
    }

    mutating func park() {
        if let content = self.confirmation { self.state = .parked(at: content.executedAt, fault: content.fault) }
    }
}
