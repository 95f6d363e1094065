import FiscalCore
import OFDKazProtocol

/// What happens at a register, made up from a seed: receipts of all four kinds whose arithmetic is right, with stornos,
/// discounts, markups, taxes inside and on top, and mixed payments; cash in and out; X reports; closes.
///
/// All amounts are in tiyn. Lines follow decision K32, payments decision K31.
struct RandomDay {
    enum Event {
        case ticket(PBTicketRequest)
        case placement(PBMoneyPlacementRequest)
        case close(withdrawsMoney: Bool)
    }

    private var state: UInt64
    private var minute = 0
    private static let sections = ["1", "10", "2", "Отдел", "e\u{301}", "\u{e9}"]
    private static let percents: [UInt32] = [0, 5_000, 12_000, 16_000]

    init(seed: UInt64) { self.state = seed }

    /// The time moves on with every event.
    mutating func now() -> DateTime {
        self.minute += 1
        return .counted(day: 2 + self.minute / 1440, hour: self.minute / 60 % 24, minute: self.minute % 60)
    }

    mutating func event() -> (event: Event, isOffline: Bool, rule: CashRule) {
        let isOffline = self.chance(3)
        let rule: CashRule = self.chance(8) ? .serverDecides : .neverBelowZero
        switch self.below(20) {
        case 0...1: return (.close(withdrawsMoney: self.chance(2)), isOffline, rule)
        case 2...5:
            let direction: MoneyPlacementType = self.chance(2) ? .deposit : .withdrawal
            let placement = CountedTicket.placement(direction, UInt64(self.below(2_000_00)), at: self.now())
            return (.placement(placement), isOffline, rule)
        default: return (.ticket(self.ticket()), isOffline, rule)
        }
    }

    // MARK: Receipts

    /// A line as it was rung up, to be taken out or changed.
    private struct Line {
        var section: String
        var price: UInt64
        var thousandths: UInt64
        var percents: [(percent: UInt32, isInTotalSum: Bool)]

        func net(_ thousandths: UInt64) -> UInt64 { (self.price * thousandths + 500) / 1000 }

        func taxes(_ thousandths: UInt64) -> [PBTicketRequest.Tax] {
            self.percents.map { RandomDay.tax(on: self.net(thousandths), $0.percent, $0.isInTotalSum) }
        }

        /// With the taxes that come on top.
        func sum(_ thousandths: UInt64) -> UInt64 {
            self.taxes(thousandths).reduce(self.net(thousandths)) { $0 + ($1.isInTotalSum ? 0 : $1.sum.tiyn ?? 0) }
        }
    }

    private static func tax(on base: UInt64, _ percent: UInt32, _ isInTotalSum: Bool) -> PBTicketRequest.Tax {
        let whole = UInt64(100_000) + (isInTotalSum ? UInt64(percent) : 0)
        return CountedTicket.tax(
            percent, (base * UInt64(percent) * 2 + whole) / (2 * whole), isInTotalSum: isInTotalSum)
    }

    private mutating func ticket() -> PBTicketRequest {
        let operation = OperationType.allCases[self.chance(2) ? 2 : self.below(4)]
        let taxesAreOnLines = self.chance(2)
        var ticket = CountedTicket(operation, total: 0, at: self.now())
        var total: UInt64 = 0
        for _ in 0..<(1 + self.below(5)) {
            let line = self.line(withTaxes: taxesAreOnLines)
            ticket.line(line.sum(line.thousandths), section: line.section, taxes: line.taxes(line.thousandths))
            total += line.sum(line.thousandths)
            self.change(line, of: &ticket, &total)
        }
        if !taxesAreOnLines && self.chance(2) {
            self.tax(&ticket, &total)
        } else {
            self.changeAll(&ticket, &total, nil)
        }
        ticket.pb.amounts.total = PBMoney(tiyn: total)
        self.pay(&ticket, total)
        return ticket.pb
    }

