/// The sign of the way of settlement (`PayAttribute`, FFD tag 1214; section 2.2 of the source document, which is
/// missing there: the values are those of the fiscal data format, order ЕД-7-20/662@).
///
/// Open, because answers keep numbers that nobody has documented; what is sent is one of the seven.
public struct PayAttribute: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Предоплата 100 %: paid in full before the goods are handed over.
    public static let fullPrepayment = Self(rawValue: 1)
    /// Предоплата: paid in part before the goods are handed over.
    public static let prepayment = Self(rawValue: 2)
    /// Аванс: the device leaves the name of the goods out of the document.
    public static let advance = Self(rawValue: 3)
    /// Полный расчёт: paid in full when the goods are handed over.
    public static let fullPayment = Self(rawValue: 4)
    /// Частичный расчёт и кредит: handed over, paid in part.
    public static let partPaymentAndCredit = Self(rawValue: 5)
    /// Передача в кредит: handed over, nothing paid.
    public static let onCredit = Self(rawValue: 6)
    /// Оплата кредита: must be the only line of the receipt.
    public static let creditRepayment = Self(rawValue: 7)

    /// The wording of the fiscal data format, or nil for a number that is not in its table.
    public var words: String? {
        switch self {
        case .fullPrepayment: "предоплата 100%"
        case .prepayment: "предоплата"
        case .advance: "аванс"
        case .fullPayment: "полный расчёт"
        case .partPaymentAndCredit: "частичный расчёт и кредит"
        case .onCredit: "передача в кредит"
        case .creditRepayment: "оплата кредита"
        default: nil
        }
    }
}

extension PayAttribute: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { (1...7).map { Self(rawValue: $0) } }
}
