public import FiscalCore

/// What the repository wants of the register (section 2.3.1.4.1), out of its seal.
///
/// It lives in memory only; of its content only settings that result from it are kept (decision P20).
public enum Order: Sendable, Hashable {
    /// CMD01, CCS: call this service of the CPD server: KCS or KFD, for software also CNF.
    case callService(CommandCode)
    /// CMD02, TFD: schedules and kinds of shipment, taken together or not at all.
    case setTimetable(Timetable)
    /// CMD03, CQC: from which amount a QR code is printed.
    case controlQRCode(QRCodeRule)
    /// CMD06, DDD: documents of a range, these kinds in detail.
    case sendDocuments(DocumentRange, ShipmentTypes)
}

/// The settings of CMD02.
public struct Timetable: Sendable, Hashable, Codable {
    public var sendFreqEventHub: EventHubSchedule
    public var checkFreqWebApi: WebApiSchedule
    public var shipmentTypes: ShipmentTypes

    public init(
        sendFreqEventHub: EventHubSchedule, checkFreqWebApi: WebApiSchedule, shipmentTypes: ShipmentTypes
    ) {
        self.sendFreqEventHub = sendFreqEventHub
        self.checkFreqWebApi = checkFreqWebApi
        self.shipmentTypes = shipmentTypes
    }
}

/// The setting of CMD03 (`qrCode`).
public enum QRCodeRule: Sendable, Hashable, Codable {
    /// -1
    case off
    /// 0
    case always
    /// 1 to 2678400 grosze: printed strictly above it.
    case above(grosze: Int32)

    /// - Throws: `InvalidField` for other negative numbers and above 2678400, as the document prints it (decision P6).
    public init(_ number: Int64) throws(InvalidField) {
        switch number {
        case -1: self = .off
        case 0: self = .always
        case 1...2_678_400: self = .above(grosze: Int32(number))
        default: throw InvalidField("qrCode", .range, limit: "-1...2678400")
        }
    }

    /// Whether a receipt of this total carries the code.
    public func prints(total grosze: Int64) -> Bool {
        switch self {
        case .off: false
        case .always: true
        case .above(let limit): grosze > Int64(limit)
        }
    }
}

/// The range of CMD06 (`scope`): numbers of documents in the protected memory, both ends included.
public struct DocumentRange: Sendable, Hashable {
    public let first: Int64
    public let last: Int64

    /// - Throws: `InvalidField` for anything but `from-to` with 1 ≤ from ≤ to and up to 15 digits each (decision P7).
    public init(_ text: String) throws(InvalidField) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard parts.count == 2, parts.allSatisfy({ (1...15).contains($0.count) && $0.allSatisfy(digits.contains) }),
            let first = Int64(Substring(parts[0])), let last = Int64(Substring(parts[1])), 1 <= first, first <= last
        else { throw InvalidField("scope", .pattern, limit: "from-to, 1 ≤ from ≤ to, up to 15 digits each") }
        self.first = first
        self.last = last
    }

    public func contains(_ number: Int64) -> Bool { (self.first...self.last).contains(number) }
}
