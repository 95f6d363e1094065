/// What a request asks for (section 2.3). Open: a number that is not in the table survives.
public struct CommandType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// COMMAND_SYSTEM: service packet, keep-alive.
    public static let system = Self(rawValue: 0)
    /// COMMAND_TICKET: a receipt.
    public static let ticket = Self(rawValue: 1)
    /// COMMAND_CLOSE_SHIFT: the end of a shift.
    public static let closeShift = Self(rawValue: 2)
    /// COMMAND_REPORT: an X or Z report.
    public static let report = Self(rawValue: 3)
    /// COMMAND_NOMENCLATURE: the list of goods.
    public static let nomenclature = Self(rawValue: 4)
    /// COMMAND_INFO: initialisation, and counters.
    public static let info = Self(rawValue: 5)
    /// COMMAND_MONEY_PLACEMENT: cash in or out.
    public static let moneyPlacement = Self(rawValue: 6)
    /// COMMAND_AUTH: a cashier signs in.
    public static let auth = Self(rawValue: 8)
    /// COMMAND_RESERVED: reserved; sent only where a host enables it.
    public static let reserved = Self(rawValue: 127)
}

extension CommandType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] {
        [.system, .ticket, .closeShift, .report, .nomenclature, .info, .moneyPlacement, .auth, .reserved]
    }
}
