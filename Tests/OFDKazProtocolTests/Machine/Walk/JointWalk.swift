import FiscalCore
import OFDKazProtocol

/// Every joint state that can be reached, by breadth: so the first violation comes with a shortest story.
struct JointWalk {
    struct Plan: Sendable {
        var reading = ModelAuthority.Reading.repeatsFirst
        var kinds: [MessageKind] = [.ticket, .closeShift, .report]
        var services: [ServiceKind] = [.keepAlive]
        /// One of each class, and 8, which refuses the pair and not the message.
        var refusals: [ResultCode] = [
            .unknownID, .sslIsNotAllowed, .invalidRequestNumber, .openShiftTimeoutExpired, .incorrectRequestData,
        ]
        /// Whether an accepted document brings a new token.
        var rotations = [true, false]
        var rotatesOnInfo = false
        var hasDelays = false
        var hasClock = false
        var longestQueue = 2
        var depth = Int.max
    }

    struct Figures: CustomStringConvertible {
        var states = 0
        var transitions = 0
        var depth = 0
        var isComplete = true
        /// How many states of each mode.
        var modes: [String: Int] = [:]
        var description: String {
            let modes = self.modes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return "\(self.states) states, \(self.transitions) transitions, "
                + (self.isComplete ? "complete at depth \(self.depth)" : "to depth \(self.depth)")
                + " (\(modes.joined(separator: ", ")))"
        }
    }

    let plan: Plan
    private let rules: RegisterRules
    private(set) var figures = Figures()
    private var known: Set<[UInt8]> = []
    /// States from which a willing server and a sensible person lead back to work.
    private var recovering: Set<[UInt8]> = []
    private var arrivals: [(from: Int, by: JointEvent)] = []

    init(_ plan: Plan) throws {
        self.plan = plan
        self.rules = try RegisterRules(queueLimit: plan.longestQueue)
    }

    /// - Throws: ``Violation`` with the events that lead to it.
    mutating func run() throws {
        var level: [(index: Int, joint: Joint)] = []
        let first = Joint(rules: self.rules, reading: self.plan.reading, rotatesOnInfo: self.plan.rotatesOnInfo)
        self.known.insert(JointKey(first).bytes)
        self.arrivals.append((from: -1, by: .restart))
        level.append((0, first))
        self.note(first)
        while !level.isEmpty {
            guard self.figures.depth < self.plan.depth else {
                self.figures.isComplete = false
                return
            }
            var next: [(index: Int, joint: Joint)] = []
            for (index, joint) in level {
                for event in self.events(for: joint) {
                    var after = joint
                    do {
                        guard try after.apply(event) else { continue }
                        self.figures.transitions += 1
                        guard self.known.insert(JointKey(after).bytes).inserted else { continue }
                        try self.checkRecovery(after)
                    } catch {
                        throw self.story(of: error, after: event, from: index)
                    }
                    self.arrivals.append((from: index, by: event))
                    self.note(after)
                    next.append((self.arrivals.count - 1, after))
                }
            }
            if !next.isEmpty { self.figures.depth += 1 }
            level = next
        }
    }

    private mutating func note(_ joint: Joint) {
        self.figures.states += 1
        let mode =
            switch joint.machine.mode {
            case .online: "ONLINE"
            case .offline: "OFFLINE"
            case .blocked: "BLOCKED"
            case .serverBlocked: "SERVER-BLOCKED"
            }
        self.figures.modes[mode, default: 0] += 1
    }

    private func story(of error: any Error, after event: JointEvent, from index: Int) -> Violation {
        var events = [event]
        var index = index
        while index > 0 {
            events.append(self.arrivals[index].by)
            index = self.arrivals[index].from
        }
        return Violation("\(error), after:\n" + events.reversed().map { "  \($0)" }.joined(separator: "\n"))
    }

    // MARK: What can happen

