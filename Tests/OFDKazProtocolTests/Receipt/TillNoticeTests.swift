import FiscalCore
import OFDKazProtocol
import Testing

@Suite("What a till shows while it may not work") struct TillNoticeTests {
    private static func ad(_ type: TicketAdType, _ text: String) -> TicketAd {
        TicketAd(info: TicketAdInfo(type: type, version: 1), text: text)
    }

    @Test("Blocked by the server: that it is so, and the server's own text that was received before")
    func serverBlocked() {
        let ads = [
            Self.ad(.ofd, "Реклама"), Self.ad(.info, "Оплатите услуги оператора\nТел. 160"), Self.ad(.kkm, "Касса"),
        ]
        #expect(
            TillNotice.serverBlocked(ads).lines == ReceiptText.serverBlocked + [
                "Оплатите услуги оператора", "Тел. 160",
            ])
    }

    @Test("When no such text was ever received, or its template was left empty, the till says its own alone")
    func withoutText() {
        for ads in [[], [Self.ad(.ofd, "Реклама")], [Self.ad(.info, "")], [Self.ad(.info, "NULL")]] {
            #expect(TillNotice.serverBlocked(ads).lines == ReceiptText.serverBlocked)
        }
    }

    @Test("Blocked for another reason: words of its own")
    func blocked() {
        #expect(TillNotice.blocked.lines == ReceiptText.blocked)
        #expect(ReceiptText.blocked != ReceiptText.serverBlocked)
    }
}
