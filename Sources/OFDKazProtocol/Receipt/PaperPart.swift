import FiscalCore

/// Parts that several documents have.
enum PaperPart {
    /// A named value, left out when it is empty.
    static func code(_ name: String, _ value: String) -> [Paper.Item] {
        value.isEmpty ? [] : [.code(name: name, value: PrintedText.line(value))]
    }

    /// When a document was made, and by whom.
    static func made(_ time: PBDateTime, _ cashier: PBOperator?) -> [Paper.Item] {
        var items: [Paper.Item] = []
        if let time = time.dateTime { items.append(.code(name: ReceiptText.time, value: Self.text(time))) }
        if let cashier {
            items += Self.code(ReceiptText.cashier, cashier.name.isEmpty ? "\(cashier.code)" : cashier.name)
        }
        return items
    }

    /// `29.06.2026 17:09:16`, as dates are written in Kazakhstan.
    static func text(_ time: DateTime) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = time.date
        let clock = "\(two(time.hour)):\(two(time.minute))" + (time.second.map { ":" + two($0) } ?? "")
        return "\(two(date.day)).\(two(date.month)).\(date.year) \(clock)"
    }
}
