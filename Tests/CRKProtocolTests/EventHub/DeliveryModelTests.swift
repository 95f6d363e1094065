import CRKProtocol
import FiscalCore
import HTTPTypes
import Testing

/// What decision P14 says of a packet's attempts, written down a second time and more plainly.
private struct DeliveryModel: Hashable {
    var hasRenewedForPacket = false
    var hasRenewedInRun = false
    /// 0, 1, or more in a row.
    var serverErrors = 0
    var pauses = 0
    var repacks = 0
    var retryAt: FiscalInstant?
    var stopped: DeliveryMachine.Stop?

    enum Event: Hashable {
        case answered(EventHubReply), unanswered, packetBegan, resumed
    }

    static let now = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    private static let seconds: [Int64] = [4, 8, 16, 32, 64, 128, 256, 300]

    /// Nil where nothing is asked of the machine.
    mutating func happened(_ event: Event) -> DeliveryMachine.Action? {
        switch event {
        case .packetBegan:
            self.hasRenewedForPacket = false
            return nil
        case .resumed:
            (self.hasRenewedForPacket, self.retryAt, self.stopped) = (false, nil, nil)
            return nil
        case .unanswered:
            self.serverErrors = 0
            return self.pause(nil)
        case .answered(let reply):
            self.retryAt = nil
            if case .serverError = reply {
                self.serverErrors = min(2, self.serverErrors + 1)
            } else {
                self.serverErrors = 0
            }
            return self.answered(reply)
        }
    }

    private mutating func answered(_ reply: EventHubReply) -> DeliveryMachine.Action {
        switch reply {
        case .accepted:
            self = DeliveryModel()
            return .delivered
        case .unauthorised:
            if self.hasRenewedForPacket { return self.stop(.unauthorised) }
            self.hasRenewedForPacket = true
            return .renewToken
        case .serverError(nil) where self.serverErrors == 2 && !self.hasRenewedInRun:
            self.hasRenewedInRun = true
            return .renewToken
        case .serverError(let pause), .busy(let pause): return self.pause(pause)
        case .tooLarge:
            if self.repacks == 8 { return self.stop(.refused(httpStatus: 413)) }
            self.repacks += 1
            return .repack
        case .refused(let status): return self.stop(.refused(httpStatus: status))
        }
    }

    private mutating func pause(_ asked: Duration?) -> DeliveryMachine.Action {
        let own = Duration.seconds(Self.seconds[min(self.pauses, 7)])
        self.pauses = min(self.pauses + 1, 8)
        let until = Self.now + max(own, asked ?? .zero)
        self.retryAt = until
        return .wait(until: until)
    }

    private mutating func stop(_ reason: DeliveryMachine.Stop) -> DeliveryMachine.Action {
        self.stopped = reason
        return .stop(reason)
    }
}

@Suite("Attempts to deliver a packet, in every order")
struct DeliveryModelTests {
    private struct State: Hashable {
        var machine = DeliveryMachine()
        var model = DeliveryModel()
    }

    private static let answers: [DeliveryModel.Event] = [
        .answered(.accepted), .answered(.unauthorised), .answered(.tooLarge), .answered(.serverError(retryAfter: nil)),
        .answered(.serverError(retryAfter: .seconds(60))), .answered(.busy(retryAfter: nil)),
        .answered(.busy(retryAfter: .seconds(3_600))), .answered(.refused(httpStatus: 404)), .unanswered, .packetBegan,
    ]

    private func happen(_ event: DeliveryModel.Event, _ machine: inout DeliveryMachine) -> DeliveryMachine.Action? {
        switch event {
        case .answered(let reply): return machine.answered(reply, at: DeliveryModel.now, jitter: 0)
        case .unanswered: return machine.unanswered(at: DeliveryModel.now, jitter: 0)
        case .packetBegan: machine.packetBegan()
        case .resumed: machine.resume()
        }
        return nil
    }

    @Test("Every state that attempts can lead to, and every event in it, stored in between: as the decision says")
    func walk() throws {
        var seen: Set<State> = [State()]
        var open = [State()]
        var actions: Set<String> = []
        while let state = open.popLast() {
            // What has stopped goes on with its next time alone.
            let events = state.model.stopped == nil ? Self.answers : [.resumed]
            for event in events {
                var next = state
                next.machine = try JSONRoundTrip.of(state.machine)
                let expected = next.model.happened(event)
                let action = self.happen(event, &next.machine)
                try #require(action == expected, "\(event) after \(state.model)")
                try #require(next.machine.retryAt == next.model.retryAt, "\(event) after \(state.model)")
                try #require(next.machine.stopped == next.model.stopped, "\(event) after \(state.model)")
                // 201 delivers, nothing else does, and it leaves nothing behind.
                try #require((action == .delivered) == (event == .answered(.accepted)))
                if action == .delivered { try #require(next.machine == DeliveryMachine()) }
                actions.insert("\(action.map { "\($0)".prefix(6) } ?? "none")")
                if seen.insert(next).inserted { open.append(next) }
            }
        }
        #expect(actions == ["delive", "renewT", "wait(u", "repack", "stop(C", "none"])
        // The space is closed: the walk came to its end.
        #expect((1_000...50_000).contains(seen.count), "\(seen.count)")
    }

    @Test("A hub that finds every size too large is asked nine times and not for ever")
    func alwaysTooLarge() {
        var machine = DeliveryMachine()
        for _ in 0..<8 {
            #expect(machine.answered(.tooLarge, at: DeliveryModel.now, jitter: 0) == .repack)
            machine.packetBegan()
        }
        let action = machine.answered(.tooLarge, at: DeliveryModel.now, jitter: 0)
        #expect(action == .stop(.refused(httpStatus: 413)))
        // One that takes the smaller packet begins to count anew.
        machine.resume()
        #expect(machine.answered(.accepted, at: DeliveryModel.now, jitter: 0) == .delivered)
        #expect(machine.answered(.tooLarge, at: DeliveryModel.now, jitter: 0) == .repack)
    }

    @Test("A 500 that names a pause gets it before any new token")
    func pauseBeforeToken() {
        var machine = DeliveryMachine()
        for _ in 0..<3 {
            let action = machine.answered(.serverError(retryAfter: .seconds(600)), at: DeliveryModel.now, jitter: 0)
            #expect(action == .wait(until: DeliveryModel.now + .seconds(600)))
        }
        #expect(machine.answered(.serverError(retryAfter: nil), at: DeliveryModel.now, jitter: 0) == .renewToken)
    }

    @Test("Chance spreads the pauses of many registers over a quarter of each")
    func jitter() {
        var until: Set<FiscalInstant> = []
        for jitter in UInt8.min ... .max {
            var machine = DeliveryMachine()
            guard case .wait(let instant) = machine.unanswered(at: DeliveryModel.now, jitter: jitter) else { continue }
            #expect((DeliveryModel.now + .seconds(4)...DeliveryModel.now + .seconds(5)).contains(instant))
            until.insert(instant)
        }
        #expect(until.count == 256)
    }
}
