import FiscalCore
import Testing

@testable import CRKProtocol

@Suite("The fiscalisation, step by step (chapter 3)")
struct FiscalisationMachineTests {
    private typealias Setting = ModelledFiscalisation.Setting
    private let now = ModelledFiscalisation.now
    private let number: RegistrationNumber

    init() throws {
        self.number = try RegistrationNumber("2017/000000101")
    }

    /// What a register is told to do when everything works, one line for each step.
    private func trace(_ setting: Setting) throws -> [String] {
        var world = try ModelledFiscalisation(setting)
        var trace: [String] = []
        while !world.machine.isComplete {
            trace.append("\(world.machine.action)")
            world = try #require(try world.events().first(where: \.isGood)).after
        }
        return trace
    }

    private let deviceAndRest = [
        "perform(CRKProtocol.FiscalisationStep.recordFiscalisation)",
        "perform(CRKProtocol.FiscalisationStep.bindMemories)", "perform(CRKProtocol.FiscalisationStep.zeroCounters)",
        "perform(CRKProtocol.FiscalisationStep.recordTaxpayer)",
        "perform(CRKProtocol.FiscalisationStep.recordRegistrationNumber)", "confirm",
        "perform(CRKProtocol.FiscalisationStep.makeFiscalReport)", "awaitShipment(report: 7)", "awaitTimetable",
    ]

    @Test("A device goes through the table in its order; it has no program check and, with one use only, no step 10")
    func hardware() throws {
        let trace = try self.trace(Setting(kind: .hardware, category: nil, isSuspended: false))
        #expect(trace == ["fetchKeys", "sendCertificates", "request"] + self.deviceAndRest)
    }

    @Test("Software has its program checked between its certificates and its request")
    func software() throws {
        let trace = try self.trace(Setting(kind: .software, category: nil, isSuspended: false))
        #expect(trace == ["fetchKeys", "sendCertificates", "checkProgram", "request"] + self.deviceAndRest)
    }

    @Test("A program for several uses records the use after step 9 and before the confirmation")
    func category() throws {
        let trace = try self.trace(Setting(kind: .hardware, category: "kantor", isSuspended: false))
        var expected = ["fetchKeys", "sendCertificates", "request"] + self.deviceAndRest
        let place = try #require(expected.firstIndex(of: "confirm"))
        expected.insert("perform(CRKProtocol.FiscalisationStep.recordPurpose)", at: place)
        #expect(trace == expected)
    }

    @Test("The steps that nobody can take back are 5, 6, 8 and 12; the device's are 5 to 10 and 12")
    func kindsOfSteps() {
        let steps = FiscalisationStep.allCases
        #expect(steps.map(\.rawValue) == Array(0...14))
        #expect(steps.filter(\.isIrreversible).map(\.rawValue) == [5, 6, 8, 12])
        #expect(steps.filter(\.isDeviceStep).map(\.rawValue) == [5, 6, 7, 8, 9, 10, 12])
    }

    /// A register on its way, told that everything works until it is about to do `step`.
    private func world(
        before step: FiscalisationStep, _ kind: RegisterKind = .hardware, category: String? = nil,
        isSuspended: Bool = false
    ) throws -> ModelledFiscalisation {
        var world = try ModelledFiscalisation(Setting(kind: kind, category: category, isSuspended: isSuspended))
        while world.machine.progress(isSuspended: world.truth.isSuspended).step < step {
            world = try #require(try world.events().first(where: \.isGood)).after
        }
        #expect(world.machine.progress(isSuspended: false).step == step)
        return world
    }

    // MARK: The request

    @Test("The device gets the number of the answer, the taxpayer of the request and one time for all steps")
    func facts() throws {
        var machine = try self.world(before: .requestFiscalisation, category: "kantor").machine
        #expect(machine.facts == nil)
        machine.requestBegan()
        machine.granted(self.number, at: self.now + .seconds(5))
        let facts = FiscalisationFacts(
            unit: try UniqueNumber("ZTE1701000901"), taxpayer: try NIP("5260250274"), registrationNumber: self.number,
            category: "kantor", time: self.now + .seconds(5))
        #expect(machine.action == .perform(.recordFiscalisation))
        #expect(machine.facts == facts)
        for second in 6..<12 {
            machine.intended()
            machine.restarted()
            machine.performed(report: nil, at: self.now + .seconds(Int64(second)))
            #expect(machine.facts == facts)
        }
        #expect(machine.action == .confirm)
    }

    @Test(
        "Each status 01 to 19 leaves the register as it was: refused with its code, nothing for the device",
        arguments: 1...19)
    func refusedByStatus(_ code: Int) throws {
        var machine = try self.world(before: .requestFiscalisation, .software).machine
        machine.requestBegan()
        let origin = FiscalisationRefusal.Origin.status(FiscalisationStatus(rawValue: code), desc: "…")
        machine.refused(origin, at: self.now)
        let refusal = FiscalisationRefusal(step: .requestFiscalisation, origin: origin)
        #expect(machine.action == .stop(.refused(refusal)))
        #expect(refusal.code == (code < 10 ? "0\(code)" : "\(code)"))
        #expect(machine.facts == nil)
        #expect(machine.mayBeReplaced)
        #expect(!machine.maySend)
        #expect(!machine.mayPoll(isSuspended: true))
        let progress = machine.progress(isSuspended: false)
        #expect(progress.step == .requestFiscalisation)
        #expect(progress.waiting == .person(.refused(refusal)))
        #expect(progress.isStalled)
    }

