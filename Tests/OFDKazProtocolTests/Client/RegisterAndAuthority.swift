import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import OFDKazProtocol
import SwiftProtobuf
import Testing

/// A register with its store on one side, the simulated operator on the other, and a clock that both look at.
struct RegisterAndAuthority {
    /// 2026-11-21T10:00:00Z, three in the afternoon in Almaty.
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    static let id: UInt32 = 100_001
    static let firstToken: UInt32 = 0x0102_0304

    let clock = ManualClock(start)
    let store: MemoryStore
    let transport: SimulatedStreamTransport<OFDAuthority>

    init(store: MemoryStore = MemoryStore(), _ prepare: (inout OFDAuthority) -> Void = { _ in }) {
        self.store = store
        var authority = OFDAuthority()
        authority.rules = .strict
        authority.testRegister(id: Self.id, token: Self.firstToken)
        prepare(&authority)
        self.transport = SimulatedStreamTransport(authority, clock: self.clock)
    }

    func configuration(_ change: (inout OFDConfiguration) throws -> Void = { _ in }) throws -> OFDConfiguration {
        var configuration = OFDConfiguration(
            identity: try OFDIdentity(id: Self.id, token: Self.firstToken, registrationNumber: "010101234567"),
            environment: .test, rules: try RegisterRules(), profile: .kazakhtelecom,
            securityStats: SecurityStats(
                geoPosition: try GeoPosition(latitude: 432_380, longitude: 769_450, source: "CELL")))
        try change(&configuration)
        return configuration
    }

    /// Opens the register; a second call is the same register after a restart.
    func open(
        store: (any DurableStore)? = nil, transport: (any StreamTransport)? = nil,
        _ change: (inout OFDConfiguration) throws -> Void = { _ in }
    ) async throws -> OFDRegister {
        let kept: any DurableStore = store ?? self.store
        let link: any StreamTransport = transport ?? self.transport
        return try await OFDRegister.open(
            configuration: try self.configuration(change), store: kept, transport: link, clock: self.clock)
    }

    // MARK: What the till hands in

    let cashier = Operator(code: 7, name: "Айгүл")

    func money(_ text: String) throws -> Money { try Money(parsing: text, currency: .kzt) }

    /// A sale for cash, paid exactly.
    func sale(_ total: String = "1000.00", customer: IINBIN? = nil) throws -> Ticket {
        try self.ticket(.sell, total, customer: customer)
    }

    func ticket(_ operation: OperationType, _ total: String, customer: IINBIN? = nil) throws -> Ticket {
        var builder = TicketBuilder(operation, operator: self.cashier)
        try builder.add("Нан", price: self.money(total), section: "1", unit: "796")
        if let customer { builder.extensionOptions = .init(customerIINOrBIN: customer) }
        builder.pay(cash: try self.money(total))
        return try builder.build()
    }

    func deposit(_ sum: String) throws -> MoneyPlacement {
        try MoneyPlacement(operation: .deposit, sum: self.money(sum), operator: self.cashier)
    }

    func withdrawal(_ sum: String) throws -> MoneyPlacement {
        try MoneyPlacement(operation: .withdrawal, sum: self.money(sum), operator: self.cashier)
    }

    func close(withdrawsMoney: Bool = false) throws -> CloseShift {
        try CloseShift(operator: self.cashier, withdrawsMoney: withdrawsMoney)
    }

    /// Changes the text of a stored record.
    func changeStored(_ space: String, _ name: String, _ change: (String) -> String) async throws {
        let key = StoreKey(register: "ofd.\(Self.id)", space: space, name: name)
        guard let record = try await self.store.record(key) else { throw StoreError(.damaged, "no such record") }
        let text = String(decoding: record.value, as: UTF8.self)
        let changed = change(text)
        guard changed != text else { throw StoreError(.damaged, "nothing to change in \(text)") }
        try await self.store.commit([.put(key, Array(changed.utf8))])
    }

    // MARK: What the authority does and has seen

    func fault(_ fault: OFDFault?, times: Int = 1) {
        self.transport.withAuthority { $0.faults.add(fault, times: times) }
    }

    /// The link is gone until it is mended with nil.
    func link(_ fault: StreamLinkFault?) { self.transport.failAlways(fault) }

    var account: OFDAccount { self.transport.authority[Self.id] ?? OFDAuthority().missing }

    func withAccount(_ change: @Sendable (inout OFDAccount) -> Void) {
        self.transport.withAuthority { authority in
            guard var account = authority[Self.id] else { return }
            change(&account)
            authority[Self.id] = account
        }
    }

    /// Every message that reached the authority.
    var messages: [OFDReceivedMessage] { self.transport.authority.ledger.messages }
    var commands: [CommandType?] { self.messages.map(\.command) }

    /// The requests that reached the authority, decoded.
    func requests() throws -> [PBRequest] { try self.messages.map { try PBRequest(serializedBytes: $0.payload) } }
}

extension OFDAuthority {
    /// Stands for a register that a test has removed.
    fileprivate var missing: OFDAccount { OFDAccount(id: 0, token: 0, registration: .test()) }
}

extension Outcome
where Registration == OFDRegistered, Pending == OFDPending, Refusal == OFDRefused, Question == OFDUnknown {
    var registration: OFDRegistered? { if case .registered(let value) = self.state { value } else { nil } }
    var pending: OFDPending? { if case .pending(let value) = self.state { value } else { nil } }
    var refusal: OFDRefused? { if case .refused(let value) = self.state { value } else { nil } }
    var question: OFDUnknown? { if case .unknown(let value) = self.state { value } else { nil } }
}

/// Expects that the host is told so.
func expectError(
    _ code: OFDError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
) async {
    let error = await #expect(throws: OFDError.self, sourceLocation: sourceLocation) { try await work() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}
