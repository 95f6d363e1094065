import FiscalCore
import OFDKazProtocol

/// The statements that hold in every joint state, at every start and at every end of an attempt.
extension Joint {
    func checkAtRest() throws(Violation) {
        let machine = self.machine
        let queue = machine.queue
        try require(
            queue.map(\.number) == self.outstanding.map(\.number), "a message is lost, or comes from nowhere")
        for difference in self.difference {
            let number = difference.number
            try require(
                self.apart.contains(number) || self.outstanding.contains { $0.number == number },
                "the counters differ by \(difference.count) in document \(number), which nobody set apart")
        }
        for (index, message) in queue.enumerated() {
            if index > 0 {
                try require(
                    message.pair == nil && !message.wentUnanswered && !message.attemptIsOpen && message.refusal == nil,
                    "a message behind the head was tried")
            }
            try require(
                self.outstanding[index].kept == 0 || message.wentUnanswered || message.attemptIsOpen,
                "the server has a message that the register believes it cannot have")
        }
        if self.flight == nil {
            try require(queue.first?.attemptIsOpen != true, "an attempt is open that nobody makes")
        }
        switch machine.mode {
        case .online:
            try require(queue.count <= 1, "a queue while ONLINE")
            try require(queue.isEmpty || machine.state.openService == nil, "two requests at a time")
            try require(machine.head?.refusal == nil, "a stopped message while ONLINE")
        case .offline:
            try require(machine.head?.refusal == nil, "a stopped message while OFFLINE")
            try require(machine.state.offlineSince != nil, "OFFLINE since never")
        case .blocked(.message):
            try require(machine.head?.refusal != nil, "BLOCKED by a message that is not there")
        case .blocked, .serverBlocked: break
        }
        if case .blocked(.message(.invalidToken)) = machine.mode {
        } else {
            try require(!machine.state.comparisonIsDue, "figures for nobody")
        }
        if self.isRecovered {
            try require(
                machine.state.token == self.authority.issued || self.isOutOfStep,
                "recovered, and the token is out of step")
            try require(self.difference.isEmpty, "recovered, and the figures of the server not taken over")
        }
    }

    /// What leaves the register, and when.
    mutating func checkStart(_ transmission: Transmission, before: RegisterMachine) throws(Violation) {
        let head = before.head
        switch before.mode {
        case .online: break
        case .offline(let awaitingTransport):
            try require(!awaitingTransport, "sent although the transport must change first")
        case .blocked:
            try require(transmission.service == .comparison, "sent in BLOCKED: \(transmission)")
        case .serverBlocked(let awaitingToken):
            try require(transmission.service == .polling && !awaitingToken, "sent in SERVER-BLOCKED: \(transmission)")
        }
        switch transmission.content {
        case .message(let message):
            try require(message.number == head?.number, "not the head of the queue")
            self.outstanding[0].mayRenumber = self.outstanding[0].mayRenumber || self.outstanding[0].pair == nil
            if let pair = self.outstanding[0].pair, pair != transmission.pair {
                try require(self.outstanding[0].mayRenumber, "a second pair for the same message")
            }
            if self.outstanding[0].pair != transmission.pair { try self.checkFreshPair(transmission, before: before) }
            self.outstanding[0].pair = transmission.pair
            self.outstanding[0].mayRenumber = false
        case .service(.announcing(let count)):
            try require(count == before.queue.count, "a wrong count was announced")
            try self.checkServicePair(transmission, before: before)
        case .service(.polling), .service(.comparison):
            try self.checkServicePair(transmission, before: before)
        case .service:
            try require(head?.pair == nil, "sent past a message that may be at the server: \(transmission)")
            try self.checkServicePair(transmission, before: before)
        }
        let period = transmission.offlinePeriod
        try require(period.upperBound >= self.now, "a period that ends before the request")
        if before.state.offlineSince == nil {
            try require(period == self.now...self.now, "a period without a break")
        }
    }

    private mutating func checkServicePair(
        _ transmission: Transmission, before: RegisterMachine
    ) throws(Violation) {
        if self.servicePair == transmission.pair && before.state.openService?.pair == transmission.pair { return }
        try self.checkFreshPair(transmission, before: before)
        self.servicePair = transmission.pair
    }

