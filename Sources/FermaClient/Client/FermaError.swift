/// What the host did wrong or could not do; what the service says, or does not say, is an outcome and not an error.
///
/// Bad fields are thrown as `InvalidField`, failures of the store as `StoreError`.
public struct FermaError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable {
            case identityTaken, alreadySending, alreadyRegistered, alreadyCorrected, documentMayExist, notFound, closed
            case damagedJournal
        }
        private let base: Base
        /// The request identifier belongs to another receipt.
        public static let identityTaken = Self(base: .identityTaken)
        /// The same request is under way at this moment.
        public static let alreadySending = Self(base: .alreadySending)
        /// The document exists: there is nothing to decide.
        public static let alreadyRegistered = Self(base: .alreadyRegistered)
        /// A corrected receipt has taken its place.
        public static let alreadyCorrected = Self(base: .alreadyCorrected)
        /// No answer proves that there is no document: a second request could make a second receipt (decision F1).
        public static let documentMayExist = Self(base: .documentMayExist)
        /// The journal has no such request.
        public static let notFound = Self(base: .notFound)
        /// A person closed this sale; it is sent only when a person says so.
        public static let closed = Self(base: .closed)
        /// A record of the journal cannot be read.
        public static let damagedJournal = Self(base: .damagedJournal)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What happened, for the operator; never a secret, nothing of the receipt.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.detail = detail
        self.underlying = underlying
    }
}

extension FermaError: CustomStringConvertible {
    public var description: String {
        "\(self.code): \(self.detail)" + (self.underlying.map { " (\($0))" } ?? "")
    }
}
