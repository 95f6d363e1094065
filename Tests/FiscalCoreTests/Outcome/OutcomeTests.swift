import FiscalCore
import Testing

@Suite struct PaperTests {
    private let paper = Paper([
        .text("Tržba evidována v běžném režimu"), .code(name: "FIK", value: "b3a09b52-7c87-4014"),
        .code(name: "FIK", value: "second"), .qr("t=20200227T1243"), .qr("another"),
    ])

    @Test("A code is found by its exact name, the first one where there are two")
    func codes() {
        #expect(self.paper.code("FIK") == "b3a09b52-7c87-4014")
        #expect(self.paper.code("fik") == nil)
        #expect(self.paper.code("BKP") == nil)
        #expect(Paper().code("FIK") == nil)
    }

    @Test("The text of the QR code is the first one, or nil")
    func qr() {
        #expect(self.paper.qr == "t=20200227T1243")
        #expect(Paper([.text("QR")]).qr == nil)
    }

    @Test("Everything appears in the lines, in order")
    func lines() {
        #expect(
            self.paper.lines == [
                "Tržba evidována v běžném režimu", "FIK: b3a09b52-7c87-4014", "FIK: second", "QR: t=20200227T1243",
                "QR: another",
            ])
        #expect(Paper().lines.isEmpty)
    }
}

@Suite struct OutcomeTests {
    private typealias Sale = Outcome<String, Int, Int, String>

    @Test("Outcomes are equal when state and paper are")
    func equality() {
        let registered = Sale(state: .registered("fik"), paper: Paper([.code(name: "FIK", value: "fik")]))
        #expect(registered == registered)
        #expect(registered != Sale(state: .registered("fik"), paper: Paper()))
        #expect(registered != Sale(state: .unknown("fik"), paper: registered.paper))
        #expect(Sale(state: .pending(4), paper: Paper()) != Sale(state: .refused(4), paper: Paper()))
    }
}

@Suite struct InvalidFieldTests {
    @Test("The description names field, rule and limit in this order")
    func description() {
        let error = InvalidField("payments[1].sum", .range, limit: "0...99999999.99")
        #expect(error.description == "payments[1].sum: range (0...99999999.99)")
        #expect("\(error)" == error.description)
    }

    @Test("Rules are compared by their word; an unknown one is possible")
    func rules() {
        #expect(InvalidField.Rule(rawValue: "length") == .length)
        #expect(InvalidField.Rule(rawValue: "checksum") != .pattern)
    }
}
