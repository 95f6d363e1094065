/// The codes that are counted: those of the tables, of which a report has an entry each.

/// Section 4.6, in ascending order.
enum CountedOperation: UInt32, Sendable, CaseIterable {
    case buy = 0
    case buyReturn = 1
    case sell = 2
    case sellReturn = 3

    var code: OperationType { OperationType(rawValue: self.rawValue) }
}

/// Section 4.7, in ascending order.
enum CountedPayment: UInt32, Sendable, CaseIterable {
    case cash = 0
    case card = 1
    case mobile = 4

    var code: PaymentType { PaymentType(rawValue: self.rawValue) }
}

/// Section 3.7, in ascending order.
enum CountedPlacement: UInt32, Sendable, CaseIterable {
    case deposit = 0
    case withdrawal = 1

    var code: MoneyPlacementType { MoneyPlacementType(rawValue: self.rawValue) }
}

/// One value for each kind of receipt.
struct PerOperation<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    var buy: Value
    var buyReturn: Value
    var sell: Value
    var sellReturn: Value

    init(repeating value: Value) {
        self.buy = value
        self.buyReturn = value
        self.sell = value
        self.sellReturn = value
    }

    subscript(operation: CountedOperation) -> Value {
        get {
            switch operation {
            case .buy: self.buy
            case .buyReturn: self.buyReturn
            case .sell: self.sell
            case .sellReturn: self.sellReturn
            }
        }
        set {
            switch operation {
            case .buy: self.buy = newValue
            case .buyReturn: self.buyReturn = newValue
            case .sell: self.sell = newValue
            case .sellReturn: self.sellReturn = newValue
            }
        }
    }
}

/// One value for each means of payment.
struct PerPayment<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    var cash: Value
    var card: Value
    var mobile: Value

    init(repeating value: Value) {
        self.cash = value
        self.card = value
        self.mobile = value
    }

    subscript(payment: CountedPayment) -> Value {
        get {
            switch payment {
            case .cash: self.cash
            case .card: self.card
            case .mobile: self.mobile
            }
        }
        set {
            switch payment {
            case .cash: self.cash = newValue
            case .card: self.card = newValue
            case .mobile: self.mobile = newValue
            }
        }
    }
}

/// One value for each direction of cash.
struct PerPlacement<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    var deposit: Value
    var withdrawal: Value

    init(repeating value: Value) {
        self.deposit = value
        self.withdrawal = value
    }

    subscript(placement: CountedPlacement) -> Value {
        get {
            switch placement {
            case .deposit: self.deposit
            case .withdrawal: self.withdrawal
            }
        }
        set {
            switch placement {
            case .deposit: self.deposit = newValue
            case .withdrawal: self.withdrawal = newValue
            }
        }
    }
}