    /// A new request takes the next number and the token of the moment; unless somebody disturbed it, that is the one
    /// that the server wants.
    private func checkFreshPair(_ transmission: Transmission, before: RegisterMachine) throws(Violation) {
        let pair = transmission.pair
        try require(pair.reqnum == before.state.reqnum &+ 1, "not the next number")
        try require(pair.token == before.state.token, "not the token of the moment")
        let request = Self.request(of: transmission)
        let answerIsOutstanding = self.outstanding.first.map { $0.kept > 0 } ?? false
        if request.command != .report && !self.isOutOfStep && !answerIsOutstanding {
            try require(pair.token == self.authority.issued, "the token is out of step for no reason")
            try require(
                !request.isDocument || pair.reqnum != self.authority.last?.pair.reqnum,
                "the number of the last document")
        }
    }

    /// What the register makes of the end of an attempt.
    mutating func checkEnd(
        _ resolution: Resolution, of transmission: Transmission, with result: ExchangeResult, before: RegisterMachine
    ) throws(Violation) {
        if case .offline = before.mode, transmission.message != nil, case .answered(let code, _) = result {
            try self.checkDrain(code)
        }
        switch resolution {
        case .registered(let message):
            let issued = try self.settle(message)
            try require(issued.kept > 0, "registered, and the server has it not")
            // The register counts a document when it is handed out: offline ones when they are queued.
            if message.kind.isDocument && !message.isOffline { self.count(message.number, by: 1) }
        case .refused(let message, _):
            let issued = try self.settle(message)
            try require(issued.kept == 0, "refused, and the server has it")
            try require(!message.wentUnanswered, "refused after an unanswered attempt")
            try require(!message.isOffline, "refused after it was handed out")
        case .pending(let message):
            try require(message.isOffline && before.head?.isOffline == false, "pending, and not offline")
            if message.kind.isDocument { self.count(message.number, by: 1) }
        case .unknown(let message, _):
            try require(message.outcomeIsUnknown && !message.isOffline, "unknown, and known")
        case .stopped(let message, _):
            try require(message.refusal != nil, "stopped by nothing")
        case .renumbered(let message):
            try require(!message.wentUnanswered, "renumbered although the server may have it")
            self.outstanding[0].mayRenumber = true
        case .repeatAfterPause, .waiting, .serviceUnanswered: break
        case .serviceAnswered(.info, .ok):
            try require(self.outstanding.isEmpty, "figures taken over before the queue is empty")
            for difference in self.difference {
                try require(self.apart.contains(difference.number), "the counters differ when the queue is empty")
            }
            self.difference = []
        case .serviceAnswered: break
        case .stale:
            // Only a person's decision overtakes an attempt.
            try require(transmission.service == .comparison, "an attempt was overtaken: \(transmission)")
        }
    }

    /// KAZ-438 and KAZ-439: what an answer to a queued message leads to.
    private func checkDrain(_ code: ResultCode) throws(Violation) {
        switch (code, self.machine.mode) {
        case (.ok, .online), (.ok, .offline), (.blocked, .serverBlocked): break
        case (.serviceTemporarilyUnavailable, .offline), (.unknownError, .offline): break
        case (.invalidToken, .offline):
            try require(self.machine.head?.pair == nil, "neither blocked nor renumbered by 2")
        case (.ok, _), (.blocked, _), (.serviceTemporarilyUnavailable, _), (.unknownError, _):
            throw Violation("\(code) in a drain led to \(self.machine.mode)")
        case (_, .blocked): break
        default: throw Violation("\(code) in a drain led to \(self.machine.mode)")
        }
    }

    private mutating func settle(_ message: QueuedMessage) throws(Violation) -> Issued {
        guard let issued = self.outstanding.first, issued.number == message.number else {
            throw Violation("settled, and not the head of the queue")
        }
        self.outstanding.removeFirst()
        if issued.isDoubledByPerson && !self.apart.contains(message.number) { self.apart.append(message.number) }
        return issued
    }
}
