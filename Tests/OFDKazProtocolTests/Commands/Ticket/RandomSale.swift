import FiscalCore
import OFDKazProtocol

/// What a till is told, step by step: enough to reckon the receipt without the builder.
enum SaleStep: Sendable, Encodable {
    case add(price: Int64, quantity: Int64, percent: UInt32?, inside: Bool)
    /// Of the last goods; by a sum, or by thousandths of a percent.
    case modify(discount: Bool, sum: Int64?, percent: UInt32?)
    case storno(item: Int, quantity: Int64?)
    case wholeModifier(discount: Bool, sum: Int64?, percent: UInt32?)
    case wholeTax(percent: UInt32, inside: Bool)
    case card(Int64)
    case cash(taken: Int64?)
}

/// A sale by chance, the same one for the same seed.
struct RandomSale {
    private(set) var steps: [SaleStep] = []
    private(set) var builder = TicketBuilder(.sell, operator: Operator(code: 1))
    private var random: SplitMix
    /// What may still be taken back, by the index of the item.
    private var remaining: [Int: Int64?] = [:]
    private var itemCount = 0

    init(seed: UInt64) throws {
        self.random = SplitMix(state: seed)
        let taxesAreOfLines = self.random.chance(60)
        repeat {
            try self.addGoods(taxesAreOfLines: taxesAreOfLines)
            while self.random.chance(35) { try self.modifyGoods() }
            while self.random.chance(25) { try self.takeBack() }
        } while self.random.chance(65)
        if self.random.chance(25) { self.modifyWhole() }
        if !taxesAreOfLines, self.random.chance(70) { self.taxWhole() }
        try self.pay()
    }

    private mutating func addGoods(taxesAreOfLines: Bool) throws {
        let price = self.random.amount(), quantity = self.random.quantity()
        let percent = taxesAreOfLines && self.random.chance(80) ? self.random.percent() : nil
        let inside = self.random.chance(60)
        self.steps.append(.add(price: price, quantity: quantity, percent: percent, inside: inside))
        let rate = percent.map { Rate(thousandthsOfPercent: $0) }
        let index = try self.builder.add(
            "Товар", price: Self.money(price), quantity: Quantity(thousandths: quantity), section: "1", unit: "796",
            vat: rate.map { inside ? .inside($0) : .onTop($0) })
        self.remaining[index] = quantity
        self.itemCount = index + 1
    }

    private mutating func modifyGoods() throws {
        let discount = self.random.chance(50)
        let sum = self.random.chance(50) ? Int64(self.random.below(300)) : nil
        let percent = sum == nil ? UInt32(self.random.below(20_000)) : nil
        self.steps.append(.modify(discount: discount, sum: sum, percent: percent))
        let index =
            if let sum {
                discount
                    ? try self.builder.discount("Карта", Self.money(sum))
                    : try self.builder.markup("Пакет", Self.money(sum))
            } else {
                discount
                    ? try self.builder.discount("Карта", percent: Rate(thousandthsOfPercent: percent ?? 0))
                    : try self.builder.markup("Пакет", percent: Rate(thousandthsOfPercent: percent ?? 0))
            }
        self.remaining[index] = .some(nil)
        self.itemCount = index + 1
    }

    private mutating func takeBack() throws {
        guard let index = self.remaining.keys.sorted().randomElement(using: &self.random),
            let left = self.remaining[index], left != 0
        else { return }
        var quantity: Int64?
        if let left, self.random.chance(50) { quantity = Int64(self.random.below(UInt64(left))) + 1 }
        self.steps.append(.storno(item: index, quantity: quantity))
        let back = try quantity.map { try Quantity(thousandths: $0) }
        self.itemCount = try self.builder.storno(item: index, quantity: back) + 1
        if let left, let quantity, quantity < left {
            self.remaining[index] = left - quantity
        } else {
            self.remaining[index] = nil
        }
    }

    private mutating func modifyWhole() {
        let discount = self.random.chance(50)
        let sum = self.random.chance(50) ? Int64(self.random.below(50)) : nil
        let percent = sum == nil ? UInt32(self.random.below(30_000)) : nil
        self.steps.append(.wholeModifier(discount: discount, sum: sum, percent: percent))
        let rate = Rate(thousandthsOfPercent: percent ?? 0)
        switch (discount, sum) {
        case (true, let sum?): self.builder.discountTicket("Акция", Self.money(sum))
        case (true, nil): self.builder.discountTicket("Акция", percent: rate)
        case (false, let sum?): self.builder.markupTicket("Обслуживание", Self.money(sum))
        case (false, nil): self.builder.markupTicket("Обслуживание", percent: rate)
        }
    }

    private mutating func taxWhole() {
        let percent = self.random.percent(), inside = self.random.chance(60)
        self.steps.append(.wholeTax(percent: percent, inside: inside))
        let rate = Rate(thousandthsOfPercent: percent)
        self.builder.vat = inside ? .inside(rate) : .onTop(rate)
    }

    private mutating func pay() throws {
        // Sums taken off by chance may be more than there is; such a sale is not built.
        guard let total = try? self.builder.total().minorUnits, self.random.chance(85) else { return }
        var rest = total
        if self.random.chance(40) {
            let card = Int64(self.random.below(UInt64(total) + 1))
            self.steps.append(.card(card))
            self.builder.pay(card: Self.money(card))
            rest -= card
        }
        let taken = self.random.chance(70) ? rest + Int64(self.random.below(100_000)) : nil
        self.steps.append(.cash(taken: taken))
        self.builder.pay(cash: taken.map(Self.money))
    }

    private static func money(_ tiyn: Int64) -> Money { Money(minorUnits: tiyn, currency: .kzt) }

    /// Pseudo-random numbers that repeat from run to run (SplitMix64).
    struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = self.state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        mutating func below(_ bound: UInt64) -> UInt64 { UInt64.random(in: 0..<Swift.max(bound, 1), using: &self) }
        mutating func chance(_ percent: UInt64) -> Bool { self.below(100) < percent }

        /// Small ones are where rounding shows; large ones are where numbers overflow.
        mutating func amount() -> Int64 {
            switch self.below(4) {
            case 0: Int64(self.below(20))
            case 1: Int64(self.below(10_000))
            case 2: Int64(self.below(10_000_000))
            default: Int64(self.below(1_000_000_000_000))
            }
        }

        mutating func quantity() -> Int64 {
            switch self.below(3) {
            case 0: Int64(self.below(10) + 1) * 1000
            case 1: Int64(self.below(5000) + 1)
            default: Int64(self.below(1_000_000) + 1)
            }
        }

        mutating func percent() -> UInt32 {
            [12_000, 16_000, 5000, 0, 10_725, 100_000, UInt32(self.below(200_000))][Int(self.below(7))]
        }
    }
}
