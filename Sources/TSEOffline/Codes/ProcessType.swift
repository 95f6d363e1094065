/// What a transaction of the TSE holds (DSFinV-K, annex I). Open: a TSE signs any name exactly as it is written.
public struct ProcessType: RawRepresentable, Sendable, Hashable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A receipt; its data are ``ProcessData``.
    public static let receipt = Self(rawValue: "Kassenbeleg-V1")
    /// An order at a table; its data are ``OrderData``.
    public static let order = Self(rawValue: "Bestellung-V1")
    /// Anything else that is worth a signature; the data are free text.
    public static let other = Self(rawValue: "SonstigerVorgang")
}

extension ProcessType: CustomStringConvertible {
    public var description: String { self.rawValue }
}
