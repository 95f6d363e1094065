import FiscalCore
import FiscalTestSupport
import SwiftProtobuf
import Testing

@testable import OFDKazProtocol

/// Receipts of published requests (``WireVectors``), as they come out of the printer.
@Suite("What goes on paper of a receipt") struct ReceiptPaperTests {
    private static func paper(
        _ options: ReceiptOptions = ReceiptOptions(), ads: [TicketAd] = [], shift: UInt32? = 7
    ) -> ReceiptPaper {
        ReceiptPaper(
            profile: .kazakhtelecomTest, options: options, ads: ads, documentNumber: 42, shiftNumber: shift)
    }

    private static func request(_ vector: String) throws -> PBRequest {
        try PBRequest(serializedBytes: Frame.decode(#require(Hex.decode(vector))).frame.payload)
    }

    private static func sale() throws -> PBRequest { try self.request(WireVectors.saleRequest) }

    private static func ad(_ type: TicketAdType, _ text: String, version: UInt64 = 1) -> TicketAd {
        TicketAd(info: TicketAdInfo(type: type, version: version), text: text)
    }

    private static let qr = "http://consumer.test-oofd.kz?i=4228143549&f=111111111111&s=696.90&t=20260629T170916"
    private static let registered = ReceiptPaper.Sign.registered(number: "4228143549", qr: qr)

    @Test("Online: who sells, what, how it was paid, the fiscal sign, and the server's own QR code")
    func online() throws {
        let lines = try Self.paper().paper(Self.sale(), Self.registered).lines
        #expect(
            lines == [
                "Org", "БИН/ИИН / БСН/ЖСН: 000000000000", "Addr", "AddrKz", "РНМ / МТН: 111111111111",
                "ЗНМ / МЗН: SN0001", "Смена / Ауысым: 7", "Документ / Құжат: 42", "ПРОДАЖА / САТУ", "Товар",
                "2.5 x 1000.00 = 2500.00", "в т.ч. / оның ішінде НДС / ҚҚС 12%: 267.86", "КМ / ТК: 010460",
                "ИТОГО / БАРЛЫҒЫ: 2500.00", "Наличные / Қолма-қол ақша: 2000.00",
                "Мобильный платёж / Мобильді төлем: 500.00", "Получено / Алынды: 3000.00",
                "Сдача / Қайтарым: 1000.00", "Дата и время / Күні мен уақыты: 02.01.2026 03:04:05", "Кассир: Кассир",
                "ФИСКАЛЬНЫЙ ПРИЗНАК / ФИСКАЛДЫҚ БЕЛГІ: 4228143549",
                "Оператор фискальных данных / Фискалдық деректер операторы: АО «Казахтелеком»",
                "Проверка чека / Чекті тексеру: http://consumer.test-oofd.kz", "QR: \(Self.qr)",
            ])
    }

    @Test("Offline: the mark in both languages, our own number, the request to check, and a QR code of that number")
    func offline() throws {
        let request = try Self.request(WireVectors.returnRequest)
        let paper = Self.paper(shift: nil).paper(request, .offline(number: request.ticket.offlineTicketNumber))
        #expect(
            paper.lines == [
                "Org", "БИН/ИИН / БСН/ЖСН: 000000000000", "Addr", "AddrKz", "РНМ / МТН: 111111111111",
                "ЗНМ / МЗН: SN0001", "Документ / Құжат: 42", "ВОЗВРАТ ПРОДАЖИ / САТУДЫ ҚАЙТАРУ",
                "Чек-основание / Негіздеме чек: 4228143549", "X", "1 x 10.50 = 10.50", "ИТОГО / БАРЛЫҒЫ: 10.50",
                "Банковская карта / Банк картасы: 10.50", "Дата и время / Күні мен уақыты: 02.01.2026 03:04",
                "Кассир: 1", ReceiptText.offlineMark[0], ReceiptText.offlineMark[1],
                "АВТОНОМНЫЙ ФИСКАЛЬНЫЙ ПРИЗНАК / АВТОНОМДЫ ФИСКАЛДЫҚ БЕЛГІ: 2147483647",
                ReceiptText.checkRequest[0], ReceiptText.checkRequest[1],
                "Оператор фискальных данных / Фискалдық деректер операторы: АО «Казахтелеком»",
                "Проверка чека / Чекті тексеру: http://consumer.test-oofd.kz",
                "QR: http://consumer.test-oofd.kz?i=2147483647&f=111111111111&s=10.50&t=20260102T0304",
            ])
        #expect(paper.code(ReceiptText.offlineSign) == "2147483647")
        #expect(paper.code(ReceiptText.fiscalSign) == nil)
    }

