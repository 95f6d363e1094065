/// The 23 rows of `eetin.txt` in their order; rows carry no names, position alone gives the meaning.
public enum EETInRow: Int, Sendable, Hashable, CaseIterable {
    case prvni_zaslani = 1
    case overeni
    case dic_popl
    case dic_poverujiciho
    case id_provoz
    case id_pokl
    case porad_cis
    case dat_trzba
    case celk_trzba
    case zakl_nepodl_dph
    case zakl_dan1
    case dan1
    case zakl_dan2
    case dan2
    case zakl_dan3
    case dan3
    case cest_sluz
    case pouzit_zboz1
    case pouzit_zboz2
    case pouzit_zboz3
    case urceno_cerp_zuct
    case cerp_zuct
    case rezim

    /// The name that the module's documentation gives the row. It differs from the wire's in `dat_trzba`
    /// (`dat_trzby` there), and from edition v4's in rows 3 to 5.
    public var name: String { String(describing: self) }

    /// The row of an optional amount.
    public init(_ amount: SaleAmount) {
        self =
            switch amount {
            case .zakl_nepodl_dph: .zakl_nepodl_dph
            case .zakl_dan1: .zakl_dan1
            case .dan1: .dan1
            case .zakl_dan2: .zakl_dan2
            case .dan2: .dan2
            case .zakl_dan3: .zakl_dan3
            case .dan3: .dan3
            case .cest_sluz: .cest_sluz
            case .pouzit_zboz1: .pouzit_zboz1
            case .pouzit_zboz2: .pouzit_zboz2
            case .pouzit_zboz3: .pouzit_zboz3
            case .urceno_cerp_zuct: .urceno_cerp_zuct
            case .cerp_zuct: .cerp_zuct
            }
    }

    /// The row whose value goes into an attribute of `Data` or `Hlavicka` of either edition; nil for one that no row
    /// feeds.
    public init?(wireName: String) {
        switch wireName {
        case "eic_popl": self = .dic_popl
        case "eic_poverujiciho": self = .dic_poverujiciho
        case "id_jednotky": self = .id_provoz
        case "dat_trzby": self = .dat_trzba
        case "dat_trzba": return nil
        default:
            guard let row = Self.allCases.first(where: { $0.name == wireName }) else { return nil }
            self = row
        }
    }
}
