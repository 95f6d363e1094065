/// What becomes of the part that is smaller than a minor unit.
///
/// All rules are symmetric: a return is rounded as the sale was, with the other sign.
public enum Rounding: Sendable, Hashable, CaseIterable {
    /// To the nearest; a half goes away from zero ("half up" of commerce; Kazakhstan, Ferma).
    case halfUp
    /// To the nearest; a half goes to the even neighbour (IEEE 754, banker's rounding).
    case halfEven
    /// Towards zero: the part is cut off.
    case down
}

extension Money {
    /// The amount times `numerator / denominator`, rounded once.
    ///
    /// The product is formed in 128 bits: only the result must fit. A line of 1.5 kg is
    /// `try price.scaled(by: 1500, over: 1000, rounding: .halfUp)`.
    public func scaled(by numerator: Int64, over denominator: Int64, rounding: Rounding) throws(MoneyError) -> Self {
        guard denominator != 0 else { throw MoneyError(.divisionByZero, "ratio in \(self.currency)") }
        let divisor = denominator.magnitude
        let product = self.minorUnits.magnitude.multipliedFullWidth(by: numerator.magnitude)
        guard product.high < divisor else { throw MoneyError(.overflow, "ratio in \(self.currency)") }
        var (quotient, remainder) = divisor.dividingFullWidth(product)
        if Self.roundsUp(remainder, of: divisor, quotientIsOdd: !quotient.isMultiple(of: 2), rounding) {
            // A quotient of UInt64.max with a remainder is out of range below in any case.
            quotient = quotient == .max ? .max : quotient + 1
        }
        let isNegative = ((self.minorUnits < 0) != (numerator < 0)) != (denominator < 0)
        let minorUnits = isNegative ? Int64(exactly: -Int128(quotient)) : Int64(exactly: quotient)
        guard let minorUnits else { throw MoneyError(.overflow, "ratio in \(self.currency)") }
        return Self(minorUnits: minorUnits, currency: self.currency)
    }

    private static func roundsUp(
        _ remainder: UInt64, of divisor: UInt64, quotientIsOdd: Bool, _ rounding: Rounding
    ) -> Bool {
        let rest = divisor - remainder  // compared instead of doubling, which could overflow
        return switch rounding {
        case .halfUp: remainder >= rest
        case .halfEven: remainder > rest || (remainder == rest && quotientIsOdd)
        case .down: false
        }
    }
}
