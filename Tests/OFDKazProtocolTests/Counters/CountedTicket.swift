import FiscalCore
import OFDKazProtocol

/// Receipts for the tests of the counters, put together by hand: amounts in tiyn, no arithmetic.
struct CountedTicket {
    var pb = PBTicketRequest()

    init(_ operation: OperationType = .sell, total: UInt64, at time: DateTime = .counted(hour: 9)) {
        self.pb.operation = operation.pb
        self.pb.dateTime = PBDateTime(time)
        self.pb.amounts.total = PBMoney(tiyn: total)
    }

    /// A sale of one line in section 1, paid in one way.
    static func simple(
        _ total: UInt64, by payment: PaymentType = .cash, at time: DateTime = .counted(hour: 9)
    ) -> PBTicketRequest {
        Self.simple(.sell, total, by: payment, at: time)
    }

    /// One line in section 1 that is the whole receipt, paid in one way.
    static func simple(
        _ operation: OperationType, _ total: UInt64, by payment: PaymentType = .cash,
        at time: DateTime = .counted(hour: 9)
    ) -> PBTicketRequest {
        var ticket = CountedTicket(operation, total: total, at: time)
        ticket.line(total)
        ticket.pay(payment, total)
        return ticket.pb
    }

    mutating func line(_ sum: UInt64, section: String = "1", taxes: [PBTicketRequest.Tax] = []) {
        var item = PBTicketRequest.Item()
        item.type = ItemType.commodity.pb
        item.commodity.sectionCode = section
        item.commodity.sum = PBMoney(tiyn: sum)
        item.commodity.taxes = taxes
        self.pb.items.append(item)
    }

    mutating func stornoLine(_ sum: UInt64, section: String = "1", taxes: [PBTicketRequest.Tax] = []) {
        var item = PBTicketRequest.Item()
        item.type = ItemType.stornoCommodity.pb
        item.stornoCommodity.sectionCode = section
        item.stornoCommodity.sum = PBMoney(tiyn: sum)
        item.stornoCommodity.taxes = taxes
        self.pb.items.append(item)
    }

    /// A discount, a markup, or the storno of one.
    mutating func modifier(_ type: ItemType, _ sum: UInt64, taxes: [PBTicketRequest.Tax] = []) {
        var item = PBTicketRequest.Item()
        item.type = type.pb
        let modifier = Self.modifier(sum, taxes: taxes)
        switch type {
        case .markup: item.markup = modifier
        case .stornoMarkup: item.stornoMarkup = modifier
        case .discount: item.discount = modifier
        default: item.stornoDiscount = modifier
        }
        self.pb.items.append(item)
    }

    mutating func pay(_ type: PaymentType, _ sum: UInt64) {
        var payment = PBTicketRequest.Payment()
        payment.type = type.pb
        payment.sum = PBMoney(tiyn: sum)
        self.pb.payments.append(payment)
    }

    static func modifier(_ sum: UInt64, taxes: [PBTicketRequest.Tax] = []) -> PBTicketRequest.Modifier {
        var modifier = PBTicketRequest.Modifier()
        modifier.name = "modifier"
        modifier.sum = PBMoney(tiyn: sum)
        modifier.taxes = taxes
        return modifier
    }

    static func tax(_ percent: UInt32, _ sum: UInt64, isInTotalSum: Bool = true) -> PBTicketRequest.Tax {
        var tax = PBTicketRequest.Tax()
        tax.taxType = 100
        tax.percent = percent
        tax.sum = PBMoney(tiyn: sum)
        tax.isInTotalSum = isInTotalSum
        return tax
    }

    static func placement(
        _ operation: MoneyPlacementType, _ sum: UInt64, at time: DateTime = .counted(hour: 9)
    ) -> PBMoneyPlacementRequest {
        var placement = PBMoneyPlacementRequest()
        placement.operation = operation.pb
        placement.datetime = PBDateTime(time)
        placement.sum = PBMoney(tiyn: sum)
        return placement
    }
}

extension DateTime {
    /// A time on the day of the tests, or on a later one.
    static func counted(day: Int = 2, hour: Int, minute: Int = 0, second: Int = 0) -> DateTime {
        guard let date = CivilDate(year: 2026, month: 1, day: day),
            let time = CivilDateTime(date: date, hour: hour, minute: minute, second: second)
        else { preconditionFailure("a test asks for a time that does not exist") }
        return DateTime(time)
    }
}

extension Money {
    static func tiyn(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .kzt) }
}

/// Entries by their code, for what a test says.
extension ZXReport {
    func operation(_ code: OperationType, in list: KeyPath<ZXReport, [Operation]> = \.operations) -> Operation? {
        self[keyPath: list].first { $0.operation == code }
    }

    func tickets(_ code: OperationType) -> TicketOperation? { self.ticketOperations.first { $0.operation == code } }

    func placements(_ code: MoneyPlacementType) -> MoneyPlacement? {
        self.moneyPlacements.first { $0.operation == code }
    }

    func nonNullable(_ code: OperationType) -> Money? { self.nonNullableSums.first { $0.operation == code }?.sum }

    func tax(_ percent: UInt32, _ code: OperationType = .sell) -> TaxOperation? {
        self.taxes.first { $0.percent == percent }?.operations.first { $0.operation == code }
    }
}
