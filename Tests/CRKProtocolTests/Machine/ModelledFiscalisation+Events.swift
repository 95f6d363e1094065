import FiscalCore
import Testing

@testable import CRKProtocol

/// What can happen next, all of it.
extension ModelledFiscalisation {
    /// One thing that can happen. `isGood`: it brings the register forward when everything works and people tell the
    /// truth.
    struct Event {
        var name: String
        var isGood = false
        /// Whether a person has to do it.
        var isPersons = false
        var after: ModelledFiscalisation
    }

    func events() throws -> [Event] {
        var events: [Event] = []
        func add(_ name: String, isGood: Bool = false, isPersons: Bool = false, _ after: Self) {
            events.append(Event(name: name, isGood: isGood, isPersons: isPersons, after: after))
        }
        switch self.machine.action {
        case .fetchKeys:
            events += try self.call(
                .fetchRepositoryKeys, effect: { _ in },
                told: {
                    $0.truth.hasKeys = true
                    $0.machine.keysFetched(at: Self.now)
                })
        case .sendCertificates:
            events += try self.call(
                .sendRegisterCertificates, effect: { $0.truth.hasSentCertificates = true },
                told: { $0.machine.certificatesSent(at: Self.now) })
        case .checkProgram:
            events += try self.call(
                .checkProgram, effect: { $0.truth.isProgramAdmitted = true },
                told: { $0.machine.programChecked(isAdmitted: true, at: Self.now) })
            var refused = self
            refused.machine.programChecked(isAdmitted: false, at: Self.now)
            add("program not admitted", refused)
        case .request: events += try self.requests()
        case .perform(let step): events += try self.performances(of: step)
        case .askWhetherDone(let step): events += try self.questions(about: step)
        case .confirm:
            events += try self.call(
                .confirmFiscalisation, effect: { $0.truth.repository = .fis },
                told: { $0.machine.confirmed(at: Self.now) })
        case .awaitShipment, .awaitTimetable: events += self.lastSteps()
        case .stop(let stop): events += self.persons(stop)
        case .none: break
        }
        if self.machine.mayBeReplaced {
            let isGood = if case .stop = self.machine.action { true } else { false }
            add("new request", isGood: isGood, isPersons: true, try self.begunAgain())
        }
        add("restart", try self.restarted())
        return events
    }

    /// A call of the CPD server: with and without effect, with and without an answer, and the process may end meanwhile.
    private func call(
        _ step: FiscalisationStep, effect: (inout Self) -> Void, told: (inout Self) -> Void
    ) throws -> [Event] {
        #expect(self.isReady(for: step), "\(step) before its time: \(self)")
        var done = self
        effect(&done)
        var answered = done
        told(&answered)
        var events = [Event(name: "\(step) answered", isGood: true, after: answered)]
        for (name, base, mayHaveArrived) in [
            ("answer lost", done, true), ("request lost", self, true), ("not delivered", self, false),
        ] {
            var after = base
            after.machine.unanswered(mayHaveArrived: mayHaveArrived, at: Self.now, jitter: 128)
            events.append(Event(name: "\(step) \(name)", after: after))
        }
        var refused = self
        refused.machine.refused(
            .error(CPDRefusal(httpStatus: 406, code: .wrongCommand, message: nil)), at: Self.now)
        events.append(Event(name: "\(step) refused", after: refused))
        events.append(Event(name: "\(step) crash, done", after: try done.restarted()))
        events.append(Event(name: "\(step) crash, not done", after: try self.restarted()))
        return events
    }

    /// CMD09: the repository gives a number once, and the same again while the register is ROZ.
    private func requests() throws -> [Event] {
        var begun = self
        begun.machine.requestBegan()
        var events = try begun.call(
            .requestFiscalisation,
            effect: {
                if $0.truth.repository == .unknown { $0.truth.numbers += 1 }
                $0.truth.repository = .roz
            },
            told: {
                guard let number = Self.number else { return }
                $0.machine.granted(number, at: Self.now)
            })
        var refused = begun
        refused.machine.refused(.status(FiscalisationStatus(rawValue: 4), desc: nil), at: Self.now)
        events.append(Event(name: "request refused by status", after: refused))
        return events
    }

