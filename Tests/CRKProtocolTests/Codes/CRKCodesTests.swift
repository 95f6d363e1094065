import CRKProtocol
import FiscalCore
import Testing

@Suite("Codes, schedules and kinds of shipment of the repository")
struct CRKCodesTests {
    @Test("Addresses of section 2.1")
    func environments() {
        #expect(CRKEnvironment.test.webApi == "https://test-e-kasy.mf.gov.pl:443")
        #expect(CRKEnvironment.test.cpd == "https://esb-te.mf.gov.pl:5062")
        #expect(CRKEnvironment.production.webApi == "https://e-kasy.mf.gov.pl:443")
        #expect(CRKEnvironment.production.cpd == "https://esb.mf.gov.pl:5062")
    }

    @Test("A schedule is -1, 0 or 60 to 2678400 seconds; looking for orders is never suspended, never online")
    func schedules() throws {
        #expect(try EventHubSchedule(-1) == .suspended)
        #expect(try EventHubSchedule(0) == .online)
        for seconds in [60, 7_200, 2_678_400] as [Int64] {
            #expect(try EventHubSchedule(seconds).number == Int32(seconds))
            #expect(try EventHubSchedule(seconds).interval == .seconds(seconds))
            #expect(try WebApiSchedule(seconds).interval == .seconds(seconds))
        }
        for number in [-2, -3, 1, 59, 2_678_401, Int64(Int32.min), Int64(Int32.max) + 1, .min, .max] as [Int64] {
            #expect(throws: InvalidField.self) { try EventHubSchedule(number) }
            #expect(throws: InvalidField.self) { try WebApiSchedule(number) }
        }
        for number in [-1, 0] as [Int64] { #expect(throws: InvalidField.self) { try WebApiSchedule(number) } }
    }

    @Test("Kinds of shipment: eight codes, ALL, separated by semicolons")
    func shipments() throws {
        #expect(ShipmentType.allCases.map(\.rawValue) == ["PR", "PA", "FK", "FA", "RD", "WN", "ZE", "RF"])
        #expect(try ShipmentTypes(parsing: "PA;FA;RD;WN").types == [.pa, .fa, .rd, .wn])
        #expect(try ShipmentTypes(parsing: "FK;FK").types == [.fk])
        #expect(try ShipmentTypes(parsing: "PR;ALL") == ShipmentTypes(.init(ShipmentType.allCases)))
        for text in ["", "PR;XX", "pr", "PA,FA", "PA FA", "PA;", ";", "PA; FA", "all"] {
            #expect(throws: InvalidField.self, "\(text)") { try ShipmentTypes(parsing: text) }
        }
        let lenient = ShipmentTypes(lenient: "PR;XX;pr")
        #expect(lenient.types == [.pr] && lenient.unknown == ["XX", "pr"])
    }

    @Test("A status of fiscalisation has one or two digits, and words for 0 to 19")
    func statuses() {
        #expect(FiscalisationStatus(code: "0") == .success && FiscalisationStatus(code: "00") == .success)
        #expect(FiscalisationStatus(code: "4") == FiscalisationStatus(code: "04"))
        #expect(FiscalisationStatus(code: "4")?.words == "odmowa fiskalizacji, bledny numer NIP")
        for text in ["", "004", "x", "-1", "+1", " 1", "٤"] { #expect(FiscalisationStatus(code: text) == nil) }
        #expect(FiscalisationStatus.all.count == 20)
        #expect(Set(FiscalisationStatus.all.compactMap(\.words)).count == 20)
        #expect(FiscalisationStatus.all.filter(\.isForSoftwareOnly).map(\.rawValue) == [18, 19])
        #expect(FiscalisationStatus(code: "42")?.words == nil)
    }

    @Test("Codes of the CPD server come with their statuses")
    func errors() {
        #expect(CPDErrorCode.all.count == 20)
        let statuses = Dictionary(grouping: CPDErrorCode.all) { $0.httpStatus ?? 0 }
        #expect(statuses[406]?.count == 13)
        #expect(statuses[400]?.map(\.rawValue) == ["E01", "E02", "E03"])
        #expect(statuses[500]?.map(\.rawValue) == ["E04", "E05", "E06", "E07"])
        #expect(Set(CPDErrorCode.all.compactMap(\.words)).count == 20)
        #expect(CPDErrorCode(rawValue: "B99").httpStatus == nil)
    }
}
