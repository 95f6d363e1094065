/// The kind of a receipt (`DocumentType`, FFD tag 1054; source document, table 1 and section 2.7).
///
/// Open, because answers keep numbers that nobody has documented; what is sent is one of the four.
public struct DocumentType: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Приход: a sale.
    public static let income = Self(rawValue: 0)
    /// Расход: the seller pays the buyer.
    public static let expense = Self(rawValue: 1)
    /// Возврат прихода: a sale taken back.
    public static let returnOfIncome = Self(rawValue: 2)
    /// Возврат расхода: a payment to the buyer taken back.
    public static let returnOfExpense = Self(rawValue: 3)

    public static let all: [Self] = [.income, .expense, .returnOfIncome, .returnOfExpense]

    /// The sign of settlement in the QR text (`n`, and the value of tag 1054): another order than that of this field,
    /// not one more than it. Nil for a number that is none of the four.
    public var qrSign: Int? {
        switch self {
        case .income: 1
        case .returnOfIncome: 2
        case .expense: 3
        case .returnOfExpense: 4
        default: nil
        }
    }
}
