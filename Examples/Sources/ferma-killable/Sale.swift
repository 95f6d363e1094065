import FermaClient
import FiscalCore

/// What is sold: the same at every run, drawn from the seed and the place of the sale.
struct Sale {
    let place: Int
    private let seed: Int

    init(_ place: Int, seed: Int) {
        self.place = place
        self.seed = seed
    }

    /// The payment's own identifier.
    var requestID: String { "sale-\(self.place)" }
    var correctedID: String { "sale-\(self.place)-corrected" }

    /// The register has two taxation systems: a receipt that names none is refused for good. Every seventh is such a
    /// one, beginning with the third.
    private var lacksTaxMode: Bool { self.place % 7 == 3 }
    /// Whether somebody corrects it then.
    var isCorrected: Bool { self.lacksTaxMode && self.place.isMultiple(of: 2) }

    /// - Parameter corrected: with what a refused one lacks.
    func receipt(corrected: Bool = false) throws -> Receipt {
        var draw = Draw(self.seed &* 1_000_003 &+ self.place)
        let types: [DocumentType] = [.income, .income, .income, .returnOfIncome, .expense, .returnOfExpense]
        var receipt = ReceiptBuilder(draw.one(of: types))
        for number in 1...draw.number(1...4) {
            receipt.add(
                draw.one(of: ["Яблоки", "Хлеб «Бородинский»", "Доставка №5", "Вода 0,5 л"]) + " \(number)",
                quantity: Quantity(thousandths: Int64(draw.one(of: [1000, 2000, 2500, 333, 12_345]))),
                price: Money(minorUnits: Int64(draw.number(100...99_999)), currency: .rub),
                vat: draw.one(of: VAT.documented))
        }
        if draw.number(1...2) == 1 {
            receipt.cash = try receipt.total
        } else {
            try receipt.payNonCash()
        }
        receipt.rules.foldsTypography = true
        receipt.contact = try PhoneOrEmail("buyer\(draw.number(1...999))@shop.example")
        if !self.lacksTaxMode || corrected { receipt.taxMode = draw.one(of: [.general, .simplifiedIncome]) }
        return try receipt.receipt()
    }
}

/// Draws that are the same at every run (SplitMix64).
struct Draw {
    private var state: UInt64

    init(_ seed: Int) {
        self.state = UInt64(truncatingIfNeeded: seed)
    }

    private mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(self.next() % UInt64(range.count))
    }

    mutating func one<Value>(of values: [Value]) -> Value {
        values[self.number(0...values.count - 1)]
    }
}
