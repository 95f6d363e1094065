public import FiscalCore

/// What happened, for a host that watches. It is told after it was stored, and holds nothing of a document or an order's
/// text.
public enum CRKEvent: Sendable {
    /// The fiscalisation got further, or stands still.
    case fiscalisation(FiscalisationProgress)
    /// An order was executed; the fault is nil when it was executed well.
    case orderExecuted(commandID: String, fault: String?)
    /// CMD02 brought other settings.
    case timetable(Timetable)
    /// CMD03 brought another setting.
    case qrCode(QRCodeRule)
    /// CMD07 brought certificates.
    case repositoryKeys(RepositoryKeys)
    /// CMD12, or a fiscalisation, named another address of the WebApi.
    case webApiAddress(String)
    /// An address of the ministry belongs to another environment than this register's.
    case environmentsMixed(String)
    /// The Event Hub took a packet (201).
    case packetDelivered(commandID: CommandID, packageNr: Int32, numbers: ClosedRange<Int64>?)
    /// A shipment stopped until its next time.
    case shipmentStopped(reason: String)
    /// The repository has taken the end of work in fiscal mode.
    case readOnlyConfirmed
    /// A departure from the document was accepted.
    case leniencies(CRKChannel, [Leniency])
    /// A call did not end as it should.
    case trouble(CRKChannel, String)
    /// A person decided.
    case decided(CRKDecision)
}

/// What a person decided, kept in the journal.
public struct CRKDecision: Sendable, Hashable, Codable {
    public enum Choice: Sendable, Hashable, Codable {
        /// An irreversible step of which the device cannot tell: it was carried out. For the step that makes the fiscal
        /// report, the number of that document.
        case stepIsDone(FiscalisationStep, report: Int64?)
        /// An irreversible step of which the device cannot tell: it was not carried out.
        case stepIsNotDone(FiscalisationStep)
        /// The request for fiscalisation, of which nobody knows whether it was granted, is sent once more.
        case requestAgain
        /// The fiscalisation is given up; nothing irreversible has happened.
        case giveUp
        /// The register counts as fiscalised with the schedule of CMD09, without waiting for CMD02 (decision P22).
        case goOnWithoutTimetable
    }

    public var choice: Choice
    public var by: String
    public var because: String
    public var at: FiscalInstant
}
