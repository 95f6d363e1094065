public import OFDKazProtocol

/// A text that the operator has its registers print or show (TicketAd), one of each type.
public struct OFDNotice: Sendable, Hashable, Codable {
    public var type: TicketAdType
    /// A register that holds this version is not sent the text again.
    public var version: UInt64
    /// Empty to withdraw the text.
    public var text: String

    public init(_ type: TicketAdType, version: UInt64, text: String) {
        self.type = type
        self.version = version
        self.text = text
    }
}

/// A taxation regime bound to a register (BindedTaxation).
public struct OFDTaxation: Sendable, Hashable, Codable {
    public var regime: TaxationType
    /// The rates of VAT, in thousandths of a percent.
    public var percents: [UInt32]

    public init(_ regime: TaxationType, percents: [UInt32]) {
        self.regime = regime
        self.percents = percents
    }
}

/// An open pair (KeyValuePair).
public struct OFDPair: Sendable, Hashable, Codable {
    public var key: String
    public var value: String?

    public init(_ key: String, _ value: String?) {
        self.key = key
        self.value = value
    }
}
