public import FiscalCore

/// The end of a shift (section 3.6, `CloseShiftRequest`). The register makes the Z report that goes with it.
public struct CloseShift: Sendable, Hashable {
    public let `operator`: Operator
    /// Whether all cash is taken out before the shift ends (`withdraw_money`).
    public let withdrawsMoney: Bool

    /// - Throws: `InvalidField` for an operator's code above 2147483647.
    public init(operator: Operator, withdrawsMoney: Bool = false) throws(InvalidField) {
        try `operator`.check(field: "close_shift.operator")
        self.operator = `operator`
        self.withdrawsMoney = withdrawsMoney
    }
}
