/// For whom the seller acts (`AgentModes` of a line, `PaymentAgentModes` of the whole document, FFD tag 1057; section
/// 2.6 of the source document, which is missing there: the bits are those of the fiscal data format).
///
/// Empty means that nobody acts for anybody; it is not written. What is sent is a mask of 1 to 127 (decision F16).
public struct AgentModes: OptionSet, Sendable, Hashable {
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Банковский платёжный агент
    public static let bankPaymentAgent = Self(rawValue: 1)
    /// Банковский платёжный субагент
    public static let bankPaymentSubagent = Self(rawValue: 2)
    /// Платёжный агент
    public static let paymentAgent = Self(rawValue: 4)
    /// Платёжный субагент
    public static let paymentSubagent = Self(rawValue: 8)
    /// Поверенный
    public static let attorney = Self(rawValue: 16)
    /// Комиссионер
    public static let commissionAgent = Self(rawValue: 32)
    /// Иной агент
    public static let otherAgent = Self(rawValue: 64)

    /// The wordings of the bits that are set, in ascending order; bits that are not in the table have none.
    public var words: [String] {
        Self.table.filter { self.contains($0.mode) }.map(\.words)
    }

    static let range: ClosedRange<Int64> = 0...127

    private static let table: [(mode: Self, words: String)] = [
        (.bankPaymentAgent, "банковский платёжный агент"), (.bankPaymentSubagent, "банковский платёжный субагент"),
        (.paymentAgent, "платёжный агент"), (.paymentSubagent, "платёжный субагент"), (.attorney, "поверенный"),
        (.commissionAgent, "комиссионер"), (.otherAgent, "иной агент"),
    ]
}
