import FiscalCore
import Testing

@testable import CRKProtocol

@Suite("Every way through a fiscalisation, walked together with a model of the repository, the device and the people")
struct FiscalisationWalkTests {
    typealias Setting = ModelledFiscalisation.Setting

    /// All worlds that events lead to, each reached once.
    private static func walk(_ setting: Setting) throws -> (worlds: [ModelledFiscalisation], transitions: Int) {
        var seen: Set<[AnyHashable]> = []
        var worlds: [ModelledFiscalisation] = []
        var transitions = 0
        var open = [try ModelledFiscalisation(setting)]
        while let world = open.popLast() {
            guard seen.insert(world.key).inserted else { continue }
            worlds.append(world)
            let events = try world.events()
            transitions += events.count
            open += events.map(\.after)
        }
        return (worlds, transitions)
    }

    @Test(
        "Nothing irreversible happens twice, no step before the one ahead of it, and nothing is said that is not so",
        arguments: Setting.allCases)
    func nothingTwice(_ setting: Setting) throws {
        let (worlds, transitions) = try Self.walk(setting)
        print("fiscalisation, \(setting.testDescription): \(worlds.count) states, \(transitions) transitions")
        #expect(worlds.count > 100)
        var stops: Set<String> = []
        for world in worlds {
            Self.checkDevice(world)
            Self.checkWords(world)
            Self.checkWaiting(world)
            if case .stopped(let stop) = world.machine.phase { stops.insert(String("\(stop)".prefix { $0 != "(" })) }
        }
        #expect(stops == ["refused", "unknown", "deviceCannotTell", "confirmationRefused", "givenUp"])
    }

    private static func checkDevice(_ world: ModelledFiscalisation) {
        // Chapter 3 calls 5, 6 and 8 irreversible; a second report (12) could not be taken back either.
        for step in FiscalisationStep.allCases where [5, 6, 8, 12].contains(step.rawValue) {
            #expect(world.writes(step) <= 1, "\(step) twice: \(world)")
        }
        #expect(world.truth.numbers <= 1, "two registration numbers: \(world)")
        if world.writes > 0 {
            #expect(world.machine.facts?.registrationNumber == ModelledFiscalisation.number, "\(world)")
            #expect(world.truth.numbers == 1)
        }
        for step in world.setting.steps where step.isDeviceStep && world.writes(step) > 0 {
            #expect(world.isReady(for: step), "\(step) before its time: \(world)")
        }
    }

