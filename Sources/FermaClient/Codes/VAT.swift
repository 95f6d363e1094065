/// A VAT rate of a line (`Taxid`, FFD tag 1199).
///
/// Named, because its number depends on the dialect. Rates are not converted into each other, ever.
public enum VAT: Sendable, Hashable {
    /// НДС не облагается: not subject to VAT. Not the same as 0 %.
    case exempt
    /// НДС 0 %
    case rate0
    /// НДС 5 %
    case rate5
    /// НДС 7 %
    case rate7
    /// НДС 10 %
    case rate10
    /// НДС 20 %
    case rate20
    /// The VAT 5/105 inside the sum.
    case calculated5
    /// The VAT 7/107 inside the sum.
    case calculated7
    /// The VAT 10/110 inside the sum.
    case calculated10
    /// The VAT 20/120 inside the sum.
    case calculated20
    /// A number that the host knows from the operator, for a rate that has no documented one (22 % since 2026). It is
    /// sent as it is, and only when the ``VATTable`` of the rules has a row for it.
    case raw(Int64)

    /// The rates that the source document numbers, in its order.
    public static let documented: [Self] = [
        .exempt, .rate10, .rate20, .rate0, .calculated10, .calculated20, .rate5, .rate7, .calculated5, .calculated7,
    ]
}

extension VAT {
    /// The number on the wire, by the numbering of a dialect.
    public func number(_ dialect: FermaDialect) -> Int64 {
        if case .raw(let number) = self { return number }
        // Every other case has its row.
        return VATTable.standard[self]?.number(dialect) ?? 0
    }
}
