import OFDKazProtocol

/// Receipts in their wire form that keep every rule, to be changed in one place.
enum SampleTickets {
    /// A sale with all six kinds of line, VAT in the lines inside and on top of prices, and three payments:
    /// 250.00 - 50.00 + 50.00 + 10.50 - 10.50 + 5.00 - 5.00 = 250.00.
    static func sale() -> PBTicketRequest {
        var ticket = Self.frame(.operationSell)
        ticket.items = [
            Self.commodity(2500, price: 100_00, sum: 250_00, [Self.vat(12_000, 26_79, inside: true)]),
            Self.modifier(.itemTypeDiscount, 50_00, [Self.vat(12_000, 5_36, inside: true)]),
            Self.modifier(.itemTypeStornoDiscount, 50_00, [Self.vat(12_000, 5_36, inside: true)]),
            Self.commodity(1000, price: 10_00, sum: 10_50, [Self.vat(5000, 50, inside: false)]),
            Self.storno(1000, price: 10_00, sum: 10_50, [Self.vat(5000, 50, inside: false)]),
            Self.modifier(.itemTypeMarkup, 5_00, []),
            Self.modifier(.itemTypeStornoMarkup, 5_00, []),
        ]
        ticket.payments = [
            Self.payment(.paymentCash, 100_00), Self.payment(.paymentCard, 100_00), Self.payment(.paymentMobile, 50_00),
        ]
        ticket.amounts.total = PBMoney(tiyn: 250_00)
        ticket.amounts.taken = PBMoney(tiyn: 150_00)
        ticket.amounts.change = PBMoney(tiyn: 50_00)
        return ticket
    }

    /// A sale whose taxes are those of the whole receipt: 100.00 less 10.00, 12 % inside and 5 % on top.
    static func taxedAsAWhole() -> PBTicketRequest {
        var ticket = Self.frame(.operationSell)
        ticket.items = [Self.commodity(1000, price: 100_00, sum: 100_00, [])]
        ticket.taxes = [Self.vat(12_000, 9_64, inside: true), Self.vat(5000, 4_50, inside: false)]
        ticket.payments = [Self.payment(.paymentCard, 94_50)]
        ticket.amounts.total = PBMoney(tiyn: 94_50)
        ticket.amounts.discount = Self.modifier(10_00, [])
        return ticket
    }

    /// A return of a sale, paid by card.
    static func saleReturn() -> PBTicketRequest {
        var ticket = Self.frame(.operationSellReturn)
        ticket.items = [Self.commodity(1000, price: 10_50, sum: 10_50, [])]
        ticket.payments = [Self.payment(.paymentCard, 10_50)]
        ticket.amounts.total = PBMoney(tiyn: 10_50)
        ticket.parentTicket.parentTicketNumber = "4228143549"
        ticket.parentTicket.parentTicketDataTime = Self.time(day: 1)
        ticket.parentTicket.kgdKkmID = "111111111111"
        ticket.parentTicket.parentTicketTotal = PBMoney(tiyn: 10_50)
        ticket.parentTicket.parentTicketIsOffline = false
        return ticket
    }

    static func frame(_ operation: PBOperationTypeEnum) -> PBTicketRequest {
        var ticket = PBTicketRequest()
        ticket.operation = operation
        ticket.dateTime = Self.time(day: 2)
        ticket.operator.code = 1
        ticket.domain.type = .domainTrading
        return ticket
    }

    /// 2026-01-02 03:04:05, or another day.
    static func time(day: UInt32) -> PBDateTime {
        var time = PBDateTime()
        time.date.year = 2026
        time.date.month = 1
        time.date.day = day
        time.time.hour = 3
        time.time.minute = 4
        time.time.second = 5
        return time
    }

    static func commodity(
        _ quantity: UInt64, price: UInt64, sum: UInt64, _ taxes: [PBTicketRequest.Tax]
    ) -> PBTicketRequest.Item {
        var item = PBTicketRequest.Item()
        item.type = .itemTypeCommodity
        item.commodity.name = "Сүт"
        item.commodity.sectionCode = "1"
        item.commodity.quantity = quantity
        item.commodity.price = PBMoney(tiyn: price)
        item.commodity.sum = PBMoney(tiyn: sum)
        item.commodity.taxes = taxes
        item.commodity.measureUnitCode = "796"
        return item
    }

    static func storno(
        _ quantity: UInt64, price: UInt64, sum: UInt64, _ taxes: [PBTicketRequest.Tax]
    ) -> PBTicketRequest.Item {
        var item = PBTicketRequest.Item()
        item.type = .itemTypeStornoCommodity
        item.stornoCommodity.sectionCode = "1"
        item.stornoCommodity.quantity = quantity
        item.stornoCommodity.price = PBMoney(tiyn: price)
        item.stornoCommodity.sum = PBMoney(tiyn: sum)
        item.stornoCommodity.taxes = taxes
        item.stornoCommodity.measureUnitCode = "796"
        return item
    }

    static func modifier(
        _ type: PBTicketRequest.Item.ItemTypeEnum, _ sum: UInt64, _ taxes: [PBTicketRequest.Tax]
    ) -> PBTicketRequest.Item {
        var item = PBTicketRequest.Item()
        item.type = type
        switch type {
        case .itemTypeMarkup: item.markup = Self.modifier(sum, taxes)
        case .itemTypeStornoMarkup: item.stornoMarkup = Self.modifier(sum, taxes)
        case .itemTypeDiscount: item.discount = Self.modifier(sum, taxes)
        default: item.stornoDiscount = Self.modifier(sum, taxes)
        }
        return item
    }

    static func modifier(_ sum: UInt64, _ taxes: [PBTicketRequest.Tax]) -> PBTicketRequest.Modifier {
        var modifier = PBTicketRequest.Modifier()
        modifier.name = "Карта"
        modifier.sum = PBMoney(tiyn: sum)
        modifier.taxes = taxes
        return modifier
    }

    static func vat(_ percent: UInt32, _ sum: UInt64, inside: Bool) -> PBTicketRequest.Tax {
        var tax = PBTicketRequest.Tax()
        tax.taxType = 100
        tax.percent = percent
        tax.sum = PBMoney(tiyn: sum)
        tax.isInTotalSum = inside
        return tax
    }

    static func payment(_ type: PBPaymentTypeEnum, _ sum: UInt64) -> PBTicketRequest.Payment {
        var payment = PBTicketRequest.Payment()
        payment.type = type
        payment.sum = PBMoney(tiyn: sum)
        return payment
    }
}
