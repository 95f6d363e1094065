public import FiscalCore

/// When a channel was used last in this process.
public struct CRKContact: Sendable, Hashable {
    public var lastAttempt: FiscalInstant?
    public var lastSuccess: FiscalInstant?
    public var lastFailure: FiscalInstant?

    init() {}
}

/// What a till shows about its register.
public struct CRKStatus: Sendable {
    public enum Mode: Sendable, Hashable {
        /// Sales are not fiscal yet.
        case notFiscalised
        /// The steps of the fiscalisation are under way, or stand still.
        case fiscalising(FiscalisationProgress)
        case fiscalised
        /// The work in fiscal mode has ended; `confirmed` tells whether the repository knows.
        case readOnly(confirmed: Bool)
    }

    public var unit: UniqueNumber
    public var mode: Mode
    public var settings: RegisterSettings
    /// Documents of the protected memory that the Event Hub has not taken, as far as the schedule goes.
    public var unsent: Int64
    public var shippedThrough: Int64
    /// Orders that are not closed.
    public var orders: Int
    public var nextShipment: FiscalInstant?
    public var nextPoll: FiscalInstant?
    /// Why a shipment stands still; nil when none does.
    public var shipmentTrouble: String?
    /// Whether sales may go on: software registers must not sell without a shared key for the day.
    public var sharedKeyDays: [CivilDate]
    public var contacts: [CRKChannel: CRKContact]
    /// Certificates and when they end.
    public var certificates: [CertificateExpiry]
    /// What went wrong last; nil when nothing has in this process.
    public var lastTrouble: String?
}
