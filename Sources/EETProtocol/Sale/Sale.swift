public import FiscalCore

/// One sale as a till knows it. A value of this type is complete; whether it fits an edition is checked when its
/// ``SaleData`` is made, before anything is signed, kept or sent.
///
/// A cancellation or refund is an ordinary sale with negative amounts; the authority links it to nothing.
public struct Sale: Sendable, Hashable {
    /// The taxpayer's number (`dic_popl`, v4 `eic_popl`); nil takes the one of the certificate.
    public var dic: DIC?
    /// The number of the taxpayer on whose behalf the sale is reported (`dic_poverujiciho`, v4 `eic_poverujiciho`).
    public var appointingDIC: DIC?
    /// v4 only: the sale is reported on behalf of several taxpayers (`povereni_vice_popl`).
    public var appointedByMany: Bool?
    /// The premises (`id_provoz` 1…999999, v4 `id_jednotky` 1…999999999).
    public var premises: Int
    /// The cash register (`id_pokl`): 1 to 20 characters of `0-9 a-z A-Z . , : ; / # - _` and space.
    public var till: String
    /// The serial number of the receipt (`porad_cis`): 1 to 25 of the same characters.
    public var number: String
    /// When the sale was made (`dat_trzby`), to the second, with offset.
    public var date: OffsetDateTime
    /// The total in crowns (`celk_trzba`), |total| < 100,000,000.00.
    public var total: Money
    /// The other amounts. Absent is "not stated"; an explicit zero is sent as `0.00`.
    public var amounts: [SaleAmount: Money]
    /// When it has to be reported. v3 only; v4 knows but the regular one.
    public var regime: Regime

    public init(
        dic: DIC? = nil, appointingDIC: DIC? = nil, appointedByMany: Bool? = nil, premises: Int, till: String,
        number: String, date: OffsetDateTime, total: Money, amounts: [SaleAmount: Money] = [:],
        regime: Regime = .regular
    ) {
        self.dic = dic
        self.appointingDIC = appointingDIC
        self.appointedByMany = appointedByMany
        self.premises = premises
        self.till = till
        self.number = number
        self.date = date
        self.total = total
        self.amounts = amounts
        self.regime = regime
    }

    /// A sale from texts as they stand on a receipt: `at` as `2016-08-05T00:30:12+02:00`, amounts as `34113.00`.
    /// - Throws: ``InvalidField`` naming `dat_trzby` or the amount that cannot be read.
    public init(
        premises: Int, till: String, number: String, at date: String, total: String,
        amounts: [SaleAmount: String] = [:], regime: Regime = .regular
    ) throws(InvalidField) {
        guard let date = OffsetDateTime(iso8601Seconds: date) else {
            throw InvalidField("dat_trzby", .pattern, limit: "yyyy-MM-ddTHH:mm:ss and Z or ±hh:mm, a real date")
        }
        var parsed: [SaleAmount: Money] = [:]
        for (name, text) in amounts { parsed[name] = try Self.crowns(text, field: name.rawValue) }
        self.init(
            premises: premises, till: till, number: number, date: date,
            total: try Self.crowns(total, field: "celk_trzba"), amounts: parsed, regime: regime)
    }

    private static func crowns(_ text: String, field: String) throws(InvalidField) -> Money {
        try AttributeRule.amount.check(text, field: field)
        do { return try Money(parsing: text, currency: .czk) } catch {
            throw InvalidField(field, .pattern, limit: "two decimals")
        }
    }
}
