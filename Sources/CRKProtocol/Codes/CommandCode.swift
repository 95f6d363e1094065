/// The three letters that name a command inside its `commandId` (section 2.2.6.2). A closed set; CMD16 has no letters
/// and no `commandId`, and CMD04, CMD05 and CMD17 are not part of this document.
public enum CommandCode: String, Sendable, Hashable, Codable, CaseIterable {
    /// CMD01, Call CPD Server: the repository asks for a service of the CPD server to be called.
    case ccs = "CCS"
    /// CMD02, Timetable For Device: schedules and types of shipment.
    case tfd = "TFD"
    /// CMD03, Control QR Code: from which amount a QR code is printed.
    case cqc = "CQC"
    /// CMD06, Detailed Device Documents: documents in detail.
    case ddd = "DDD"
    /// CMD07, Keys CPD Server: the repository's certificates.
    case kcs = "KCS"
    /// CMD08, Keys Fiscal Device: the register's certificates.
    case kfd = "KFD"
    /// CMD09, Make Fiscalization Process.
    case mfp = "MFP"
    /// CMD10, Check New FW: whether a program version is admitted.
    case cnf = "CNF"
    /// CMD11, Test CPD Server.
    case tcs = "TCS"
    /// CMD12, Get Information from Server: the repository's state of the register.
    case gis = "GIS"
    /// CMD13, Documents From Device: a packet of documents.
    case dfd = "DFD"
    /// CMD14, Fiscalization Process Done.
    case fpd = "FPD"
    /// CMD15, End of Fiscal Life: read-only from now on.
    case efl = "EFL"

    /// The number under which the document describes it: 9 for CMD09.
    public var number: Int {
        switch self {
        case .ccs: 1
        case .tfd: 2
        case .cqc: 3
        case .ddd: 6
        case .kcs: 7
        case .kfd: 8
        case .mfp: 9
        case .cnf: 10
        case .tcs: 11
        case .gis: 12
        case .dfd: 13
        case .fpd: 14
        case .efl: 15
        }
    }
}
