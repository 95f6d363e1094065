import FiscalCore

/// The receipt as a register prints it.
enum FermaPaper {
    /// `175.20`.
    static func roubles(_ kopecks: Int64) -> String {
        let (roubles, rest) = kopecks.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(roubles)." + (rest < 10 ? "0" : "") + "\(rest)"
    }

    static func lines(
        _ bill: FermaBill, _ document: FermaDocument, _ register: FermaRegister
    ) -> [String] {
        var lines = ["КАССОВЫЙ ЧЕК", Self.types[bill.type] ?? ""]
        for line in bill.lines {
            if line.payAttribute != 3 { lines.append(line.text) }
            lines.append("\(Self.quantity(line.quantity)) x \(Self.roubles(line.price)) = \(Self.roubles(line.sum))")
            lines.append(line.tax.label)
        }
        lines.append("ИТОГ = \(Self.roubles(bill.total))")
        if bill.cash > 0 { lines.append("НАЛИЧНЫМИ = \(Self.roubles(bill.cash))") }
        if bill.nonCash > 0 { lines.append("БЕЗНАЛИЧНЫМИ = \(Self.roubles(bill.nonCash))") }
        if bill.cash > bill.cashPart { lines.append("СДАЧА = \(Self.roubles(bill.cash - bill.cashPart))") }
        lines += [
            "МЕСТО РАСЧЕТОВ \(bill.place)", "ИНН \(register.userINN)", "РН ККТ \(register.registrationNumber)",
            "ЗН ККТ \(register.serialNumber)", "СМЕНА \(document.shift) ЧЕК \(document.receiptNumber)",
            document.clock, "ФН \(document.drive)", "ФД \(document.number)", "ФП \(document.sign)",
        ]
        return lines
    }

    /// Thousandths without needless zeros: `2.5`.
    private static func quantity(_ thousandths: Int64) -> String {
        let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return "\(whole)" }
        var digits = String(rest + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }

    private static let types: [Int64: String] = [0: "ПРИХОД", 1: "РАСХОД", 2: "ВОЗВРАТ ПРИХОДА", 3: "ВОЗВРАТ РАСХОДА"]
}
