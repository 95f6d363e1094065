/// What a host chooses about its receipts. What a receipt must carry is not a matter of choice.
public struct ReceiptOptions: Sendable, Hashable {
    /// Ask the customer of an offline receipt to check its registration: "if the printer allows" (section 5.2).
    public var asksToCheck: Bool
    /// Print the server's texts (``TicketAd``) on receipts: those for which ``TicketAd/isPrintable`` holds, as they
    /// came. The text for the time of a block (TICKET_AD_INFO) is never part of a receipt.
    public var printsAds: Bool
    /// Print the QR code; off for printers that cannot, which then print its text.
    public var printsQR: Bool

    public init(asksToCheck: Bool = true, printsAds: Bool = true, printsQR: Bool = true) {
        self.asksToCheck = asksToCheck
        self.printsAds = printsAds
        self.printsQR = printsQR
    }
}
