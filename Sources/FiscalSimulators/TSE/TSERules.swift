/// The limits of a simulated TSE. The defaults are those of a common hardware one.
public struct TSERules: Sendable, Hashable, Codable {
    /// So many transactions may be open at once (512 on one hardware type, 2000 on one cloud type).
    public var maximumOpenTransactions = 512
    /// So many signatures can be made in its life.
    public var maximumSignatures: UInt64 = 20_000_000
    /// Longer process data are refused, in bytes of UTF-8.
    public var maximumProcessDataBytes = 8192
    /// The clients that are registered; nil when every client is taken.
    public var clients: Set<String>?

    public init() {}
}

/// Why a working TSE does not do what it is asked.
public enum TSERefusal: String, Error, Sendable, Hashable, Codable, CaseIterable {
    /// As many transactions are open as the TSE can hold.
    case openTransactionLimit
    /// It has made all the signatures that it can make.
    case memoryFull
    /// Its certificate is out of validity.
    case certificateExpired
    /// Its clock was never set since it got power.
    case timeNotSet
    /// The client is not registered.
    case unknownClient
    /// The process data are too long.
    case unsuitableData
    /// No such transaction was ever started.
    case unknownTransaction
    /// The transaction is finished.
    case alreadyFinished
    /// Another client started the transaction.
    case otherClient
    /// The key did not sign.
    case signingFailed
}
