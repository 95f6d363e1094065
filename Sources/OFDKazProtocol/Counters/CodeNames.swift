/// The document's names of the codes that stand in paths to counters; the number for a code that no table has.
extension OperationType {
    var documentName: String {
        switch self {
        case .buy: "OPERATION_BUY"
        case .buyReturn: "OPERATION_BUY_RETURN"
        case .sell: "OPERATION_SELL"
        case .sellReturn: "OPERATION_SELL_RETURN"
        default: String(self.rawValue)
        }
    }
}

extension PaymentType {
    var documentName: String {
        switch self {
        case .cash: "PAYMENT_CASH"
        case .card: "PAYMENT_CARD"
        case .mobile: "PAYMENT_MOBILE"
        default: String(self.rawValue)
        }
    }
}

extension MoneyPlacementType {
    var documentName: String {
        switch self {
        case .deposit: "MONEY_PLACEMENT_DEPOSIT"
        case .withdrawal: "MONEY_PLACEMENT_WITHDRAWAL"
        default: String(self.rawValue)
        }
    }
}

extension ReportType {
    var documentName: String {
        switch self {
        case .z: "REPORT_Z"
        case .x: "REPORT_X"
        default: String(self.rawValue)
        }
    }
}
