import FiscalCore
import SwiftProtobuf
import Testing

@testable import OFDKazProtocol

/// Papers of the shift and of the drawer (``WireVectors``).
@Suite("What goes on paper of reports and of money put in or taken out") struct ReportPaperTests {
    private static let paper = ReceiptPaper(
        profile: .kazakhtelecomTest, options: ReceiptOptions(),
        ads: [TicketAd(info: TicketAdInfo(type: .ofd, version: 1), text: "Реклама")], documentNumber: 43,
        shiftNumber: 7)

    private static func request(_ vector: String) throws -> PBRequest {
        try PBRequest(serializedBytes: Frame.decode(#require(Hex.decode(vector))).frame.payload)
    }

    private static let head = [
        "Org", "БИН/ИИН / БСН/ЖСН: 000000000000", "Addr", "AddrKz", "РНМ / МТН: 111111111111", "ЗНМ / МЗН: SN0001",
        "Смена / Ауысым: 7", "Документ / Құжат: 43",
    ]

    /// The lines of the z_report in the published request.
    private static let report = [
        "Z-ОТЧЁТ / Z-ЕСЕП", "Смена / Ауысым: 7", "Открыта / Ашылды: 02.01.2026 03:04:05",
        "Закрыта / Жабылды: 02.01.2026 23:59:59", "НА НАЧАЛО СМЕНЫ / АУЫСЫМ БАСЫНДА", "ПРОДАЖА / САТУ: 0.00",
        "ПРОДАЖА / САТУ: 1: 2500.00", "Наличные / Қолма-қол ақша: 2000.00", "Сдача / Қайтарым: 1000.00",
        "НДС / ҚҚС 12%, ПРОДАЖА / САТУ: 267.86", "Оборот / Айналым: 2500.00", "ВНЕСЕНИЕ ДЕНЕГ / АҚША САЛУ: 0: 0.00",
        "НЕОБНУЛЯЕМАЯ СУММА / НӨЛДЕНБЕЙТІН СОМА", "ПРОДАЖА / САТУ: 2500.00", "ВЫРУЧКА / ТҮСІМ: 2500.00",
        "НАЛИЧНЫЕ В КАССЕ / КАССАДАҒЫ АҚША: 2000.00", "Контрольная сумма / Бақылау сомасы: 00000000",
    ]
    private static let made = ["Дата и время / Күні мен уақыты: 02.01.2026 23:59:59", "Кассир: 1"]

    @Test("A withdrawal offline: sum, time, cashier and the mark; no request to a customer, no QR code, no text")
    func withdrawal() throws {
        let lines = try Self.paper.paper(Self.request(WireVectors.withdrawalRequest), .offline(number: nil)).lines
        #expect(
            lines == Self.head + [
                "ИЗЪЯТИЕ ДЕНЕГ / АҚША АЛУ: 100.05", "Дата и время / Күні мен уақыты: 02.01.2026 03:04:05", "Кассир: 1",
            ] + ReceiptText.offlineMark)
    }

    @Test("The close of a shift: the Z report, online without and offline with the mark")
    func closeShift() throws {
        let request = try Self.request(WireVectors.closeShiftRequest)
        let expected = Self.head + ["ЗАКРЫТИЕ СМЕНЫ / АУЫСЫМДЫ ЖАБУ"] + Self.report + Self.made
        #expect(Self.paper.paper(request, .registered(number: nil, qr: nil)).lines == expected)
        #expect(Self.paper.paper(request, .offline(number: nil)).lines == expected + ReceiptText.offlineMark)
    }

    @Test("A report with which the server answered is printed instead of ours")
    func serversReport() throws {
        let request = try Self.request(WireVectors.closeShiftRequest)
        var servers = request.closeShift.zReport
        servers.cashSum.bills = 1999
        let report = ZXReport(servers)
        let lines = Self.paper.paper(request, .registered(number: nil, qr: nil), report: report).lines
        #expect(lines.contains("НАЛИЧНЫЕ В КАССЕ / КАССАДАҒЫ АҚША: 1999.00"))
        #expect(!lines.contains("НАЛИЧНЫЕ В КАССЕ / КАССАДАҒЫ АҚША: 2000.00"))
    }

    @Test("An X report says that it is one")
    func reportX() throws {
        var request = PBRequest()
        request.report.report = .reportX
        request.report.zxReport = try Self.request(WireVectors.closeShiftRequest).closeShift.zReport
        let lines = Self.paper.paper(request, .registered(number: nil, qr: nil)).lines
        #expect(lines.contains("X-ОТЧЁТ / X-ЕСЕП"))
        #expect(!lines.contains("Z-ОТЧЁТ / Z-ЕСЕП"))
        request.report.report = .reportZ
        #expect(Self.paper.paper(request, .registered(number: nil, qr: nil)).lines.contains("Z-ОТЧЁТ / Z-ЕСЕП"))
    }

    @Test("A loss has its sign, a payment without a count is not lost, and what is nought is left out")
    func details() throws {
        let report = try PBZXReport(
            jsonString: """
                {"shift_number":1,"revenue":{"sum":{"bills":"5","coins":7},"is_negative":true},
                "ticket_operations":[{"operation":0,"tickets_count":2,"tickets_sum":{"bills":"3"},"offline_count":1,
                "discount_sum":{"coins":1},"markup_sum":{"bills":"2"},"payments":[{"payment":1,"sum":{"bills":"3"}},
                {"payment":0,"count":4},{"payment":4}]}],"taxes":[{"tax_type":100,"percent":12000,
                "operations":[{"operation":0},{"operation":1,"turnover":{"bills":"9"}}]}],
                "money_placements":[{"operation":5,"operations_count":1,"operations_sum":{"bills":"1"}}]}
                """)
        #expect(
            ReportPaper.items(report, isZ: false).map { Paper([$0]).lines[0] } == [
                "X-ОТЧЁТ / X-ЕСЕП", "Смена / Ауысым: 1", "ПОКУПКА / САТЫП АЛУ: 2: 3.00",
                "из них автономно / оның ішінде автономды: 1", "Банковская карта / Банк картасы: 3.00",
                "Наличные / Қолма-қол ақша: 0.00", "Скидка / Жеңілдік: 0.01", "Наценка / Үстеме: 2.00",
                "НДС / ҚҚС 12%, ВОЗВРАТ ПОКУПКИ / САТЫП АЛУДЫ ҚАЙТАРУ: 0.00", "Оборот / Айналым: 9.00",
                "ДВИЖЕНИЕ ДЕНЕГ / АҚША ҚОЗҒАЛЫСЫ 5: 1: 1.00", "ВЫРУЧКА / ТҮСІМ: -5.07",
                "НАЛИЧНЫЕ В КАССЕ / КАССАДАҒЫ АҚША: 0.00",
            ])
    }

    @Test("Amounts beyond all measure are printed by their parts, and nothing breaks")
    func extremes() {
        var amount = PBMoney()
        amount.bills = .max
        amount.coins = .max
        #expect(PrintedNumber.amount(amount) == "18446744073709551615.4294967295")
        amount.coins = 7
        #expect(PrintedNumber.amount(amount) == "18446744073709551615.07")
        #expect(PrintedNumber.thousandths(.max) == "18446744073709551.615")
        for (value, text) in [(0, "0"), (1, "0.001"), (10, "0.01"), (100, "0.1"), (1000, "1"), (1010, "1.01")] {
            #expect(PrintedNumber.thousandths(UInt64(value)) == text)
        }
    }
}
