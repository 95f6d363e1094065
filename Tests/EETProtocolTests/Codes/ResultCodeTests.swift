import EETProtocol
import Testing

@Suite("The two ranges of codes")
struct ResultCodeTests {
    @Test("Every number has one source: −999…999 is the authority's, 1001…1008 the module's, others nobody's")
    func sources() {
        for number in -2000...2000 {
            switch EETResultCode(rawValue: number) {
            case .server(let chyba):
                #expect((-999...999).contains(number))
                #expect(chyba.rawValue == number)
            case .module(let code):
                #expect((1001...1008).contains(number))
                #expect(code.rawValue == number)
            case nil: #expect(!(-999...999).contains(number) && !(1001...1008).contains(number))
            }
            #expect(EETResultCode(rawValue: number).map(\.rawValue) ?? number == number)
        }
    }

    @Test("Reserved codes are kept by number and held, and have no text of ours")
    func reserved() {
        for number in [1, 9, 500, 999, -2, -999] {
            let chyba = Chyba(rawValue: number)
            #expect(chyba.rawValue == number)
            #expect(chyba.disposition == .hold)
            #expect(chyba.officialText(.v3) == nil)
        }
    }

    @Test("Code 0 is verified, not recorded: unasked it is held")
    func zero() {
        #expect(Chyba.verified.rawValue == 0)
        #expect(Chyba.verified.disposition == .hold)
    }

    @Test("Each failure has the module's code of decision E11, and only an unsent message cannot have arrived")
    func failures() {
        #expect(AttemptFailure.unreachable.moduleCode.rawValue == 1001)
        #expect(AttemptFailure.deadlineBeforeSending.moduleCode.rawValue == 1007)
        #expect(AttemptFailure.deadline.moduleCode.rawValue == 1007)
        #expect(AttemptFailure.noUsableAnswer.moduleCode.rawValue == 1008)
        #expect(AttemptFailure.allCases.filter(\.mayHaveArrived) == [.deadline, .noUsableAnswer])
    }

    @Test("Known codes carry the texts of the source document")
    func texts() {
        #expect(Chyba(rawValue: 2).officialText(.v3) == "Kodovani XML neni platne")
        #expect(Chyba(rawValue: 6).officialText(.v4) == "EIC poplatnika ma chybnou strukturu")
        #expect(Chyba(rawValue: 5).officialText(.v4) == nil)
        #expect(ModuleCode(rawValue: 1007)?.officialText == "Překročena mezní doba odezvy")
        #expect(ModuleCode.allCases.map(\.rawValue) == Array(1001...1008))
    }
}
