public import CRKProtocol
public import FiscalCore
import HTTPTypes

/// The Polish repository as a value: the CPD server, the WebApi and the Event Hub, each with a door of its own.
///
/// It reads requests by means of its own, checks what the document demands, keeps books of the registers, serves orders
/// until they are confirmed, opens packets and looks whether every document number is accounted for. Everything it saw is
/// in ``ledger``. ``faults`` makes it say every code and fail in every way a register has to live with.
///
/// As JSON it is a whole snapshot, with private keys: what goes on after a restart is what went on before.
public struct CRKAuthority: Sendable, Codable {
    /// What will go wrong at each door.
    public struct Faults: Sendable, Hashable, Codable {
        public var cpd = FaultPlan<CRKFault>()
        public var webApi = FaultPlan<CRKFault>()
        public var eventHub = FaultPlan<CRKFault>()
        /// What will go wrong with requests of one kind, whatever comes between them; looked at first. Kinds are the
        /// letters of a command of the CPD server, `SharedKey`, and at the WebApi `Ping`, `Command`, `Confirmation` and
        /// `EventHubSasToken`.
        public var kinds: [String: FaultPlan<CRKFault>] = [:]

        public init() {}

        /// Plans the fault for the next requests of a kind.
        public mutating func add(_ fault: CRKFault, for kind: String, times: Int = 1) {
            self.kinds[kind, default: FaultPlan()].add(fault, times: times)
        }

        mutating func take(_ door: CRKChannel, _ kind: String?) -> CRKFault? {
            kind.flatMap { self.kinds[$0]?.take() } ?? self[door].take()
        }

        public subscript(door: CRKChannel) -> FaultPlan<CRKFault> {
            get {
                switch door {
                case .cpd: self.cpd
                case .webApi: self.webApi
                case .eventHub: self.eventHub
                }
            }
            set {
                switch door {
                case .cpd: self.cpd = newValue
                case .webApi: self.webApi = newValue
                case .eventHub: self.eventHub = newValue
                }
            }
        }
    }

    public var identity: CRKAuthorityIdentity
    /// What registers are told: another `webApi` is in the next answers of CMD09 and CMD12.
    public var addresses: CRKAddresses
    public var rules = CRKRules()
    public var faults = Faults()
    /// The registers by unique number.
    public internal(set) var registers: [String: CRKRegisterRecord] = [:]
    public internal(set) var ledger = CRKLedger()
    /// How many registration numbers were given.
    var givenNumbers: Int64 = 0
    /// Counts what was drawn from the secret.
    var drawn = 0
    /// What is known of the numbers of each register's documents.
    var continuities: [String: CRKContinuity] = [:]

    public init(identity: CRKAuthorityIdentity, addresses: CRKAddresses = CRKAddresses()) {
        self.identity = identity
        self.addresses = addresses
    }

    /// Handles one request that arrived at `now` over a connection with this client certificate, nil for none.
    public mutating func receive(
        _ request: HTTPExchangeRequest, at door: CRKChannel, from client: Certificate?, at now: FiscalInstant
    ) -> SimulatedReply {
        var arrival = CRKArrival(
            request, door, client, at: now + .milliseconds(self.rules.clockSkewMilliseconds),
            number: self.ledger.requests.count + 1)
        let fault = self.faults.take(door, CRKCommandText.kind(of: arrival))
        arrival.fault = fault
        var ruling: CRKRuling?
        if fault?.hasEffect ?? true {
            switch door {
            case .cpd: ruling = self.ruleCPD(arrival)
            case .webApi: ruling = self.ruleWebApi(arrival)
            case .eventHub: ruling = self.ruleEventHub(arrival)
            }
        }
        self.record(arrival, ruling, now)
        return self.reply(to: ruling, arrival)
    }

    private mutating func record(_ arrival: CRKArrival, _ ruling: CRKRuling?, _ now: FiscalInstant) {
        self.ledger.requests.append(
            CRKReceivedRequest(
                number: arrival.number, receivedAt: now, door: arrival.door,
                method: arrival.request.head.method.rawValue, target: arrival.target, headers: arrival.headers,
                clientName: arrival.name?.unit, octets: arrival.octets,
                command: ruling?.command ?? CRKCommandText.kind(of: arrival), status: ruling?.status,
                code: ruling?.code, reason: ruling?.reason, fault: arrival.fault,
                content: Base64.encode(arrival.request.body)))
    }

    // MARK: Books

    /// Puts a register into the books as this kind, whatever its unique number says.
    public mutating func enrol(_ unit: UniqueNumber, _ kind: RegisterKind) {
        self.withRegister(unit.text) { $0.isSoftware = kind == .software }
    }

    /// What the repository has of a register; a new record when it never heard of it.
    public subscript(unit: UniqueNumber) -> CRKRegisterRecord {
        get { self.register(unit.text) }
        set { self.registers[unit.text] = newValue }
    }

    /// The register as it would be made when it is not known.
    func register(_ unit: String) -> CRKRegisterRecord {
        self.registers[unit]
            ?? CRKRegisterRecord(unit: unit, isSoftware: self.rules.softwarePrefixes.contains { unit.hasPrefix($0) })
    }

    mutating func withRegister(_ unit: String, _ body: (inout CRKRegisterRecord) -> Void) {
        var register = self.register(unit)
        body(&register)
        self.registers[unit] = register
    }

    /// What the tokens given to a register so far open no more.
    public mutating func expireTokens(of unit: UniqueNumber) {
        self.withRegister(unit.text) { $0.tokenGeneration += 1 }
    }
}