    @Test(
        "The mark says in both languages what the document asks for; it and the request are on offline receipts alone")
    func marks() throws {
        #expect(ReceiptText.offlineMark.contains { $0.lowercased().contains("без режима фискализации") })
        #expect(ReceiptText.checkRequest.contains { $0.lowercased().contains("проверьте") })
        for texts in [
            ReceiptText.offlineMark, ReceiptText.checkRequest, ReceiptText.blocked, ReceiptText.serverBlocked,
        ] {
            // One in each language: the letters ә, ғ, қ, ң, ө, ұ, ү, һ, і are not Russian.
            let kazakh = texts.map { $0.lowercased().contains { "әғқңөұүһі".contains($0) } }
            #expect(kazakh == [false, true])
        }
        let online = try Self.paper().paper(Self.sale(), Self.registered).items
        for text in ReceiptText.offlineMark + ReceiptText.checkRequest { #expect(!online.contains(.text(text))) }
    }

    @Test("A printer of little paper can do without the request to check, and with nothing else missing")
    func withoutRequest() throws {
        let all = try Self.paper().paper(Self.sale(), .offline(number: 5)).items
        let fewer = try Self.paper(ReceiptOptions(asksToCheck: false)).paper(Self.sale(), .offline(number: 5)).items
        #expect(fewer == all.filter { item in !ReceiptText.checkRequest.contains { item == .text($0) } })
        #expect(all.count - fewer.count == 2)
        #expect(fewer.contains(.text(ReceiptText.offlineMark[0])))
    }

    @Test("A printer without QR codes prints the address as text")
    func withoutQR() throws {
        let paper = try Self.paper(ReceiptOptions(printsQR: false)).paper(Self.sale(), Self.registered)
        #expect(paper.qr == nil)
        #expect(paper.items.last == .text(Self.qr))
    }

    @Test("Where the server gave no QR text, or bytes that are none, the operator's mask is used")
    func mask() throws {
        let mask = "http://consumer.test-oofd.kz?i=99&f=111111111111&s=2500.00&t=20260102T030405"
        let image = String(decoding: [0x89, 0x50, 0x4E, 0x47, 0xFF] as [UInt8], as: UTF8.self)
        for qr in [nil, "", image, "two\nlines"] {
            #expect(try Self.paper().paper(Self.sale(), .registered(number: "99", qr: qr)).qr == mask)
        }
        var other = Self.paper()
        other.profile = try OperatorProfile(
            name: "ОФД", checkAddress: "https://ofd.test", parameterOrder: .tifs)
        #expect(
            try other.paper(Self.sale(), .offline(number: 99)).qr
                == "https://ofd.test?t=20260102T030405&i=99&f=111111111111&s=2500.00")
    }

    @Test("With nothing to put into the mask there is no QR code, and the rest stands")
    func withoutNumber() throws {
        let paper = try Self.paper().paper(Self.sale(), .registered(number: nil, qr: nil))
        #expect(paper.qr == nil)
        #expect(paper.code(ReceiptText.fiscalSign) == nil)
        #expect(paper.code(ReceiptText.total) == "2500.00")
        var unregistered = try Self.sale()
        unregistered.service.regInfo.kkm.clearFnsKkmID()
        #expect(Self.paper().paper(unregistered, .offline(number: 1)).qr == nil)
        // A number that would break the address is printed, but not put into one.
        let odd = try Self.paper().paper(Self.sale(), .registered(number: "1&f=2", qr: nil))
        #expect(odd.qr == nil)
        #expect(odd.code(ReceiptText.fiscalSign) == "1&f=2")
    }

