import FiscalCore
import Logging

/// Carrying out what the machine wants done: commit, send, settle, commit (design decision D5).
extension OFDRegister {
    /// What came of one step.
    enum Progress: Sendable {
        /// One request was driven to its end.
        case done(Settled)
        /// Nothing before this instant.
        case wait(until: FiscalInstant)
        /// Nothing until the host or a person does something.
        case rest
    }

    /// Drives the request that is due to its end: while ONLINE through all attempts of the transaction time.
    func driveNext() async throws -> Progress {
        try await self.lookAtIdleConnection()
        let budget = self.clock.elapsed() + self.configuration.rules.transactionTime
        while true {
            let now = self.clock.now()
            if self.memory.machine.mode != .online { try await self.checkQueueIfAnnounced(at: now) }
            switch self.memory.machine.nextStep(at: now) {
            case .rest: return .rest
            case .wait(let instant): return .wait(until: instant)
            case .send(let transmission):
                let settled = try await self.attempt(transmission, budget: budget, at: now)
                guard settled.resolution == .repeatAfterPause else { return .done(settled) }
                try await self.clock.sleep(for: self.pause)
            }
        }
    }

    /// A kept connection that broke while nothing was under way (section 5.2).
    private func lookAtIdleConnection() async throws {
        guard self.memory.machine.isIdle else { return }
        var anomalies: [Anomaly] = []
        let broke = await self.exchange.idleConnectionBroke(anomalies: &anomalies)
        if !anomalies.isEmpty { self.eventSources.yield(.anomalies(anomalies)) }
        guard broke else { return }
        let now = self.clock.now()
        let before = self.memory.machine.mode
        self.memory.machine.linkLost(at: now)
        try self.noteMode(from: before, because: "the connection broke while it was idle", at: now)
    }

    /// A pause of nothing would spin while a connection is refused at once.
    private var pause: Duration { max(self.configuration.rules.retryPause, .milliseconds(10)) }

    /// One attempt: its pair is stored before the first byte leaves (decision K2).
    private func attempt(
        _ transmission: Transmission, budget: Duration, at now: FiscalInstant
    ) async throws -> Settled {
        let outgoing: Outgoing
        do { outgoing = try await self.outgoing(transmission, at: now) } catch {
            // Nothing was stored of this step.
            self.abandonDraft()
            throw error
        }
        try await self.commit()
        self.log("sending \(outgoing.command)", transmission)
        var anomalies: [Anomaly] = []
        let ending = await self.exchange.perform(
            OFDExchange.Request(
                frame: outgoing.frame, expectation: outgoing.expectation, deadline: budget,
                limit: self.limit(outgoing.command)),
            anomalies: &anomalies)
        self.log(ending.summary, transmission)
        return try await self.settle(
            transmission, outgoing, ending, anomalies: anomalies,
            budgetIsLeft: self.clock.elapsed() + self.pause < budget)
    }

    private func limit(_ command: CommandType) -> Int {
        command == .nomenclature ? self.configuration.nomenclatureLimit : self.configuration.answerLimit
    }

    /// The check of section 5.4.1: all records that wait are read before their count is told.
    private func checkQueueIfAnnounced(at now: FiscalInstant) async throws {
        guard self.memory.machine.state.greeting == .announcing else { return }
        for message in self.memory.machine.queue { _ = try await self.records.request(message.number) }
    }

    private func log(_ text: String, _ transmission: Transmission) {
        self.configuration.logger?.info("\(text)", metadata: ["reqnum": "\(transmission.pair.reqnum)"])
    }
}

extension RegisterMachine {
    /// Nothing is under way or waits.
    fileprivate var isIdle: Bool { self.mode == .online && self.head == nil && self.state.openService == nil }
}

extension OFDExchange.Ending {
    /// For the machine.
    var result: ExchangeResult {
        switch self {
        case .notDelivered: .notDelivered
        case .unanswered: .unanswered
        case .answered(let answer): .answered(answer.code, token: answer.token)
        }
    }

    /// For the log: neither token nor content.
    var summary: String {
        switch self {
        case .notDelivered(let detail): "not delivered: \(detail)"
        case .unanswered(let detail): "no answer: \(detail)"
        case .answered(let answer): "answered \(answer.code.rawValue)"
        }
    }
}
