import EETProtocol
import FiscalCore
import Testing

@Suite("The data of a sale are checked against the schema before anything is signed")
struct SaleDataTests {
    /// A message of v3 with every attribute, which the schema accepts.
    static let whole = [
        "dic_popl": "CZ1212121218", "dic_poverujiciho": "CZ683555118", "id_provoz": "273", "id_pokl": "/5546/RO24",
        "porad_cis": "0/6460/ZQ42", "dat_trzby": "2016-08-05T00:30:12+02:00", "celk_trzba": "34113.00",
        "zakl_nepodl_dph": "3036.00", "zakl_dan1": "-820.92", "dan1": "-172.39", "zakl_dan2": "-3538.20",
        "dan2": "-530.73", "zakl_dan3": "9756.46", "dan3": "975.65", "cest_sluz": "5460.00",
        "pouzit_zboz1": "784.00", "pouzit_zboz2": "967.00", "pouzit_zboz3": "189.00", "urceno_cerp_zuct": "324.00",
        "cerp_zuct": "679.00", "rezim": "0",
    ]

    static let wholeV4 = [
        "eic_popl": "CZ00000019", "eic_poverujiciho": "CZ683555118", "povereni_vice_popl": "true",
        "id_jednotky": "999999999", "id_pokl": "1", "porad_cis": "1", "dat_trzby": "2027-01-01T10:00:00+01:00",
        "celk_trzba": "1.00", "urceno_cerp_zuct": "0.00", "cerp_zuct": "0.00",
    ]

    @Test("Every attribute of both editions at once is accepted")
    func everything() throws {
        #expect(try SaleData(attributes: WireAttributes(Self.whole), edition: .v3).attributes.dictionary == Self.whole)
        let v4 = try SaleData(attributes: WireAttributes(Self.wholeV4), edition: .v4)
        #expect(v4.attributes.dictionary == Self.wholeV4)
    }

    static let required: [(Edition, String)] =
        ["dic_popl", "id_provoz", "id_pokl", "porad_cis", "dat_trzby", "celk_trzba", "rezim"].map { (.v3, $0) }
        + ["eic_popl", "id_jednotky", "id_pokl", "porad_cis", "dat_trzby", "celk_trzba"].map { (.v4, $0) }

