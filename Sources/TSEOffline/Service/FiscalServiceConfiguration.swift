public import FiscalCore
public import Logging

/// What the fiscal service has to know besides its TSE.
public struct FiscalServiceConfiguration: Sendable {
    /// The serial of the TSE: SHA-256 of its public point, 64 lower-case hexadecimal digits. It stands in offline answers
    /// too, and a TSE with another serial is not used.
    public var tseSerial: String
    /// What becomes of documents that were finished in an outage (decision T8).
    public var policy: ReSigningPolicy
    /// How long a till waits for the TSE at most, over a whole call; then it is answered offline.
    public var longestWait: Duration
    /// How long it waits while the TSE is known to be silent, for the question whether it is back.
    public var longestWaitInOutage: Duration
    /// How often ``FiscalService/run()`` looks whether the TSE is back.
    public var probeInterval: Duration
    /// The zone of `RequestTime` and `RequestCompletionTime`.
    public var zone: any CivilZone
    /// The name under which the records are kept; one per TSE where many share a store.
    public var name: String
    /// Told of calls by their document; never of receipts.
    public var logger: Logger?

    public init(
        tseSerial: String, policy: ReSigningPolicy = .automatic, longestWait: Duration = .seconds(5),
        longestWaitInOutage: Duration = .seconds(1), probeInterval: Duration = .seconds(30),
        zone: any CivilZone = NamedZone.berlin, name: String = "tse",
        logger: Logger? = nil
    ) {
        self.tseSerial = tseSerial
        self.policy = policy
        self.longestWait = longestWait
        self.longestWaitInOutage = longestWaitInOutage
        self.probeInterval = probeInterval
        self.zone = zone
        self.name = name
        self.logger = logger
    }

    /// - Throws: `InvalidField`: a serial that is none, or a time that is not above zero.
    func check() throws(InvalidField) {
        guard self.tseSerial.utf8.count == 64, self.tseSerial.utf8.allSatisfy(Self.hexDigits.contains) else {
            throw InvalidField("tseSerial", .pattern, limit: "64 lower-case hexadecimal digits")
        }
        guard self.longestWait > .zero else { throw InvalidField("longestWait", .range, limit: "above 0") }
        guard self.longestWaitInOutage > .zero else {
            throw InvalidField("longestWaitInOutage", .range, limit: "above 0")
        }
        guard self.probeInterval > .zero else { throw InvalidField("probeInterval", .range, limit: "above 0") }
        guard !self.name.isEmpty else { throw InvalidField("name", .required, limit: "not empty") }
    }

    private static let hexDigits = Set("0123456789abcdef".utf8)
}
