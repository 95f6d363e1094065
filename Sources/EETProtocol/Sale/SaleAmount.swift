/// The optional amounts of a sale, by their names on the wire and in the order of the schema, which is also that of
/// rows 10 to 22 of `eetin.txt`.
public enum SaleAmount: String, Sendable, Hashable, Codable, CaseIterable {
    /// Supplies exempt from VAT and other supplies.
    case zakl_nepodl_dph
    /// Tax base at the basic rate.
    case zakl_dan1
    /// VAT at the basic rate.
    case dan1
    /// Tax base at the first reduced rate.
    case zakl_dan2
    /// VAT at the first reduced rate.
    case dan2
    /// Tax base at the second reduced rate.
    case zakl_dan3
    /// VAT at the second reduced rate.
    case dan3
    /// Total under the scheme for travel services.
    case cest_sluz
    /// Total under the scheme for used goods, basic rate.
    case pouzit_zboz1
    /// Total under the scheme for used goods, first reduced rate.
    case pouzit_zboz2
    /// Total under the scheme for used goods, second reduced rate.
    case pouzit_zboz3
    /// Payments meant for later drawing or settlement.
    case urceno_cerp_zuct
    /// Payments that are a later drawing or settlement.
    case cerp_zuct

    /// Whether edition v4 still has this amount; it dropped the VAT breakdown.
    public var existsInV4: Bool { self == .urceno_cerp_zuct || self == .cerp_zuct }
}
