import CRKProtocol
import FiscalCore
import HTTPTypes
import Testing

/// What is done about a packet after each attempt.
@Suite struct DeliveryMachineTests {
    private let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)

    private func reply(_ status: Int, retryAfter: String? = nil) -> EventHubReply {
        var head = HTTPResponse(status: .init(code: status))
        if let retryAfter, let name = HTTPField.Name("Retry-After") { head.headerFields[name] = retryAfter }
        return EventHubReply(HTTPExchangeResponse(head: head, body: Array("<Error><Code>\(status)</Code>".utf8)))
    }

    @Test("Of all statuses 201 alone delivers")
    func onlyCreated() {
        for status in 100...599 {
            var machine = DeliveryMachine()
            let action = machine.answered(self.reply(status), at: self.start, jitter: 0)
            #expect((action == .delivered) == (status == 201), "\(status)")
        }
    }

    @Test("A 401 is worth one new token for a packet; the second stops, and the next time begins anew")
    func unauthorised() {
        var machine = DeliveryMachine()
        machine.packetBegan()
        #expect(machine.answered(self.reply(401), at: self.start, jitter: 0) == .renewToken)
        #expect(machine.answered(self.reply(401), at: self.start, jitter: 0) == .stop(.unauthorised))
        #expect(machine.stopped == .unauthorised)
        machine.resume()
        #expect(machine.stopped == nil)
        #expect(machine.answered(self.reply(401), at: self.start, jitter: 0) == .renewToken)
        #expect(machine.answered(self.reply(201), at: self.start, jitter: 0) == .delivered)
        machine.packetBegan()
        #expect(machine.answered(self.reply(401), at: self.start, jitter: 0) == .renewToken)
    }

    @Test("The second 500 in a row is worth one new token for the run; after that only pauses, until a 201")
    func serverErrors() {
        var machine = DeliveryMachine()
        func isPause(_ action: DeliveryMachine.Action) -> Bool { if case .wait = action { true } else { false } }
        #expect(isPause(machine.answered(self.reply(500), at: self.start, jitter: 0)))
        #expect(machine.answered(self.reply(500), at: self.start, jitter: 0) == .renewToken)
        for _ in 0..<50 { #expect(isPause(machine.answered(self.reply(500), at: self.start, jitter: 0))) }
        #expect(machine.answered(self.reply(201), at: self.start, jitter: 0) == .delivered)
        _ = machine.answered(self.reply(500), at: self.start, jitter: 0)
        #expect(machine.answered(self.reply(500), at: self.start, jitter: 0) == .renewToken)
    }

    @Test(
        "Pauses grow from 4 s to 5 minutes and never end; chance adds a quarter at the most",
        arguments: [408, 429, 503, 0])
    func pauses(_ status: Int) {
        for jitter in [0, 255] as [UInt8] {
            var machine = DeliveryMachine()
            var pauses: [Duration] = []
            for _ in 0..<200 {
                let action =
                    status == 0
                    ? machine.unanswered(at: self.start, jitter: jitter)
                    : machine.answered(self.reply(status), at: self.start, jitter: jitter)
                guard case .wait(let until) = action else { Issue.record("\(action)"); return }
                #expect(machine.retryAt == until)
                pauses.append(until - self.start)
            }
            let factor = jitter == 0 ? 1.0 : 1.25
            #expect(pauses.first == .milliseconds(Int64(4_000 * factor)))
            #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(pauses.last == .milliseconds(Int64(300_000 * factor)))
        }
    }

    @Test("Retry-After is honoured when it is longer than the pause, in seconds alone")
    func retryAfter() {
        var machine = DeliveryMachine()
        #expect(
            machine.answered(self.reply(503, retryAfter: "120"), at: self.start, jitter: 0)
                == .wait(until: self.start + .seconds(120)))
        for text in ["1", "-5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", ""] {
            var machine = DeliveryMachine()
            #expect(
                machine.answered(self.reply(429, retryAfter: text), at: self.start, jitter: 0)
                    == .wait(until: self.start + .seconds(4)))
        }
    }

    @Test(
        "Too large is packed anew; 400, 404 and what nobody expects stop and are told",
        arguments: [400, 403, 404, 200, 302])
    func stops(_ status: Int) {
        var machine = DeliveryMachine()
        #expect(machine.answered(self.reply(413), at: self.start, jitter: 0) == .repack)
        #expect(machine.answered(self.reply(status), at: self.start, jitter: 0) == .stop(.refused(httpStatus: status)))
    }

    @Test("In no sequence of answers are two tokens fetched for one packet's 401, or two for one run of 500")
    func walk() {
        // Every sequence of up to seven answers.
        let statuses = [401, 413, 500, 503, 0]
        var states: Set<[Int]> = []
        func go(_ machine: DeliveryMachine, _ path: [Int], renewals: Int, unauthorised: Int) {
            states.insert(path)
            #expect(renewals <= 2, "\(path)")
            guard path.count < 7 else { return }
            for status in statuses {
                var machine = machine
                let action =
                    status == 0
                    ? machine.unanswered(at: self.start, jitter: 0)
                    : machine.answered(self.reply(status), at: self.start, jitter: 0)
                if case .stop = action {
                    #expect(status == 401 && unauthorised == 1)
                    continue
                }
                go(
                    machine, path + [status], renewals: renewals + (action == .renewToken ? 1 : 0),
                    unauthorised: unauthorised + (status == 401 ? 1 : 0))
            }
        }
        var machine = DeliveryMachine()
        machine.packetBegan()
        go(machine, [], renewals: 0, unauthorised: 0)
        #expect(states.count > 10_000)
    }
}
