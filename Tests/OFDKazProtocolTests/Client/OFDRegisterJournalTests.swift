import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import Synchronization
import Testing

@Suite("The references of a host, the store, and several callers at once")
struct OFDRegisterJournalTests {
    @Test("The same document under the same reference: the same outcome and paper, sent once")
    func sameReference() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        let first = try await register.issue(world.sale(), reference: "a")
        let second = try await register.issue(world.sale(), reference: "a")
        #expect(first.registration?.isFromJournal == false && second.registration?.isFromJournal == true)
        #expect(first.number == second.number && first.paper == second.paper)
        #expect(try await world.open().issue(world.sale(), reference: "a").number == first.number)
        #expect(world.account.tickets.count == 1)
        // Offline too.
        world.link(.unreachable)
        let pending = try await register.issue(world.sale("2.00"), reference: "b")
        let again = try await world.open().issue(world.sale("2.00"), reference: "b")
        #expect(pending == again && pending.number != nil)
        #expect(pending.paper.lines.contains { $0.contains(pending.number ?? "?") })
    }

    @Test("Another document under the same reference is an error; without a reference each is a document of its own")
    func otherContent() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale("1.00"), reference: "a")
        await expectError(.identityTaken) { _ = try await register.issue(world.sale("2.00"), reference: "a") }
        await expectError(.identityTaken) { _ = try await register.place(world.deposit("1.00"), reference: "a") }
        await expectError(.identityTaken) { _ = try await register.xReport(reference: "a") }
        _ = try await register.place(world.deposit("1.00"), reference: "b")
        await expectError(.identityTaken) { _ = try await register.place(world.withdrawal("1.00"), reference: "b") }
        for _ in 0..<2 { _ = try await register.issue(world.sale("1.00")) }
        #expect(world.account.tickets.count == 3)
        for reference in ["", String(repeating: "а", count: 101)] {
            await #expect(throws: InvalidField.self) {
                try await register.issue(world.sale(), reference: reference)
            }
        }
    }

    @Test("A reference may be any text; what it names is found by it and by its number")
    func names() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        for reference in ["чек № 1/2", "a b", "é", "e\u{301}", "0"] {
            let outcome = try await register.issue(world.sale(), reference: reference)
            #expect(try await register.outcome(of: reference)?.number == outcome.number)
            #expect(try await register.outcome(ofDocument: outcome.facts.number)?.facts.reference == reference)
        }
        #expect(world.account.tickets.count == 5)
        #expect(try await register.outcome(of: "unknown") == nil)
        #expect(try await register.outcome(ofDocument: 99) == nil)
    }

    @Test("Fifty sales at once, each handed in twice: each once at the server, in the order of their numbers")
    func concurrent() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        let sales = try (1...50).map { (reference: "\($0)", ticket: try world.sale("\($0).00")) }
        try await withThrowingTaskGroup { group in
            for sale in sales + sales {
                group.addTask { _ = try await register.issue(sale.ticket, reference: sale.reference) }
            }
            try await group.waitForAll()
        }
        #expect(world.account.tickets.map(\.printedDocumentNumber) == (1...50).map { UInt64($0) })
        #expect(try await register.status.cash == world.money("1275.00"))
    }

    @Test("The caller is cancelled while the sale is under way: it is settled and kept all the same")
    func cancelled() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        let sale = try world.sale()
        let task = Mutex<Task<OFDOutcome, any Error>?>(nil)
        let box = Box(task: task)
        world.transport.onAfter { _ in box.task.withLock { $0?.cancel() } }
        let issue = Task { try await register.issue(sale, reference: "a") }
        box.task.withLock { $0 = issue }
        #expect(try await issue.value.registration != nil)
        #expect(world.account.tickets.count == 1)
    }

    /// Lets a hook reach a task.
    private final class Box: Sendable {
        let task: Mutex<Task<OFDOutcome, any Error>?>
        init(task: consuming sending Mutex<Task<OFDOutcome, any Error>?>) { self.task = task }
    }

    @Test("Who is cancelled before his turn has issued nothing; sync and run end after the message under way")
    func cancelledBefore() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        let sale = try world.sale()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await register.issue(sale, reference: "a")
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await register.outcome(of: "a") == nil)
        #expect(world.messages.isEmpty)
        let running = Task { try await register.run() }
        while world.messages.isEmpty { await Task.yield() }
        running.cancel()
        try await running.value
        #expect(try await register.issue(sale, reference: "a").registration != nil)
    }

    @Test("run() sends what waits by itself")
    func run() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        world.link(.unreachable)
        for _ in 0..<3 { _ = try await register.issue(world.sale()) }
        world.link(nil)
        let running = Task { try await register.run() }
        while await register.status.mode != .online { await Task.yield() }
        running.cancel()
        try await running.value
        #expect(world.account.tickets.count == 3)
    }

    @Test("The store does not take a sale: nothing was sent, and the host hears of the store")
    func storeFails() async throws {
        let world = RegisterAndAuthority()
        _ = try await world.open().sync()
        let register = try await world.open(store: DyingStore(world.store, atCommit: 3))
        await #expect(throws: StoreError.self) { try await register.issue(world.sale(), reference: "a") }
        #expect(world.account.tickets.isEmpty)
        #expect(try await world.open().outcome(of: "a") == nil)
    }

    @Test("The answer came and cannot be kept: the host gets the number; after the restart the same one")
    func resultNotStored() async throws {
        let world = RegisterAndAuthority()
        _ = try await world.open().sync()
        let register = try await world.open(store: DyingStore(world.store, atCommit: 4))
        let error = await #expect(throws: OFDResultNotStored.self) {
            try await register.issue(world.sale(), reference: "a")
        }
        #expect(error?.outcome?.number == world.account.tickets.first?.ticketNumber)
        #expect(error?.outcome?.number != nil)
        let reopened = try await world.open()
        #expect(try await reopened.outcome(of: "a")?.pending?.reason == .underWay)
        #expect(try await reopened.issue(world.sale(), reference: "a").number == error?.outcome?.number)
        #expect(world.account.tickets.count == 1)
    }

    @Test("A store that has recovered serves the same register on: it is read again, and nothing is sent twice")
    func recovered() async throws {
        let world = RegisterAndAuthority()
        let store = FlakyStore(world.store)
        let register = try await world.open(store: store)
        _ = try await register.sync()
        for commit in 1...2 {
            store.failCommit(commit)
            _ = try? await register.issue(world.sale(), reference: "\(commit)")
            #expect(try await register.issue(world.sale(), reference: "\(commit)").registration != nil)
        }
        #expect(world.account.tickets.count == 2)
        #expect(try await register.status.cash == world.money("2000.00"))
    }

    @Test("Two processes on one register: one decides, the other is told and reads again; nothing is doubled")
    func twoProcesses() async throws {
        let world = RegisterAndAuthority()
        let (one, two) = (try await world.open(), try await world.open())
        _ = try await one.issue(world.sale("1.00"), reference: "1")
        // The second one sees what the first has done before it decides.
        _ = try await two.issue(world.sale("2.00"), reference: "2")
        _ = try await one.issue(world.sale("3.00"), reference: "3")
        #expect(world.account.tickets.map(\.printedDocumentNumber) == [1, 2, 3])
        // The other one issues while our message is on its way.
        let isFirst = Mutex(true)
        let once = Once(isFirst: isFirst)
        world.transport.onAfter { _ in
            guard once.take() else { return }
            do { _ = try await two.issue(world.sale("4.00"), reference: "4") } catch { Issue.record("\(error)") }
        }
        let sale = try world.sale("5.00")
        do {
            _ = try await one.issue(sale, reference: "5")
        } catch let error as OFDResultNotStored {
            #expect((error.underlying as? OFDError)?.code == .anotherProcess)
        }
        world.transport.onAfter(nil)
        #expect(try await one.issue(sale, reference: "5").registration != nil)
        #expect(world.account.tickets.count == 5)
        #expect(Set(world.account.tickets.map(\.printedDocumentNumber)).count == 5)
        #expect(try await one.status.cash == world.money("15.00"))
    }

    private final class Once: Sendable {
        private let isFirst: Mutex<Bool>
        init(isFirst: consuming sending Mutex<Bool>) { self.isFirst = isFirst }
        func take() -> Bool {
            self.isFirst.withLock { first in
                defer { first = false }
                return first
            }
        }
    }

    @Test("To look at a register does not disturb the process at work on it")
    func looking() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        world.transport.onAfter { _ in
            guard let other = try? await world.open() else { return }
            _ = await other.status
            _ = try? await other.incidents()
        }
        #expect(try await register.issue(world.sale()).registration != nil)
    }

    @Test("A store that holds another register under this name is left alone; so is one of a later version")
    func foreignStore() async throws {
        let world = RegisterAndAuthority()
        _ = try await world.open { $0.register = "till 1" }.sync()
        await expectError(.foreignStore) {
            _ = try await world.open {
                $0.register = "till 1"
                $0.identity = try OFDIdentity(id: 5, token: 6, registrationNumber: "1")
            }
        }
        _ = try await world.open().sync()
        try await world.changeStored("ofd.state", "state") {
            $0.replacingOccurrences(of: "\"version\":1", with: "\"version\":2")
        }
        await expectError(.damagedJournal) { _ = try await world.open() }
    }

    @Test("Production demands an explicit choice of the checksum")
    func production() async throws {
        let world = RegisterAndAuthority()
        let error = await #expect(throws: InvalidField.self) {
            try await world.open { $0.environment = .production }
        }
        #expect(error?.field == "checksum")
        _ = try await world.open {
            $0.environment = .production
            $0.checksum = .unverifiedCRC32
        }
    }
}
