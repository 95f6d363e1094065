/// The taxation system of a receipt (`TaxMode`, FFD tag 1055; section 2.1 of the source document, which is missing
/// there: the bits are those of the fiscal data format).
///
/// A bit mask on the wire, but a receipt belongs to one system: what is sent is one of the six bits, or nothing where
/// the device knows one system only (decision F16).
public struct TaxMode: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// ОСН: the general system.
    public static let general = Self(rawValue: 1)
    /// УСН доход: simplified, on income.
    public static let simplifiedIncome = Self(rawValue: 2)
    /// УСН доход − расход: simplified, on income minus expenses.
    public static let simplifiedIncomeMinusExpenses = Self(rawValue: 4)
    /// ЕНВД: imputed income. Abolished on 1 January 2021; known, and warned of.
    public static let imputedIncome = Self(rawValue: 8)
    /// ЕСХН: agricultural.
    public static let agricultural = Self(rawValue: 16)
    /// Патент
    public static let patent = Self(rawValue: 32)

    /// The usual abbreviation, or nil for a number that is none of the six.
    public var words: String? {
        switch self {
        case .general: "ОСН"
        case .simplifiedIncome: "УСН доход"
        case .simplifiedIncomeMinusExpenses: "УСН доход − расход"
        case .imputedIncome: "ЕНВД"
        case .agricultural: "ЕСХН"
        case .patent: "патент"
        default: nil
        }
    }
}

extension TaxMode: CaseIterable {
    /// The six bits, in ascending order.
    public static var allCases: [Self] { [1, 2, 4, 8, 16, 32].map { Self(rawValue: $0) } }
}
