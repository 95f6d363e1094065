import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import Testing

/// A register, its memories and the repository, all in one test; what is killed is opened again over the same store.
final class CRKWorld: Sendable {
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    static let hardware = Result { try UniqueNumber("ZTE1701000901") }
    static let software = Result { try UniqueNumber("WTE2001000009") }
    static let program = RegisterProgram(
        metadata: "2.1 & more", checksum: "68e656b251e67e8358bef8483ab0d51c6619f3e7a1a9f0e75838d41ff368f728")

    /// Keys take their time: all tests share one repository's and one register's of each kind.
    private static let identity = Result {
        try CRKAuthorityIdentity(at: CRKWorld.start, random: CountingRandomSource(seed: 77))
    }
    private static let hardwareKeys = Result {
        try CRKWorld.identity.get().issueCredentials(
            CRKWorld.hardware.get(), at: CRKWorld.start, random: CountingRandomSource(seed: 78))
    }
    private static let softwareKeys = Result {
        try CRKWorld.identity.get().issueCredentials(
            CRKWorld.software.get(), taxpayer: NIP("3360002458"), at: CRKWorld.start,
            random: CountingRandomSource(seed: 79))
    }

    let kind: RegisterKind
    let unit: UniqueNumber
    let credentials: CRKCredentials
    let clock = ManualClock(CRKWorld.start)
    let link: CRKAuthorityLink
    let store: any DurableStore
    let memory = MemoryOfDocuments()
    let device: TestDevice
    let random = CountingRandomSource(seed: 5)
    private let adjust: @Sendable (inout CRKConfiguration) -> Void

    init(
        _ kind: RegisterKind = .hardware, store: any DurableStore = MemoryStore(),
        adjust: @escaping @Sendable (inout CRKConfiguration) -> Void = { _ in }
    ) throws {
        self.kind = kind
        self.unit = try kind == .software ? Self.software.get() : Self.hardware.get()
        self.credentials = try kind == .software ? Self.softwareKeys.get() : Self.hardwareKeys.get()
        self.store = store
        self.link = CRKAuthorityLink(CRKAuthority(identity: try Self.identity.get()), clock: self.clock)
        self.device = TestDevice(self.memory)
        self.adjust = adjust
    }

    func configuration() -> CRKConfiguration {
        var configuration = CRKConfiguration(
            environment: .test, cpd: "https://cpd.crk.test:5062", anchors: self.link.authority.identity.anchors,
            program: self.kind == .software ? Self.program : nil)
        self.adjust(&configuration)
        return configuration
    }

    func identity() throws -> CRKIdentity {
        try CRKIdentity(
            unit: self.unit, kind: self.kind, tls: self.credentials.tlsCertificate,
            encrypt: self.credentials.encryptCertificate, key: self.credentials.encryptKey)
    }

    /// The register, as a new process opens it.
    func open() async throws -> CRKRegister {
        try await CRKRegister.open(
            identity: self.identity(), configuration: self.configuration(), store: self.store,
            transports: CRKLinkTransports(self.link, self.credentials), documents: self.memory, device: self.device,
            clock: self.clock, randomness: self.random)
    }

    func request(nip: String = "3360002458") throws -> FiscalisationRequest {
        let taxpayer = try NIP(nip)
        return self.kind == .software
            ? FiscalisationRequest(software: self.unit, taxpayer: taxpayer)
            : try FiscalisationRequest(
                hardware: "WiulKb673gYH34tjyu8j11", taxpayer: taxpayer, technician: "Login434534")
    }

    /// A register that has gone through all steps: its report was sent by the schedule, its schedule came as an order.
    /// - Parameter timetable: what CMD09 and CMD02 say.
    func fiscalised(
        _ timetable: CRKTimetable = CRKTimetable()
    ) async throws -> CRKRegister {
        self.link.withAuthority { $0.rules.timetable = timetable }
        let register = try await self.open()
        _ = try await register.fiscalise(self.request())
        for _ in 0..<8 {
            if case .fiscalised = try await register.status().mode { break }
            guard let due = try await register.sync().nextDue else { break }
            try await self.clock.sleep(until: due)
        }
        let status = try await register.status()
        try #require(status.mode == .fiscalised, "\(status)")
        return register
    }

    /// Lets time pass, waking the register whenever it asks for it.
    func live(_ register: CRKRegister, for duration: Duration) async throws {
        let end = self.clock.now() + duration
        var idle = 0
        while true {
            let before = self.link.exchangeCount
            let due = try await register.sync().nextDue ?? end
            guard due < end else { break }
            // Whoever asks to be woken and then does nothing would be woken for ever.
            idle = self.link.exchangeCount == before && due <= self.clock.now() ? idle + 1 : 0
            try #require(idle < 20, "asked to be woken at \(due), and did nothing")
            try await self.clock.sleep(until: max(due, self.clock.now() + .milliseconds(1)))
        }
        try await self.clock.sleep(until: end)
    }

    /// What the repository has of the register.
    var books: CRKRegisterRecord { self.link.authority[self.unit] }
    /// What came out of its packets, without the infos' and documents' further content: number and form.
    var received: [Received] {
        self.link.authority.ledger.documents(of: self.unit).map {
            Received(
                number: $0.number, info: $0.infoType, isDetailed: $0.text.contains("szczegolowa"),
                isShort: $0.text.contains("skrocona"))
        }
    }

    struct Received: Hashable, Sendable {
        var number: Int64?
        var info: Int64?
        var isDetailed: Bool
        var isShort: Bool

        static func detailed(_ number: Int64) -> Self {
            .init(number: number, info: nil, isDetailed: true, isShort: false)
        }
        static func short(_ number: Int64) -> Self {
            .init(number: number, info: nil, isDetailed: false, isShort: true)
        }
        static func info(_ type: Int64, _ number: Int64) -> Self {
            .init(number: number, info: type, isDetailed: false, isShort: false)
        }
    }

    /// Every packet that the hub stored.
    var packets: [CRKPacket] { self.link.authority.ledger.packets(of: self.unit) }
    /// The commands at the CPD server, in order.
    var commands: [String] { self.link.authority.ledger.commands }

    @discardableResult
    func order(_ content: CRKOrderContent, priority: Int = 0, form: CRKOrderForm = CRKOrderForm()) -> String {
        let now = self.clock.now()
        return self.link.withAuthority { $0.order(content, for: self.unit, priority: priority, form: form, at: now) }
    }

    /// What the repository was told of an order.
    func confirmation(_ commandID: String) -> CRKOrder.Confirmation? {
        self.books.orders.first { $0.commandID == commandID }?.confirmation
    }
}
