import OFDKazProtocol
import Testing

@Suite("Version numbers of the protocol")
struct EditionTests {
    @Test(
        "X.Y.Z is X*100 + Y*10 + Z",
        arguments: [("1.0.1", 101), ("1.2.5", 125), ("1.9.4", 194), ("2.0.0", 200), ("2.0.3", 203)]
            as [(String, UInt16)])
    func numbers(text: String, number: UInt16) throws {
        let edition = try #require(Edition(text))
        #expect(edition.rawValue == number)
        #expect(edition.description == text)
    }

    @Test(
        "Y and Z are single digits, and 0 is no version", arguments: ["1.10.0", "1.0.10", "0.0.0", "2.0", "2.0.x", ""])
    func refusedTexts(text: String) {
        #expect(Edition(text) == nil)
    }

    @Test("Every number from 100 has exactly one spelling, and reads back from it")
    func everyNumber() throws {
        #expect(Edition(rawValue: 0) == nil)
        #expect(Edition(rawValue: 99) == nil)
        for number in UInt16(100)...UInt16.max {
            let edition = try #require(Edition(rawValue: number))
            guard number < 65500 else { continue }
            #expect(Edition(edition.description) == edition)
        }
    }

    @Test("The number after 1.3.9 is 1.4.0, and 1.9.4 comes before 2.0.0")
    func order() throws {
        #expect(try #require(Edition("1.3.9")?.next) == Edition("1.4.0"))
        #expect(try #require(Edition("1.9.4")) < #require(Edition("2.0.0")))
    }

    @Test("Only another X is incompatible")
    func compatibility() throws {
        #expect(Edition.v203.isCompatible(with: .v204))
        #expect(try Edition.v203.isCompatible(with: #require(Edition("2.1.0"))))
        #expect(try !Edition.v203.isCompatible(with: #require(Edition("3.0.3"))))
        #expect(try !Edition.v203.isCompatible(with: #require(Edition("1.2.5"))))
    }
}
