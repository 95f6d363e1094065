import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import Foundation
import OFDKazProtocol

/// A day of random documents on a link and with a server that fail at random; the same one for the same seed.
struct FaultyDay {
    typealias Link = SimulatedStreamTransport<OFDAuthority>

    /// What became of the day.
    struct Ending {
        /// Documents that were handed out, by their numbers, in the order of issue.
        var issued: [Int64] = []
        var refused = 0
        /// Documents that a person took out of the queue.
        var archived: Set<Int64> = []
        /// The report of the last close: our own, and the server's.
        var own: ZXReport?
        var server: ZXReport?
        var incidents: [OFDIncident] = []
        var status: OFDStatus
        /// The documents at the server, but for those that a person took out of the queue.
        var accepted: [OFDDocument] = []
    }

    private static let id: UInt32 = 100_001
    private static let token: UInt32 = 0x0102_0304
    private var generator: SeededGenerator
    private let clock = ManualClock(FiscalInstant(secondsSinceEpoch: 1_790_000_000))
    private let link: Link
    private let store = MemoryStore()
    private let cashier: Operator
    private var receipts: [(number: String, total: Money, at: CivilDateTime, isOffline: Bool)] = []
    private var unsettled: [String] = []
    private var ending: Ending
    private var register: OFDRegister

    init(seed: UInt64) async throws {
        self.generator = SeededGenerator(seed: seed)
        var authority = OFDAuthority(seed: seed)
        authority.testRegister(id: Self.id, token: Self.token)
        authority.rules.checksArithmetic = true
        authority.rules.keepsMessages = false
        self.link = Link(authority, clock: self.clock)
        self.cashier = Operator(code: 7, name: "Айгүл")
        self.register = try await Self.open(self.store, self.link, self.clock)
        self.ending = Ending(status: await self.register.status)
    }

    private static func open(
        _ store: MemoryStore, _ link: Link, _ clock: ManualClock
    ) async throws -> OFDRegister {
        try await OFDRegister.open(
            configuration: OFDConfiguration(
                identity: OFDIdentity(id: Self.id, token: Self.token, registrationNumber: "010101234567"),
                environment: .test, rules: RegisterRules(), profile: .kazakhtelecomTest,
                securityStats: SecurityStats(
                    geoPosition: GeoPosition(latitude: "43.2389", longitude: "76.8897", source: "CELL"))),
            store: store, transport: link, clock: clock)
    }

    /// Runs the day: `documents` documents, then the end of all faults, and a close.
    mutating func run(documents: Int) async throws -> Ending {
        // The first INFO has to come through: without registration data nothing is issued (decision K35).
        _ = try await self.register.sync()
        for number in 1...documents {
            self.clock.advance(by: .seconds(Int.random(in: 5...400, using: &self.generator)))
            if self.chance(4) { try await self.planFaults() }
            if self.chance(60) { self.register = try await Self.open(self.store, self.link, self.clock) }
            try await self.issue(reference: "document-\(number)")
            if self.chance(10) { _ = try await self.register.sync() }
            try await self.help()
        }
        try await self.recover()
        // So that there is a shift to close.
        if await !self.register.status.shiftIsOpen {
            self.note(
                try await self.register.place(
                    MoneyPlacement(operation: .deposit, sum: self.sum(100), operator: self.cashier),
                    reference: "the last deposit"))
        }
        let close = try await self.register.closeShift(
            CloseShift(operator: self.cashier), reference: "the last close")
        self.note(close)
        if case .registered(let registration) = close.state {
            self.ending.own = registration.facts.report
            self.ending.server = registration.report
        }
        for reference in self.unsettled {
            if let outcome = try await self.register.outcome(of: reference) { self.note(outcome) }
        }
        self.ending.archived = Set(try await self.register.archive(limit: .max).map(\.number))
        self.ending.issued = self.ending.issued.filter { !self.ending.archived.contains($0) }.sorted()
        self.ending.incidents = try await self.register.incidents(limit: .max)
        self.ending.status = await self.register.status
        // What a person takes out may have been accepted before its answer was lost: it stands apart on both sides.
        self.ending.accepted = (self.link.authority[Self.id]?.documents ?? []).filter { document in
            !(document.printedDocumentNumber.map { self.ending.archived.contains(Int64($0)) } ?? false)
        }
        return self.ending
    }

