public import FiscalCore

/// What a till shows or prints while it may not work.
public enum TillNotice {
    /// In BLOCKED: nothing moves until a person has acted (section 5.3).
    public static var blocked: Paper { Paper(ReceiptText.blocked.map { .text($0) }) }

    /// In SERVER-BLOCKED: that the operator has blocked the register, and the operator's own text, which the register
    /// has received before (TICKET_AD_INFO, section 5.4).
    /// - Parameter ads: the texts that are stored; only one of type TICKET_AD_INFO counts. When none was ever received,
    ///   or it is not printable, there is none to show.
    public static func serverBlocked(_ ads: [TicketAd]) -> Paper {
        let texts = ads.filter { $0.info.type == .info && $0.isPrintable }.flatMap { PrintedText.lines($0.text) }
        return Paper((ReceiptText.serverBlocked + texts).map { .text($0) })
    }
}