    @Test("The server's texts close the receipt in the order of their types; that of the block is none of a receipt")
    func ads() throws {
        let ads = [
            Self.ad(.info, "Заблокировано"), Self.ad(.kkm, "Касса"), Self.ad(.ofd, "Оператор\r\nвторая строка\n"),
            Self.ad(TicketAdType(rawValue: 9), "Новый"), Self.ad(.org, "Организация"),
        ]
        let without = try Self.paper().paper(Self.sale(), Self.registered).items
        let items = try Self.paper(ads: ads).paper(Self.sale(), Self.registered).items
        #expect(Array(items.prefix(without.count)) == without)
        #expect(
            Array(items.dropFirst(without.count))
                == ["Оператор", "вторая строка", "Организация", "Касса", "Новый"].map { .text($0) })
        let off = try Self.paper(ReceiptOptions(printsAds: false), ads: ads).paper(Self.sale(), Self.registered).items
        #expect(off == without)
    }

    @Test("A text that the server's template left empty is not printed; the word NULL within a text is, as it came")
    func emptyTemplates() throws {
        // The beginning of a text that a real server sent.
        let live = "Касса № NULL Код ККМ: NULL Необходимо перейти на протокол 2.0.2"
        for (text, isPrintable) in [
            ("NULL", false), (" NULL\n", false), ("NULL NULL", false), ("", false), ("  ", false), (live, true),
            ("Null", true), ("NULL.", true), ("ANNULLED", true),
        ] {
            let ad = Self.ad(.ofd, text)
            #expect(ad.isPrintable == isPrintable, "\(text)")
            let items = try Self.paper(ads: [ad]).paper(Self.sale(), Self.registered).items
            #expect(items.contains(.text(text)) == isPrintable, "\(text)")
        }
    }

    @Test("A new version of a text is on the next receipt; texts of other types stay")
    func newVersion() throws {
        var stored = StoredService()
        func receive(_ ads: TicketAd...) { _ = stored.adopt(ServiceAnswer(ads: ads)) }
        func printed() throws -> [String] {
            try Self.paper(ads: stored.ads).paper(Self.sale(), Self.registered).lines.suffix(2)
        }
        receive(Self.ad(.ofd, "семь", version: 7), Self.ad(.pos, "место", version: 3))
        #expect(try printed() == ["семь", "место"])
        receive(Self.ad(.ofd, "восемь", version: 8))
        #expect(try printed() == ["восемь", "место"])
        receive()
        #expect(try printed() == ["восемь", "место"])
    }

    @Test("Free text cannot steer the printer: control characters are seen, and not obeyed")
    func controlCharacters() throws {
        var sale = try Self.sale()
        sale.service.regInfo.org.title = "Org\u{1B}@"
        sale.ticket.items[0].commodity.name = "Хлеб\u{0}\tбелый\n"
        sale.ticket.operator.name = "Ай\u{07}гуль"
        sale.ticket.items[0].commodity.listExciseStamp = ["01\u{1D}21"]
        let ads = [Self.ad(.ofd, "Скидки\u{1D}V\u{0}")]
        let paper = Self.paper(ads: ads).paper(sale, .registered(number: "1\u{1B}", qr: Self.qr))
        for line in paper.lines {
            #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(line)")
        }
        for line in ["Org\u{FFFD}@", "Хлеб\u{FFFD} белый ", "Скидки\u{FFFD}V\u{FFFD}"] {
            #expect(paper.lines.contains(line), "\(line)")
        }
    }

    @Test("Corrections, discounts and markups are told apart from sales, and codes without a word by their number")
    func otherLines() throws {
        let sum = #"{"bills":"10","coins":5}"#
        let goods = #""name":"Нан","section_code":"1","quantity":"1","price":\#(sum),"sum":\#(sum)"#
        let tax = #"{"tax_type":100,"percent":12500,"sum":\#(sum),"is_in_total_sum":false}"#
        let other = #"{"tax_type":7,"percent":1,"sum":\#(sum),"is_in_total_sum":true}"#
        let request = try PBRequest(
            jsonString: """
                {"command":1,"ticket":{"operation":9,"items":[{"type":2,"storno_commodity":{\(goods)}},
                {"type":3,"markup":{"name":"Упаковка","sum":\(sum),"taxes":[\(tax)]}},
                {"type":4,"storno_markup":{"name":"Упаковка","sum":\(sum)}},
                {"type":5,"discount":{"name":"Карта","sum":\(sum)}},{"type":6,"storno_discount":{"sum":\(sum)}},
                {"type":77}],"payments":[{"type":8,"sum":\(sum)}],"taxes":[\(other)],"amounts":{"total":\(sum),
                "discount":{"name":"Итоговая","sum":\(sum)}},"operator":{"code":3},
                "extension_options":{"customer_iin_or_bin":"012345678901"}}}
                """)
        let lines = Self.paper(shift: nil).paper(request, .registered(number: nil, qr: nil)).lines
        #expect(
            Array(lines.dropLast(2)) == [
                "Документ / Құжат: 42", "ОПЕРАЦИЯ 9", "СТОРНО Нан", "0.001 x 10.05 = 10.05",
                "Наценка / Үстеме: Упаковка: 10.05", "НДС / ҚҚС 12.5%: 10.05",
                "СТОРНО Наценка / Үстеме: Упаковка: 10.05", "Скидка / Жеңілдік: Карта: 10.05",
                "СТОРНО Скидка / Жеңілдік: 10.05", "Скидка / Жеңілдік: Итоговая: 10.05", "ИТОГО / БАРЛЫҒЫ: 10.05",
                "в т.ч. / оның ішінде Налог / Салық 7 0.001%: 10.05", "Оплата / Төлем 8: 10.05", "Кассир: 3",
                "БИН/ИИН покупателя / Сатып алушының БСН/ЖСН: 012345678901",
            ])
    }

    @Test("Requests that are no documents have no paper")
    func noDocument() throws {
        for vector in [WireVectors.systemRequest, WireVectors.infoRequest] {
            #expect(try Self.paper().paper(Self.request(vector), Self.registered) == Paper())
        }
    }
}
