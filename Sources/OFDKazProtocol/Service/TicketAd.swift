/// A text of the server for the receipt, or for the time of a block (section 3.10.3). It replaces the text of the same
/// type that is held.
public struct TicketAd: Sendable, Hashable, Codable {
    public var info: TicketAdInfo
    /// Empty when the server withdraws the text.
    public var text: String

    public init(info: TicketAdInfo, text: String) {
        self.info = info
        self.text = text
    }
}

extension TicketAd {
    /// - Returns: nil when a mandatory part is not there.
    package init?(_ pb: PBTicketAd) {
        guard pb.hasText, let info = TicketAdInfo(pb.info) else { return nil }
        self.init(info: info, text: pb.text)
    }
}
