public import FiscalCore
import Foundation
public import Logging

/// What a client has to know besides its key: where to send, whom to trust, how long to wait.
public struct EETClientConfiguration: Sendable {
    public var edition: Edition
    /// Production or playground; the answers' test flag has to agree with it.
    public var environment: EETEnvironment
    /// Where messages go; the official address unless a host has its own gateway or simulator.
    public var endpoint: String
    /// Who may seal confirmations. Without anchors no confirmation counts.
    public var trust: SealTrust
    /// The taxpayer's response limit ("mezní doba odezvy"), at least 2 seconds, over the whole exchange.
    public var timeout: Duration
    /// The zone of `dat_odesl`.
    public var zone: any CivilZone
    /// Sign with a certificate that is out of validity. The authority answers 4; for test certificates only.
    public var allowsExpiredCertificate: Bool
    public var resends: ResendPolicy
    public var deadlines: ReportingDeadlines
    public var receipt: ReceiptOptions
    /// The name under which this client's records are kept; one per till where many share a store.
    public var register: String
    /// Told of messages by their identifiers; never of keys or passwords.
    public var logger: Logger?

    public init(
        edition: Edition, environment: EETEnvironment, endpoint: String? = nil, trust: SealTrust,
        timeout: Duration = .seconds(2), zone: any CivilZone = NamedZone.prague,
        allowsExpiredCertificate: Bool = false, resends: ResendPolicy = ResendPolicy(),
        deadlines: ReportingDeadlines = ReportingDeadlines(), receipt: ReceiptOptions = ReceiptOptions(),
        register: String = "eet", logger: Logger? = nil
    ) {
        self.edition = edition
        self.environment = environment
        self.endpoint = endpoint ?? edition.officialEndpoint(environment)
        self.trust = trust
        self.timeout = timeout
        self.zone = zone
        self.allowsExpiredCertificate = allowsExpiredCertificate
        self.resends = resends
        self.deadlines = deadlines
        self.receipt = receipt
        self.register = register
        self.logger = logger
    }

    /// The shortest response limit that the law and the source document allow.
    public static let shortestTimeout = Duration.milliseconds(2000)

    /// - Throws: ``InvalidField``: timeout below 2,000 ms, an address that is no `https` URL, or one that belongs to
    ///   the other environment (decision E5).
    func check() throws(InvalidField) {
        guard self.timeout >= Self.shortestTimeout else {
            throw InvalidField("timeout", .range, limit: "at least 2000 ms")
        }
        guard let address = EndpointAddress(self.endpoint) else {
            throw InvalidField("endpoint", .pattern, limit: "an https URL")
        }
        for edition in Edition.allCases {
            for environment in EETEnvironment.allCases where environment != self.environment {
                let official = EndpointAddress(edition.officialEndpoint(environment))
                guard official?.host.lowercased() != address.host.lowercased() else {
                    throw InvalidField("endpoint", .consistency, limit: "no official address of the \(environment)")
                }
            }
        }
    }
}
