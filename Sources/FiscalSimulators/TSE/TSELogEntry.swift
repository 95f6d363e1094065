public import FiscalCore

/// One log message as the TSE signed it. Starts are signed and counted as well as ends.
public struct TSELogEntry: Sendable, Hashable, Codable {
    public enum Operation: String, Sendable, Hashable, Codable {
        case start, finish
    }

    public var operation: Operation
    public var transactionNumber: UInt64
    public var client: String
    /// Empty at a start.
    public var processType: String
    /// Empty at a start.
    public var processData: String
    public var signatureCounter: UInt64
    /// On a whole second of the TSE's own clock.
    public var logTime: FiscalInstant
    /// The signed bytes, hexadecimal.
    public var messageHex: String
    /// `r ‖ s`, hexadecimal.
    public var signatureHex: String

    /// The signed bytes.
    public var message: [UInt8] { Hex.decode(self.messageHex) ?? [] }
    /// `r ‖ s`.
    public var signature: [UInt8] { Hex.decode(self.signatureHex) ?? [] }
}

/// A transaction as the TSE remembers it.
public struct TSEDeviceTransaction: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable {
        case open
        /// Finished; the log message is at hand.
        case finished
        /// Finished; the log message was exported and deleted.
        case deleted
    }

    public var number: UInt64
    public var client: String
    public var start: TSELogEntry
    /// The last log message, when the transaction is finished and the message not deleted.
    public var finish: TSELogEntry?
    public var state: State
}
