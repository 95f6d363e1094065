/// Kind of advertising or information text (section 4.11). Open: a number that is not in the table survives.
public struct TicketAdType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// TICKET_AD_OFD: of the operator.
    public static let ofd = Self(rawValue: 0)
    /// TICKET_AD_ORG: of the organisation.
    public static let org = Self(rawValue: 1)
    /// TICKET_AD_POS: of the point of sale.
    public static let pos = Self(rawValue: 2)
    /// TICKET_AD_KKM: of the register.
    public static let kkm = Self(rawValue: 3)
    /// TICKET_AD_INFO: shown while the server blocks the register.
    public static let info = Self(rawValue: 4)
}

extension TicketAdType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.ofd, .org, .pos, .kkm, .info] }
}
