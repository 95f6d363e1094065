public import FiscalCore
public import Logging

/// What a register has to know besides its store, its link and its clock.
public struct OFDConfiguration: Sendable {
    /// Whether documents count.
    public enum Environment: String, Sendable, Hashable { case production, test }

    public var identity: OFDIdentity
    public var environment: Environment
    /// The name under which this register's records are kept; one per register where many share a store.
    public var register: String
    public var rules: RegisterRules
    /// The clocks that documents show.
    public var zone: any CivilZone
    /// Whose server it is: what a receipt says about checking it.
    public var profile: OperatorProfile
    /// How the checksum of X and Z reports is computed. No public document says it (decision K30), so production must
    /// choose; nil stands for the unverified default in the test environment.
    public var checksum: ReportChecksum?
    /// Where the register stands; on every fiscal request since 2.0.3. Without it the position of the point of sale
    /// counts, once the server has told it (ambiguity H8).
    public var securityStats: SecurityStats?
    /// What runs the register; sent with INFO and SYSTEM when given.
    public var softwareInformation: SoftwareInformation?
    /// Registration data that the host knows before the server has told them (decision K35).
    public var registration: RegistrationInfo?
    /// The largest answer that is read, in bytes with its header (decision K19).
    public var answerLimit = 1 << 20
    /// The same for the list of goods, which comes whole.
    public var nomenclatureLimit = 32 << 20
    /// Whether a connection serves several exchanges (decision K18).
    public var keepsConnection = false
    /// How long the register may be idle before a SYSTEM looks for the server (section 3.1); nil for never.
    public var keepAliveInterval: Duration?
    /// Send a cashier's password over this transport although nobody vouches for its secrecy (section 3.11).
    public var allowsPlainPassword = false
    /// Under which key of `service.auxiliary` the count of unsent records is told after a server block (5.4.1).
    public var unsentCountKey = RequestComposer.unsentDocumentsKey
    public var receipt = ReceiptOptions()
    /// Told of requests by their numbers; never of tokens, passwords or contents.
    public var logger: Logger?

    public init(
        identity: OFDIdentity, environment: Environment, rules: RegisterRules, profile: OperatorProfile,
        register: String? = nil, zone: any CivilZone = NamedZone.almaty, checksum: ReportChecksum? = nil,
        securityStats: SecurityStats? = nil, registration: RegistrationInfo? = nil, logger: Logger? = nil
    ) {
        self.identity = identity
        self.environment = environment
        self.rules = rules
        self.profile = profile
        self.register = register ?? "ofd.\(identity.id)"
        self.zone = zone
        self.checksum = checksum
        self.securityStats = securityStats
        self.registration = registration
        self.logger = logger
    }

    /// - Returns: how checksums are computed.
    /// - Throws: `InvalidField` for what cannot work, or must be said explicitly.
    func check() throws(InvalidField) -> ReportChecksum {
        guard !self.register.isEmpty else { throw InvalidField("register", .required, limit: "a name") }
        guard self.answerLimit > FrameHeader.length, self.nomenclatureLimit >= self.answerLimit else {
            throw InvalidField("answerLimit", .range, limit: "above 18, and not above nomenclatureLimit")
        }
        guard self.keepAliveInterval.map({ $0 > .zero }) ?? true else {
            throw InvalidField("keepAliveInterval", .range, limit: "positive")
        }
        guard !self.unsentCountKey.isEmpty else { throw InvalidField("unsentCountKey", .required, limit: "a key") }
        return try ReportChecksum.chosen(self.checksum, isProduction: self.environment == .production)
    }
}
