public import FiscalCore

/// A simulated cash register with its fiscal drive. What is the matter with it is set here; what it did is counted here.
public struct FermaRegister: Sendable, Hashable, Codable {
    // MARK: What it is

    /// Factory number, 20 digits.
    public var serialNumber = "00000003820034472769"
    /// Address and port.
    public var address = "172.16.13.213:4444"
    /// Registration number, 16 digits.
    public var registrationNumber = "0001729222014444"
    /// Number of the fiscal drive, 16 digits; that of a drive for trials begins with 9999.
    public var driveNumber = "9999078900004444"
    /// The enterprise it belongs to.
    public var group = "1"
    /// The user's INN (tag 1018).
    public var userINN = "7707083893"
    /// Taxation systems chosen at registration, a mask of the bits of tag 1055.
    public var taxModes: Int64 = 1
    /// The place given at registration (tag 1187).
    public var place = "https://shop.example"
    /// When it was registered; a clock before that is wrong (207).
    public var registeredAt = FiscalInstant(secondsSinceEpoch: 1_704_067_200)
    /// Minutes by which its clock is ahead of UTC. Moscow.
    public var zoneMinutes = 180

    // MARK: What is the matter with it

    /// False: not activated (service code 14).
    public var isActive = true
    /// Taken by somebody else: not chosen (service code 5 when no other is free).
    public var isTaken = false
    /// How the service reaches it.
    public var link = Link.up
    /// Data are being printed (80).
    public var isPrinting = false
    /// A fatal fault (255) until somebody repairs it.
    public var isBroken = false
    /// Seconds by which its clock is wrong. More than five minutes of change between two operations is refused (23).
    public var clockErrorSeconds: Int64 = 0
    /// The last instant of the rent (239 afterwards), nil for its own.
    public var rentEndsAt: FiscalInstant?
    /// The last instant of the drive's life (5 afterwards), nil for far away.
    public var driveEndsAt: FiscalInstant?
    /// How many documents the drive has room for (6 afterwards).
    public var driveCapacity: Int64 = 250_000
    /// How many documents may wait for the fiscal data operator (20 afterwards); nil when all are handed over at once.
    public var waitingCapacity: Int64?

    // MARK: What it did

    /// Cash in the drawer, in kopecks.
    public var drawer: Int64 = 0
    /// Number of the last fiscal document.
    public var lastDocument: Int64 = 0
    /// Number of the last shift.
    public var lastShift: Int64 = 0
    /// The open shift, if one is.
    public internal(set) var shift: Shift?
    /// Documents that the operator has not got yet.
    public internal(set) var waitingDocuments: Int64 = 0
    /// At work until then.
    public internal(set) var busyUntil: FiscalInstant?
    /// ``clockErrorSeconds`` at the last operation.
    var lastClockErrorSeconds: Int64?

    public init() {}

    /// How the service reaches the register.
    public enum Link: String, Sendable, Hashable, Codable, CaseIterable {
        case up
        /// No request arrives (service code 6).
        case down
        /// Requests arrive and are carried out, answers are lost (service code 6).
        case losesAnswers
        /// Requests arrive and are carried out, answers are no JSON (service code 16; the register is deactivated).
        case garblesAnswers
    }

    /// An open shift.
    public struct Shift: Sendable, Hashable, Codable {
        public var number: Int64
        public var openedAt: FiscalInstant
        /// Receipts made in it.
        public var receipts: Int64 = 0
    }

    /// Closes the shift, when one is open: a document of its own.
    public mutating func closeShift() {
        guard self.shift != nil else { return }
        self.shift = nil
        self.lastDocument += 1
    }

    /// Hands what waits to the fiscal data operator.
    public mutating func handOver() {
        self.waitingDocuments = 0
    }
}
