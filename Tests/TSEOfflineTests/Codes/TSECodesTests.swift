import TSEOffline
import Testing

@Suite("Tables of the German fiscal service") struct TSECodesTests {
    @Test("countries by their numbers; an unlisted one survives")
    func countries() {
        #expect(
            FiscalCountry.names == [
                0: "Germany", 1: "Austria", 2: "France", 3: "Bulgaria", 7: "Poland", 9: "Italy", 18: "Spain",
            ])
        #expect(FiscalCountry.germany.isGermany)
        #expect(!FiscalCountry(number: 42).isGermany)
        #expect(FiscalCountry(number: 42).number == 42)
    }

    @Test("algorithms by the exact spelling of their names")
    func algorithms() {
        #expect(TSEAlgorithm.all.count == 16)
        #expect(Set(TSEAlgorithm.all.map(\.objectIdentifier)).count == 16)
        for name in ["ecdsa-plain-SHA256", "ecdsa-plain-SHA384", "ecdsa-plain-SHA512"] {
            #expect(TSEAlgorithm(name: name)?.signatureAlgorithm != nil)
        }
        #expect(TSEAlgorithm(name: "ecdsa-plain-SHA3-256")?.objectIdentifier == [0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 9])
        #expect(TSEAlgorithm(name: "ecsdsa-plain-SHA3-512")?.objectIdentifier == [0, 4, 0, 127, 0, 7, 1, 1, 4, 4, 8])
        #expect(TSEAlgorithm(name: "ecdsa-plain-SHA3-256")?.signatureAlgorithm == nil)
        #expect(TSEAlgorithm(name: "ECDSA-plain-SHA256") == nil)
    }
}
