import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("What a line costs")
struct LineArithmeticTests {
    private func total(_ price: Int64, _ thousandths: Int64) throws -> Int64 {
        try LineArithmetic.total(
            price: Money(minorUnits: price, currency: .rub), quantity: Quantity(thousandths: thousandths)
        ).minorUnits
    }

    private func isExact(_ price: Int64, _ thousandths: Int64) -> Bool {
        LineArithmetic.isExact(
            price: Money(minorUnits: price, currency: .rub), quantity: Quantity(thousandths: thousandths))
    }

    @Test("Price × Qty / 1000, half up")
    func documented() throws {
        #expect(try self.total(10000, 2500) == 25000)
        // 499.5 kopecks.
        #expect(try self.total(333, 1500) == 500)
        // The sample of the source document: a thousandth of 788.50 roubles.
        #expect(try self.total(78850, 1) == 79)
        #expect(try self.total(78850, 1000) == 78850)
        #expect(try self.total(9_007_199_254_740_993, 1000) == 9_007_199_254_740_993)
        #expect(self.isExact(10000, 2500) && !self.isExact(333, 1500) && !self.isExact(78850, 1))
    }

    @Test("What does not fit is an error")
    func overflow() throws {
        #expect(throws: MoneyError.self) { try self.total(.max, 1001) }
        #expect(try self.total(.max, 1000) == .max)
    }

    @Test(
        "Python's whole numbers agree", .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func oracle() throws {
        var generator = SeededGenerator(seed: 1043)
        let pairs = (0..<3000).map { index in
            let bits = [10, 20, 40, 62][index % 4]
            let price = Int64(generator.next() >> UInt64(64 - bits))
            return (price, Int64.random(in: 1...(index.isMultiple(of: 5) ? 3000 : 50), using: &generator))
        }
        let script = """
            import sys
            for line in sys.stdin:
                price, quantity = map(int, line.split())
                exact = price * quantity
                print((exact * 2 + 1000) // 2000, exact % 1000 == 0)
            """
        let input = pairs.map { "\($0.0) \($0.1)\n" }.joined()
        let answer = try OutsideTool.run("python3", ["-c", script], input: Array(input.utf8))
        let lines = answer.text.split(separator: "\n")
        try #require(lines.count == pairs.count)
        for ((price, quantity), line) in zip(pairs, lines) {
            let words = line.split(separator: " ")
            // Beyond 64 bits there is no total.
            let total = try? self.total(price, quantity)
            #expect(total == Int64(words[0]), "\(price) × \(quantity)")
            #expect(self.isExact(price, quantity) == (words[1] == "True"), "\(price) × \(quantity)")
        }
    }
}
