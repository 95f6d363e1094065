/// What the server told about the register, and what a person compares.
struct StoredService: Sendable, Hashable, Codable {
    var registration: RegistrationInfo?
    /// One text per type (section 3.10.3).
    var ads: [TicketAd] = []
    var taxation: BindedTaxation?
    var lastDocument: LastDocumentInfo?
    /// The version of the list of goods that is held; nil when there is none.
    var nomenclatureVersion: UInt32?
    /// The last Z report that is known, ours or the server's; the server's wins.
    var lastZ: ZXReport?
    /// The server's counters beside a message whose outcome is unknown (decision K5); nothing of it is taken over.
    var comparison: ZXReport?

    /// The text that is shown while the server blocks the register (section 5.4).
    var infoText: String? {
        self.ads.first { $0.info.type == .info }?.text
    }

    /// Takes over what an answer brought besides.
    /// - Returns: the texts that are new.
    mutating func adopt(_ answer: ServiceAnswer) -> [TicketAd] {
        if let registration = answer.registration {
            self.registration = (self.registration ?? RegistrationInfo()).updated(by: registration)
        }
        self.taxation = answer.bindedTaxation ?? self.taxation
        self.lastDocument = answer.lastDocument ?? self.lastDocument
        var news: [TicketAd] = []
        for ad in answer.ads {
            if let place = self.ads.firstIndex(where: { $0.info.type == ad.info.type }) {
                guard self.ads[place] != ad else { continue }
                self.ads[place] = ad
            } else {
                self.ads.append(ad)
            }
            news.append(ad)
        }
        return news
    }
}
