public import FiscalCore

/// The text of a receipt's QR code: `t=20200227T1243&s=175.20&fn=9289000100444444&i=62848&fp=1570734444&n=1` (source
/// document, table 2; decision F9).
///
/// What goes on paper is the text as received; this is for making one, and for looking into one.
public struct FermaQR: Sendable, Hashable {
    /// `t`, on the clock of the register.
    public let time: CivilDateTime
    /// Whether `t` is written with seconds: only as read from a text that has them.
    public let hasSeconds: Bool
    /// `s`
    public let total: Money
    /// `fn`: 16 digits.
    public let fn: String
    /// `i`
    public let documentNumber: Int64
    /// `fp`
    public let fiscalSign: UInt32
    /// `n`: 1 income, 2 return of income, 3 expense, 4 return of expense.
    public let sign: Int

    /// Makes the text of a receipt, without seconds.
    /// - Throws: `InvalidField` naming the field of the QR text.
    public init(
        time: CivilDateTime, total: Money, fn: String, documentNumber: Int64, fiscalSign: UInt32, type: DocumentType
    ) throws(InvalidField) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard total.currency == .rub, total.minorUnits >= 0 else {
            throw InvalidField("s", .range, limit: "0.00 roubles or more")
        }
        guard fn.utf8.count == 16, fn.utf8.allSatisfy(digits.contains) else {
            throw InvalidField("fn", .pattern, limit: "16 digits")
        }
        guard documentNumber >= 0 else { throw InvalidField("i", .range, limit: "0 or more") }
        guard let sign = type.qrSign else { throw InvalidField("n", .oneOf, limit: "DocumentType 0...3") }
        self.time = time
        self.hasSeconds = false
        self.total = total
        self.fn = fn
        self.documentNumber = documentNumber
        self.fiscalSign = fiscalSign
        self.sign = sign
    }

    /// Reads a text that keeps every rule.
    /// - Throws: ``QRError`` with all problems.
    public init(parsing text: String) throws(QRError) {
        let reading = QRReading(text)
        guard reading.isValid, let time = reading.time, let total = reading.total, let fn = reading.fn,
            let number = reading.documentNumber, let fiscalSign = reading.fiscalSign, let sign = reading.sign
        else { throw QRError(problems: reading.problems) }
        self.time = time
        self.hasSeconds = reading.hasSeconds
        self.total = total
        self.fn = fn
        self.documentNumber = number
        self.fiscalSign = fiscalSign
        self.sign = sign
    }

    /// The text, ASCII alone.
    public var text: String {
        let date = self.time.date
        let day = Self.padded(date.year, to: 4) + Self.padded(date.month, to: 2) + Self.padded(date.day, to: 2)
        let minute = Self.padded(self.time.hour, to: 2) + Self.padded(self.time.minute, to: 2)
        let second = self.hasSeconds ? Self.padded(self.time.second, to: 2) : ""
        let ids = "fn=\(self.fn)&i=\(self.documentNumber)&fp=\(self.fiscalSign)&n=\(self.sign)"
        return "t=\(day)T\(minute)\(second)&s=\(self.total.text)&\(ids)"
    }

    private static func padded(_ number: Int, to count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}

/// Why a text is no QR text of a receipt.
public struct QRError: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [QRReading.Problem]
    public var description: String { self.problems.map(\.description).joined(separator: "; ") }
}
