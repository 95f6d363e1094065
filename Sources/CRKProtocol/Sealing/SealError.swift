/// Why a packet was not sealed or opened.
public struct SealError: Error, Sendable, Hashable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case unreadable, notOpened, unsuitableKey, outputTooLarge }
        private let base: Base
        /// The text is no sealed packet at all: segments, base 64 or header are broken.
        public static let unreadable = Self(base: .unreadable)
        /// The seal does not hold. One code for every cause, so that a peer learns nothing by trying.
        public static let notOpened = Self(base: .notOpened)
        /// Our own key or certificate does not fit the profile.
        public static let unsuitableKey = Self(base: .unsuitableKey)
        /// The content is larger than the profile's limit; it may have been made so on purpose.
        public static let outputTooLarge = Self(base: .outputTooLarge)
        public var description: String { "\(self.base)" }
    }
    public var code: Code
    /// What to look at; for ``Code/notOpened`` always the same words.
    public var detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    static let notOpened = Self(.notOpened, "the seal does not hold")
}

extension SealError: CustomStringConvertible {
    public var description: String { "seal: \(self.code): \(self.detail)" }
}
