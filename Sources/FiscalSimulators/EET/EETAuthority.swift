public import EETProtocol
public import FiscalCore
import HTTPTypes

/// The tax office's service `EETServiceSOAP`, one edition in one environment, as a value.
///
/// It checks what the real one checks, by means of its own: the schema, the signature, the taxpayer's certificate and
/// codes, size and times (interface descriptions 3.1.1 and 4.1). It seals its confirmations with its own authority and
/// keeps a ledger of everything it saw. ``faults`` makes it fail in every way a till has to live with.
public struct EETAuthority: SimulatedHTTPAuthority {
    public let edition: Edition
    public let environment: EETEnvironment
    /// Keys and certificates.
    public let identity: EETAuthorityIdentity
    public var rules: EETRules
    /// Taxpayer certificates of these authorities are taken besides those of its own.
    public var extraTaxpayerAuthorities: [Certificate] = []
    /// What it will do wrong.
    public var faults = FaultPlan<EETFault>()
    /// What it has recorded and seen.
    public internal(set) var ledger: EETLedger
    let random: any RandomSource

    /// - Parameters:
    ///   - ledger: what was recorded before, when it goes on after a restart.
    ///   - random: for confirmation codes and identifiers.
    public init(
        edition: Edition, environment: EETEnvironment = .playground, identity: EETAuthorityIdentity,
        rules: EETRules = EETRules(), ledger: EETLedger = EETLedger(), random: any RandomSource
    ) {
        self.edition = edition
        self.environment = environment
        self.identity = identity
        self.rules = rules
        self.ledger = ledger
        self.random = random
    }

    /// The path of the service, the same as the official one.
    public var path: String { Self.path(self.edition) }

    /// The path of the service of an edition.
    public static func path(_ edition: Edition) -> String { "/eet/services/EETServiceSOAP/\(edition.rawValue)" }

    /// Every recorded sale, in the order of the first acceptance.
    public var sales: [EETLedger.Sale] { self.ledger.sales }

    /// Everything received, in order.
    public var messages: [EETReceivedMessage] { self.ledger.messages }

    public mutating func receive(_ request: HTTPExchangeRequest, at now: FiscalInstant) -> SimulatedReply {
        let fault = self.faults.take()
        let transaction = Hex.encode(self.random.bytes(count: 12))
        let ruling = self.rule(on: request, fault, at: now)
        var code = ""
        if case .confirm = ruling.decision { code = self.newCode() }
        self.ledger.record(
            EETReceivedMessage(
                ruling, code: code, fault, body: request.body, number: self.messages.count + 1, transaction, now))
        return self.reply(to: ruling, code: code, fault, transaction: transaction, at: now)
    }

    /// FIK or POK: a UUID and the number of the receiving device, which in the playground is a fictitious one.
    private func newCode() -> String {
        let device =
            switch (self.environment, self.edition) {
            case (.playground, .v3): "fa"
            case (.playground, .v4): "ff"
            case (.production, _): "03"
            }
        return "\(self.random.uuid())-\(device)"
    }
}

extension EETReceivedMessage {
    init(
        _ ruling: EETAuthority.Ruling, code: String, _ fault: EETFault?, body: [UInt8], number: Int,
        _ transaction: String, _ now: FiscalInstant
    ) {
        let sale = ruling.sale
        self.init(
            number: number, receivedAt: now, transactionID: transaction,
            outcome: ruling.outcome(code: code), warnings: ruling.warnings.map(\.code), reason: ruling.reason,
            header: sale?.header, data: sale?.data, identity: ruling.isSchemaValid ? sale?.identity : nil,
            uuid: sale?.header["uuid_zpravy"], isFirst: ruling.isSchemaValid ? sale?.isFirst : nil,
            isVerification: ruling.isSchemaValid ? sale?.isVerification : nil, fault: fault,
            request: Base64.encode(body))
    }
}