    @Test(
        "Each error of CMD09 leaves the register as it was",
        arguments: ["B01", "B03", "B04", "B06", "B10", "B11", "B12", "E01", "E02"])
    func refusedByError(_ code: String) throws {
        var machine = try self.world(before: .requestFiscalisation, .software).machine
        machine.requestBegan()
        let error = CPDErrorCode(rawValue: code)
        let status = try #require(error.httpStatus)
        machine.refused(.error(CPDRefusal(httpStatus: status, code: error, message: nil)), at: self.now)
        guard case .stop(.refused(let refusal)) = machine.action else {
            Issue.record("\(machine.action)")
            return
        }
        #expect(refusal.code == "\(status) \(code)")
        #expect(machine.facts == nil)
        #expect(machine.mayBeReplaced)
    }

    @Test("A program that is not admitted ends the attempt before the request")
    func programNotAdmitted() throws {
        var machine = try self.world(before: .checkProgram, .software).machine
        machine.programChecked(isAdmitted: false, at: self.now)
        #expect(
            machine.action == .stop(.refused(FiscalisationRefusal(step: .checkProgram, origin: .programNotAdmitted))))
        #expect(machine.mayBeReplaced)
    }

    @Test("A refusal of a repeated request says nothing about the first one: a person is asked, and may ask again")
    func unknown() throws {
        var machine = try self.world(before: .requestFiscalisation).machine
        machine.requestBegan()
        machine.unanswered(mayHaveArrived: true, at: self.now, jitter: 0)
        #expect(machine.action == .request)
        #expect(!machine.mayBeReplaced)
        machine.requestBegan()
        let origin = FiscalisationRefusal.Origin.status(.alreadyFiscalised, desc: nil)
        machine.refused(origin, at: self.now)
        let refusal = FiscalisationRefusal(step: .requestFiscalisation, origin: origin)
        #expect(machine.action == .stop(.unknown(refusal)))
        #expect(!machine.mayBeReplaced)
        let asksAgain = machine.decide(.requestAgain, at: self.now)
        #expect(asksAgain)
        machine.requestBegan()
        machine.refused(origin, at: self.now)
        #expect(machine.action == .stop(.unknown(refusal)), "the first one is still unknown")
    }

    @Test("A request that never left, and was refused the next time, is refused")
    func notDelivered() throws {
        var machine = try self.world(before: .requestFiscalisation).machine
        machine.requestBegan()
        machine.unanswered(mayHaveArrived: false, at: self.now, jitter: 0)
        machine.requestBegan()
        machine.refused(.status(FiscalisationStatus(rawValue: 4), desc: nil), at: self.now)
        #expect(machine.mayBeReplaced)
    }

    // MARK: Pauses

    @Test("Calls without an answer are repeated with growing pauses, at five minutes and a quarter at the most")
    func pauses() throws {
        var machine = try self.world(before: .confirmFiscalisation).machine
        var pauses: [Int64] = []
        for _ in 0..<9 {
            machine.unanswered(mayHaveArrived: true, at: self.now, jitter: 0)
            #expect(machine.action == .confirm)
            let due = try #require(machine.nextDue(at: self.now))
            pauses.append((due - self.now).wholeMilliseconds / 1000)
            #expect(machine.progress(isSuspended: false).waiting == .server(due))
        }
        #expect(pauses == [4, 8, 16, 32, 64, 128, 256, 300, 300])
        machine.unanswered(mayHaveArrived: true, at: self.now, jitter: 255)
        #expect(machine.nextDue(at: self.now) == self.now + .seconds(375))
        machine.confirmed(at: self.now)
        #expect(machine.nextDue(at: self.now) == self.now, "an answer ends the pauses")
    }

    @Test("A clock that is set back does not make a pause longer than any")
    func clockSetBack() throws {
        var machine = try self.world(before: .confirmFiscalisation).machine
        machine.unanswered(mayHaveArrived: true, at: self.now, jitter: 0)
        let back = self.now - .seconds(86_400)
        #expect(machine.nextDue(at: back) == back)
        #expect(machine.nextDue(at: self.now - .seconds(60)) == self.now + .seconds(4))
    }

    @Test("Somebody who wants it to go on now ends a pause")
    func resumed() throws {
        var machine = try self.world(before: .confirmFiscalisation).machine
        machine.unanswered(mayHaveArrived: true, at: self.now, jitter: 0)
        machine.resume(at: self.now)
        #expect(machine.nextDue(at: self.now) == self.now)
    }

    // MARK: The device

    @Test(
        "After a crash in a step that nobody can take back the device is asked first; other steps are repeated",
        arguments: FiscalisationStep.allCases.filter(\.isDeviceStep))
    func crashInStep(_ step: FiscalisationStep) throws {
        var machine = try self.world(before: step, category: "kantor").machine
        #expect(machine.action == .perform(step))
        machine.intended()
        machine.restarted()
        let isAsked = [5, 6, 8, 12].contains(step.rawValue)
        #expect(machine.action == (isAsked ? .askWhetherDone(step) : .perform(step)))
        guard isAsked else { return }
        var notDone = machine
        notDone.answered(.notDone, at: self.now)
        #expect(notDone.action == .perform(step))
        machine.answered(.cannotTell, at: self.now)
        #expect(machine.action == .stop(.deviceCannotTell(step)))
        #expect(machine.progress(isSuspended: false).isStalled)
        #expect(!machine.mayBeReplaced)
    }

    @Test("A report without a usable number stops for a person, who has to name it", arguments: [nil, 0, -1])
    func reportWithoutNumber(_ report: Int64?) throws {
        var machine = try self.world(before: .makeFiscalReport).machine
        machine.intended()
        machine.performed(report: report, at: self.now)
        #expect(machine.action == .stop(.deviceCannotTell(.makeFiscalReport)))
        let isNameless = machine.decide(.stepIsDone(.makeFiscalReport, report: report), at: self.now)
        #expect(!isNameless)
        let isNamed = machine.decide(.stepIsDone(.makeFiscalReport, report: 31), at: self.now)
        #expect(isNamed)
        #expect(machine.action == .awaitShipment(report: 31))
    }

    // MARK: Confirmation, report and timetable

    @Test(
        "A confirmation without an answer is repeated, also by another process, and the report comes after its answer")
    func confirmationLost() throws {
        var machine = try self.world(before: .confirmFiscalisation).machine
        machine.unanswered(mayHaveArrived: true, at: self.now, jitter: 0)
        machine.restarted()
        #expect(machine.action == .confirm)
        machine.confirmed(at: self.now)
        #expect(machine.action == .perform(.makeFiscalReport))
    }

    @Test("A refused confirmation waits for somebody and is then made again; nothing before it is")
    func confirmationRefused() throws {
        var machine = try self.world(before: .confirmFiscalisation).machine
        let refusal = CPDRefusal(httpStatus: 406, code: .fiscalisationNotStarted, message: nil)
        machine.refused(.error(refusal), at: self.now)
        let stop = FiscalisationRefusal(step: .confirmFiscalisation, origin: .error(refusal))
        #expect(machine.action == .stop(.confirmationRefused(stop)))
        #expect(machine.progress(isSuspended: false).step == .confirmFiscalisation)
        machine.resume(at: self.now)
        #expect(machine.action == .confirm)
    }

    @Test("Until the timetable is stored and confirmed the register is on its way, not fiscalised")
    func fiscalisedAtTheEnd() throws {
        var machine = try self.world(before: .sendFiscalReport).machine
        #expect(!machine.mayPoll(isSuspended: false), "the poll begins once the report was taken")
        machine.shipped(through: 6, at: self.now)
        #expect(machine.action == .awaitShipment(report: 7))
        machine.shipped(through: 7, at: self.now + .seconds(7_200))
        #expect(!machine.isComplete)
        #expect(machine.mayPoll(isSuspended: false))
        #expect(
            machine.progress(isSuspended: false)
                == FiscalisationProgress(
                    step: .storeTimetable, waiting: .timetable, since: self.now + .seconds(7_200),
                    registrationNumber: self.number))
        machine.restarted()
        #expect(!machine.isComplete)
        machine.timetableConfirmed(at: self.now)
        #expect(machine.isComplete)
        #expect(machine.action == .none)
    }

    @Test("The timetable has no time limit; only a host's explicit word goes on without it")
    func withoutTimetable() throws {
        var machine = try self.world(before: .storeTimetable).machine
        let later = self.now + .seconds(400 * 86_400)
        #expect(machine.nextDue(at: later) == nil)
        #expect(machine.action == .awaitTimetable)
        let goesOn = machine.decide(.goOnWithoutTimetable, at: later)
        #expect(goesOn)
        #expect(machine.isComplete)
    }

    @Test(
        "With sending suspended the poll does not wait for the report, and a timetable that came first is not forgotten"
    )
    func suspended() throws {
        var machine = try self.world(before: .sendFiscalReport, isSuspended: true).machine
        #expect(machine.mayPoll(isSuspended: true))
        let progress = machine.progress(isSuspended: true)
        #expect(progress.waiting == .suspendedShipment)
        #expect(progress.isStalled)
        machine.timetableConfirmed(at: self.now)
        #expect(machine.action == .awaitShipment(report: 7))
        #expect(machine.mayPoll(isSuspended: false))
        #expect(!machine.progress(isSuspended: false).isStalled)
        machine.shipped(through: 7, at: self.now)
        #expect(machine.isComplete)
    }
}
