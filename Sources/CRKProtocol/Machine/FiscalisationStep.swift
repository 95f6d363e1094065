/// The steps of chapter 3, in their order.
public enum FiscalisationStep: Int, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// CMD07: the repository's public keys.
    case fetchRepositoryKeys = 0
    /// CMD08: the register's public keys.
    case sendRegisterCertificates = 1
    /// CMD10: whether the program is admitted; software registers only.
    case checkProgram = 2
    /// CMD09: the request.
    case requestFiscalisation = 3
    /// CMD09: the registration number out of its answer.
    case receiveRegistrationNumber = 4
    /// The device: fact, date and time of the fiscalisation in the event register of the fiscal memory, for ever.
    case recordFiscalisation = 5
    /// The device: protected and fiscal memory are initialised and bound to each other, for ever.
    case bindMemories = 6
    /// The device: all counters at zero.
    case zeroCounters = 7
    /// The device: NIP and registration number in the fiscal memory, for ever.
    case recordTaxpayer = 8
    /// The device: the registration number in the protected memory.
    case recordRegistrationNumber = 9
    /// The device: what the register is used for, where its program knows several uses.
    case recordPurpose = 10
    /// CMD14: the repository is told.
    case confirmFiscalisation = 11
    /// The device: the fiscal report of the fiscalisation, a document of the protected memory.
    case makeFiscalReport = 12
    /// CMD13: that report, by the schedule of CMD09.
    case sendFiscalReport = 13
    /// CMD02: the schedule is fetched and stored.
    case storeTimetable = 14

    /// Whether the host's device carries it out.
    public var isDeviceStep: Bool {
        switch self {
        case .recordFiscalisation, .bindMemories, .zeroCounters, .recordTaxpayer, .recordRegistrationNumber,
            .recordPurpose, .makeFiscalReport:
            true
        case .fetchRepositoryKeys, .sendRegisterCertificates, .checkProgram, .requestFiscalisation,
            .receiveRegistrationNumber, .confirmFiscalisation, .sendFiscalReport, .storeTimetable:
            false
        }
    }

    /// Whether it must never happen twice (decision P24).
    public var isIrreversible: Bool {
        [.recordFiscalisation, .bindMemories, .recordTaxpayer, .makeFiscalReport].contains(self)
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
