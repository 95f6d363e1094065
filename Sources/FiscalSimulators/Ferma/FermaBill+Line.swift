import FermaClient
import FiscalCore

extension FermaBill.Line {
    /// Judges one goods position.
    init(
        _ line: FermaRequestData.Line, _ path: String, _ data: FermaRequestData, _ rules: FermaRules
    ) throws(FermaRefusal) {
        func given<Value>(_ value: Value?, _ name: String) throws(FermaRefusal) -> Value {
            guard let value else { throw FermaRefusal(52, "\(path).\(name)") }
            return value
        }
        func wrong(_ name: String) -> FermaRefusal { FermaRefusal(51, "\(path).\(name)") }
        self.data = line
        self.quantity = try given(line.quantity, "Qty")
        self.price = try given(line.price, "Price")
        guard self.quantity > 0 else { throw wrong("Qty") }
        guard self.price >= 0 else { throw wrong("Price") }
        let exact = (Int128(self.quantity) * Int128(self.price) + 500) / 1000
        guard let sum = Int64(exactly: exact) else { throw wrong("Price") }
        self.sum = sum
        guard let tax = FermaTax(taxid: try given(line.taxid, "Taxid"), rules) else { throw wrong("Taxid") }
        self.tax = tax
        self.payAttribute = line.payAttribute ?? 4
        guard (1...7).contains(self.payAttribute) else { throw wrong("PayAttribute") }
        self.lineAttribute = line.lineAttribute ?? 1
        guard (1...27).contains(self.lineAttribute) || (30...33).contains(self.lineAttribute) else {
            throw wrong("LineAttribute")
        }
        let description = try given(line.description, "Description")
        guard let text = Self.text(description, self.lineAttribute, rules) else { throw wrong("Description") }
        self.text = text
        guard (0...127).contains(line.agentModes) else { throw wrong("AgentModes") }
        self.agentModes = line.agentModes == 0 ? data.agentModes : line.agentModes
        try self.checkAgent(path)
    }

    /// The text of a position, or the wording that its number stands for; nil when it is neither.
    private static func text(_ description: String, _ lineAttribute: Int64, _ rules: FermaRules) -> String? {
        guard lineAttribute == 15 || lineAttribute == 16 else {
            let isBlank = description.allSatisfy(\.isWhitespace)
            return isBlank || !FermaPrintable.accepts(description, limit: 128) ? nil : description
        }
        // The source document says 1 to 25 in one place and 1 to 31 in another.
        let numbers = lineAttribute == 15 ? 1...31 : 26...31
        guard let number = Int(description), numbers.contains(number), String(number) == description else { return nil }
        return NonOperatingIncome(wordings: rules.incomeWordings).label(for: number)
    }

    private func checkAgent(_ path: String) throws(FermaRefusal) {
        for inn in [self.data.supplierINN, self.data.agentData.first { $0.tag == 1016 }?.text].compactMap(\.self) {
            guard let number = try? INN(inn), number.hasValidCheckDigits else { throw FermaRefusal(51, "\(path): INN") }
        }
        let supplier = [(1225, self.data.supplierName), (1171, self.data.supplierPhone)]
            .compactMap { tag, text in text.map { (tag: tag, text: $0) } }
        for (tag, text) in supplier + self.data.agentData where tag != 1016 {
            let limit = Self.limits[tag] ?? 19
            guard FermaPrintable.accepts(text, limit: limit) else { throw FermaRefusal(51, "\(path): tag \(tag)") }
        }
    }

    /// Lengths of the format of fiscal documents; telephone numbers have 19.
    private static let limits: [Int: Int] = [1005: 256, 1026: 64, 1044: 24, 1225: 256]
}
