/// Why an arithmetic operation on money has no result.
public struct MoneyError: Error, Sendable, Hashable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case overflow, currencyMismatch, divisionByZero }
        private let base: Base
        /// The result does not fit 64 bits of minor units.
        public static let overflow = Self(base: .overflow)
        /// The amounts are of different currencies.
        public static let currencyMismatch = Self(base: .currencyMismatch)
        /// The ratio has a zero below the line.
        public static let divisionByZero = Self(base: .divisionByZero)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What was asked for, without the amounts.
    public var detail: String

    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension MoneyError: CustomStringConvertible {
    public var description: String { "money: \(self.code): \(self.detail)" }
}
