import FermaClient
import FiscalCore
import Testing

@Suite("What to do after an answer")
struct FermaPlanTests {
    private func plan(service code: Int, _ fatal: JSON?) -> Plan {
        TestAnswer.read(TestAnswer.service(code, fatal: fatal), status: 500).plan
    }

    private func plan(device code: Int, _ fatal: JSON?) -> Plan {
        TestAnswer.read(TestAnswer.device(code, fatal: fatal)).plan
    }

    @Test("Fatal true: never by ourselves")
    func fatal() {
        for code in 1...300 {
            for plan in [self.plan(service: code, true), self.plan(device: code, true)] {
                if case .repeatSame = plan { Issue.record("code \(code)") }
            }
            #expect(self.plan(device: code, true) != .done)
        }
        #expect(self.plan(service: 24, true) == .askPerson)
        #expect(self.plan(device: 51, true) == .fixThenNewID)
        #expect(self.plan(service: 2, true) == .stop)
    }

    @Test("Waiting and later go by themselves, whether Fatal is there or not")
    func waiting() {
        for fatal in [nil, false, .null] as [JSON?] {
            for code in [5, 18, 24] { #expect(self.plan(service: code, fatal) == .repeatSame(isAlarm: false)) }
            #expect(self.plan(device: 80, fatal) == .repeatSame(isAlarm: false))
        }
    }

    @Test("A cause outside the request: by ourselves only when Fatal says false")
    func sameID() {
        for code in [12, 13, 14, 15] {
            #expect(self.plan(service: code, false) == .repeatSame(isAlarm: false))
            #expect(self.plan(service: code, nil) == .askPerson)
        }
        for code in [1, 22, 79, 254] {
            #expect(self.plan(device: code, false) == .repeatSame(isAlarm: false))
            #expect(self.plan(device: code, nil) == .askPerson)
        }
    }

    @Test("Where a receipt may exist: 6 and 16 with an alarm, 19 and 20 never, others as Fatal says")
    func unknown() {
        for code in [6, 16] {
            #expect(self.plan(service: code, false) == .repeatSame(isAlarm: true))
            #expect(self.plan(service: code, nil) == .askPerson)
        }
        for code in [19, 20] {
            for fatal in [nil, false, true] as [JSON?] { #expect(self.plan(service: code, fatal) == .askPerson) }
        }
        for code in [11, 22, 23, 99] {
            #expect(self.plan(service: code, false) == .repeatSame(isAlarm: false))
            #expect(self.plan(service: code, nil) == .askPerson)
        }
        for code in [57, 255] {
            #expect(self.plan(device: code, false) == .repeatSame(isAlarm: true))
            #expect(self.plan(device: code, true) == .askPerson)
            #expect(TestAnswer.read(TestAnswer.device(code, fatal: true)).raisesAlarm)
        }
        for code in [200, 240, 244, 250, 251] {
            #expect(self.plan(device: code, false) == .repeatSame(isAlarm: false))
            #expect(self.plan(device: code, nil) == .askPerson)
        }
    }

    @Test("Refused for good is corrected or stopped, whatever Fatal says")
    func refused() {
        for fatal in [nil, false, true] as [JSON?] {
            for code in [51, 52, 69, 77, 142, 208, 238] { #expect(self.plan(device: code, fatal) == .fixThenNewID) }
            for code in [1, 2, 3, 17] { #expect(self.plan(service: code, fatal) == .stop) }
        }
    }

    @Test("An answer without a code is asked for again, unless it calls itself fatal")
    func noCode() {
        #expect(TestAnswer.read("{}").plan == .repeatSame(isAlarm: false))
        #expect(TestAnswer.read("{\"Fatal\":true}").plan == .askPerson)
        #expect(TestAnswer.read(TestAnswer.success).plan == .done)
    }
}
