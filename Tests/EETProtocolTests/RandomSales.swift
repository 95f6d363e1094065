import EETProtocol
import FiscalCore
import FiscalTestSupport

/// Sales that use the whole width of what the schema allows, the same ones in every run.
struct RandomSales {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        self.generator = SeededGenerator(seed: seed)
    }

    /// Attributes of `Data` for a taxpayer.
    mutating func data(_ edition: Edition, taxpayer: String) throws -> SaleData {
        var values = [
            "id_pokl": self.identifier(20), "porad_cis": self.identifier(25), "dat_trzby": self.date(),
            "celk_trzba": self.amount(),
        ]
        values[edition == .v3 ? "dic_popl" : "eic_popl"] = taxpayer
        let unit = Int.random(in: 1...(edition == .v3 ? 999_999 : 999_999_999), using: &self.generator)
        values[edition == .v3 ? "id_provoz" : "id_jednotky"] = String(unit)
        if Bool.random(using: &self.generator) {
            values[edition == .v3 ? "dic_poverujiciho" : "eic_poverujiciho"] = "CZ683555118"
        }
        for amount in SaleAmount.allCases
        where (edition == .v3 || amount.existsInV4) && Bool.random(using: &self.generator) {
            values[amount.rawValue] = self.amount()
        }
        if edition == .v3 { values["rezim"] = Bool.random(using: &self.generator) ? "1" : "0" }
        if edition == .v4, Bool.random(using: &self.generator) { values["povereni_vice_popl"] = "false" }
        return try SaleData(attributes: WireAttributes(values), edition: edition)
    }

    mutating func header(uuid: String) throws -> Hlavicka {
        var values = [
            "uuid_zpravy": uuid, "dat_odesl": self.date(),
            "prvni_zaslani": ["true", "false", "1", "0"].randomElement(using: &self.generator) ?? "true",
        ]
        if Bool.random(using: &self.generator) { values["overeni"] = "true" }
        return try Hlavicka(attributes: WireAttributes(values))
    }

    private mutating func identifier(_ longest: Int) -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,:;/#-_ ")
        let length = Int.random(in: 1...longest, using: &self.generator)
        return String((0..<length).map { _ in alphabet.randomElement(using: &self.generator) ?? "0" })
    }

    private mutating func amount() -> String {
        let hellers = Int.random(in: -9_999_999_999...9_999_999_999, using: &self.generator)
        let value = Bool.random(using: &self.generator) ? hellers : hellers % 1000
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return "\(value < 0 ? "-" : "")\(padded.dropLast(2)).\(padded.suffix(2))"
    }

    private mutating func date() -> String {
        func two(_ range: ClosedRange<Int>) -> String {
            let number = Int.random(in: range, using: &self.generator)
            return number < 10 ? "0\(number)" : "\(number)"
        }
        let offset = ["Z", "+01:00", "+02:00", "-05:30"].randomElement(using: &self.generator) ?? "Z"
        return "20\(two(15...30))-\(two(1...12))-\(two(1...28))T\(two(0...23)):\(two(0...59)):\(two(0...59))\(offset)"
    }
}
