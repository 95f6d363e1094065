import OFDKazProtocol

/// The sums of a ticket, computed anew: readings E10 and E11, decisions K31 and K32. In tiyn; what is divided is rounded
/// half up, once.
enum TicketArithmetic {
    /// The first sum that does not fit, nil when all do.
    static func flaw(in ticket: PBTicketRequest) -> String? {
        var total: Int128 = 0
        for (place, item) in ticket.items.enumerated() {
            switch item.type {
            case .itemTypeCommodity:
                let line = item.commodity
                guard Self.fits(line.quantity, line.price, line.sum, line.taxes) else { return "items[\(place)]" }
                total += Self.tiyn(line.sum)
            case .itemTypeStornoCommodity:
                let line = item.stornoCommodity
                guard Self.fits(line.quantity, line.price, line.sum, line.taxes) else { return "items[\(place)]" }
                total -= Self.tiyn(line.sum)
            case .itemTypeMarkup: total += Self.tiyn(item.markup.sum)
            case .itemTypeStornoMarkup: total -= Self.tiyn(item.stornoMarkup.sum)
            case .itemTypeDiscount: total -= Self.tiyn(item.discount.sum)
            case .itemTypeStornoDiscount: total += Self.tiyn(item.stornoDiscount.sum)
            case .itemTypeUnspecified, .UNRECOGNIZED: break
            }
        }
        total += Self.tiyn(ticket.amounts.markup.sum) - Self.tiyn(ticket.amounts.discount.sum)
        for tax in ticket.taxes {
            guard Self.fits(tax, total) else { return "taxes" }
        }
        total += Self.onTop(ticket.taxes)
        guard total == Self.tiyn(ticket.amounts.total) else { return "amounts.total" }
        return Self.paymentFlaw(ticket)
    }

    /// What was paid is the total, unless nothing is said of payments; of cash what was kept counts.
    private static func paymentFlaw(_ ticket: PBTicketRequest) -> String? {
        guard !ticket.payments.isEmpty else { return nil }
        let paid = ticket.payments.reduce(Int128(0)) { $0 + Self.tiyn($1.sum) }
        guard paid == Self.tiyn(ticket.amounts.total) else { return "payments" }
        guard let cash = ticket.payments.first(where: { $0.type == .paymentCash }) else { return nil }
        let kept = Self.tiyn(ticket.amounts.taken) - Self.tiyn(ticket.amounts.change)
        return kept == Self.tiyn(cash.sum) ? nil : "amounts.taken and amounts.change"
    }

    /// A line is price times quantity, and taxes that are not in the price.
    private static func fits(
        _ quantity: UInt64, _ price: PBMoney, _ sum: PBMoney, _ taxes: [PBTicketRequest.Tax]
    ) -> Bool {
        let (product, overflow) = Self.tiyn(price).multipliedReportingOverflow(by: Int128(quantity))
        guard !overflow, product < Int128.max / 4 else { return false }
        let line = Self.divided(product, by: 1000)
        return line + Self.onTop(taxes) == Self.tiyn(sum) && taxes.allSatisfy { Self.fits($0, line) }
    }

    /// A tax is its percentage of the amount, or, when it is in the amount, what the percentage made of the rest.
    private static func fits(_ tax: PBTicketRequest.Tax, _ amount: Int128) -> Bool {
        let percent = Int128(tax.percent)
        return Self.tiyn(tax.sum) == Self.divided(amount * percent, by: tax.isInTotalSum ? 100_000 + percent : 100_000)
    }

    private static func onTop(_ taxes: [PBTicketRequest.Tax]) -> Int128 {
        taxes.reduce(0) { $1.isInTotalSum ? $0 : $0 + Self.tiyn($1.sum) }
    }

    /// Rounded half up; what is negative fits nothing anyway.
    private static func divided(_ number: Int128, by divisor: Int128) -> Int128 {
        (2 * number + divisor) / (2 * divisor)
    }

    private static func tiyn(_ money: PBMoney) -> Int128 { Int128(money.bills) * 100 + Int128(money.coins) }
}
