import OFDKazProtocol

/// Amounts in the authority's books are whole tiyn in an `Int64`; what does not fit is refused, never wrapped.
struct AmountTooLarge: Error {}

extension Int64 {
    /// - Throws: when the amount has more tiyn than an `Int64` holds.
    init(_ wire: PBMoney) throws(AmountTooLarge) {
        guard let bills = Int64(exactly: wire.bills) else { throw AmountTooLarge() }
        let (tiyn, overflow) = bills.multipliedReportingOverflow(by: 100)
        let (sum, carry) = tiyn.addingReportingOverflow(Int64(wire.coins))
        guard !overflow, !carry else { throw AmountTooLarge() }
        self = sum
    }

    mutating func book(_ amount: Int64) throws(AmountTooLarge) {
        let (sum, overflow) = self.addingReportingOverflow(amount)
        guard !overflow else { throw AmountTooLarge() }
        self = sum
    }
}

extension PBMoney {
    /// Without its sign, which the wire cannot say.
    init(amount tiyn: Int64) {
        self.init()
        self.bills = tiyn.magnitude / 100
        self.coins = UInt32(tiyn.magnitude % 100)
    }

    /// Nothing below zero: a total that stornos took below it is shown as zero.
    init(atLeastZero tiyn: Int64) { self.init(amount: Swift.max(0, tiyn)) }
}
