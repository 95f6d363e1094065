import FiscalCore
import Testing

@Suite struct MoneyArithmeticTests {
    private func czk(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: .czk) }

    private func expect(
        _ code: MoneyError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any
    ) {
        let error = #expect(throws: MoneyError.self, sourceLocation: sourceLocation) { _ = try body() }
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }

    @Test("A receipt adds up, and its return is the same with the other sign")
    func receipt() throws {
        let lines = [czk(1999), czk(1), czk(250)]
        #expect(try Money.sum(lines, in: .czk) == czk(2250))
        #expect(try Money.sum([], in: .czk) == .zero(.czk))
        #expect(try czk(1000) - czk(2250) == czk(-1250))
        #expect(try czk(2250).negated() == czk(-2250))
        #expect(try czk(125) * -3 == czk(-375))
    }

    @Test("What does not fit is an error, at both ends, never a trap or another number")
    func overflow() {
        expect(.overflow) { try czk(.max) + czk(1) }
        expect(.overflow) { try czk(.min) + czk(-1) }
        expect(.overflow) { try czk(.min) - czk(1) }
        expect(.overflow) { try czk(0) - czk(.min) }
        expect(.overflow) { try czk(.min).negated() }
        expect(.overflow) { try czk(.max) * 2 }
        expect(.overflow) { try czk(.min) * -1 }
        expect(.overflow) { try Money.sum([czk(.max), czk(1)], in: .czk) }
    }

    @Test("Amounts of two currencies are unequal and cannot be added or ordered")
    func currencies() throws {
        let koruna = czk(1), euro = Money(minorUnits: 1, currency: .eur)
        #expect(koruna != euro)
        expect(.currencyMismatch) { try koruna + euro }
        expect(.currencyMismatch) { try koruna - euro }
        expect(.currencyMismatch) { try koruna < euro }
        expect(.currencyMismatch) { try koruna >= euro }
        expect(.currencyMismatch) { try Money.sum([koruna], in: .eur) }
        #expect(throws: MoneyError.self) { try koruna > euro }
    }

    @Test("Amounts of one currency are ordered by their size")
    func order() throws {
        #expect(try czk(-1) < czk(0))
        #expect(try czk(0) <= czk(0))
        #expect(try czk(1) > czk(0))
        #expect(try czk(0) >= czk(0))
        #expect(try !(czk(0) < czk(0)))
        #expect(try !(czk(0) > czk(0)))
    }

    @Test("An error says what was asked for, without the amounts")
    func description() {
        let error = #expect(throws: MoneyError.self) { try czk(.max) + czk(.max) }
        #expect(error?.description == "money: overflow: sum in CZK")
    }
}

@Suite struct CurrencyTests {
    @Test("The currencies of the five systems have two digits and are found by their code")
    func table() throws {
        for code in ["CZK", "KZT", "PLN", "EUR", "RUB"] {
            let currency = try #require(Currency(code: code))
            #expect(currency.code == code)
            #expect(currency.minorDigits == 2)
            #expect(try Currency(code: code, minorDigits: 2) == currency)
        }
        #expect(Currency(code: "XXX") == nil)
        #expect(Currency(code: "czk") == nil)
    }

    @Test("Other currencies can be made, of three capital letters and at most four digits")
    func open() throws {
        #expect(try Currency(code: "CLF", minorDigits: 4).description == "CLF")
        for code in ["", "EU", "EURO", "eur", "E1R", "ÉUR", "ЕUR"] {
            expectInvalid("currency", .pattern) { try Currency(code: code, minorDigits: 2) }
        }
        for digits in [-1, 5, .max] {
            expectInvalid("currency.minorDigits", .range) { try Currency(code: "EUR", minorDigits: digits) }
        }
    }
}
