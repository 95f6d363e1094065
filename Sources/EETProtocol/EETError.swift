/// What the host did wrong or could not do; facts of the authority are outcomes, not errors.
///
/// Bad fields are thrown as `InvalidField`, failures of the store as `StoreError`.
public struct EETError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable {
            case certificateExpired, certificateNotYetValid, unsuitableKey, signingFailed, messageTooLarge
            case identityTaken, alreadySending, notFound, closed, resultNotStored, damagedJournal
        }
        private let base: Base
        /// The taxpayer's certificate is no longer valid; the authority would answer 4.
        public static let certificateExpired = Self(base: .certificateExpired)
        /// The taxpayer's certificate is not valid yet, or the clock is wrong.
        public static let certificateNotYetValid = Self(base: .certificateNotYetValid)
        /// The key is not the one of the certificate, not RSA, or (v3) not of 2048 bits.
        public static let unsuitableKey = Self(base: .unsuitableKey)
        /// The signer failed.
        public static let signingFailed = Self(base: .signingFailed)
        /// The message would be longer than 12,000 bytes.
        public static let messageTooLarge = Self(base: .messageTooLarge)
        /// A sale with the same identity but other data is in the journal and may be registered.
        public static let identityTaken = Self(base: .identityTaken)
        /// The same sale is being sent at this moment.
        public static let alreadySending = Self(base: .alreadySending)
        /// The journal has no such sale.
        public static let notFound = Self(base: .notFound)
        /// A person closed this sale; it is sent only after it was released.
        public static let closed = Self(base: .closed)
        /// The answer came but could not be kept; the sale will be sent again.
        public static let resultNotStored = Self(base: .resultNotStored)
        /// A record of the journal cannot be read.
        public static let damagedJournal = Self(base: .damagedJournal)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What happened, for the operator; never a secret.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.detail = detail
        self.underlying = underlying
    }
}

extension EETError: CustomStringConvertible {
    public var description: String {
        "\(self.code): \(self.detail)" + (self.underlying.map { " (\($0))" } ?? "")
    }
}
