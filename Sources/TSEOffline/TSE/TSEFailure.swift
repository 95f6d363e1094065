/// A call to the TSE that brought no usable answer. All failures are answered alike (source document, first section);
/// the code decides only what is asked at recovery, and what the outage log gives as the reason.
public struct TSEFailure: Error, Sendable, Hashable {
    /// Open: a driver may have codes of its own; the service takes those for ``answerLost``.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No device, or no way to the cloud TSE: the call did not reach it.
        public static let unreachable = Self(rawValue: "unreachable")
        /// No answer within the time that a till may wait. The TSE may have carried the call out, or may still do so.
        public static let timedOut = Self(rawValue: "timedOut")
        /// The way back broke, or nobody can tell: the TSE may have carried the call out.
        public static let answerLost = Self(rawValue: "answerLost")
        /// The TSE finished the transaction, but what it gave out is no valid signature of what was to be signed.
        public static let badSignature = Self(rawValue: "badSignature")
        /// Another TSE answers than the configured one.
        public static let otherTSE = Self(rawValue: "otherTSE")

        /// Refused: as many transactions are open as the TSE allows.
        public static let transactionLimit = Self(rawValue: "transactionLimit")
        /// Refused: the TSE's memory or its number of signatures is used up.
        public static let memoryFull = Self(rawValue: "memoryFull")
        /// Refused: the TSE's certificate has expired.
        public static let certificateExpired = Self(rawValue: "certificateExpired")
        /// Refused: the TSE's clock has to be set.
        public static let clockNotSet = Self(rawValue: "clockNotSet")
        /// Refused: the client is not registered at the TSE.
        public static let unknownClient = Self(rawValue: "unknownClient")
        /// Refused: no such transaction is open.
        public static let unknownTransaction = Self(rawValue: "unknownTransaction")
        /// Refused: the TSE does not take this process type or these data. No other document is concerned.
        public static let unsuitableData = Self(rawValue: "unsuitableData")
        /// Refused for another reason.
        public static let refused = Self(rawValue: "refused")
    }

    public var code: Code
    /// What happened, for the operator and the outage log; never a secret.
    public var detail: String

    public init(_ code: Code, _ detail: String = "") {
        self.code = code
        self.detail = detail
    }

    /// Whether the TSE may have carried the call out. False only where the code says that it did not.
    public var mayHaveHappened: Bool { !self.isRefusal && self.code != .unreachable && self.code != .otherTSE }

    /// Whether the TSE answered, and said no.
    public var isRefusal: Bool { Self.refusals.contains(self.code) }

    private static let refusals: Set<Code> = [
        .transactionLimit, .memoryFull, .certificateExpired, .clockNotSet, .unknownClient, .unknownTransaction,
        .unsuitableData, .refused,
    ]
}

extension TSEFailure: CustomStringConvertible {
    public var description: String {
        self.detail.isEmpty ? self.code.rawValue : "\(self.code.rawValue): \(self.detail)"
    }
}