    // MARK: Documents

    private mutating func issue(reference: String) async throws {
        do {
            self.note(try await self.document(reference))
        } catch let error as OFDError where error.code == .shiftMustBeClosed {
            try await self.closeShift(reference: "close for \(reference)")
        } catch let error as OFDError where error.code == .offlineTooLong {
            try await self.recover()
        } catch let error as OFDError where Self.refusals.contains(error.code) {
            // Nothing was issued; people help afterwards.
        }
    }

    private mutating func closeShift(reference: String) async throws {
        do {
            self.note(
                try await self.register.closeShift(CloseShift(operator: self.cashier), reference: reference))
        } catch let error as OFDError where Self.refusals.contains(error.code) {
            // The next document asks for the close again.
        }
    }

    /// What the register refuses by its own rules.
    private static let refusals: [OFDError.Code] = [.notEnoughCash, .blocked, .serverBlocked, .noOpenShift]

    private mutating func document(_ reference: String) async throws -> OFDOutcome {
        switch Int.random(in: 0..<100, using: &self.generator) {
        case 0..<70:
            return try await self.issue(self.ticket(.sell), reference)
        case 70..<78:
            return try await self.issue(self.ticket(.buy), reference)
        case 78..<83 where !self.receipts.isEmpty:
            return try await self.issue(self.ticket(.sellReturn), reference)
        case 78..<93:
            let operation: MoneyPlacementType = self.chance(3) ? .withdrawal : .deposit
            return try await self.register.place(
                MoneyPlacement(operation: operation, sum: self.sum(5_000_00), operator: self.cashier),
                reference: reference)
        case 93..<97:
            return try await self.register.xReport(reference: reference)
        default:
            let withdraws = self.chance(3)
            return try await self.register.closeShift(
                CloseShift(operator: self.cashier, withdrawsMoney: withdraws), reference: reference)
        }
    }

    private mutating func issue(_ ticket: Ticket, _ reference: String) async throws -> OFDOutcome {
        let outcome = try await self.register.issue(ticket, reference: reference)
        if ticket.operation == .sell, let number = outcome.number {
            self.receipts.append(
                (number, ticket.amounts.total, outcome.facts.dateTime, outcome.facts.offlineNumber != nil))
        }
        return outcome
    }

    private mutating func ticket(_ operation: OperationType) throws -> Ticket {
        var builder = TicketBuilder(operation, operator: self.cashier)
        if operation.isReturn, let base = self.receipts.randomElement(using: &self.generator) {
            builder.parentTicket = Ticket.ParentTicket(
                number: base.number, dataTime: DateTime(base.at), kgdKkmID: "010101234567", total: base.total,
                isOffline: base.isOffline)
        }
        for line in 1...Int.random(in: 1...4, using: &self.generator) {
            let vat: TicketBuilder.VAT? =
                switch Int.random(in: 0..<4, using: &self.generator) {
                case 0: nil
                case 1: .onTop(try Rate(percent: "12"))
                case 2: .inside(try Rate(percent: "5"))
                default: .inside(try Rate(percent: "12"))
                }
            let item = try builder.add(
                "Товар \(line)", price: self.sum(3_000_00),
                quantity: Quantity(thousandths: Int64.random(in: 1...9_000, using: &self.generator)),
                section: "\(Int.random(in: 1...3, using: &self.generator))", unit: "796", vat: vat)
            if self.chance(6) { try builder.markup("Үстеме", self.sum(10_00)) }
            if line > 1, self.chance(8) { try builder.storno(item: item) }
        }
        if self.chance(6) { builder.discountTicket("Жеңілдік", percent: try Rate(percent: "3")) }
        let total = try builder.total()
        switch Int.random(in: 0..<4, using: &self.generator) {
        case 0: builder.pay(card: nil)
        case 1: builder.pay(mobile: nil)
        case 2 where total.minorUnits > 1:
            builder.pay(card: Money(minorUnits: total.minorUnits / 2, currency: .kzt))
            builder.pay(cash: nil)
        default: builder.pay(cash: try total + self.sum(1_000_00))
        }
        return try builder.build()
    }

