import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("The sums of a request")
struct RequestSumsTests {
    private func issues(_ changes: [String: JSON?]) -> [RequestIssue] {
        TestRequest.issues(TestRequest.with(changes))
    }

    @Test("Payments reach the total, and no change is given on non-cash ones")
    func payments() {
        #expect(self.issues(["NonCash": [24999]]) == [.underpaid])
        #expect(self.issues(["NonCash": [25001]]) == [.nonCashExceedsTotal])
        #expect(self.issues(["NonCash": [0], "Cash": 30000]) == [])
        #expect(self.issues(["NonCash": [0], "Cash": 24999]) == [.underpaid])
        #expect(self.issues(["NonCash": [10000, 0, 250], "Cash": 14750]) == [])
        #expect(self.issues(["NonCash": [25000, 0, 0]]) == [])
        #expect(self.issues(["NonCash": [25000, 0]]) == [])
    }

    @Test("NonCash has one to three sums")
    func nonCash() {
        #expect(self.issues(["NonCash": nil]) == [.nonCashMissing])
        #expect(self.issues(["NonCash": .null]) == [.nonCashMissing])
        #expect(self.issues(["NonCash": []]) == [.nonCashMissing])
        #expect(self.issues(["NonCash": [25000, 0, 0, 0]]) == [.nonCashTooMany])
        // Four sums are not added up.
        #expect(self.issues(["NonCash": [1, 1, 1, 1]]) == [.nonCashTooMany])
    }

    @Test("No payment is negative")
    func negative() {
        #expect(self.issues(["NonCash": [-1]]) == [.amountNegative])
        #expect(self.issues(["Cash": -1]) == [.amountNegative])
        #expect(self.issues(["NonCash": [26000, -1000]]) == [.amountNegative])
        #expect(self.issues(["NonCash": [.parsed("-99999999999999999999")]]) == [.amountNegative])
    }

    @Test("A total of nothing is no receipt")
    func zero() {
        let line = TestRequest.line.changed(["Price": 0])
        #expect(self.issues(["Lines": .array([line]), "NonCash": [0]]) == [.totalZero])
        // A thousandth of a thing of 4 kopecks costs nothing either.
        let rounded = TestRequest.line.changed(["Price": 4, "Qty": 1])
        #expect(self.issues(["Lines": .array([rounded]), "NonCash": [0]]) == [.totalZero])
        #expect(
            self.issues(["Lines": .array([line]), "NonCash": [1]]) == [.nonCashExceedsTotal, .totalZero])
        #expect(self.issues(["Lines": .array([line, TestRequest.line])]) == [])
    }

    @Test("What does not fit 64 bits is said, and no sum is judged")
    func overflow() {
        let huge = TestRequest.line.changed(["Price": .integer(Int64.max), "Qty": 1000])
        #expect(self.issues(["Lines": .array([huge, huge])]) == [.amountOverflow])
        let line = TestRequest.line.changed(["Price": .integer(Int64.max), "Qty": 1001])
        #expect(self.issues(["Lines": .array([line])]) == [.amountOverflow])
        for name in ["Price", "Qty"] {
            let line = TestRequest.line.changed([name: .parsed("99999999999999999999")])
            #expect(self.issues(["Lines": .array([line])]) == [.amountOverflow])
        }
        #expect(self.issues(["NonCash": [.parsed("99999999999999999999")]]) == [.amountOverflow])
        #expect(self.issues(["NonCash": [.integer(Int64.max), 1]]) == [.amountOverflow])
        #expect(self.issues(["Cash": .integer(Int64.max)]) == [.amountOverflow])
    }

    @Test("Kopecks beyond the exact range of floating point keep every digit")
    func exact() {
        let price = Int64(1) << 53 + 1
        let line = TestRequest.line.changed(["Price": .integer(price), "Qty": 1000])
        let request = TestRequest.with(["Lines": .array([line]), "NonCash": [.integer(price)]])
        let report = RequestReport(checking: request)
        #expect(report.issues == [] && report.totalKopecks == 9_007_199_254_740_993)
        let short = TestRequest.with(["Lines": .array([line]), "NonCash": [.integer(price - 1)]])
        #expect(TestRequest.issues(short) == [.underpaid])
    }

    @Test("The total is the sum of rounded lines, and rules of payment follow it to the kopeck")
    func property() {
        var generator = SeededGenerator(seed: 77)
        for _ in 0..<500 {
            var total: Int64 = 0
            let lines = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                let price = Int64.random(in: 0...200_000, using: &generator)
                let quantity = Int64.random(in: 1...20_000, using: &generator)
                total += (price * quantity * 2 + 1000) / 2000
                return TestRequest.line.changed(["Price": .integer(price), "Qty": .integer(quantity)])
            }
            let nonCash = total + Int64.random(in: -2...2, using: &generator)
            let cash = Int64.random(in: 0...2, using: &generator)
            let request = TestRequest.with([
                "Lines": .array(lines), "NonCash": [.integer(nonCash)], "Cash": .integer(cash),
            ])
            let report = RequestReport(checking: request)
            #expect(report.totalKopecks == total)
            guard nonCash >= 0, total > 0 else { continue }
            #expect(report.issues.contains(.nonCashExceedsTotal) == (nonCash > total))
            #expect(report.issues.contains(.underpaid) == (nonCash + cash < total))
        }
    }
}
