import TSEOffline
import Testing

/// Every state that the till's machine can reach, against a service that carries out whatever arrives, twice if it comes
/// twice. Nothing but the till's own care keeps such a service from doubling a document.
@Suite("The till's machine")
struct TillDocumentMachineWalkTests {
    /// What a service that checks nothing has done.
    struct CarelessService: Hashable {
        var creates = 0
        var finishes = 0
        var finishedBy: FiscalStep?
        /// Calls of which nobody heard again: they may still arrive.
        var createIsAstray = false
        var finishIsAstray = false

        mutating func carryOut(_ step: FiscalStep) {
            if step == .create {
                self.creates += 1
            } else {
                self.finishes += 1
                self.finishedBy = self.finishedBy ?? step
            }
        }

        mutating func loses(_ step: FiscalStep) {
            if step == .create { self.createIsAstray = true } else { self.finishIsAstray = true }
        }

        var report: TillDocumentMachine.Report {
            if let finishedBy = self.finishedBy { return .finished(finishedBy) }
            return self.creates > 0 ? .opened : .unknown
        }
    }

    /// What becomes of a call.
    enum Fate: CaseIterable { case answered, answerLost, requestLost, notDelivered, refused, tillDies }
    /// What becomes of a question.
    enum Question: CaseIterable { case answered, failed }
    enum Move: CaseIterable { case create, store, cancel, close }

    struct World: Hashable {
        var machine = TillDocumentMachine()
        var service = CarelessService()

        /// The host makes a call, and the way and the service do with it what fate says.
        mutating func play(_ move: Move, _ fate: Fate, _ question: Question) {
            switch move {
            case .create: self.drive(.create, self.machine.createRequested(), fate, question)
            case .store: self.drive(.store, self.machine.finishRequested(.store), fate, question)
            case .cancel: self.drive(.cancel, self.machine.finishRequested(.cancel), fate, question)
            case .close: _ = self.machine.close()
            }
        }

        private mutating func drive(
            _ step: FiscalStep, _ action: TillDocumentMachine.Action, _ fate: Fate, _ question: Question
        ) {
            switch action {
            case .answerFromJournal, .usedUp, .closed: return
            case .ask:
                guard question == .answered else { return }
                switch self.machine.reported(self.service.report) {
                case .send: break
                case .disagreement: return
                case .takeAnswer:
                    self.answered(step, isRefused: false)
                    return
                }
            case .send: break
            }
            let wasDoubtful = self.machine.mayHaveArrived
            self.machine.willSend()
            if fate == .answered || fate == .answerLost { self.service.carryOut(step) }
            switch fate {
            case .answered: self.answered(step, isRefused: false)
            case .refused: self.answered(step, isRefused: true)
            case .notDelivered: self.machine.notDelivered(afterDoubt: wasDoubtful)
            case .answerLost: break
            case .requestLost, .tillDies: self.service.loses(step)
            }
        }

        private mutating func answered(_ step: FiscalStep, isRefused: Bool) {
            if step == .create {
                self.machine.createAnswered(mayContinue: !isRefused)
            } else {
                self.machine.finishAnswered(isRefused: isRefused)
            }
        }
    }

    /// Everything that can be reached from a new document.
    private static let reachable: Set<World> = {
        var known: Set<World> = [World()]
        var open = Array(known)
        while let world = open.popLast() {
            for move in Move.allCases {
                for fate in Fate.allCases {
                    for question in Question.allCases {
                        var next = world
                        next.play(move, fate, question)
                        if known.insert(next).inserted { open.append(next) }
                        // A runaway would mean that calls are doubled without end.
                        if known.count > 10_000 { return known }
                    }
                }
            }
        }
        return known
    }()

    @Test("No call is carried out twice, and what the till believes is what the service did")
    func safety() {
        #expect((10..<1000).contains(Self.reachable.count))
        for world in Self.reachable {
            #expect(world.service.creates <= 1, "\(world)")
            #expect(world.service.finishes <= 1, "\(world)")
            switch world.machine.state {
            case .creating(let mayHaveArrived):
                #expect(mayHaveArrived || world.service.creates == 0 && !world.service.createIsAstray, "\(world)")
                #expect(world.service.finishes == 0, "\(world)")
            case .open(let mayHaveArrived):
                #expect(world.service.creates == 1, "\(world)")
                #expect(mayHaveArrived || !world.service.finishIsAstray, "\(world)")
            case .finishing(_, let mayHaveArrived):
                #expect(world.service.creates == 1, "\(world)")
                #expect(mayHaveArrived || world.service.finishes == 0 && !world.service.finishIsAstray, "\(world)")
            case .finished(let step): #expect(world.service.finishedBy == step, "\(world)")
            case .closed: break
            }
            #expect(world.machine.isUnfinished == (world.machine.state.isOver == false), "\(world)")
        }
    }

    @Test("With the way mended every document comes to its end in two calls, unless a person took it out")
    func liveness() {
        for start in Self.reachable where start.machine.state != .closed {
            var world = start
            world.play(.create, .answered, .answered)
            let isCancelling = if case .finishing(.cancel, _) = world.machine.state { true } else { false }
            world.play(isCancelling ? .cancel : .store, .answered, .answered)
            guard case .finished = world.machine.state else {
                Issue.record("\(start) ends as \(world)")
                continue
            }
            #expect(world.service.finishes == 1, "\(start)")
            // What is finished sends nothing any more.
            for move in [Move.create, .store, .cancel] {
                var later = world
                later.play(move, .answered, .answered)
                #expect(later == world)
            }
        }
    }

    @Test("A finished document cannot be taken out, a document taken out sends nothing")
    func closing() {
        for start in Self.reachable {
            var world = start
            let isFinished = if case .finished = start.machine.state { true } else { false }
            #expect(world.machine.close() == !isFinished)
            if isFinished {
                #expect(world == start)
                continue
            }
            #expect(world.machine.createRequested() == .closed)
            #expect(world.machine.finishRequested(.store) == .closed)
            #expect(!world.machine.isUnfinished)
        }
    }

    @Test("A service that finished the document by the other call is a disagreement, and nothing is sent")
    func disagreement() {
        var machine = TillDocumentMachine()
        machine.willSend()
        machine.createAnswered(mayContinue: true)
        _ = machine.finishRequested(.store)
        machine.willSend()
        #expect(machine.reported(.finished(.cancel)) == .disagreement)
        #expect(machine.reported(.finished(.store)) == .takeAnswer)
        #expect(machine.finishRequested(.cancel) == .usedUp)
    }
}

extension TillDocumentMachine.State {
    fileprivate var isOver: Bool {
        switch self {
        case .creating, .open, .finishing: false
        case .finished, .closed: true
        }
    }
}