    private mutating func line(withTaxes: Bool) -> Line {
        var percents: [(percent: UInt32, isInTotalSum: Bool)] = []
        if withTaxes {
            for percent in Self.percents where self.chance(3) { percents.append((percent, self.chance(2))) }
        }
        return Line(
            section: Self.sections[self.below(Self.sections.count)], price: UInt64(self.below(500_00)),
            thousandths: UInt64(1 + self.below(5_000)), percents: percents)
    }

    /// Takes a line out again in part or whole, makes it cheaper or dearer, or leaves it alone.
    private mutating func change(_ line: Line, of ticket: inout CountedTicket, _ total: inout UInt64) {
        switch self.below(6) {
        case 0:
            let part = self.chance(2) ? line.thousandths : line.thousandths / 2
            ticket.stornoLine(line.sum(part), section: line.section, taxes: line.taxes(part))
            total -= line.sum(part)
        case 1:
            let sum = line.sum(line.thousandths) / UInt64(3 + self.below(5))
            let isTaxed = self.chance(2) && line.percents.allSatisfy(\.isInTotalSum)
            let taxes = isTaxed ? line.percents.map { Self.tax(on: sum, $0.percent, true) } : []
            ticket.modifier(.discount, sum, taxes: taxes)
            total -= sum
            guard self.chance(3) else { return }
            ticket.modifier(.stornoDiscount, sum, taxes: taxes)
            total += sum
        case 2:
            let sum = UInt64(self.below(20_00))
            let taxes = self.chance(2) ? [Self.tax(on: sum, 12_000, true)] : []
            ticket.modifier(.markup, sum, taxes: taxes)
            total += sum
            guard self.chance(3) else { return }
            ticket.modifier(.stornoMarkup, sum, taxes: taxes)
            total -= sum
        default: return
        }
    }

    /// Taxes of the whole receipt, inside its total or on top of it.
    private mutating func tax(_ ticket: inout CountedTicket, _ total: inout UInt64) {
        for percent in Self.percents where self.chance(2) {
            ticket.pb.taxes.append(Self.tax(on: total, percent, self.chance(2)))
        }
        for tax in ticket.pb.taxes where !tax.isInTotalSum { total += tax.sum.tiyn ?? 0 }
        self.changeAll(&ticket, &total, ticket.pb.taxes.first?.percent)
    }

    /// A discount or a markup on the whole receipt, taxed where the receipt is.
    private mutating func changeAll(_ ticket: inout CountedTicket, _ total: inout UInt64, _ percent: UInt32?) {
        let taxed = percent.flatMap { self.chance(2) ? $0 : nil }
        switch self.below(4) {
        case 0:
            let sum = total / UInt64(4 + self.below(9))
            ticket.pb.amounts.discount = CountedTicket.modifier(
                sum, taxes: taxed.map { [Self.tax(on: sum, $0, true)] } ?? [])
            total -= sum
        case 1:
            let sum = UInt64(self.below(20_00))
            ticket.pb.amounts.markup = CountedTicket.modifier(
                sum, taxes: taxed.map { [Self.tax(on: sum, $0, true)] } ?? [])
            total += sum
        default: return
        }
    }

    /// In parts, in any means of payment; now and then with an empty list.
    private mutating func pay(_ ticket: inout CountedTicket, _ total: UInt64) {
        guard !self.chance(12) else { return }
        var rest = total
        var cash: UInt64 = 0
        for _ in 0..<self.below(3) {
            let part = UInt64(self.below(Int(rest) + 1))
            rest -= part
            cash += self.payPart(&ticket, part)
        }
        cash += self.payPart(&ticket, rest)
        let change = UInt64(self.below(50_00))
        ticket.pb.amounts.taken = PBMoney(tiyn: cash + change)
        ticket.pb.amounts.change = PBMoney(tiyn: change)
    }

    private mutating func payPart(_ ticket: inout CountedTicket, _ sum: UInt64) -> UInt64 {
        let type = PaymentType.allCases[self.below(3)]
        ticket.pay(type, sum)
        return type == .cash ? sum : 0
    }

    // MARK: Chance

    /// Once in so many times.
    mutating func chance(_ times: Int) -> Bool { self.below(times) == 0 }

    private mutating func below(_ limit: Int) -> Int {
        // SplitMix64.
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
