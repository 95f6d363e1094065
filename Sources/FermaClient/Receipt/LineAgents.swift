public import FiscalCore

/// The money transfer operator of a line (`TransferOperatorData`, FFD tags 1075, 1026, 1005, 1016).
///
/// The source document shows ``ProviderData`` only; this and the two below are those of the CheckOnline protocol.
public struct TransferOperatorData: Sendable, Hashable {
    public var phone: String?
    public var name: String?
    public var address: String?
    public var inn: INN?

    public init(phone: String? = nil, name: String? = nil, address: String? = nil, inn: INN? = nil) {
        self.phone = phone
        self.name = name
        self.address = address
        self.inn = inn
    }
}

/// The operator that takes payments of a line (`GetPaymentOperatorData`, FFD tag 1074).
public struct GetPaymentOperatorData: Sendable, Hashable {
    public var phone: String?

    public init(phone: String?) {
        self.phone = phone
    }
}

/// The paying agent of a line (`AgentData`, FFD tags 1044 and 1073).
public struct AgentData: Sendable, Hashable {
    public var operation: String?
    public var phone: String?

    public init(operation: String? = nil, phone: String? = nil) {
        self.operation = operation
        self.phone = phone
    }
}

/// The supplier for whom the seller acts (`ProviderData`, FFD tags 1171, 1225, 1226).
public struct ProviderData: Sendable, Hashable {
    public var phone: String?
    public var name: String?
    /// With valid check digits; `INN.none` for a supplier that has none.
    public var inn: INN?

    public init(phone: String? = nil, name: String? = nil, inn: INN? = nil) {
        self.phone = phone
        self.name = name
        self.inn = inn
    }
}

// Telephone numbers and INNs go to the service and to nobody else, not even by way of a log.
extension TransferOperatorData: CustomStringConvertible {
    public var description: String { "redacted" }
}

extension GetPaymentOperatorData: CustomStringConvertible {
    public var description: String { "redacted" }
}

extension AgentData: CustomStringConvertible {
    public var description: String { "redacted" }
}

extension ProviderData: CustomStringConvertible {
    public var description: String { "redacted" }
}
