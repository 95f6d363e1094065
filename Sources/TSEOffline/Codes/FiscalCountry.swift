/// The country that a fiscal response speaks for, as the service numbers them.
///
/// Open: a number outside ``names`` survives. The service writes the number, and in places the text `[9] = Italy`.
public struct FiscalCountry: Sendable, Hashable {
    /// The service's number; nil when the answer names a country by something that is no number.
    public let number: Int64?
    /// The English name: the table's, else the one in the answer; nil when neither has one.
    public let name: String?

    /// The country with this number.
    public init(number: Int64) {
        self.init(number: number, name: Self.names[number])
    }

    init(number: Int64?, name: String?) {
        self.number = number
        self.name = name
    }

    public static let germany = Self(number: 0)

    /// Whether the answer is one that this library can judge. By the number where there is one.
    public var isGermany: Bool {
        self.number.map { $0 == 0 } ?? (self.name?.lowercased() == "germany")
    }

    /// The numbers that the service's documentation names.
    public static let names: [Int64: String] = [
        0: "Germany", 1: "Austria", 2: "France", 3: "Bulgaria", 7: "Poland", 9: "Italy", 18: "Spain",
    ]
}

extension FiscalCountry: CustomStringConvertible {
    public var description: String { self.name ?? self.number.map { "country \($0)" } ?? "an unknown country" }
}
