import FiscalCore

/// Everything that a register must not forget, but for orders, packets and keys, which have records of their own.
struct RegisterState: Sendable, Hashable, Codable {
    /// Whose state it is.
    let unit: UniqueNumber
    var mint = CommandIDMint()
    var fiscalisation: FiscalisationMachine?
    var settings = RegisterSettings()
    var trust = RepositoryTrust()
    var polling: ScheduleTimer?
    var shipping: ScheduleTimer?
    /// Every number up to this one has been taken by the Event Hub, in a document or an info.
    var shippedThrough: Int64 = 0
    /// The shipment by the schedule, while it is under way.
    var scheduled: ShipmentJob?
    /// The reply to an order, while it is under way.
    var ordered: ShipmentJob?
    /// Identifiers of the orders that are not closed, in their order.
    var orders: [String] = []
    /// After a failed poll: not before this instant.
    var pollAgainAt: FiscalInstant?
    var pollFailures = 0
    /// Calls of the CPD server without a usable answer, by their letters: they are repeated as they are (decision P25).
    var openCalls: [String: OpenCall] = [:]
    var endOfLife: EndOfLife?
    /// Shared keys are fetched again not before this instant.
    var sharedKeysAgainAt: FiscalInstant?

    init(unit: UniqueNumber) {
        self.unit = unit
    }

    /// Takes up the settings of CMD02 or CMD09: both schedules begin anew.
    /// - Parameter order: the CMD02 that brought them; nil for CMD09.
    mutating func apply(_ timetable: Timetable, from order: String?, at now: FiscalInstant) {
        let before = self.settings.timetable
        self.settings.timetable = timetable
        self.settings.timetableCommandID = order
        if before?.sendFreqEventHub != timetable.sendFreqEventHub || self.shipping == nil {
            self.shipping = timetable.sendFreqEventHub.interval.map {
                ScheduleTimer(every: $0, from: now, firstAtOnce: false)
            }
        }
        if before?.checkFreqWebApi != timetable.checkFreqWebApi || self.polling == nil {
            // The first poll is at once; a changed interval counts from the change.
            self.polling = ScheduleTimer(
                every: timetable.checkFreqWebApi.interval, from: now, firstAtOnce: order == nil)
        }
    }

    /// The letters of a call that has no answer yet, its instant and what it said.
    struct OpenCall: Sendable, Hashable, Codable {
        var time: FiscalInstant
        /// A digest of its parameters: with others it is another call.
        var content: String
    }
}

/// The settings that orders and the fiscalisation brought.
public struct RegisterSettings: Sendable, Hashable, Codable {
    /// The number that the repository gave the register; the register never makes one up.
    public internal(set) var registrationNumber: RegistrationNumber?
    /// Schedules and kinds of shipment (CMD09, then CMD02).
    public internal(set) var timetable: Timetable?
    /// The order that brought them; nil for those of CMD09.
    public internal(set) var timetableCommandID: String?
    /// From which amount a QR code is printed (CMD03); off until the repository says otherwise.
    public internal(set) var qrCode = QRCodeRule.off
    /// The address of the WebApi (CMD09, CMD12).
    public internal(set) var webApi: String?

    init() {}
}

/// The register is read-only, and the repository has to be told (section 2.4.8).
struct EndOfLife: Sendable, Hashable, Codable {
    var reason: EndOfFiscalLife.Reason
    var lastJPKID: Int64
    var since: FiscalInstant
    /// When the repository took it.
    var confirmedAt: FiscalInstant?
    /// The refusal that a person has to look at; the transition stands all the same.
    var refusal: String?
    var failures = 0
    var againAt: FiscalInstant?

    /// When it is told again.
    func due(at now: FiscalInstant) -> FiscalInstant {
        self.againAt.map { BackOff.end(of: $0, at: now) } ?? now
    }

    /// Whether the repository still has to be told.
    var isOpen: Bool { self.confirmedAt == nil && self.refusal == nil }
}
