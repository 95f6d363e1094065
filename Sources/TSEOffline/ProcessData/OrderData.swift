public import FiscalCore

/// The process data of an order, `Bestellung-V1` (DSFinV-K, annex I): lines of quantity, quoted text and price of one,
/// separated by a carriage return. Quotation marks in the text are doubled.
public struct OrderData: Sendable, Hashable {
    public var lines: [OrderLine]

    public init(_ lines: [OrderLine]) {
        self.lines = lines
    }

    /// The text that is handed to the TSE.
    public var text: String { self.lines.map(\.written).joined(separator: "\r") }

    /// Reads order data. Other spellings of a quantity (`1.50`) are read as well; what was signed is the text, not what
    /// ``text`` makes of it.
    /// - Throws: `InvalidField` with the line, counted from 0: `lines[2].text`.
    public init(parsing text: String) throws(InvalidField) {
        var reader = OrderReader(text)
        self.lines = try reader.lines()
    }
}

/// Reads order data byte by byte: semicolons and carriage returns may stand inside the quotation marks.
private struct OrderReader {
    private var rest: ArraySlice<UInt8>
    private var index = 0

    init(_ text: String) { self.rest = Array(text.utf8)[...] }

    mutating func lines() throws(InvalidField) -> [OrderLine] {
        var lines: [OrderLine] = []
        guard !self.rest.isEmpty else { return lines }
        while true {
            lines.append(try self.line())
            guard !self.rest.isEmpty else { return lines }
            // `line` stops at the end or before a carriage return.
            self.rest.removeFirst()
            self.index += 1
        }
    }

    private func field(_ name: String) -> String { "lines[\(self.index)].\(name)" }

    private mutating func line() throws(InvalidField) -> OrderLine {
        let number = self.take(until: UInt8(ascii: ";"))
        guard let quantity = Self.thousandths(number) else {
            throw InvalidField(self.field("quantity"), .pattern, limit: "a number with up to three decimals")
        }
        guard self.skip(UInt8(ascii: ";")), let text = self.quoted(), self.skip(UInt8(ascii: ";")) else {
            throw InvalidField(self.field("text"), .pattern, limit: "in quotation marks, between two semicolons")
        }
        let amount = self.take(until: 0x0D)
        guard let price = try? Money(parsing: amount, currency: .eur) else {
            throw InvalidField(self.field("price"), .pattern, limit: "an amount with two decimals")
        }
        return try OrderLine(quantityThousandths: quantity, text: text, price: price)
    }

    private mutating func take(until end: UInt8) -> String {
        let taken = self.rest.prefix { $0 != end }
        self.rest.removeFirst(taken.count)
        return String(decoding: taken, as: UTF8.self)
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard self.rest.first == byte else { return false }
        self.rest.removeFirst()
        return true
    }

    /// The text between quotation marks, doubled ones taken for one.
    private mutating func quoted() -> String? {
        let mark = UInt8(ascii: "\"")
        guard self.skip(mark) else { return nil }
        var text: [UInt8] = []
        while let byte = self.rest.first {
            self.rest.removeFirst()
            guard byte == mark else {
                text.append(byte)
                continue
            }
            guard self.skip(mark) else { return String(decoding: text, as: UTF8.self) }
            text.append(mark)
        }
        return nil
    }

    /// A number with up to three decimals, in thousandths.
    private static func thousandths(_ text: String) -> Int64? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        guard let whole = parts.first.map({ isNegative ? $0.dropFirst() : $0 }), !whole.isEmpty,
            whole.allSatisfy(digits.contains), fraction.allSatisfy(digits.contains), fraction.count <= 3,
            parts.count == 1 || !fraction.isEmpty
        else { return nil }
        let padding = [UInt8](repeating: UInt8(ascii: "0"), count: 3 - fraction.count)
        let all = (isNegative ? [UInt8(ascii: "-")] : []) + whole + fraction + padding
        return Int64(String(decoding: all, as: UTF8.self))
    }
}
