import FiscalCore
import FiscalStore
import FiscalTestSupport
import Synchronization
import TSEOffline

/// A run of the real service against a scripted TSE and a mortal store: tills that repeat what was not answered, a
/// recovery now and then, and at the end good weather. Then the books are compared.
struct ServiceRun {
    struct Violation: Error, CustomStringConvertible {
        var description: String
        init(_ description: String) { self.description = description }
    }

    enum Event: Sendable { case create(String), store(String), cancel(String), sync }

    struct Plan: Sendable {
        var events: [Event]
        var policy = ReSigningPolicy.automatic
        var faults: [ScriptedTSE.Fate] = Self.everyFault
        /// Whether the process may die at commits and at calls.
        var dies = true
        /// Whether the TSE may vanish or come back between two events.
        var vanishes = false

        static let everyFault: [ScriptedTSE.Fate] = [
            .unreachable, .refused(.refused), .lostBefore, .lostAfter, .belated(1), .belated(3),
        ]
    }

    private let plan: Plan
    private let choices: Choices
    private let inner = MemoryStore()
    private let clock = PatientClock(Self.start)
    private let tse: ScriptedTSE
    private var service: FiscalService?
    private var answers: [String: FiscalResponse] = [:]
    private var createAnswers: [String: FiscalResponse] = [:]

    static let start = FiscalInstant(secondsSinceEpoch: 1_630_991_229)
    static let key: Result<PrivateKey, any Error> = Result { try PrivateKey.generateEC(.secp256r1) }

    init(_ plan: Plan, _ choices: Choices) throws {
        self.plan = plan
        self.choices = choices
        let now = Circumstances(life: MortalStore.Life())
        self.now = now
        self.tse = ScriptedTSE(key: try Self.key.get(), time: Self.start) { call in
            Self.fate(of: call, plan, choices, now)
        }
    }

    /// The process that runs now, and whether the TSE is there.
    private final class Circumstances: Sendable {
        private let life: Mutex<MortalStore.Life>
        private let isDown = Mutex(false)
        init(life: MortalStore.Life) { self.life = Mutex(life) }
        var tseIsDown: Bool { self.isDown.withLock { $0 } }
        func tse(isDown: Bool) { self.isDown.withLock { $0 = isDown } }
        var current: MortalStore.Life { self.life.withLock { $0 } }
        func begin() -> MortalStore.Life {
            let life = MortalStore.Life()
            self.life.withLock { $0 = life }
            return life
        }
    }
    private let now: Circumstances

    private static func fate(
        of call: ScriptedTSE.Call, _ plan: Plan, _ choices: Choices, _ now: Circumstances
    ) -> ScriptedTSE.Fate {
        let life = now.current
        guard !life.hasEnded, !now.tseIsDown else { return .unreachable }
        var fates: [ScriptedTSE.Fate] = [.well]
        let changesSomething: Bool
        switch call {
        case .start, .finish:
            fates += plan.faults
            changesSomething = true
        case .status, .openTransactions, .record:
            fates.append(.unreachable)
            changesSomething = false
        }
        let deaths = plan.dies ? (changesSomething ? 2 : 1) : 0
        let choice = choices.choose(fates.count + deaths)
        guard choice >= fates.count else { return fates[choice] }
        life.end()
        return choice == fates.count ? .lostBefore : .lostAfter
    }

    // MARK: Going

    mutating func go() async throws {
        for event in self.plan.events {
            if self.plan.vanishes, self.choices.choose(2) == 1 { self.now.tse(isDown: !self.now.tseIsDown) }
            try await self.carryOut(event)
        }
        self.choices.end()
        self.now.tse(isDown: false)
        // What was given up may still arrive; then there is nothing left to arrive.
        for _ in 0..<3 {
            self.service = nil
            for _ in 0..<4 {
                guard try await self.living().sync().nextProbe != nil else { break }
            }
        }
        try await self.check()
    }

    private mutating func living() async throws -> FiscalService {
        for _ in 0..<10 {
            if let service, !self.now.current.hasEnded { return service }
            let life = self.now.begin()
            let choices = self.choices
            let dies = self.plan.dies
            let store = MortalStore(self.inner, life: life) {
                guard dies else { return .well }
                return switch choices.choose(3) {
                case 1: .diesBefore
                case 2: .diesAfter
                default: .well
                }
            }
            self.service = try? await FiscalService.open(
                configuration: FiscalServiceConfiguration(tseSerial: self.tse.serial, policy: self.plan.policy),
                tse: self.tse, store: store, clock: self.clock, randomness: CountingRandomSource(seed: 3))
        }
        throw Violation("the service cannot be opened")
    }

    private mutating func carryOut(_ event: Event) async throws {
        for _ in 0..<10 {
            self.clock.advance(by: .seconds(1))
            let service = try await self.living()
            do {
                try await self.attempt(event, service)
                return
            } catch let error as StoreError where error.code == .unavailable {
                // The process has died; the till, which lives, tries again.
                self.service = nil
            }
        }
        throw Violation("\(event) is never answered")
    }

    private mutating func attempt(_ event: Event, _ service: FiscalService) async throws {
        switch event {
        case .create(let id):
            self.createAnswers[id] = try await service.create(id, register: Self.register(of: id))
        case .store(let id):
            let document = try FiscalDocument(id: id, register: Self.register(of: id), processData: Self.data(of: id))
            self.answers[id] = try await service.store(document, answering: self.echo(id))
        case .cancel(let id):
            self.answers[id] = try await service.cancel(
                id, register: Self.register(of: id), answering: self.echo(id))
        case .sync: _ = try await service.sync()
        }
    }

