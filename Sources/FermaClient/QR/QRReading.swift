public import FiscalCore

/// What can be read in the text of a receipt's QR code, and what is wrong with it (decision F9).
///
/// Each value is nil unless it holds by its own rule. ``FermaQR`` is the same for texts without any problem.
public struct QRReading: Sendable, Hashable {
    /// A problem and the field that it is about.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// `t`, `s`, `fn`, `i`, `fp` or `n`; nil for the text as a whole.
        public let field: String?
        public let text: String

        init(_ field: String?, _ text: String) {
            self.field = field
            self.text = text
        }

        public var description: String { (self.field.map { "\($0): " } ?? "") + self.text }
    }

    /// `t`: when the receipt was made, on the clock of the register.
    public private(set) var time: CivilDateTime?
    /// Whether `t` has seconds.
    public private(set) var hasSeconds = false
    /// `t` as it stands.
    public private(set) var timeText: String?
    /// `s`: the sum.
    public private(set) var total: Money?
    /// `fn`: the factory number of the fiscal drive.
    public private(set) var fn: String?
    /// `i`: the number of the fiscal document.
    public private(set) var documentNumber: Int64?
    /// `fp`: the fiscal sign.
    public private(set) var fiscalSign: UInt32?
    /// `n`: the sign of settlement, in the order of FFD tag 1054 (``DocumentType/qrSign``).
    public private(set) var sign: Int?
    public private(set) var problems: [Problem] = []

    public var isValid: Bool { self.problems.isEmpty }

    public init(_ text: String) {
        let names = ["t", "s", "fn", "i", "fp", "n"]
        let pairs = text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { part in
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(Substring(halves[0])), value: halves.count == 2 ? Array(halves[1]) : nil)
        }
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { self.note(nil, "not ASCII") }
        if pairs.map(\.name) != names { self.note(nil, "not the six fields t, s, fn, i, fp, n in this order") }
        var fields: [String: [UInt8]] = [:]
        for name in names {
            // A field that stands twice says nothing.
            let values = pairs.filter { $0.name == name }
            guard values.count == 1, let value = values[0].value else { continue }
            fields[name] = value
        }
        self.readTime(fields["t"])
        self.readTotal(fields["s"])
        self.readNumbers(fields)
        for name in names where fields[name] == nil && pairs.map(\.name) == names {
            self.note(name, "no value")
        }
    }

    mutating func note(_ field: String?, _ text: String) { self.problems.append(Problem(field, text)) }

    private mutating func readTime(_ value: [UInt8]?) {
        guard let value else { return }
        let text = String(decoding: value, as: UTF8.self)
        let marks = value.enumerated().allSatisfy { index, byte in
            index == 8 ? byte == UInt8(ascii: "T") : Self.isDigit(byte)
        }
        guard marks, [13, 15].contains(value.count) else { return self.note("t", "not YYYYMMDDTHHMM") }
        func number(_ start: Int, _ count: Int) -> Int {
            start + count <= value.count
                ? value[start..<start + count].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : 0
        }
        guard let date = CivilDate(year: number(0, 4), month: number(4, 2), day: number(6, 2)) else {
            return self.note("t", "day impossible")
        }
        let seconds = value.count == 15 ? number(13, 2) : 0
        guard let time = CivilDateTime(date: date, hour: number(9, 2), minute: number(11, 2), second: seconds) else {
            return self.note("t", "time impossible")
        }
        self.time = time
        self.timeText = text
        self.hasSeconds = value.count == 15
    }

    private mutating func readTotal(_ value: [UInt8]?) {
        guard let value else { return }
        let text = String(decoding: value, as: UTF8.self)
        guard let total = try? Money(parsing: text, currency: .rub), total.minorUnits >= 0 else {
            return self.note("s", "no sum with two decimals")
        }
        self.total = total
    }

    private mutating func readNumbers(_ fields: [String: [UInt8]]) {
        if let value = fields["fn"] {
            if value.count == 16, value.allSatisfy(Self.isDigit) {
                self.fn = String(decoding: value, as: UTF8.self)
            } else {
                self.note("fn", "not 16 digits")
            }
        }
        if let value = fields["i"] {
            self.documentNumber = Self.number(value)
            if self.documentNumber == nil { self.note("i", "no number without leading zeros") }
        }
        if let value = fields["fp"] {
            self.fiscalSign = Self.number(value).flatMap(UInt32.init(exactly:))
            if self.fiscalSign == nil { self.note("fp", "no number up to 4294967295 without leading zeros") }
        }
        if let value = fields["n"] {
            self.sign = Self.number(value).flatMap { (1...4).contains($0) ? Int($0) : nil }
            if self.sign == nil { self.note("n", "none of 1 to 4") }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Digits without leading zeros that fit 64 bits.
    private static func number(_ value: [UInt8]) -> Int64? {
        guard !value.isEmpty, value.allSatisfy(self.isDigit), value.count == 1 || value[0] != UInt8(ascii: "0") else {
            return nil
        }
        return Int64(String(decoding: value, as: UTF8.self))
    }
}
