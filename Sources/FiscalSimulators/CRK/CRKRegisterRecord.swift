public import CRKProtocol
import FiscalCore

/// What the repository has of a register (chapter 3).
public enum CRKRegisterStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Fiscalisation begun.
    case begun = "ROZ"
    /// Fiscalised.
    case fiscalised = "FIS"
    /// Read-only.
    case readOnly = "RDO"
}

/// One register in the books of the repository.
public struct CRKRegisterRecord: Sendable, Hashable, Codable {
    /// The unique number.
    public let unit: String
    /// Whether it is a program rather than a device.
    public var isSoftware: Bool
    /// Nil before CMD09.
    public var status: CRKRegisterStatus?
    /// The NIP of CMD09.
    public var taxpayer: String?
    /// The factory number of CMD09.
    public var serialNumber: String?
    /// `monterId` of CMD09.
    public var technician: String?
    /// The number that the repository gave.
    public var registrationNumber: String?
    /// The former register of its number was not deregistered: CMD09 is refused with 11.
    public var isStillRegistered = false
    /// `maxMemNr`
    public var memoryNumber: Int64 = 1
    /// `reasonReadOnly` and `lastJPKId` of the last CMD15.
    public internal(set) var reasonReadOnly: Int64?
    public internal(set) var lastJPKID: Int64?
    /// The certificates of CMD08, the newest last: DER in Base64.
    public internal(set) var tlsCertificates: [String] = []
    public internal(set) var encryptCertificates: [String] = []
    /// Programs that CMD10 was answered 0 for.
    public internal(set) var verifiedPrograms: [CRKProgram] = []
    /// Orders in the sequence in which they were given.
    public internal(set) var orders: [CRKOrder] = []
    /// Grows when tokens given so far are to be worth nothing.
    var tokenGeneration = 0

    init(unit: String, isSoftware: Bool) {
        self.unit = unit
        self.isSoftware = isSoftware
    }

    public var kind: RegisterKind { self.isSoftware ? .software : .hardware }

    /// Orders that are not confirmed, in the sequence in which they are served: by priority, then by age.
    public var waitingOrders: [CRKOrder] {
        self.orders.filter { $0.confirmation == nil }.enumerated()
            .sorted { ($1.element.priority, $0.offset) < ($0.element.priority, $1.offset) }.map(\.element)
    }
}
