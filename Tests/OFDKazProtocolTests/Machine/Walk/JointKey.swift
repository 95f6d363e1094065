import FiscalCore
import OFDKazProtocol

/// What makes two joint states the same: tokens and numbers by the order in which they are met, instants by whether
/// they have come, counts that only grow left out.
struct JointKey {
    private(set) var bytes: [UInt8] = []
    private var tokens: [UInt32] = []
    private var numbers: [UInt16] = []

    init(_ joint: Joint) {
        self.bytes.reserveCapacity(64)
        let machine = joint.machine
        let state = machine.state
        self.token(joint.authority.issued)
        self.token(state.token)
        self.mode(machine.mode)
        self.flags(state.infoIsDue, state.comparisonIsDue, state.shiftMustClose, joint.isOutOfStep)
        switch state.greeting {
        case nil: self.bytes.append(0)
        case .restoring: self.bytes.append(1)
        case .announcing: self.bytes.append(2)
        }
        self.instant(state.nextAttempt, joint)
        self.instant(state.offlineSince, joint)
        self.bytes.append(state.attemptStarted == nil ? 0 : 1)
        if let open = state.openService {
            self.service(open.kind)
            self.pair(open.pair)
        } else {
            self.bytes.append(0)
        }
        self.bytes.append(UInt8(machine.queue.count))
        for (index, message) in machine.queue.enumerated() {
            self.bytes.append(Self.kind(message.kind))
            self.pair(message.pair)
            self.flags(message.attemptIsOpen, message.wentUnanswered, message.isOffline, false)
            self.age(of: message, joint)
            self.bytes.append(message.refusal.map { UInt8($0.rawValue) } ?? 0)
            let issued = joint.outstanding[index]
            self.bytes.append(UInt8(min(issued.kept, 2)))
            self.flags(issued.isDoubledByPerson, false, false, false)
        }
        if let delayed = joint.delayed {
            self.pair(delayed.pair)
            self.bytes.append(UInt8(delayed.command.rawValue))
            let position = joint.outstanding.firstIndex { $0.number == delayed.message }
            let isApart = delayed.message.map { joint.apart.contains($0) } ?? false
            self.bytes.append(position.map { UInt8($0) + 2 } ?? (isApart ? 1 : 0))
        } else {
            self.bytes.append(253)
        }
        self.bytes.append(joint.authority.isBlocked ? 1 : 0)
        // The last document matters to requests that carry its number; every later number is another one.
        if let last = joint.authority.last, self.numbers.contains(last.pair.reqnum) {
            self.pair(last.pair)
            self.bytes.append(UInt8(last.command.rawValue))
        } else {
            self.bytes.append(255)
        }
        switch joint.flight?.content {
        case nil: self.bytes.append(0)
        case .message: self.bytes.append(1)
        case .service(let kind):
            self.service(kind)
            self.pair(joint.flight?.pair)
        }
    }

    private mutating func token(_ token: UInt32) {
        if let index = self.tokens.firstIndex(of: token) {
            self.bytes.append(UInt8(index))
        } else {
            self.bytes.append(UInt8(self.tokens.count))
            self.tokens.append(token)
        }
    }

    private mutating func number(_ number: UInt16?) {
        guard let number else { return self.bytes.append(255) }
        if let index = self.numbers.firstIndex(of: number) {
            self.bytes.append(UInt8(index))
        } else {
            self.bytes.append(UInt8(self.numbers.count))
            self.numbers.append(number)
        }
    }

    private mutating func pair(_ pair: RequestPair?) {
        guard let pair else { return self.bytes.append(254) }
        self.token(pair.token)
        self.number(pair.reqnum)
    }

    private mutating func flags(_ a: Bool, _ b: Bool, _ c: Bool, _ d: Bool) {
        self.bytes.append((a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0))
    }

    /// None, come, within the interval, or beyond it.
    private mutating func instant(_ instant: FiscalInstant?, _ joint: Joint) {
        guard let instant else { return self.bytes.append(0) }
        if instant <= joint.now {
            self.bytes.append(1)
        } else {
            self.bytes.append(instant <= joint.now + .seconds(60) ? 2 : 3)
        }
    }

    /// To come (the clock was set back), new, or beyond the limit.
    private mutating func age(of message: QueuedMessage, _ joint: Joint) {
        if message.issuedAt > joint.now {
            self.bytes.append(2)
        } else {
            self.bytes.append(joint.now - message.issuedAt >= .seconds(72 * 3600) ? 1 : 0)
        }
    }

    private mutating func mode(_ mode: RegisterMode) {
        switch mode {
        case .online: self.bytes.append(0)
        case .offline(let awaitingTransport): self.bytes.append(awaitingTransport ? 2 : 1)
        case .serverBlocked(let awaitingToken): self.bytes.append(awaitingToken ? 4 : 3)
        case .blocked(.token): self.bytes.append(5)
        case .blocked(.message(let code)): self.bytes += [6, UInt8(code.rawValue)]
        case .blocked(.service(let code)): self.bytes += [7, UInt8(code.rawValue)]
        }
    }

    private mutating func service(_ kind: ServiceKind) {
        switch kind {
        case .keepAlive: self.bytes.append(10)
        case .restoring: self.bytes.append(11)
        case .polling: self.bytes.append(12)
        case .announcing(let count): self.bytes += [13, UInt8(count)]
        case .info: self.bytes.append(14)
        case .comparison: self.bytes.append(15)
        case .nomenclature: self.bytes.append(16)
        case .auth: self.bytes.append(17)
        case .reserved: self.bytes.append(18)
        }
    }

    private static func kind(_ kind: MessageKind) -> UInt8 {
        switch kind {
        case .ticket: 0
        case .closeShift: 1
        case .report: 2
        case .moneyPlacement: 3
        }
    }
}
