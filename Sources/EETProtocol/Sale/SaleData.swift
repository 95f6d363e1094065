public import FiscalCore

/// The attributes of the element `Data`, checked against the schema of an edition: what is signed and sent.
///
/// Kept with the sale and repeated unchanged by every resend.
public struct SaleData: Sendable, Hashable {
    public let edition: Edition
    public let attributes: WireAttributes

    /// Exactly these attributes, in their wire spelling.
    /// - Throws: ``InvalidField`` for a missing, unknown or malformed attribute.
    public init(attributes: WireAttributes, edition: Edition) throws(InvalidField) {
        try AttributeTable.data(edition).check(attributes)
        self.edition = edition
        self.attributes = attributes
    }

    /// The attributes of a typed sale.
    /// - Parameter certificateDIC: the number in the taxpayer's certificate; the sale's own must equal it.
    /// - Throws: ``InvalidField``: a rule of the schema, a field that the edition does not have, an amount that is
    ///   not in crowns, or a number other than the certificate's.
    public init(_ sale: Sale, edition: Edition, certificateDIC: DIC?) throws(InvalidField) {
        let names = WireNames(edition)
        guard let dic = sale.dic ?? certificateDIC else {
            throw InvalidField(names.taxpayer, .required, limit: "of the sale, or as CN of the certificate")
        }
        if let certificateDIC, dic != certificateDIC {
            throw InvalidField(names.taxpayer, .consistency, limit: "the number in the certificate")
        }
        var values: [String: String] = [
            names.taxpayer: dic.text,
            names.premises: String(sale.premises),
            "id_pokl": sale.till,
            "porad_cis": sale.number,
            "dat_trzby": sale.date.iso8601Seconds,
            "celk_trzba": try Self.text(sale.total, field: "celk_trzba"),
        ]
        values[names.appointing] = sale.appointingDIC?.text
        for (name, amount) in sale.amounts { values[name.rawValue] = try Self.text(amount, field: name.rawValue) }
        switch edition {
        case .v3:
            if sale.appointedByMany != nil {
                throw InvalidField("povereni_vice_popl", .notAllowed, limit: "edition v4 only")
            }
            values["rezim"] = sale.regime.wireValue
        case .v4:
            if case .simplified = sale.regime { throw InvalidField("rezim", .notAllowed, limit: "edition v3 only") }
            values["povereni_vice_popl"] = sale.appointedByMany.map { $0 ? "true" : "false" }
        }
        try self.init(attributes: WireAttributes(values), edition: edition)
    }

    private static func text(_ amount: Money, field: String) throws(InvalidField) -> String {
        guard amount.currency == .czk else { throw InvalidField(field, .oneOf, limit: "CZK") }
        return amount.text
    }
}

extension SaleData {
    /// The taxpayer's number as sent.
    public var taxpayer: String { self.required(WireNames(self.edition).taxpayer) }
    /// The premises as sent.
    public var premises: String { self.required(WireNames(self.edition).premises) }
    /// The cash register as sent.
    public var till: String { self.required("id_pokl") }
    /// The receipt number as sent.
    public var number: String { self.required("porad_cis") }
    /// The time of the sale as sent.
    public var date: String { self.required("dat_trzby") }
    /// The total as sent.
    public var total: String { self.required("celk_trzba") }
    /// Whether the sale is in the simplified regime.
    public var isSimplified: Bool { self.attributes["rezim"] == "1" }

    /// The instant of the sale.
    public var instant: FiscalInstant {
        OffsetDateTime(iso8601Seconds: self.date)?.instant ?? FiscalInstant(millisecondsSinceEpoch: 0)
    }

    /// Which sale this is, whatever its amounts.
    public var identity: SaleIdentity {
        SaleIdentity(
            taxpayer: self.taxpayer, premises: self.premises, till: self.till, number: self.number,
            instant: self.instant)
    }

    /// A value made valid by `init`, which demands all attributes asked for here.
    private func required(_ name: String) -> String { self.attributes[name] ?? "" }
}

/// The attributes that carry other names in each edition.
struct WireNames {
    var taxpayer: String
    var appointing: String
    var premises: String

    init(_ edition: Edition) {
        switch edition {
        case .v3: (self.taxpayer, self.appointing, self.premises) = ("dic_popl", "dic_poverujiciho", "id_provoz")
        case .v4: (self.taxpayer, self.appointing, self.premises) = ("eic_popl", "eic_poverujiciho", "id_jednotky")
        }
    }
}
