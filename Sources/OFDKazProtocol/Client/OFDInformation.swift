/// What the server has told about the register (sections 3.2, 3.10).
public struct OFDInformation: Sendable, Hashable {
    /// Taxpayer, register and point of sale; with what the host has given, where the server is silent.
    public var registration: RegistrationInfo
    /// One text per type; an empty one is withdrawn.
    public var ads: [TicketAd]
    public var taxation: BindedTaxation?
    /// The last document that the server had when it was asked last.
    public var lastDocument: LastDocumentInfo?
}
