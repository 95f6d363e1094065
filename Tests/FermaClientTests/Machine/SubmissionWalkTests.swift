import FiscalCore
import Testing

@testable import FermaClient

/// A sale, the correction that may take its place, and the time.
private struct World {
    var sale = ModelledSale()
    var correction: ModelledSale?
    var now = FiscalInstant(secondsSinceEpoch: 1_800_000_000)
    /// Whether the request under way goes by a person's word alone; for the sale and for its correction.
    var byPerson = [false, false]

    var sides: [ModelledSale] { [self.sale] + (self.correction.map { [$0] } ?? []) }

    subscript(side: Int) -> ModelledSale {
        get { side == 0 ? self.sale : self.correction ?? ModelledSale() }
        set { if side == 0 { self.sale = newValue } else { self.correction = newValue } }
    }

    var key: [AnyHashable] {
        [
            self.sale.key(at: self.now), self.correction?.key(at: self.now),
            self.byPerson,
        ]
    }
}

@Suite("Every life of a sale, walked through together with a model of the device")
struct SubmissionWalkTests {
    private static let decision = FermaDecision(
        .close, by: "Иванова", because: "проверка", at: FiscalInstant(secondsSinceEpoch: 0))

    /// All worlds that events lead to, each reached once, with the checks of every single step done on the way.
    private static func walk() -> [World] {
        var seen: Set<[AnyHashable]> = []
        var all: [World] = []
        var open = [World()]
        while let world = open.popLast() {
            guard seen.insert(world.key).inserted else { continue }
            all.append(world)
            open += Self.next(after: world)
        }
        return all
    }

    private static func next(after world: World) -> [World] {
        var next: [World] = []
        for side in world.sides.indices {
            next += Self.requests(world, side) + Self.endings(world, side) + Self.decisions(world, side)
        }
        if let orphan = world.sale.orphan, world.sale.device.documents > 0 {
            var late = world
            let action = late.sale.machine.attemptEnded(
                orphan, .fiscalised, now: world.now, policy: ModelledSale.policy)
            #expect(action != .contradiction)
            late.sale.orphan = nil
            next.append(late)
        }
        // The next second, and the thirtieth day after the first sending.
        for step in [Duration.seconds(1), .seconds(30 * 86_400)]
        where step == .seconds(1) || !world.sale.isOld(at: world.now) {
            var later = world
            later.now = world.now + step
            next.append(later)
        }
        return next
    }

    private static func requests(_ world: World, _ side: Int) -> [World] {
        SubmissionMachine.Requester.allCases.compactMap { requester in
            var after = world
            let before = world[side]
            let action = after[side].machine.attemptRequested(
                by: requester, now: world.now, policy: ModelledSale.policy)
            Self.check(action, requester, before, at: world.now)
            after.byPerson[side] = requester == .person && !before.mayRepeat
            // After the life of the server's memory a person may print twice; that is his word, and no walk of ours.
            if requester == .person, before.isOld(at: world.now) { return nil }
            return after[side].machine == before.machine ? nil : after
        }
    }

    /// Who may send, by the rules as the model follows them.
    private static func check(
        _ action: SubmissionMachine.AttemptAction, _ requester: SubmissionMachine.Requester, _ sale: ModelledSale,
        at now: FiscalInstant
    ) {
        guard case .send(let attempt) = action else { return }
        #expect(attempt == sale.machine.attempts + 1)
        #expect(!sale.isSending && !sale.isRegistered)
        if case .corrected = sale.machine.state { Issue.record("sent although a correction took its place") }
        guard requester != .person else { return }
        #expect(sale.mayRepeat, "sent by itself: \(sale.machine.state)")
        #expect(!sale.isOld(at: now), "sent by itself after thirty days")
        switch sale.machine.state {
        case .kept: break
        case .waiting(let due): #expect(requester == .till || due <= now)
        default: Issue.record("sent by itself: \(sale.machine.state)")
        }
    }

    private static func endings(_ world: World, _ side: Int) -> [World] {
        guard world[side].isSending else { return [] }
        return Happening.all.filter { $0.isPossible(world[side].device) }.map { happening in
            var after = world
            let action = after[side].happens(happening, byPerson: world.byPerson[side], now: world.now)
            #expect(action != .contradiction)
            return after
        }
    }

    private static func decisions(_ world: World, _ side: Int) -> [World] {
        var next: [World] = []
        var closed = world
        if closed[side].machine.closed(Self.decision) == .done {
            closed[side].mayRepeat = false
            next.append(closed)
        }
        var corrected = world
        if side == 0, corrected.sale.machine.corrected(Self.decision) == .done {
            corrected.sale.mayRepeat = false
            corrected.correction = ModelledSale()
            next.append(corrected)
        }
        return next
    }

    @Test("Never two documents for one sale, and nothing said that is not so")
    func neverTwo() {
        let worlds = Self.walk()
        var tags: Set<String> = []
        for world in worlds {
            #expect(world.sides.map(\.device.documents).reduce(0, +) <= 1, "two documents: \(world)")
            for sale in world.sides {
                tags.insert(String("\(sale.machine.state)".prefix { $0 != "(" }))
                Self.checkWords(sale)
            }
        }
        #expect(tags == ["kept", "sending", "waiting", "held", "refused", "registered", "corrected", "closed"])
        #expect(worlds.count > 1000)
    }

    private static func checkWords(_ sale: ModelledSale) {
        if sale.isRegistered { #expect(sale.device.documents == 1) }
        guard !sale.isSending else { return }
        // A restart makes a difference to a request that is under way, and to nothing else.
        var restarted = sale.machine
        restarted.restarted(now: .init(secondsSinceEpoch: 0), policy: ModelledSale.policy)
        #expect(restarted == sale.machine)
        switch sale.machine.document {
        case .notSent, .refuted: #expect(sale.device.documents == 0, "\(sale)")
        case .exists: #expect(sale.device.documents == 1)
        case .mayExist: break
        }
        switch sale.machine.state {
        case .refused, .corrected:
            #expect(sale.device.documents == 0)
            #expect(sale.machine.due(now: .init(secondsSinceEpoch: 0)) == nil)
        case .waiting: #expect(sale.mayRepeat)
        case .held, .closed: #expect(sale.machine.due(now: .init(secondsSinceEpoch: 0)) == nil)
        case .kept, .sending, .registered: break
        }
    }

    @Test("With a link that works, what waits ends registered by itself, and what is held by one word of a person")
    func everyDocumentIsFound() {
        for world in Self.walk() where world.sale.device.documents == 1 {
            var (sale, now) = (world.sale, world.now)
            // The process starts anew.
            sale.machine.restarted(now: now, policy: ModelledSale.policy)
            var askedPerson = 0
            for _ in 0..<3 where !sale.isRegistered {
                if let due = sale.machine.due(now: now) { now = max(now, due) }
                _ = sale.machine.attemptRequested(by: .schedule, now: now, policy: ModelledSale.policy)
                if !sale.isSending {
                    askedPerson += 1
                    _ = sale.machine.attemptRequested(by: .person, now: now, policy: ModelledSale.policy)
                }
                _ = sale.happens(.fiscalised, byPerson: false, now: now)
            }
            #expect(sale.isRegistered, "not found: \(world)")
            if world.sale.mayRepeat, !world.sale.isSending, !world.sale.isOld(at: now) { #expect(askedPerson == 0) }
        }
    }
}