    @Test("A missing obligatory attribute is refused by name, a missing optional one is not", arguments: required)
    func obligatory(_ edition: Edition, _ name: String) throws {
        var values = edition == .v3 ? Self.whole : Self.wholeV4
        values[name] = nil
        let error = #expect(throws: InvalidField.self) {
            try SaleData(attributes: WireAttributes(values), edition: edition)
        }
        #expect(error?.field == name)
        #expect(error?.rule == .required)
        for optional in values.keys where !Self.required.contains(where: { $0 == (edition, optional) }) {
            var fewer = edition == .v3 ? Self.whole : Self.wholeV4
            fewer[optional] = nil
            #expect(throws: Never.self) { try SaleData(attributes: WireAttributes(fewer), edition: edition) }
        }
    }

    @Test("An attribute of the other edition, or of none, is refused by name")
    func foreign() {
        for (edition, values, name) in [
            (Edition.v3, Self.whole, "id_jednotky"), (.v4, Self.wholeV4, "rezim"), (.v4, Self.wholeV4, "zakl_dan1"),
            (.v4, Self.wholeV4, "dic_popl"), (.v3, Self.whole, "povereni_vice_popl"), (.v3, Self.whole, "neco"),
            (.v3, Self.whole, "dat_trzba"),
        ] {
            var more = values
            more[name] = "1"
            let error = #expect(throws: InvalidField.self) {
                try SaleData(attributes: WireAttributes(more), edition: edition)
            }
            #expect(error?.field == name)
            #expect(error?.rule == .notAllowed)
        }
    }

    /// Values at and beyond each limit; the second list must be refused by the name of the attribute.
    static let limits: [(name: String, good: [String], bad: [String])] = [
        (
            "dic_popl", ["CZ12345678", "CZ123456789", "CZ1234567890"],
            ["", "CZ1234567", "CZ12345678901", "cz12345678", "SK12345678", "CZ1234567a", " CZ12345678"]
        ),
        ("dic_poverujiciho", ["CZ12345678", "CZ1234567890"], ["", "CZ1234567", "1212121218"]),
        ("id_provoz", ["1", "273", "999999"], ["", "0", "1000000", "-1", "1.0", "01", "1 ", "١"]),
        (
            "id_pokl", ["1", "/5546/RO24", "a.,:;/#-_ 0123456789", "AZaz09.,:;/#-_ "],
            ["", "a.,:;/#-_ 01234567890", "č1", "A|1", "1\t2", "1+1", "\"", "&", "<"]
        ),
        (
            "porad_cis", ["1", "0/6460/ZQ42", "#135433c/11/2016 -_;:,.AZ"],
            ["", "#135433c/11/2016 -_;:,.AZ1", "č", "(1)"]
        ),
        (
            "dat_trzby",
            [
                "2016-11-09T04:25:28+01:00", "2016-11-09T04:25:28Z", "2016-02-29T23:59:59-14:00",
                "2016-11-09T04:25:28+14:00",
            ],
            [
                "", "2016-11-09T04:2528+01:00", "9.11.2016", "2016-11-09T04:25:28", "2016-11-09T04:25:28.5+01:00",
                "2015-02-29T10:00:00Z", "2016-13-01T10:00:00Z", "2016-11-31T10:00:00Z", "2016-11-09T24:00:00Z",
                "2016-11-09T10:60:00Z", "2016-11-09T10:00:60Z", "2016-11-09 10:00:00Z", "2016-11-09T10:00:00+0100",
                "2016-11-09T10:00:00+14:01", "2016-11-09T10:00:00z", "2016-11-09T10:00:00Z ",
            ]
        ),
        (
            "celk_trzba", ["0.00", "-0.01", "99999999.99", "-99999999.99", "0.10", "10.00"],
            [
                "", "020.45", ".20", "-0.00", "100", "1,00", "1.0", "1.000", "+1.00", "100000000.00",
                "-100000000.00", "1e2", "--1.00", "1 000.00", "-.50", "-", "0.-1",
            ]
        ),
        ("zakl_dan1", ["0.00", "-820.92"], ["", "0", "-0.00", "1,00"]),
        ("rezim", ["0", "1"], ["", "2", "00", "true", "-0"]),
    ]

    @Test("Each attribute of v3 is accepted at its limits and refused beyond them", arguments: limits.indices)
    func eachAttribute(_ index: Int) throws {
        let (name, good, bad) = Self.limits[index]
        for value in good {
            var values = Self.whole
            values[name] = value
            #expect(throws: Never.self, "\(name)=\(value)") {
                try SaleData(attributes: WireAttributes(values), edition: .v3)
            }
        }
        for value in bad {
            var values = Self.whole
            values[name] = value
            let error = #expect(throws: InvalidField.self, "\(name)=\(value)") {
                try SaleData(attributes: WireAttributes(values), edition: .v3)
            }
            #expect(error?.field == name)
            #expect(error?.limit.isEmpty == false)
        }
    }

    @Test("The unit of v4 has nine digits, its flag is a boolean")
    func unitOfV4() {
        for (name, value, isGood) in [
            ("id_jednotky", "1", true), ("id_jednotky", "1000000", true), ("id_jednotky", "1000000000", false),
            ("id_jednotky", "0", false), ("povereni_vice_popl", "0", true), ("povereni_vice_popl", "TRUE", false),
        ] {
            var values = Self.wholeV4
            values[name] = value
            let data = try? SaleData(attributes: WireAttributes(values), edition: .v4)
            #expect((data != nil) == isGood, "\(name)=\(value)")
        }
    }

    @Test("A typed sale becomes the attributes that the wire wants; absent amounts stay absent, a zero is sent")
    func typed() throws {
        var sale = try Sale(
            premises: 273, till: "/5546/RO24", number: "0/6460/ZQ42", at: "2016-08-05T00:30:12+02:00", total: "0.00",
            amounts: [.zakl_dan1: "0.00", .dan1: "-21.00"])
        sale.appointingDIC = try DIC("CZ683555118")
        let data = try SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218"))
        #expect(
            data.attributes.dictionary == [
                "dic_popl": "CZ1212121218", "dic_poverujiciho": "CZ683555118", "id_provoz": "273",
                "id_pokl": "/5546/RO24", "porad_cis": "0/6460/ZQ42", "dat_trzby": "2016-08-05T00:30:12+02:00",
                "celk_trzba": "0.00", "zakl_dan1": "0.00", "dan1": "-21.00", "rezim": "0",
            ])
    }

    @Test("A typed sale of v4 uses the names of v4")
    func typedV4() throws {
        var sale = try Sale(
            premises: 1_000_000, till: "1", number: "1", at: "2027-01-01T10:00:00+01:00", total: "1.00",
            amounts: [.cerp_zuct: "0.50"])
        sale.appointedByMany = false
        let data = try SaleData(sale, edition: .v4, certificateDIC: DIC("CZ00000019"))
        #expect(
            data.attributes.dictionary == [
                "eic_popl": "CZ00000019", "id_jednotky": "1000000", "id_pokl": "1", "porad_cis": "1",
                "dat_trzby": "2027-01-01T10:00:00+01:00", "celk_trzba": "1.00", "cerp_zuct": "0.50",
                "povereni_vice_popl": "false",
            ])
    }

    @Test("The simplified regime of a typed sale needs a declared permit, and v4 does not have it")
    func simplified() throws {
        // Without a permit there is no way to say it: the case carries the permit.
        let regime = Regime.simplified(SimplifiedRegimePermit(reference: "č.j. 123/2016"))
        let sale = try Sale(
            premises: 1, till: "1", number: "1", at: "2016-08-05T00:30:12+02:00", total: "1.00", regime: regime)
        #expect(try SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218")).attributes["rezim"] == "1")
        let error = #expect(throws: InvalidField.self) {
            try SaleData(sale, edition: .v4, certificateDIC: DIC("CZ1212121218"))
        }
        #expect(error?.field == "rezim")
    }

    @Test("A sale under another number than the certificate's is refused, one without any number too")
    func foreignTaxpayer() throws {
        var sale = try Sale(premises: 1, till: "1", number: "1", at: "2016-08-05T00:30:12+02:00", total: "1.00")
        #expect(throws: InvalidField("dic_popl", .required, limit: "of the sale, or as CN of the certificate")) {
            try SaleData(sale, edition: .v3, certificateDIC: nil)
        }
        sale.dic = try DIC("CZ683555118")
        let error = #expect(throws: InvalidField.self) {
            try SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218"))
        }
        #expect(error?.field == "dic_popl")
        #expect(error?.rule == .consistency)
        #expect(try SaleData(sale, edition: .v3, certificateDIC: nil).taxpayer == "CZ683555118")
    }

    @Test("Amounts are in crowns; another currency is refused")
    func currency() throws {
        var sale = try Sale(premises: 1, till: "1", number: "1", at: "2016-08-05T00:30:12+02:00", total: "1.00")
        sale.amounts[.dan1] = try Money(parsing: "1.00", currency: .eur)
        let error = #expect(throws: InvalidField.self) {
            try SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218"))
        }
        #expect(error?.field == "dan1")
    }

    @Test("Bases and taxes need not add up to the total: it is sent, and the caller can see it")
    func sumsAreNotChecked() throws {
        func differs(_ amounts: [SaleAmount: String]) throws -> Bool {
            let sale = try Sale(
                premises: 1, till: "1", number: "1", at: "2016-08-05T00:30:12+02:00", total: "100.00",
                amounts: amounts)
            #expect(throws: Never.self) { try SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218")) }
            return sale.breakdownDiffers
        }
        #expect(try differs([.zakl_dan1: "60.00"]))
        #expect(try differs([.zakl_dan1: "60.00", .dan1: "40.01"]))
        #expect(try !differs([.zakl_dan1: "82.64", .dan1: "17.36", .cerp_zuct: "5.00"]))
        #expect(try !differs([.zakl_dan1: "77.64", .dan1: "17.36", .cerp_zuct: "5.00"]))
        #expect(try !differs([.cerp_zuct: "5.00"]))
    }

    @Test("The same sale with another amount, or another spelling of its time, has the same identity")
    func identity() throws {
        func data(_ change: [String: String]) throws -> SaleData {
            try SaleData(
                attributes: WireAttributes(Self.whole.merging(change) { $1 }), edition: .v3)
        }
        let first = try data([:]).identity
        #expect(try data(["celk_trzba": "1.00", "rezim": "1"]).identity == first)
        #expect(try data(["dat_trzby": "2016-08-04T22:30:12Z"]).identity == first)
        for change in [
            ["dic_popl": "CZ683555118"], ["id_provoz": "274"], ["id_pokl": "x"], ["porad_cis": "x"],
            ["dat_trzby": "2016-08-05T00:30:13+02:00"],
        ] {
            #expect(try data(change).identity != first, "\(change)")
        }
    }
}
