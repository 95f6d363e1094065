import FiscalCore

/// What a cash receipt carries (Federal Law 54-FZ, article 4.7), as far as request and answer tell it. Name and INN of
/// the seller, the cashier and the shift are known to the device alone.
///
/// There is paper only for a document that exists. The text of the QR code is the one that was received.
extension Paper {
    init(
        _ entry: FermaSubmission, _ document: FiscalDocument, isTest: Bool, vatTable: VATTable,
        options: FermaPaperOptions
    ) {
        let receipt = PrintedReceipt(entry.request, dialect: entry.dialect, vatTable: vatTable)
        var items: [Item] = []
        if isTest { items.append(.text("ТЕСТ: чек не является фискальным документом")) }
        items.append(.text("КАССОВЫЙ ЧЕК"))
        if let words = (document.type ?? receipt.type)?.words { items.append(.text(words)) }
        for line in receipt.lines { items += Self.items(line, options) }
        items += Self.sums(receipt, document, options)
        items += Self.circumstances(receipt)
        items += Self.marks(document)
        self.init(items)
    }

    private static func items(_ line: PrintedLine, _ options: FermaPaperOptions) -> [Item] {
        var items: [Item] = [.text(line.words(options.incomes))]
        let total = line.total.map { " = \($0.text)" } ?? ""
        items.append(.text("\(line.quantity.words) x \(line.price.text)\(total)"))
        let signs = [line.payAttribute?.words, line.lineAttribute?.words].compactMap(\.self)
        if !signs.isEmpty { items.append(.text(signs.joined(separator: ", "))) }
        if let rate = line.vat?.words ?? line.taxID.map({ "НДС: код \($0)" }) { items.append(.text(rate)) }
        items += line.agentModes.words.map { .text($0) }
        let provider: [(String, String)] = [
            ("Name", "ПОСТАВЩИК"), ("INN", "ИНН ПОСТАВЩИКА"), ("Phone", "ТЕЛ. ПОСТАВЩИКА"),
        ]
        for (member, name) in provider {
            if let value = PrintedReceipt.text(line.provider?[member]) { items.append(.code(name: name, value: value)) }
        }
        return items
    }

    /// The total is the document's.
    private static func sums(
        _ receipt: PrintedReceipt, _ document: FiscalDocument, _ options: FermaPaperOptions
    ) -> [Item] {
        var items: [Item] = []
        let total = document.total ?? receipt.total
        if let total { items.append(.code(name: "ИТОГ", value: total.text)) }
        if receipt.cash.minorUnits > 0 { items.append(.code(name: "НАЛИЧНЫМИ", value: receipt.cash.text)) }
        if let nonCash = receipt.nonCashTotal, nonCash.minorUnits > 0 {
            items.append(.code(name: "БЕЗНАЛИЧНЫМИ", value: nonCash.text))
        }
        if let change = total.flatMap(receipt.change) { items.append(.code(name: "СДАЧА", value: change.text)) }
        if options.printsTaxAmounts {
            items += receipt.taxes.map { .code(name: $0.words, value: $0.amount.text) }
        }
        return items
    }

    private static func circumstances(_ receipt: PrintedReceipt) -> [Item] {
        var items: [Item] = receipt.agentModes.words.map { .text($0) }
        if let words = receipt.taxMode?.words { items.append(.code(name: "СНО", value: words)) }
        if let place = receipt.place { items.append(.code(name: "МЕСТО РАСЧЁТОВ", value: place)) }
        if let contact = receipt.contact { items.append(.code(name: "ПОКУПАТЕЛЬ", value: contact)) }
        return items
    }

    /// What the device gave the document.
    private static func marks(_ document: FiscalDocument) -> [Item] {
        let marks: [(String, String?)] = [
            ("ДАТА", document.date.map(Self.words)), ("ЧЕК", document.docNumber.map { "\($0)" }),
            ("РН ККТ", document.deviceRegistrationNumber), ("ЗН ККТ", document.deviceSerialNumber),
            ("ФН", document.fn), ("ФД", document.number.map { "\($0)" }),
            ("ФП", document.sign.map { "\($0)" }),
        ]
        var items: [Item] = marks.compactMap { name, value in value.map { .code(name: name, value: $0) } }
        items.append(.code(name: "САЙТ ФНС", value: "nalog.gov.ru"))
        if let qr = document.qr { items.append(.qr(qr)) }
        return items
    }

    /// `27.02.2020 12:43`, the device's own time.
    private static func words(_ date: CivilDateTime) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(two(date.date.day)).\(two(date.date.month)).\(date.date.year)"
        return "\(day) \(two(date.hour)):\(two(date.minute))"
    }
}

extension DocumentType {
    /// The heading of the receipt (tag 1054), or nil for a number that is none of the four.
    var words: String? {
        switch self {
        case .income: "ПРИХОД"
        case .expense: "РАСХОД"
        case .returnOfIncome: "ВОЗВРАТ ПРИХОДА"
        case .returnOfExpense: "ВОЗВРАТ РАСХОДА"
        default: nil
        }
    }
}
