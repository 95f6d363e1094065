import FiscalCore

extension RequestChecker {
    mutating func checkPayments(_ document: WireObject) {
        let before = self.notes.findings.count
        let nonCash = self.nonCash(document)
        let cash = self.cash(document)
        // A sum is compared with the total only when everything that it is made of holds (decision F12).
        let linesHold = !self.notes.findings[..<before].contains {
            $0.issue == .wrongType && $0.field.hasPrefix("Lines")
        }
        guard let nonCash, let cash, let total, linesHold else { return }
        let (paid, overflow) = nonCash.addingReportingOverflow(cash)
        guard !overflow else { return self.notes.add(.amountOverflow, "Cash") }
        if total == 0 { self.notes.add(.totalZero, "Lines") }
        if nonCash > total { self.notes.add(.nonCashExceedsTotal, "NonCash") }
        if paid < total { self.notes.add(.underpaid, "NonCash") }
    }

    /// The sum of the non-cash payments, when they hold.
    private mutating func nonCash(_ document: WireObject) -> Int64? {
        let isOptional = self.dialect == .nativeCheckOnline
        guard let value = document.value("NonCash") else {
            if isOptional { self.noteIfEmpty(document, "NonCash") } else { self.notes.add(.nonCashMissing, "NonCash") }
            return isOptional ? 0 : nil
        }
        guard let sums = value.array else {
            self.notes.add(.wrongType, "NonCash", limit: "an array of whole numbers")
            return nil
        }
        if sums.isEmpty {
            if isOptional {
                self.notes.warn(.emptyMember, "NonCash")
            } else {
                self.notes.add(.nonCashMissing, "NonCash")
            }
        }
        if sums.count > 3 { self.notes.add(.nonCashTooMany, "NonCash") }
        var total: Int64? = isOptional || !sums.isEmpty ? 0 : nil
        for (index, sum) in sums.enumerated() {
            let payment = self.payment(WireObject.integer(sum), "NonCash[\(index)]")
            guard let before = total, let payment else {
                total = nil
                continue
            }
            let (next, overflow) = before.addingReportingOverflow(payment)
            if overflow { self.notes.add(.amountOverflow, "NonCash") }
            total = overflow ? nil : next
        }
        return sums.count > 3 ? nil : total
    }

    private mutating func cash(_ document: WireObject) -> Int64? {
        guard let value = document.value("Cash") else {
            self.noteIfEmpty(document, "Cash")
            return 0
        }
        let cash = self.payment(WireObject.integer(value), "Cash")
        if cash == 0 { self.notes.warn(.emptyMember, "Cash") }
        return cash
    }

    private mutating func payment(_ amount: WireObject.Integer, _ field: String) -> Int64? {
        switch amount {
        case .value(let kopecks) where kopecks >= 0: return kopecks
        case .value, .huge(isNegative: true): self.notes.add(.amountNegative, field)
        case .huge: self.notes.add(.amountOverflow, field)
        // Null in an array of sums is no sum.
        case .absent, .wrongType: self.notes.add(.wrongType, field, limit: "a whole number")
        }
        return nil
    }
}
