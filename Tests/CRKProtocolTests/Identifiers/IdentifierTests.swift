import CRKProtocol
import FiscalCore
import Testing

@Suite("Unique numbers, registration numbers and codes of commands")
struct CRKIdentifierTests {
    @Test("The document's own examples, and what they consist of")
    func examples() throws {
        let unit = try UniqueNumber("ZTE1701000901")
        #expect([unit.prefix, unit.year, unit.homologation, unit.serial] == ["ZTE", "17", "01", "000901"])
        let number = try RegistrationNumber("2017/000000101")
        #expect([number.year, number.number] == ["2017", "000000101"])
        let time = try #require(FiscalInstant(utcMilliseconds: "2017-08-14T16:50:03.342Z"))
        let id = CommandID(.mfp, unit, at: time)
        #expect(id.text == "MFP.ZTE1701000901.2017-08-14T16:50:03.342Z")
        #expect(id.text.utf8.count == 42)
        #expect(try CommandID(id.text) == id)
    }

    @Test(
        "A unique number is three capitals and ten digits, nothing else",
        arguments: [
            "ZTE170100090", "zte1701000901", "ZT11701000901", "ZTE1701000901\n", "", "ZTE17010009011", "ŻTE170100090",
            " ZTE170100090", "ZTE17010009O1", "ZTE1701000９01",
        ])
    func uniqueNumbers(text: String) {
        #expect(throws: InvalidField.self) { try UniqueNumber(text) }
        #expect(!IdentifierCheck(text).isValid)
    }

    @Test(
        "A registration number is a year, a slash and nine digits",
        arguments: ["2017/00000010", "2017-000000101", "17/000000101", "2017/0000001011", "2017/000000101\n", "/"])
    func registrationNumbers(text: String) {
        #expect(throws: InvalidField.self) { try RegistrationNumber(text) }
        #expect(!IdentifierCheck(text).isValid)
    }

    @Test(
        "A code of a command that is not one",
        arguments: [
            "mfp.ZTE1701000901.2017-08-14T16:50:03.342Z", "ABC.ZTE1701000901.2017-08-14T16:50:03.342Z",
            "MFP.ZTE170100090.2017-08-14T16:50:03.342Z", "MFP.ZTE1701000901.2017-13-14T16:50:03.342Z",
            "MFP.ZTE1701000901.2017-08-14T24:50:03.342Z", "MFP.ZTE1701000901.2017-08-14T16:50:60.342Z",
            "MFP.ZTE1701000901.2017-08-14T16:50:03.34Z", "MFP.ZTE1701000901.2017-08-00T16:50:03.342Z",
            "MFP.ZTE1701000901.2017-08-32T16:50:03.342Z", "MFP.ZTE1701000901.2017-02-30T16:50:03.342Z",
            "MFP.ZTE1701000901.2017-02-29T16:50:03.342Z", "MFP.ZTE1701000901.2017-08-14T16:50:03.342Z\n",
            "MFP.ZTE1701000901.2017-08-14 16:50:03.342Z", "MFP-ZTE1701000901.2017-08-14T16:50:03.342Z",
            "MFP.ZTE1701000901.2017-08-14T16:50:03.342z", "MFP.ZTE1701000901.2017-08-14T16:60:03.342Z",
        ])
    func commandIDs(text: String) {
        #expect(throws: InvalidField.self) { try CommandID(text) }
        let check = IdentifierCheck(text)
        #expect(check.kind == .commandID && check.problems.count == 1)
    }

    @Test("All thirteen codes, under the numbers of their commands")
    func codes() throws {
        let numbers = [
            "CCS": 1, "TFD": 2, "CQC": 3, "DDD": 6, "KCS": 7, "KFD": 8, "MFP": 9, "CNF": 10, "TCS": 11, "GIS": 12,
            "DFD": 13, "FPD": 14, "EFL": 15,
        ]
        #expect(Dictionary(uniqueKeysWithValues: CommandCode.allCases.map { ($0.rawValue, $0.number) }) == numbers)
        for code in numbers.keys {
            #expect(IdentifierCheck("\(code).ZAB1701001116.2020-11-05T10:50:00.049Z").isValid)
        }
    }

    @Test("A text that is nothing is judged as what it comes nearest to")
    func kinds() {
        let kinds = [
            "2017-000000101": "registrationNumber", "20/1": "registrationNumber", "ZTE17": "uniqueNumber",
            "": "uniqueNumber", "M.Z": "commandId",
        ]
        for (text, kind) in kinds {
            let check = IdentifierCheck(text)
            #expect(check.kind.rawValue == kind && !check.isValid)
        }
    }

    @Test("29 February exists in a leap year")
    func leapDay() {
        #expect(IdentifierCheck("TFD.ZBF1801007587.2020-02-29T23:59:59.999Z").isValid)
    }
}
