import FiscalCore
import Foundation
import Testing

@Suite struct DICTests {
    @Test(
        "CZ and 8 to 10 digits are a DIČ, whatever the digits",
        arguments: ["CZ00000019", "CZ1212121218", "CZ683555118", "CZ72080043", "CZ12345678", "CZ1234567890"])
    func accepted(text: String) throws {
        let dic = try DIC(text)
        #expect(dic.text == text)
        #expect(dic.description == text)
        #expect("CZ" + dic.digits == text)
    }

    @Test(
        "Anything else is refused, with the field as the document spells it",
        arguments: [
            "CZ1234567", "CZ12345678901", "cz12345678", "Cz12345678", "SK12345678", "12345678", "CZ", "CZ 12345678",
            "CZ12345678 ", "CZ1234567a", "CZ1234567٣", "CZ12345678\n", "ČZ12345678", "CZ-12345678", "CZ+1234567",
        ])
    func refused(text: String) {
        expectInvalid("dic_popl", .pattern) { try DIC(text) }
        expectInvalid("dic_poverujiciho", .pattern) { try DIC(text, field: "dic_poverujiciho") }
    }

    @Test("An absent DIČ is required")
    func absent() {
        expectInvalid("dic_popl", .required) { try DIC("") }
    }

    @Test(
        "The structure of published numbers is plausible, that of numbers with another last digit or day is not",
        arguments: [
            // The authority's playground taxpayers, the Financial Directorate, the Ministry of Finance.
            ("CZ00000019", true), ("CZ1212121218", true), ("CZ683555118", true), ("CZ72080043", true),
            ("CZ00006947", true),
            ("CZ00000018", false), ("CZ1212121219", false), ("CZ683555117", false), ("CZ92345678", false),
            // The samples of python-stdnum for legal entity, birth number, number without birth number.
            ("CZ25123891", true), ("CZ7103192745", true), ("CZ640903926", true), ("CZ991231123", true),
            ("CZ25123890", false), ("CZ7103192746", false), ("CZ1103492745", false), ("CZ590312123", false),
            ("CZ640903925", false),
        ])
    func structure(text: String, isPlausible: Bool) throws {
        #expect(try DIC(text).hasPlausibleStructure == isPlausible)
    }

    @Test("A changed digit of a number with check digit is noticed, whichever it is")
    func singleDigits() throws {
        for text in ["CZ00000019", "CZ7103192745"] {
            for position in 2..<text.count {
                for digit in "0123456789" {
                    var characters = Array(text)
                    guard characters[position] != digit else { continue }
                    characters[position] = digit
                    let changed = String(characters)
                    #expect(try DIC(changed).hasPlausibleStructure == false, "\(changed)")
                }
            }
        }
    }

    @Test(
        "Months count from 1, 21, 51 or 71; nine digits belong to years before 1954",
        arguments: [
            ("530101123", true), ("540101123", false), ("790101123", false), ("800101123", true), ("535112123", true),
            ("530001123", false), ("531301123", false), ("530229123", false), ("520229123", true), ("530100123", false),
        ])
    func birthdays(digits: String, isPlausible: Bool) throws {
        #expect(try DIC("CZ" + digits).hasPlausibleStructure == isPlausible)
    }
}

@Suite struct CheckedNumberTests {
    @Test("An IČO has 8 digits; the check digit is advice")
    func ico() throws {
        #expect(try ICO("72080043").hasValidCheckDigit)
        #expect(try ICO("00006947").hasValidCheckDigit)
        #expect(try ICO("72080044").hasValidCheckDigit == false)
        expectInvalid("ico", .length) { try ICO("7208004") }
        expectInvalid("ico", .length) { try ICO("720800430") }
        expectInvalid("ico", .pattern) { try ICO("7208004x") }
        expectInvalid("licence[2]", .required) { try ICO("", field: "licence[2]") }
    }