    private func performances(of step: FiscalisationStep) throws -> [Event] {
        #expect(step.isDeviceStep)
        #expect(self.setting.steps.contains(step), "\(step) is not this register's")
        #expect(self.isReady(for: step), "\(step) before its time: \(self)")
        var intended = self
        intended.machine.intended()
        var written = intended
        written.write(step)
        let report = step == .makeFiscalReport ? Self.report : nil
        var done = written
        done.machine.performed(report: report, at: Self.now)
        var failed = intended
        failed.machine.deviceFailed(at: Self.now, jitter: 0)
        var failedLate = written
        failedLate.machine.deviceFailed(at: Self.now, jitter: 0)
        var events = [
            Event(name: "\(step) performed", isGood: true, after: done),
            Event(name: "\(step) failed", after: failed),
            Event(name: "\(step) performed, failed", after: failedLate),
            Event(name: "\(step) crash before", after: try intended.restarted()),
            Event(name: "\(step) crash after", after: try written.restarted()),
        ]
        if step == .makeFiscalReport {
            var nameless = written
            nameless.machine.performed(report: nil, at: Self.now)
            events.append(Event(name: "a report without a number", after: nameless))
        }
        return events
    }

    private func questions(about step: FiscalisationStep) throws -> [Event] {
        #expect(step.isIrreversible)
        let isDone = self.writes(step) > 0
        let report = step == .makeFiscalReport ? Self.report : nil
        var answered = self
        answered.machine.answered(isDone ? .done(report: report) : .notDone, at: Self.now)
        var cannotTell = self
        cannotTell.machine.answered(.cannotTell, at: Self.now)
        var failed = self
        failed.machine.deviceFailed(at: Self.now, jitter: 255)
        return [
            Event(name: "\(step) asked", isGood: true, after: answered),
            Event(name: "\(step) cannot tell", after: cannotTell),
            Event(name: "\(step) question failed", after: failed),
        ]
    }

    /// The shipment of the report, orders, and the choices of the host.
    private func lastSteps() -> [Event] {
        var events: [Event] = []
        if case .awaitShipment(let report) = self.machine.action {
            #expect(report == Self.report)
            var less = self
            less.machine.shipped(through: report - 1, at: Self.now)
            #expect(less.machine == self.machine)
            var taken = self
            taken.truth.isReportTaken = true
            taken.machine.shipped(through: report, at: Self.now)
            // With sending suspended it is the host's opt-in that sends it.
            events.append(
                Event(
                    name: "report taken", isGood: !self.truth.isSuspended, isPersons: self.truth.isSuspended,
                    after: taken))
        } else {
            var without = self
            let goesOn = without.machine.decide(.goOnWithoutTimetable, at: Self.now)
            #expect(goesOn)
            without.truth.wentOn = true
            events.append(Event(name: "on without timetable", isPersons: true, after: without))
        }
        guard self.machine.mayPoll(isSuspended: self.truth.isSuspended) else { return events }
        for isSuspended in [false, true] {
            var ordered = self
            ordered.truth.isSuspended = isSuspended
            ordered.truth.hasTimetable = true
            ordered.machine.timetableConfirmed(at: Self.now)
            events.append(
                Event(
                    name: "timetable", isGood: self.truth.isSuspended && !isSuspended || self.truth.isReportTaken,
                    after: ordered))
        }
        return events
    }

    /// What a person does who looks first and tells the truth.
    private func persons(_ stop: FiscalisationMachine.Stop) -> [Event] {
        var after = self
        switch stop {
        case .refused, .givenUp: return []
        case .unknown:
            var givenUp = self
            let givesUp = givenUp.machine.decide(.giveUp, at: Self.now)
            #expect(givesUp)
            givenUp.truth.wasGivenUp = self.truth.numbers > 0
            let asksAgain = after.machine.decide(.requestAgain, at: Self.now)
            #expect(asksAgain)
            return [
                Event(name: "again", isGood: true, isPersons: true, after: after),
                Event(name: "given up", isPersons: true, after: givenUp),
            ]
        case .deviceCannotTell(let step):
            let report = step == .makeFiscalReport ? Self.report : nil
            let isDone = self.writes(step) > 0
            let choice: CRKDecision.Choice = isDone ? .stepIsDone(step, report: report) : .stepIsNotDone(step)
            let isTaken = after.machine.decide(choice, at: Self.now)
            #expect(isTaken)
            return [Event(name: "\(choice)", isGood: true, isPersons: true, after: after)]
        case .confirmationRefused:
            after.machine.resume(at: Self.now)
            return [Event(name: "confirmed again", isGood: true, isPersons: true, after: after)]
        }
    }
}
