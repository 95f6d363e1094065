import EETProtocol
import Testing

/// The table of decision E10, typed from it row by row.
@Suite struct FileModuleEndingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var codes: [Int?]
        var hasConfirmation = false
        var mayHaveLeft = true
        var wasVerification = false
        var kind: FileModuleEnding.Kind
        /// Row 1 of the next file: true when it stays what it was; nil when there is no next.
        var next: Bool?
        var resend: FileModuleEnding.Resend
        var exit: Int32

        var testDescription: String { "\(self.kind) \(self.codes.first.map { "\($0 as Any)" } ?? "")" }
    }

    static let table: [Row] = [
        Row(codes: [nil], hasConfirmation: true, kind: .registered, next: nil, resend: .none, exit: 0),
        Row(codes: [0], wasVerification: true, kind: .verifiedOnly, next: true, resend: .none, exit: 0),
        Row(codes: [0], kind: .reserved, next: false, resend: .held, exit: 3),
        Row(codes: [-1], kind: .temporary, next: false, resend: .byItself, exit: 3),
        Row(codes: [8], kind: .notRecorded, next: false, resend: .limited, exit: 3),
        Row(codes: [2, 3, 4, 5, 6, 7], kind: .refused, next: false, resend: .none, exit: 1),
        Row(codes: [1, 9, 10, 500, 999, -2, -999], kind: .reserved, next: false, resend: .held, exit: 3),
        Row(codes: [1001], kind: .noConnection, next: false, resend: .byItself, exit: 3),
        Row(codes: [1007, 1008], kind: .outcomeUnknown, next: false, resend: .byItself, exit: 3),
        Row(codes: [1003], kind: .outcomeUnknown, next: false, resend: .byItself, exit: 3),
        Row(codes: [1003], mayHaveLeft: false, kind: .notSent, next: true, resend: .none, exit: 2),
        Row(codes: [1002, 1004, 1006], mayHaveLeft: false, kind: .licence, next: true, resend: .none, exit: 2),
        Row(codes: [1005], mayHaveLeft: false, kind: .moduleRegistered, next: true, resend: .none, exit: 3),
    ]

    @Test("Every code ends as the table says: kind, next first attempt, resend, exit status", arguments: table)
    func tableOfEndings(row: Row) {
        for number in row.codes {
            let code = number.flatMap { EETResultCode(rawValue: $0) }
            let ending = FileModuleEnding(
                code: code, hasConfirmation: row.hasConfirmation, mayHaveLeft: row.mayHaveLeft,
                wasVerification: row.wasVerification)
            #expect(ending.kind == row.kind)
            #expect(ending.isStillFirstAttempt == row.next)
            #expect(ending.resend == row.resend)
            #expect(ending.exitStatus == row.exit)
            #expect(ending.code?.rawValue == number)
        }
    }

    @Test("The table leaves out no code of either list")
    func tableIsComplete() {
        let listed = Set(Self.table.flatMap(\.codes).compactMap { $0 })
        #expect(Set(ModuleCode.allCases.map(\.rawValue)).isSubset(of: listed))
        #expect(Set(-1...9).isSubset(of: listed))
    }

    @Test("Recorded means a FIK with row 6 empty or 0, and nothing else")
    func recorded() {
        func kind(_ code: EETResultCode?, fik: Bool) -> FileModuleEnding.Kind {
            FileModuleEnding(code: code, hasConfirmation: fik, mayHaveLeft: true, wasVerification: false).kind
        }
        #expect(kind(nil, fik: true) == .registered)
        #expect(kind(.server(.verified), fik: true) == .registered)
        #expect(kind(nil, fik: false) == .unclear)
        #expect(kind(.server(.verified), fik: false) == .reserved)
        #expect(kind(.server(.badSignature), fik: true) == .unclear)
        #expect(kind(.module(.timeout), fik: true) == .unclear)
    }

    @Test("A verification is no attempt: whatever it ends with, row 1 stays what it was and nobody repeats it")
    func verificationIsNoAttempt() {
        for number in [0, -1, 4, 8, 500, 1001, 1003, 1007, 1008] {
            let ending = FileModuleEnding(
                code: EETResultCode(rawValue: number), hasConfirmation: false, mayHaveLeft: true,
                wasVerification: true)
            #expect(ending.code?.rawValue == number)
            #expect(ending.isStillFirstAttempt == true)
            #expect(ending.resend == .none)
            #expect(!ending.isRegistered)
        }
    }

    @Test("Codes of the authority and of the module are disjoint and keep their source")
    func sources() {
        #expect(EETResultCode(rawValue: 4) == .server(.badSignature))
        #expect(EETResultCode(rawValue: 1004) == .module(.licenceData))
        #expect(EETResultCode(rawValue: 1000) == nil)
        #expect(EETResultCode(rawValue: 1009) == nil)
    }
}
