/// What the server adds to any answer (section 3.10).
public struct ServiceAnswer: Sendable, Hashable {
    /// Texts that are newer than those the register holds.
    public var ads: [TicketAd]
    public var registration: RegistrationInfo?
    public var bindedTaxation: BindedTaxation?
    public var lastDocument: LastDocumentInfo?
    public var auxiliary: [KeyValuePair]

    public init(
        ads: [TicketAd] = [], registration: RegistrationInfo? = nil, bindedTaxation: BindedTaxation? = nil,
        lastDocument: LastDocumentInfo? = nil, auxiliary: [KeyValuePair] = []
    ) {
        self.ads = ads
        self.registration = registration
        self.bindedTaxation = bindedTaxation
        self.lastDocument = lastDocument
        self.auxiliary = auxiliary
    }
}

extension ServiceAnswer {
    /// Entries that lack a mandatory part are left out.
    package init(_ pb: PBServiceResponse) {
        self.init(
            ads: pb.ticketAds.compactMap { TicketAd($0) },
            registration: pb.hasRegInfo ? RegistrationInfo(pb.regInfo) : nil,
            bindedTaxation: pb.hasBindedTaxation ? BindedTaxation(pb.bindedTaxation) : nil,
            lastDocument: pb.hasLastDocumentInfo ? LastDocumentInfo(pb.lastDocumentInfo) : nil,
            auxiliary: pb.auxiliary.compactMap { KeyValuePair($0) })
    }
}
