/// What the host did wrong or could not do. A TSE that fails is none of this: it is an answer.
///
/// Bad fields are thrown as `InvalidField`, failures of the store as `StoreError`.
public struct FiscalServiceError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable {
            case notStarted, documentTaken, documentFinished, inHand, takenOver, damagedJournal
        }
        private let base: Base
        /// No `createDocument` came for this document.
        public static let notStarted = Self(base: .notStarted)
        /// The document's identifier stands for other data: another register, another finishing call, other totals.
        public static let documentTaken = Self(base: .documentTaken)
        /// The document has been finished; it cannot be opened again.
        public static let documentFinished = Self(base: .documentFinished)
        /// Another call about the same document is under way.
        public static let inHand = Self(base: .inHand)
        /// Another service has opened the same journal; this one may not write any more.
        public static let takenOver = Self(base: .takenOver)
        /// A record of the journal cannot be read.
        public static let damagedJournal = Self(base: .damagedJournal)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What happened, for the operator; no receipt in it.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.detail = detail
        self.underlying = underlying
    }
}

extension FiscalServiceError: CustomStringConvertible {
    public var description: String {
        "\(self.code): \(self.detail)" + (self.underlying.map { " (\($0))" } ?? "")
    }
}