    /// What the machine says, held against the truth.
    private static func checkWords(_ world: ModelledFiscalisation) {
        let (machine, truth) = (world.machine, world.truth)
        #expect(machine.isComplete == world.setting.steps.allSatisfy(world.isDone), "\(world)")
        switch machine.phase {
        case .stopped(.refused): #expect(truth.numbers == 0 || truth.wasGivenUp, "said to be refused: \(world)")
        case .stopped(.deviceCannotTell(let step)): #expect([5, 6, 8, 12].contains(step.rawValue))
        default: break
        }
        if machine.mayBeReplaced {
            #expect(world.writes == 0)
            #expect(truth.numbers == 0 || truth.wasGivenUp, "\(world)")
        }
        if machine.maySend { #expect(world.isReady(for: .sendFiscalReport)) }
        let polls = machine.mayPoll(isSuspended: truth.isSuspended)
        #expect(polls == (machine.maySend && (truth.isReportTaken || truth.isSuspended || truth.hasTimetable)))
        let progress = machine.progress(isSuspended: truth.isSuspended)
        if case .stopped = machine.phase {
        } else {
            #expect(world.isReady(for: progress.step), "\(progress): \(world)")
        }
        #expect(progress.registrationNumber == machine.facts?.registrationNumber)
        if machine.facts == nil { #expect(progress.step <= .requestFiscalisation) }
    }

    /// What it waits for, and for how long.
    private static func checkWaiting(_ world: ModelledFiscalisation) {
        let (machine, now) = (world.machine, ModelledFiscalisation.now)
        let isStalled = machine.progress(isSuspended: world.truth.isSuspended).isStalled
        switch machine.action {
        case .stop:
            #expect(isStalled)
            #expect(machine.nextDue(at: now) == nil)
        case .awaitShipment:
            #expect(isStalled == world.truth.isSuspended)
            #expect(machine.nextDue(at: now) == nil)
        case .awaitTimetable, .none:
            #expect(!isStalled)
            #expect(machine.nextDue(at: now) == nil)
        case .fetchKeys, .sendCertificates, .checkProgram, .request, .perform, .askWhetherDone, .confirm:
            #expect(!isStalled)
            #expect(machine.nextDue(at: now).map { $0 >= now && $0 <= now + .seconds(375) } == true)
        }
    }

    @Test(
        "From wherever a fiscalisation stands it ends well once everything works, without people unless it stopped",
        arguments: Setting.allCases)
    func endsWell(_ setting: Setting) throws {
        for start in try Self.walk(setting).worlds {
            var world = start
            var persons = 0
            for _ in 0..<40 where !world.machine.isComplete {
                guard let event = try world.events().first(where: \.isGood) else { break }
                persons += event.isPersons ? 1 : 0
                world = event.after
            }
            #expect(world.machine.isComplete, "stuck: \(start)")
            Self.checkDevice(world)
            if case .stopped = start.machine.phase { continue }
            #expect(persons == 0, "\(start)")
        }
    }

    @Test(
        "A restart changes nothing but a request that was under way, and a second restart nothing at all",
        arguments: Setting.allCases)
    func restarts(_ setting: Setting) throws {
        for world in try Self.walk(setting).worlds {
            let once = try world.restarted()
            #expect(once.machine == world.machine, "\(world)")
            var begun = world
            begun.machine.requestBegan()
            guard begun.machine != world.machine else { continue }
            let after = try begun.restarted()
            #expect(after.machine.phase == .requesting(underWay: false, wasUnanswered: true))
            #expect(try after.restarted().machine == after.machine)
        }
    }

    /// Events by name, as the caller tells them.
    private static func tellings() throws -> [(name: String, tell: (inout FiscalisationMachine) -> Void)] {
        let now = ModelledFiscalisation.now
        let number = try RegistrationNumber("2018/000000999")
        return [
            ("keysFetched", { $0.keysFetched(at: now) }), ("certificatesSent", { $0.certificatesSent(at: now) }),
            ("programChecked", { $0.programChecked(isAdmitted: true, at: now) }),
            ("requestBegan", { $0.requestBegan() }), ("granted", { $0.granted(number, at: now) }),
            ("refused", { $0.refused(.programNotAdmitted, at: now) }),
            ("unanswered", { $0.unanswered(mayHaveArrived: true, at: now, jitter: 1) }),
            ("confirmed", { $0.confirmed(at: now) }), ("intended", { $0.intended() }),
            ("performed", { $0.performed(report: 9, at: now) }),
            ("answered", { $0.answered(.done(report: 9), at: now) }),
            ("deviceFailed", { $0.deviceFailed(at: now, jitter: 1) }),
            ("shipped", { $0.shipped(through: 9, at: now) }),
            ("timetableConfirmed", { $0.timetableConfirmed(at: now) }),
        ]
    }

    private static func expected(_ machine: FiscalisationMachine) -> Set<String> {
        switch machine.phase {
        case .fetchingKeys: ["keysFetched", "refused", "unanswered"]
        case .sendingCertificates: ["certificatesSent", "refused", "unanswered"]
        case .checkingProgram: ["programChecked", "refused", "unanswered"]
        case .requesting: ["requestBegan", "granted", "refused", "unanswered"]
        case .device(_, intended: false): ["intended", "deviceFailed"]
        case .device(_, intended: true): ["intended", "performed", "answered", "deviceFailed"]
        case .confirming: ["confirmed", "refused", "unanswered"]
        case .sendingReport: ["shipped", "timetableConfirmed"]
        case .awaitingTimetable: ["timetableConfirmed"]
        case .complete, .stopped: []
        }
    }

    @Test("An event that comes late, twice or out of turn changes nothing", arguments: Setting.allCases)
    func outOfTurn(_ setting: Setting) throws {
        let tellings = try Self.tellings()
        for world in try Self.walk(setting).worlds {
            let expected = Self.expected(world.machine)
            for (name, tell) in tellings where !expected.contains(name) {
                var machine = world.machine
                tell(&machine)
                #expect(machine == world.machine, "\(name) in \(world.machine.phase)")
            }
        }
    }

    @Test("A decision that does not fit to where the fiscalisation stands changes nothing", arguments: Setting.allCases)
    func decisions(_ setting: Setting) throws {
        let choices: [CRKDecision.Choice] =
            [.requestAgain, .giveUp, .goOnWithoutTimetable]
            + FiscalisationStep.allCases.flatMap { step -> [CRKDecision.Choice] in
                [.stepIsDone(step, report: nil), .stepIsDone(step, report: 0), .stepIsNotDone(step)]
            }
        for world in try Self.walk(setting).worlds {
            for choice in choices {
                var machine = world.machine
                let isTaken = machine.decide(choice, at: ModelledFiscalisation.now)
                #expect(isTaken == Self.fits(choice, world.machine.phase), "\(choice) in \(world.machine.phase)")
                if !isTaken { #expect(machine == world.machine) }
            }
        }
    }

    private static func fits(_ choice: CRKDecision.Choice, _ phase: FiscalisationMachine.Phase) -> Bool {
        switch choice {
        case .requestAgain, .giveUp: if case .stopped(.unknown) = phase { true } else { false }
        case .goOnWithoutTimetable: phase == .awaitingTimetable
        // A report needs its number.
        case .stepIsDone(.makeFiscalReport, _): false
        case .stepIsDone(let step, _), .stepIsNotDone(let step): phase == .stopped(.deviceCannotTell(step))
        }
    }
}
