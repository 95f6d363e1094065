/// How long texts may be, in characters of CP866 (decision F10). Nil is no limit.
///
/// The source document has none, or has lost them with its footnotes; the defaults are those of the fiscal data format.
/// Identifiers have no limit.
public struct TextLimits: Sendable, Hashable {
    /// `Description`, tag 1030.
    public var description: Int? = 128
    /// `PhoneOrEmail`, tag 1008.
    public var phoneOrEmail: Int? = 64
    /// `Place`, tag 1187.
    public var place: Int? = 256
    /// Telephone numbers of agents and suppliers, tags 1073, 1074, 1075, 1171.
    public var phone: Int? = 19
    /// `AgentData.Operation`, tag 1044.
    public var operation: Int? = 24
    /// `TransferOperatorData.Name`, tag 1026.
    public var transferOperatorName: Int? = 64
    /// `TransferOperatorData.Address`, tag 1005.
    public var transferOperatorAddress: Int? = 256
    /// `ProviderData.Name`, tag 1225.
    public var providerName: Int? = 256

    /// The limits of the fiscal data format. Each can be changed or taken away.
    public init() {}

    public static let fiscalDataFormat = Self()

    /// No limit at all.
    public static let none: Self = {
        var limits = Self()
        for limit in [
            \Self.description, \.phoneOrEmail, \.place, \.phone, \.operation, \.transferOperatorName,
            \.transferOperatorAddress, \.providerName,
        ] { limits[keyPath: limit] = nil }
        return limits
    }()
}