    private func events(for joint: Joint) -> [JointEvent] {
        var events: [JointEvent] = []
        if let flight = joint.flight {
            self.appendEnds(of: flight, joint, to: &events)
        } else {
            events.append(.start)
            events.append(.wait)
            for kind in self.plan.services { events.append(.ask(kind)) }
            events += [.linkLost, .transportChanged, .serverResetsToken]
            events.append(joint.authority.isBlocked ? .serverUnblocks : .serverBlocks)
            if self.plan.hasClock { events += [.threeDaysPass, .clockSetBack] }
        }
        events.append(.restart)
        for kind in self.plan.kinds { events.append(.issue(kind)) }
        events += [.tokenTyped(isRight: true), .tokenTyped(isRight: false)]
        if case .blocked = joint.machine.mode {
            let isUnknown = joint.machine.head?.wentUnanswered ?? false
            events.append(.unblock(.archive, evenUnknown: isUnknown))
            events.append(.unblock(.sendAgain, evenUnknown: isUnknown))
            if isUnknown {
                // Refused, and without effect.
                events.append(.unblock(.archive, evenUnknown: false))
                events.append(.unblock(.sendAgain, evenUnknown: false))
            }
        }
        if joint.delayed != nil {
            for treatment in self.treatments(isDocument: true) { events.append(.delayedRequestArrives(treatment)) }
        }
        return events
    }

    private func treatments(isDocument: Bool) -> [JointEvent.Treatment] {
        guard isDocument || self.plan.rotatesOnInfo else { return [.properly(rotating: false)] }
        return self.plan.rotations.map { .properly(rotating: $0) }
    }

    private func appendEnds(of flight: Transmission, _ joint: Joint, to events: inout [JointEvent]) {
        let isDocument = flight.message?.kind.isDocument ?? false
        let hasBudget =
            switch joint.machine.mode {
            case .online, .blocked: true
            case .offline, .serverBlocked: false
            }
        for treatment in self.treatments(isDocument: isDocument) {
            events.append(.answered(treatment, budgetIsLeft: false))
            events.append(.killedAfter(treatment))
            let isRotating = treatment == .properly(rotating: true)
            for budget in hasBudget ? [true, false] : [false] {
                events.append(.answerLost(treatment, budgetIsLeft: budget))
                events.append(.answered(.failing(rotating: isRotating), budgetIsLeft: budget))
            }
        }
        for code in self.plan.refusals { events.append(.answered(.refusing(code), budgetIsLeft: false)) }
        for budget in hasBudget ? [true, false] : [false] {
            events.append(.notDelivered(budgetIsLeft: budget))
            events.append(.requestLost(budgetIsLeft: budget))
            events.append(.answered(.busy, budgetIsLeft: budget))
            if self.plan.hasDelays { events.append(.requestDelayed(budgetIsLeft: budget)) }
        }
    }

    // MARK: The way back to work

    /// With a link, a willing server and a sensible person every state leads to ONLINE, an empty queue and equal tokens.
    private mutating func checkRecovery(_ start: Joint) throws(Violation) {
        var joint = start
        var path: [[UInt8]] = []
        for _ in 0..<80 {
            if joint.isRecovered && !joint.isOutOfStep { break }
            let key = JointKey(joint).bytes
            if self.recovering.contains(key) { break }
            path.append(key)
            let event = self.remedy(joint)
            guard try joint.apply(event) else {
                throw Violation("no way on: \(event) does nothing in \(joint.machine)")
            }
        }
        try require(path.count < 80, "no way back to work from here: \(start.machine)")
        self.recovering.formUnion(path)
    }

    private func remedy(_ joint: Joint) -> JointEvent {
        if joint.flight != nil { return .answered(.properly(rotating: true), budgetIsLeft: false) }
        if joint.authority.isBlocked { return .serverUnblocks }
        // Nobody has told the register yet that its token was reset.
        if joint.isRecovered { return .ask(.keepAlive) }
        var machine = joint.machine
        switch machine.nextStep(at: joint.now) {
        case .send: return .start
        case .wait: return .wait
        case .rest: break
        }
        let isUnknown = machine.head?.wentUnanswered ?? false
        switch machine.mode {
        case .online, .serverBlocked(awaitingToken: false), .offline(awaitingTransport: false): return .restart
        case .offline(awaitingTransport: true): return .transportChanged
        case .blocked(.token), .serverBlocked(awaitingToken: true): return .tokenTyped(isRight: true)
        case .blocked(.service): return .unblock(.archive, evenUnknown: false)
        case .blocked(.message):
            // The figures beside show the person whether the server has it.
            let isKept = joint.outstanding.first.map { $0.kept > 0 } ?? false
            return .unblock(isKept ? .archive : .sendAgain, evenUnknown: isUnknown)
        }
    }
}
