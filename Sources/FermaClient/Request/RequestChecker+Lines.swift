import FiscalCore

extension RequestChecker {
    mutating func checkLines(_ document: WireObject) {
        guard let value = document.value("Lines") else { return self.notes.add(.noLines, "Lines") }
        guard let lines = value.array else { return self.notes.add(.wrongType, "Lines", limit: "an array") }
        guard !lines.isEmpty else { return self.notes.add(.noLines, "Lines") }
        let modesOfAll = self.agentModesOfDocument(document)
        var total: Int64? = 0
        for (index, json) in lines.enumerated() {
            let line = WireObject(json: json, prefix: "Lines[\(index)].")
            guard json.members != nil else {
                self.notes.add(.wrongType, "Lines[\(index)]", limit: "an object")
                total = nil
                continue
            }
            line.noteNames(known: Self.lineMembers, in: &self.notes)
            let sum = self.checkSum(line, "Lines[\(index)]")
            self.checkLine(line, isOnly: lines.count == 1, modesOfAll: modesOfAll)
            guard let sum, let before = total else {
                total = nil
                continue
            }
            let (next, overflow) = before.addingReportingOverflow(sum)
            if overflow { self.notes.add(.amountOverflow, "Lines") }
            total = overflow ? nil : next
        }
        self.total = total
    }

    private static let lineMembers = [
        "Qty", "Price", "PayAttribute", "LineAttribute", "Taxid", "Description", "AgentModes",
        "TransferOperatorData", "GetPaymentOperatorData", "AgentData", "ProviderData",
    ]

    /// The mask of the whole document, which is spread over lines that have none.
    private func agentModesOfDocument(_ document: WireObject) -> AgentModes {
        guard case .value(let number) = document.integer("PaymentAgentModes") else { return [] }
        return AgentModes(rawValue: number)
    }

    /// What the line costs, when quantity and price hold.
    private mutating func checkSum(_ line: WireObject, _ field: String) -> Int64? {
        let quantity = self.amount(line, "Qty", missing: .qtyMissing, wrong: .qtyNotPositive, least: 1)
        let price = self.amount(line, "Price", missing: .priceMissing, wrong: .priceNegative, least: 0)
        guard let quantity, let price else { return nil }
        let money = Money(minorUnits: price, currency: .rub)
        let thousandths = Quantity(thousandths: quantity)
        guard let sum = try? LineArithmetic.total(price: money, quantity: thousandths) else {
            self.notes.add(.amountOverflow, field)
            return nil
        }
        if !LineArithmetic.isExact(price: money, quantity: thousandths) { self.notes.warn(.inexactLine, field) }
        return sum.minorUnits
    }

    /// A required whole number that is at least `least`.
    private mutating func amount(
        _ line: WireObject, _ name: String, missing: RequestIssue, wrong: RequestIssue, least: Int64
    ) -> Int64? {
        switch line.integer(name) {
        case .value(let number) where number >= least: return number
        case .value, .huge(isNegative: true): self.notes.add(wrong, line.path(name))
        case .huge: self.notes.add(.amountOverflow, line.path(name))
        case .absent: self.notes.add(missing, line.path(name))
        case .wrongType: self.notes.add(.wrongType, line.path(name), limit: "a whole number")
        }
        return nil
    }

    private mutating func checkLine(_ line: WireObject, isOnly: Bool, modesOfAll: AgentModes) {
        self.checkPayAttribute(line, isOnly: isOnly)
        let attribute = self.checkLineAttribute(line)
        self.checkTaxid(line)
        self.checkDescription(line, numbers: attribute?.descriptionNumbers)
        let modes = self.checkAgentModes(line, "AgentModes").union(modesOfAll)
        let hasSupplier = self.checkAgents(of: line)
        if !modes.isEmpty, !hasSupplier { self.notes.warn(.agentWithoutSupplierINN, line.path("ProviderData.INN")) }
    }

    private mutating func checkPayAttribute(_ line: WireObject, isOnly: Bool) {
        switch line.integer("PayAttribute") {
        case .absent: self.noteIfEmpty(line, "PayAttribute")
        case .value(let number) where PayAttribute.allCases.contains(PayAttribute(rawValue: number)):
            if number == PayAttribute.creditRepayment.rawValue, !isOnly {
                self.notes.add(.creditRepaymentNotAlone, line.path("PayAttribute"))
            }
        case .value, .huge: self.notes.add(.payAttributeUnknown, line.path("PayAttribute"))
        case .wrongType: self.notes.add(.wrongType, line.path("PayAttribute"), limit: "a whole number")
        }
    }

    private mutating func checkLineAttribute(_ line: WireObject) -> LineAttribute? {
        switch line.integer("LineAttribute") {
        case .absent: self.noteIfEmpty(line, "LineAttribute")
        case .value(let number):
            let attribute = LineAttribute(rawValue: number)
            if attribute.words == nil, !self.rules.allowsUnknownLineAttributes {
                self.notes.add(.lineAttributeUnknown, line.path("LineAttribute"))
            }
            return attribute
        case .huge: self.notes.add(.lineAttributeUnknown, line.path("LineAttribute"))
        case .wrongType: self.notes.add(.wrongType, line.path("LineAttribute"), limit: "a whole number")
        }
        return nil
    }

    private mutating func checkTaxid(_ line: WireObject) {
        switch line.integer("Taxid") {
        case .absent: self.notes.add(.taxidMissing, line.path("Taxid"))
        case .value(let number) where self.rules.vatTable.vat(number: number, self.dialect) != nil: break
        case .value, .huge: self.notes.add(.taxidUnknown, line.path("Taxid"))
        case .wrongType: self.notes.add(.wrongType, line.path("Taxid"), limit: "a whole number")
        }
    }

    /// A name, or one of the numbers that stand for an income or a contribution.
    private mutating func checkDescription(_ line: WireObject, numbers: ClosedRange<Int>?) {
        let field = line.path("Description")
        switch line.text("Description") {
        case .wrongType: self.notes.add(.wrongType, field, limit: "text")
        case .value(let text):
            if let numbers {
                // The texts themselves are compared: neither "01" nor " 1" is a number of the table.
                guard !numbers.map(String.init).contains(text) else { return }
                self.notes.add(.descriptionOutOfRange, field)
                if !CP866.canPrint(CP866.composed(text)) { self.notes.add(.notCP866, field) }
            } else if BlankText.isBlank(text) {
                self.notes.add(.descriptionMissing, field)
            } else {
                self.checkPrintable(text, field, tooLong: .descriptionTooLong, limit: self.rules.limits.description)
            }
        case .absent: self.notes.add(numbers == nil ? .descriptionMissing : .descriptionOutOfRange, field)
        }
    }
}
