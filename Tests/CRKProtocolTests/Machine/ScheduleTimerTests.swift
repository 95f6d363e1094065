import FiscalCore
import Testing

@testable import CRKProtocol

@Suite("The two schedules of a register (section 2.2.4)")
struct ScheduleTimerTests {
    private let start = FiscalInstant(secondsSinceEpoch: 1_800_000_000)

    private func state(_ send: Int64, _ check: Int64) throws -> RegisterState {
        var state = RegisterState(unit: try UniqueNumber("ZTE1701000901"))
        state.apply(try Self.timetable(send, check), from: nil, at: self.start)
        return state
    }

    static func timetable(_ send: Int64, _ check: Int64) throws -> Timetable {
        Timetable(
            sendFreqEventHub: try EventHubSchedule(send), checkFreqWebApi: try WebApiSchedule(check),
            shipmentTypes: .all)
    }

    /// The seconds from the start at which a timer fires, looked at once a second.
    private func fires(_ timer: ScheduleTimer, within seconds: Int64) -> [Int64] {
        var timer = timer
        return (0...seconds).filter { second in
            let now = self.start + .seconds(second)
            guard timer.isDue(at: now) else { return false }
            timer.fired(at: now)
            return true
        }
    }

    @Test("With 7200 and 1800 seconds, shipments and polls come by their own intervals; the first poll comes at once")
    func independent() throws {
        let state = try self.state(7_200, 1_800)
        #expect(self.fires(try #require(state.shipping), within: 14_400) == [7_200, 14_400])
        #expect(
            self.fires(try #require(state.polling), within: 9_000) == [0, 1_800, 3_600, 5_400, 7_200, 9_000])
    }

    @Test(
        "Suspended sending and sending after every document have no times of their own; polls go on",
        arguments: [-1, 0])
    func withoutTimes(_ send: Int64) throws {
        let state = try self.state(send, 60)
        #expect(state.shipping == nil)
        #expect(self.fires(try #require(state.polling), within: 120) == [0, 60, 120])
    }

    @Test("However late each slot is carried out, the next lies on the grid")
    func noDrift() {
        var timer = ScheduleTimer(every: .seconds(60), from: self.start, firstAtOnce: true)
        for slot in 0..<1_000 {
            let due = self.start + .seconds(Int64(slot) * 60)
            #expect(timer.nextDue(at: due - .milliseconds(1)) == due)
            #expect(!timer.isDue(at: due - .milliseconds(1)))
            #expect(timer.isDue(at: due))
            timer.fired(at: due + .milliseconds(Int64(slot) * 59))
        }
    }

    @Test("Slots that passed while the register was off are made up for by one")
    func madeUp() {
        var timer = ScheduleTimer(every: .seconds(60), from: self.start, firstAtOnce: false)
        timer.fired(at: self.start + .seconds(6 * 60 + 30))
        #expect(!timer.isDue(at: self.start + .seconds(6 * 60 + 31)))
        #expect(timer.nextDue(at: self.start + .seconds(6 * 60 + 31)) == self.start + .seconds(7 * 60))
    }

    @Test("A slot that lies in the past is due now, not in the past of the clock")
    func overdue() {
        let timer = ScheduleTimer(every: .seconds(60), from: self.start, firstAtOnce: false)
        let late = self.start + .seconds(90)
        #expect(timer.nextDue(at: late) == self.start + .seconds(60))
        #expect(timer.isDue(at: late))
    }

    @Test("Something done between two slots changes nothing")
    func outOfTurn() {
        var timer = ScheduleTimer(every: .seconds(60), from: self.start, firstAtOnce: false)
        let before = timer
        timer.fired(at: self.start + .seconds(59))
        #expect(timer == before)
    }

    @Test("A clock set back a little fires no slot again; set back by more than an interval it holds nothing up")
    func clockSetBack() {
        var timer = ScheduleTimer(every: .seconds(3_600), from: self.start, firstAtOnce: true)
        timer.fired(at: self.start)
        #expect(!timer.isDue(at: self.start))
        #expect(!timer.isDue(at: self.start - .seconds(1) + .seconds(1)))
        let back = self.start - .seconds(86_400)
        #expect(timer.isDue(at: back))
        timer.fired(at: back)
        #expect(!timer.isDue(at: back))
        #expect(timer.nextDue(at: back) == back + .seconds(3_600))
    }

    @Test("A new interval counts from its order, the same one leaves the grid as it is")
    func changes() throws {
        var state = try self.state(7_200, 1_800)
        let (shipping, polling) = (state.shipping, state.polling)
        let later = self.start + .seconds(1_000)
        state.apply(try Self.timetable(7_200, 1_800), from: "order", at: later)
        #expect(state.shipping == shipping)
        #expect(state.polling == polling)
        state.apply(try Self.timetable(60, 1_800), from: "order", at: later)
        #expect(state.shipping?.next == later + .seconds(60))
        #expect(state.polling == polling)
        state.apply(try Self.timetable(-1, 3_600), from: "order", at: later)
        #expect(state.shipping == nil)
        #expect(state.polling?.next == later + .seconds(3_600))
        state.apply(try Self.timetable(7_200, 3_600), from: "order", at: later + .seconds(5))
        #expect(state.shipping?.next == later + .seconds(7_205))
    }

    @Test("Times at the ends of what can be counted stop nothing")
    func ends() {
        var timer = ScheduleTimer(
            every: .seconds(60), from: FiscalInstant(millisecondsSinceEpoch: .min), firstAtOnce: true)
        timer.fired(at: FiscalInstant(millisecondsSinceEpoch: .max))
        #expect(timer.next > self.start)
        timer = ScheduleTimer(every: .zero, from: self.start, firstAtOnce: true)
        timer.fired(at: self.start)
        #expect(timer.next > self.start, "an interval of nothing would fire for ever")
    }
}
