public import FiscalCore

/// Cash put into the drawer, or taken out of it (section 3.7, `MoneyPlacementRequest`).
public struct MoneyPlacement: Sendable, Hashable {
    public let operation: MoneyPlacementType
    public let sum: Money
    public let `operator`: Operator

    /// - Throws: `InvalidField` for an operation that is not in the table, for a sum that is negative or not in tenge,
    ///   and for an operator's code above 2147483647.
    public init(operation: MoneyPlacementType, sum: Money, operator: Operator) throws(InvalidField) {
        guard MoneyPlacementType.allCases.contains(operation) else {
            throw InvalidField("money_placement.operation", .oneOf, limit: "0, 1")
        }
        _ = try PBMoney(sum, field: "money_placement.sum")
        try `operator`.check(field: "money_placement.operator")
        self.operation = operation
        self.sum = sum
        self.operator = `operator`
    }
}
