import EETProtocol
import FiscalCore
import Testing

/// What the caller gets from an `eetout.txt`: state, codes and paper.
@Suite struct FileModuleResultTests {
    private static func result(
        _ rows: [String], verification: Bool = false, edition: Edition = .v3, isTest: Bool = false,
        number: String = "0/6460/ZQ42"
    ) throws -> FileModuleResult {
        let submitted = try EETInText().with([2: verification ? "TRUE" : "FALSE"]).read()
        return try FileModuleResult(
            EETOutFile(bytes: SampleCodes.file([number] + rows)), submitted: submitted, edition: edition,
            isTest: isTest)
    }

    private static let codes = [SampleCodes.pkp, SampleCodes.bkp]

    @Test("Recorded, row 6 empty or 0: FIK and BKP on paper, no PKP", arguments: ["", "0"])
    func recorded(code: String) throws {
        let result = try Self.result(Self.codes + [SampleCodes.fik, SampleCodes.uuid, code])
        #expect(result.ending.isRegistered)
        #expect(result.isOfficiallyRecorded)
        #expect(result.confirmationCode == SampleCodes.fik)
        #expect(result.paper.code("FIK") == SampleCodes.fik)
        #expect(result.paper.code("BKP") == SampleCodes.bkp)
        #expect(result.paper.code("PKP") == nil)
        #expect(result.uuid == SampleCodes.uuid)
    }

    @Test(
        "No FIK: the receipt can be handed out with BKP and PKP", arguments: [1001, 1007, 1008, -1, 8, 4, 500, 0, 1003])
    func withoutFIK(code: Int) throws {
        let result = try Self.result(Self.codes + ["", SampleCodes.uuid, "\(code)"])
        #expect(!result.ending.isRegistered)
        #expect(result.confirmationCode == nil)
        #expect(result.paper.code("BKP") == SampleCodes.bkp)
        #expect(result.paper.code("PKP") == SampleCodes.pkp)
        #expect(result.paper.code("FIK") == nil)
        #expect(!result.mustSubmitAgain)
    }

    @Test("Code 0 without a FIK is never a recorded sale")
    func codeZeroIsNotRecorded() throws {
        for verification in [true, false] {
            let result = try Self.result(Self.codes + ["", SampleCodes.uuid, "0"], verification: verification)
            #expect(!result.ending.isRegistered)
            #expect(!result.isOfficiallyRecorded)
            #expect(result.mustSubmitAgain == verification)
        }
    }

    @Test(
        "After 1005, a licence stop or bad input: no codes on paper, the receipt is to be submitted again",
        arguments: [1002, 1003, 1004, 1005, 1006])
    func nothingSent(code: Int) throws {
        let result = try Self.result(["", "", "", "", "\(code)"])
        #expect(result.mustSubmitAgain)
        #expect(result.paper == .init())
        #expect(result.codes == nil)
        #expect(result.ending.isStillFirstAttempt == true)
    }

    @Test("The registering run is told as registered, not as a failed sale")
    func registeringRun() throws {
        #expect(try Self.result(["", "", "", "", "1005"]).ending.kind == .moduleRegistered)
    }

    @Test("Row 1 of another receipt: the output is discarded and shows no codes")
    func otherReceipt() {
        do {
            _ = try Self.result(Self.codes + [SampleCodes.fik, SampleCodes.uuid, ""], number: "0/6460/ZQ43")
            Issue.record("the output of another receipt was used")
        } catch {
            #expect((error as? FileRowError)?.row == 1)
            #expect(!"\(error)".contains(SampleCodes.fik))
        }
    }

    @Test("The test environment shows: no official record, and the paper says so")
    func testEnvironment() throws {
        let result = try Self.result(Self.codes + [SampleCodes.fik, SampleCodes.uuid, ""], isTest: true)
        #expect(result.isTest)
        #expect(result.ending.isRegistered)
        #expect(!result.isOfficiallyRecorded)
        let official = try Self.result(Self.codes + [SampleCodes.fik, SampleCodes.uuid, ""])
        #expect(result.paper != official.paper)
    }

    @Test("v4: POK on paper, never PKP or BKP, and nothing in their place")
    func v4() throws {
        let recorded = try Self.result(["", "", SampleCodes.fik, SampleCodes.uuid, ""], edition: .v4)
        #expect(recorded.paper.code("POK") == SampleCodes.fik)
        #expect(recorded.paper.code("FIK") == nil)
        let unknown = try Self.result(["", "", "", SampleCodes.uuid, "1003"], edition: .v4)
        #expect(unknown.ending.kind == .outcomeUnknown, "a message was made, so it may have left")
        #expect(unknown.paper.code("PKP") == nil)
        #expect(unknown.paper.code("BKP") == nil)
    }

    @Test("The identifier of the message is on no paper", arguments: Edition.allCases)
    func uuidIsNeverPrinted(edition: Edition) throws {
        let codes = edition.hasSecurityCodes ? Self.codes : ["", ""]
        for code in ["", "0", "-1", "4", "8", "77", "1001", "1003", "1007", "1008"] {
            for fik in ["", SampleCodes.fik] {
                for verification in [false, true] {
                    let result = try Self.result(
                        codes + [fik, SampleCodes.uuid, code], verification: verification, edition: edition)
                    #expect(!result.paper.lines.joined().contains(SampleCodes.uuid))
                }
            }
        }
    }
}