    @Test("A NIP has 10 digits without separators; the document's own example fails the check digit and is taken")
    func nip() throws {
        #expect(try NIP("3360002458").hasValidCheckDigit == false)
        // The Polish Ministry of Finance.
        #expect(try NIP("5260250274").hasValidCheckDigit)
        expectInvalid("taxpayerId", .length) { try NIP("336000245") }
        expectInvalid("taxpayerId", .length) { try NIP("33600024588") }
        expectInvalid("taxpayerId", .pattern) { try NIP("336-000-24-58") }
        expectInvalid("taxpayerId", .required) { try NIP("") }
    }

    @Test("A remainder of 10 is no check digit of a NIP")
    func nipWithoutCheckDigit() throws {
        // Weights 6 and 4 on the digits 1 and 1: 10.
        for last in 0...9 { #expect(try NIP("100001000\(last)").hasValidCheckDigit == false) }
    }

    @Test("An IIN or BIN has 12 digits and keeps its leading zeros; the check digit is advice")
    func iinBin() throws {
        #expect(try IINBIN("941240000193").hasValidCheckDigit)  // Kazakhtelecom
        #expect(try IINBIN("941240000194").hasValidCheckDigit == false)
        #expect(try IINBIN("000000000000").text == "000000000000")
        expectInvalid("customer_iin_or_bin", .length) { try IINBIN("94124000019") }
        expectInvalid("iin", .pattern) { try IINBIN("94124000019X", field: "iin") }
    }

    @Test("Where the first weights of an IIN give 10 the second ones decide, and where these give 10 nothing fits")
    func iinSecondWeights() throws {
        // 10th digit 1: the first weights give 10, the second 1 (weight 1).
        #expect(try IINBIN("000000000101").hasValidCheckDigit)
        #expect(try IINBIN("000000000100").hasValidCheckDigit == false)
        // 3rd and 7th digit 1: 3 + 7 = 10; then 5 + 9 = 14, which leaves 3.
        #expect(try IINBIN("001000100003").hasValidCheckDigit)
        // First 7 times 1, 1 times 3: 7 + 3 = 10; then 7 · 3 + 5 = 26, which leaves 4.
        #expect(try IINBIN("701000000004").hasValidCheckDigit)
        // 8th digit 4: 32 leaves 10; then 40 leaves 7.
        #expect(try IINBIN("000000040007").hasValidCheckDigit)
        // First digit 2, 7th digit 9: 65 leaves 10; then 87 leaves 10 again.
        for last in 0...9 { #expect(try IINBIN("20000090000\(last)").hasValidCheckDigit == false) }
    }

    @Test("An INN has 10 or 12 digits; check digits are one or two")
    func inn() throws {
        #expect(try INN("7707083893").hasValidCheckDigits)  // the supplier of Ferma's sample request
        #expect(try INN("7707083894").hasValidCheckDigits == false)
        #expect(try INN("500100732259").hasValidCheckDigits)
        #expect(try INN("500100732258").hasValidCheckDigits == false)
        #expect(try INN("500100732269").hasValidCheckDigits == false)
        #expect(INN.none.text == "000000000000")
        #expect(try INN("000000000000") == INN.none)
        expectInvalid("INN", .length) { try INN("77070838931") }
        expectInvalid("INN", .length) { try INN("770708389") }
        expectInvalid("Lines[0].ProviderData.INN", .pattern) {
            try INN("770708389A", field: "Lines[0].ProviderData.INN")
        }
    }

    @Test("Identifiers are stored as strings, and a stored one is checked when it is read")
    func stored() throws {
        let stored = try JSONEncoder().encode([try DIC("CZ1212121218")])
        #expect(String(decoding: stored, as: UTF8.self) == #"["CZ1212121218"]"#)
        #expect(try JSONDecoder().decode([DIC].self, from: stored) == [DIC("CZ1212121218")])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([DIC].self, from: Data(#"["CZ12"]"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([NIP].self, from: Data("[3360002458]".utf8)) }
    }
}