    private func echo(_ id: String) -> EchoedNumbers { self.createAnswers[id]?.echoed ?? EchoedNumbers(number: -99) }

    private static func register(of id: String) -> String { id.hasPrefix("a") ? "3656-1" : "3656-2" }

    /// Different for every document: the sum ends in the number of the document.
    private static func data(of id: String) -> String {
        let cents = id.utf8.last.map { String(UnicodeScalar($0)) } ?? "0"
        return "Beleg^1.0\(cents)_0.00_0.00_0.00_0.00^1.0\(cents):Bar"
    }

    // MARK: Comparing the books

    private func require(_ condition: Bool, _ text: @autoclosure () -> String) throws(Violation) {
        if !condition { throw Violation(text()) }
    }

    private mutating func check() async throws {
        let service = try await self.living()
        let ledger = self.tse.ledger.withLock { $0 }
        let log = try await service.outages()
        try require(ledger.open.isEmpty, "transactions stay open: \(ledger.open)")
        try require(log.orphans.allSatisfy { $0.closing != nil }, "an orphan is not closed")
        var owned: [UInt64: String] = [:]
        for id in self.answers.keys.sorted() {
            guard let entry = try await service.document(id) else { throw Violation("\(id) is gone") }
            try self.check(entry, ledger, &owned)
        }
        let orphans = Set(log.orphans.map(\.number))
        try require(orphans.count == log.orphans.count, "an orphan stands twice in the log")
        try require(orphans.isDisjoint(with: owned.keys), "an orphan belongs to a document")
        try require(
            Set(ledger.finished.keys) == orphans.union(owned.keys),
            "finished \(ledger.finished.keys.sorted()), owned \(owned), orphans \(orphans)")
        try self.check(log)
    }

    private func check(_ entry: DocumentEntry, _ ledger: ScriptedTSE.Ledger, _ owned: inout [UInt64: String]) throws {
        let id = entry.id
        let data = entry.finish?.isCancelled == true ? FiscalDocument.cancelledData : Self.data(of: id)
        try require(entry.finish?.processData == data, "\(id) was kept with other data")
        // Documents that were cancelled all have the same data; those are told apart by their transactions.
        let signatures = ledger.finished.values.filter { $0.processData == data && data.hasPrefix("Beleg") }
        try require(signatures.count <= 1, "\(id) is signed \(signatures.count) times")
        guard let answer = self.answers[id] else { throw Violation("\(id) was not answered") }
        try require(entry.finishAnswer == answer.json.text, "the answer of \(id) has changed")
        let verdict = answer.classify(step: entry.finish?.step ?? .store)
        switch entry.machine.state {
        case .signed(let signature):
            try require(verdict.kind == .signed, "\(id) is signed, and was answered \(verdict.kind)")
            try require(
                answer.additionalFields.qrCodeDataString == signature.qr, "\(id) was answered with another QR text")
            try self.check(signature, id, data, ledger, &owned)
            try require((answer.number ?? 0) > 0, "\(id) has no number")
        case .reSigned(let signature, _):
            try require(verdict.kind == .storeFailed, "\(id) was signed late, and was answered \(verdict.kind)")
            try require(entry.outage != nil, "\(id) stands in no outage")
            try self.check(signature, id, data, ledger, &owned)
        case .neverSigned:
            try require(self.plan.policy == .never, "\(id) was given up")
            try require(verdict.kind == .storeFailed, "\(id) is unsigned, and was answered \(verdict.kind)")
        default: throw Violation("\(id) ends as \(entry.machine.state)")
        }
    }

    private func check(
        _ signature: DocumentSignature, _ id: String, _ data: String, _ ledger: ScriptedTSE.Ledger,
        _ owned: inout [UInt64: String]
    ) throws {
        let number = signature.transactionNumber
        try require(owned[number] == nil, "\(id) and \(owned[number] ?? "") share a transaction")
        owned[number] = id
        guard let made = ledger.finished[number] else { throw Violation("the signature of \(id) is invented") }
        try require(made.qr().text == signature.qr, "the signature of \(id) is not what the TSE made")
        try require(made.processData == data, "\(id) is signed with other totals")
        try require(made.client == Self.register(of: id), "\(id) is signed for another register")
        try require(made.verify().verdict == .valid, "the signature of \(id) does not hold")
    }

    /// Outages end, do not overlap, and their documents are signed in the order of storing.
    private func check(_ log: OutageLog) throws {
        var lastEnd: FiscalInstant?
        for entry in log.outages {
            guard let end = entry.outage.end else {
                try require(self.plan.policy == .never || Self.wasRefusal(entry.outage), "an outage lasts")
                continue
            }
            try require(entry.outage.begin <= end, "an outage ends before it begins")
            try require(lastEnd.map { $0 <= entry.outage.begin } ?? true, "outages overlap")
            lastEnd = end
            var counter: UInt64 = 0
            for document in entry.documents {
                guard case .reSigned(let signature, _) = document.state else { continue }
                try require(
                    signature.signatureCounter > counter, "order within outage \(entry.outage.sequence): \(entry)")
                counter = signature.signatureCounter
            }
        }
    }

    /// Only what was refused and is done again ends such an outage.
    private static func wasRefusal(_ outage: Outage) -> Bool { TSEFailure(outage.reason).isRefusal }
}