    private mutating func note(_ outcome: OFDOutcome) {
        // Reports are no documents at the server.
        guard outcome.facts.kind != .report else { return }
        switch outcome.state {
        case .registered, .pending: self.ending.issued.append(outcome.facts.number)
        case .refused: self.ending.refused += 1
        // Not issued until it is settled (decision K25); the end of the day asks again.
        case .unknown: if let reference = outcome.facts.reference { self.unsettled.append(reference) }
        }
    }

    // MARK: Trouble, and people

    private mutating func planFaults() async throws {
        // A blocked register asks seldom: faults would come faster than they are used up, and it would never get out.
        if case .serverBlocked = await self.register.status.mode { return }
        switch Int.random(in: 0..<10, using: &self.generator) {
        case 0..<4:
            let fault = StreamLinkFault.allCases.randomElement(using: &self.generator)
            self.link.failNext(fault, times: Int.random(in: 1...20, using: &self.generator))
        default:
            let fault = Self.faults.randomElement(using: &self.generator)
            let times = self.chance(2) ? 1 : Int.random(in: 1...20, using: &self.generator)
            self.link.withAuthority { $0.faults.add(fault, times: times) }
        }
    }

    private static let faults: [OFDFault] = [
        .noAccept, .silence(recorded: false), .silence(recorded: true), .lost(recorded: false), .lost(recorded: true),
        .cut(bytes: 7), .cut(bytes: 25), .refuse(code: 254), .refuse(code: 255), .refuse(code: 13),
        .refuse(code: 14), .refuseRepeat(code: 13), .refuseRepeat(code: 15),
        .acceptedBut(code: 254), .acceptedBut(code: 255), .late(milliseconds: 900), .late(milliseconds: 20_000),
        .byteByByte, .twice, .lateFrame, .unaskedFrame, .garbage(bytes: 40), .wrongAppcode, .wrongVersion(303),
        .wrongVersion(204), .wrongSize(17), .wrongSize(.max), .wrongID, .wrongReqnum, .wrongCommand, .noCommand,
        .noResult, .noTicket, .noReport, .noService, .unknownFields, .foreignBodies, .badText, .truncatedService,
        .truncatedBody, .truncatedResult, .refuse(code: 15), .resetToken,
    ]

    /// What people do when the register cannot go on by itself.
    private mutating func help() async throws {
        switch await self.register.status.mode {
        case .online, .offline(awaitingTransport: false), .serverBlocked(awaitingToken: false): return
        case .offline(awaitingTransport: true): try await self.register.transportChanged()
        case .blocked(.token), .serverBlocked(awaitingToken: true):
            let token = self.link.authority[Self.id]?.token ?? Self.token
            try await self.register.enter(newToken: token, by: "Болат")
        case .blocked(.message(.notEnoughCash)):
            // Online the server looks into the drawer. An expense whose link died before the answer was handed out all
            // the same; refused later, it can only be taken out.
            try await self.register.unblock(
                .archive, evenUnknown: true, by: "Болат", because: "the drawer did not hold so much")
        case .blocked:
            try await self.register.unblock(
                .sendAgain, evenUnknown: true, by: "Болат", because: "the operator says that it may go again")
        }
    }

    /// The end of all trouble: until nothing waits and the INFO was taken over.
    private mutating func recover() async throws {
        self.link.mend()
        self.link.withAuthority { $0.faults.clear() }
        for _ in 0..<10_000 {
            try await self.help()
            guard let due = try await self.register.sync().nextDue else {
                if await self.register.status.mode == .online { return }
                continue
            }
            try await self.clock.sleep(until: due)
        }
    }

    // MARK: Chance

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self.generator) == 0 }

    private mutating func sum(_ most: Int64) -> Money {
        Money(minorUnits: Int64.random(in: 1...most, using: &self.generator), currency: .kzt)
    }
}
