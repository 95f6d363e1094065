/// How a receipt is written. The spelling and the order of members are always those of the source document's sample.
public struct EncodingOptions: Sendable, Hashable {
    /// Whose numbering of VAT rates.
    public var dialect: FermaDialect
    /// Whether members without a value are written as the sample writes them: `Clientid ""`, `Cash 0`, `TaxMode 0`,
    /// `Place ""` and `FullResponse false`. By default they are left out.
    public var writesEmptyMembers: Bool

    public init(dialect: FermaDialect = .ferma, writesEmptyMembers: Bool = false) {
        self.dialect = dialect
        self.writesEmptyMembers = writesEmptyMembers
    }
}
