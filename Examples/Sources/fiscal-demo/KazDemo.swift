import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import OFDKazProtocol
import OFDRegisterFolder
import SimulatorServer
import Synchronization

/// Kazakhstan: a sale online, three through an outage, the shift closed without a link, and everything sent in its order
/// when the link is back.
struct KazDemo {
    private let folder: URL
    private let clock = HurriedClock()

    init(folder: URL) {
        self.folder = folder
    }

    func run(_ tally: inout Tally) async throws {
        let authorities = try await SimulatedAuthorities.start(
            state: self.folder.appendingPathComponent("authority").path)
        let (server, office) = (authorities.ready.kaz, authorities.ofd)
        let till = RegisterFolder(self.folder.appendingPathComponent("till").path)
        let settings = try RegisterSettings(
            server: server.address, id: server.id, token: server.token, registrationNumber: server.rnm)
        // A demonstration in the same folder goes on with the same register.
        if (try? till.settings()) == nil { try await till.create(settings) }
        let register = try await till.open(settings, clock: self.clock)
        let before = office.authority[server.id]?.documents.count ?? 0

        say("\n== Kazakhstan, OFD 2.0.3: a sale online")
        let online = try await register.issue(Self.sale("Сүт", "350.00"))
        self.show(online, as: "online")
        let ticket = office.authority[server.id]?.tickets.last
        tally.check("the server recorded the sale once", office.authority[server.id]?.documents.count == before + 1)
        tally.check("its number is on the receipt", online.number != nil && online.number == ticket?.ticketNumber)

        say("\n== Kazakhstan: the server is out of reach; three sales and the close of the shift")
        office.withAuthority { $0.faults.permanent = .lost(recorded: false) }
        var waiting: [OFDOutcome] = []
        for (name, price) in [("Нан", "120.00"), ("Шай", "890.00"), ("Қант", "410.50")] {
            let outcome = try await register.issue(Self.sale(name, price))
            self.show(outcome, as: "offline-\(waiting.count + 1)")
            waiting.append(outcome)
        }
        waiting.append(try await register.closeShift(CloseShift(operator: Self.cashier())))
        let status = await register.status
        tally.check("all four wait, and the receipts can be handed out", waiting.allSatisfy { Self.isPending($0) })
        let numbers = waiting.compactMap { $0.facts.offlineNumber }
        tally.check("each sale has a number of our own", numbers.count == 3 && Set(numbers).count == 3)
        tally.check("the register is offline with four messages", Self.isOffline(status) && status.queueLength == 4)

        say("\n== Kazakhstan: the link is back")
        office.withAuthority { $0.faults.clear() }
        self.clock.skip(.seconds(60))
        say("  … a minute later the queue is sent")
        let report = try await register.sync()
        tally.check("all four were accepted", report.outcomes.count == 4 && report.queueLength == 0)
        let accepted = office.authority[server.id]?.documents.suffix(4) ?? []
        tally.check(
            "in the order of issue, none twice",
            accepted.map { $0.printedDocumentNumber.map(Int64.init) } == waiting.map { $0.facts.number }
                && office.authority[server.id]?.documents.count == before + 5)
        tally.check(
            "under the numbers on the receipts", accepted.compactMap(\.offlineTicketNumber) == numbers)
        tally.check("the register is online again", await register.status.mode == .online)

        say("\n== Kazakhstan: the Z report")
        let zReport = try await register.zReport()
        self.show(zReport, as: "z")
        let own = waiting.last?.facts.report
        var theirs: ZXReport?
        if case .registered(let registration) = zReport.state { theirs = registration.report }
        tally.check(
            "both sides count the same",
            own != nil && own?.totalResult == theirs?.totalResult
                && own?.cashSum == theirs?.cashSum && own?.nonNullableSums == theirs?.nonNullableSums)
        await authorities.stop()
    }

    private static func cashier() -> Operator { Operator(code: 7, name: "Айгүл") }

    private static func sale(_ name: String, _ price: String) throws -> Ticket {
        var sale = TicketBuilder(.sell, operator: Self.cashier())
        try sale.add(
            name, price: try Money(parsing: price, currency: .kzt), section: "1", unit: "796",
            vat: .inside(try Rate(percent: "12")))
        sale.pay(cash: try Money(parsing: "1000.00", currency: .kzt))
        return try sale.build()
    }

    private static func isPending(_ outcome: OFDOutcome) -> Bool {
        if case .pending = outcome.state { true } else { false }
    }

    private static func isOffline(_ status: OFDStatus) -> Bool {
        if case .offline = status.mode { true } else { false }
    }

    private func show(_ outcome: OFDOutcome, as name: String) {
        for line in outcome.paper.lines { say("    | \(line)") }
        try? (outcome.paper.lines.joined(separator: "\n") + "\n").write(
            to: self.folder.appendingPathComponent("receipt-\(name).txt"), atomically: true, encoding: .utf8)
    }
}

/// The system's clock, which a demonstration may put forward: nobody wants to watch a minute pass.
final class HurriedClock: FiscalClock {
    private let system = SystemClock.system
    private let skipped = Mutex(Duration.zero)

    func skip(_ duration: Duration) {
        self.skipped.withLock { $0 += duration }
    }

    func now() -> FiscalInstant { self.system.now() + self.skipped.withLock { $0 } }
    func elapsed() -> Duration { self.system.elapsed() + self.skipped.withLock { $0 } }
    func sleep(until instant: FiscalInstant) async throws { try await self.sleep(for: instant - self.now()) }
    func sleep(for duration: Duration) async throws { try await self.system.sleep(for: duration) }
}
