import FiscalCore
import FiscalTestSupport
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The address by which a customer checks a receipt") struct CheckQRTests {
    /// The text in the captured answer of a server (``WireVectors/ticketAnswer``).
    private static let captured =
        "http://consumer.test-oofd.kz?i=4228143549&f=111111111111&s=696.90&t=20260629T170916"

    private static func time(_ text: String) throws -> DateTime {
        DateTime(try #require(CivilDateTime(compactSeconds: text)))
    }

    private static func field(_ body: () throws(InvalidField) -> some Any) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return error.field }
    }

    @Test("The text that a real server sent is read, and made again byte for byte")
    func captured() throws {
        let frame = try Frame.decode(#require(Hex.decode(WireVectors.ticketAnswer))).frame
        let code = try [UInt8](PBResponse(serializedBytes: frame.payload).ticket.qrCode)
        let text = try #require(CheckQR.text(of: code))
        #expect(text == Self.captured)
        let (check, anomalies) = try CheckQR.read(text)
        #expect(anomalies.isEmpty)
        #expect(check.address == "http://consumer.test-oofd.kz")
        #expect(check.sign == "4228143549")
        #expect(check.registrationNumber == "111111111111")
        #expect(check.sum == Money(minorUnits: 696_90, currency: .kzt))
        #expect(try check.dateTime == Self.time("20260629T170916"))
        #expect(check.text() == text)
        let made = try CheckQR(
            address: OperatorProfile.kazakhtelecomTest.checkAddress, sign: "4228143549",
            registrationNumber: "111111111111", sum: Money(minorUnits: 69_690, currency: .kzt),
            dateTime: Self.time("20260629T170916"))
        #expect(made == check)
        #expect("\(made)" == text)
    }

    @Test("The sum has two decimals always, and is left out where there is none; either order is made")
    func text() throws {
        func text(_ minorUnits: Int64?, _ order: OperatorProfile.ParameterOrder = .ifst) throws -> String {
            try CheckQR(
                address: "https://ofd.test/t/", sign: "1", registrationNumber: "2",
                sum: minorUnits.map { Money(minorUnits: $0, currency: .kzt) }, dateTime: Self.time("20260102T030405")
            ).text(order: order)
        }
        #expect(try text(0) == "https://ofd.test/t/?i=1&f=2&s=0.00&t=20260102T030405")
        #expect(try text(5) == "https://ofd.test/t/?i=1&f=2&s=0.05&t=20260102T030405")
        #expect(try text(.max) == "https://ofd.test/t/?i=1&f=2&s=92233720368547758.07&t=20260102T030405")
        #expect(try text(nil) == "https://ofd.test/t/?i=1&f=2&t=20260102T030405")
        #expect(try text(100_000, .tifs) == "https://ofd.test/t/?t=20260102T030405&i=1&f=2&s=1000.00")
        #expect(try text(nil, .tifs) == "https://ofd.test/t/?t=20260102T030405&i=1&f=2")
    }

    @Test("The parameters are read in any order")
    func anyOrder() throws {
        let whole = try CheckQR.read(Self.captured).check
        var texts: Set<String> = []
        func arrange(_ chosen: [String], _ rest: [String]) throws {
            if rest.isEmpty {
                let text = "http://consumer.test-oofd.kz?" + chosen.joined(separator: "&")
                texts.insert(text)
                let (check, anomalies) = try CheckQR.read(text)
                #expect(check == whole)
                #expect(anomalies.isEmpty)
            }
            for index in rest.indices {
                var others = rest
                let next = others.remove(at: index)
                try arrange(chosen + [next], others)
            }
        }
        try arrange([], ["i=4228143549", "f=111111111111", "s=696.90", "t=20260629T170916"])
        #expect(texts.count == 24)
    }

    /// Spellings that are met, and how each is reported.
    private static let spellings: [(text: String, sum: Int64?, anomalies: [String])] = [
        ("https://ofd1.kz/t/?i=1&f=2&s=1820.0&t=20260629T170916", 1820_00, ["damaged qr.s"]),
        ("https://ofd1.kz/t/?i=1&f=2&s=1820&t=20260629T170916", 1820_00, ["damaged qr.s"]),
        ("http://consumer.oofd.kz/?i=1&f=2&s=1820,50&t=20260629T170916", 1820_50, ["damaged qr.s"]),
        ("http://consumer.oofd.kz/?i=1&f=2&s=1820,5&t=20260629T170916", 1820_50, ["damaged qr.s", "damaged qr.s"]),
        ("http://consumer.kofd.kz?i=1&f=2&t=20260629T170916", nil, ["missing qr.s"]),
        ("http://consumer.kofd.kz?i=1&f=2&s=&t=20260629T170916", nil, ["missing qr.s"]),
        ("https://4ek.kz/?o=transtelecom&i=1&f=2&s=1.00&t=20260629T170916", 1_00, ["unknownField qr"]),
        (
            "HTTPS://consumer.wofd.kz:443/a/b?I=1&F=2&S=1.00&T=20260629T170916", 1_00,
            Array("ifst").map { "damaged qr.\($0)" }
        ),
        (" http://consumer.oofd.kz?i=1&f=2&s=1.00&t=20260629T170916\r\n", 1_00, ["damaged qr"]),
        ("http://consumer.oofd.kz?i=%31&f=2&s=1%2e00&t=20260629T170916", 1_00, ["damaged qr.i", "damaged qr.s"]),
        ("http://consumer.oofd.kz?i=1&f=2&s=1.00&i=9&t=20260629T170916&s=", 1_00, ["list qr.i", "list qr.s"]),
        ("http://consumer.oofd.kz?&i=1&&f=2&x&s=1.00&t=20260629T170916", 1_00, ["unknownField qr"]),
        ("http://consumer.oofd.kz?i=1&f=2&s=1.00&t=20260629T170916#top", 1_00, ["unknownField qr"]),
    ]

    @Test("Other spellings are lived with, and each leniency is reported", arguments: 0..<13)
    func lenient(_ number: Int) throws {
        let (text, sum, expected) = Self.spellings[number]
        let (check, anomalies) = try CheckQR.read(text)
        #expect(check.sign == "1")
        #expect(check.registrationNumber == "2")
        #expect(check.sum?.minorUnits == sum)
        #expect(try check.dateTime == Self.time("20260629T170916"))
        #expect(anomalies.map { "\($0.kind.rawValue) \($0.field ?? "")" } == expected)
    }

    @Test("A time without seconds stays one without")
    func withoutSecond() throws {
        let (check, anomalies) = try CheckQR.read("http://a?i=1&f=2&s=1.00&t=20260629T1709")
        #expect(check.dateTime.second == nil)
        #expect(check.dateTime.minute == 9)
        #expect(anomalies.map(\.field) == ["qr.t"])
        #expect(check.text() == "http://a?i=1&f=2&s=1.00&t=20260629T1709")
    }

    @Test(
        "What cannot be read is refused by the name of its part",
        arguments: [
            ("", "qr.address"), ("4228143549", "qr.address"), ("http://consumer.oofd.kz", "qr.address"),
            ("?i=1&f=2&s=1.00&t=20260629T170916", "qr.address"),
            ("ftp://a?i=1&f=2&s=1.00&t=20260629T170916", "qr.address"),
            ("http://?i=1&f=2&s=1.00&t=20260629T170916", "qr.address"),
            ("http:///x?i=1&f=2&s=1.00&t=20260629T170916", "qr.address"),
            ("http://user@a?i=1&f=2&s=1.00&t=20260629T170916", "qr.address"),
            ("javascript:http://a?i=1&f=2&s=1.00&t=20260629T170916", "qr.address"),
            ("http://a?f=2&s=1.00&t=20260629T170916", "qr.i"), ("http://a?i=&f=2&s=1.00&t=20260629T170916", "qr.i"),
            ("http://a?i=1%0A&f=2&s=1.00&t=20260629T170916", "qr.i"), ("http://a?i=%&f=2&t=20260629T170916", "qr.i"),
            ("http://a?i=1&s=1.00&t=20260629T170916", "qr.f"), ("http://a?i=1&f=2 3&s=1&t=20260629T170916", "qr.f"),
            ("http://a?i=1&f=2&s=-1.00&t=20260629T170916", "qr.s"),
            ("http://a?i=1&f=2&s=1.000&t=20260629T170916", "qr.s"),
            ("http://a?i=1&f=2&s=1e3&t=20260629T170916", "qr.s"),
            ("http://a?i=1&f=2&s=1.0.0&t=20260629T170916", "qr.s"),
            ("http://a?i=1&f=2&s=92233720368547758.08&t=20260629T170916", "qr.s"),
            ("http://a?i=1&f=2&s=1.00", "qr.t"), ("http://a?i=1&f=2&s=1.00&t=20260230T170916", "qr.t"),
            ("http://a?i=1&f=2&s=1.00&t=20260629T176016", "qr.t"), ("http://a?i=1&f=2&s=1.00&t=1782752956", "qr.t"),
            ("https://receipt.kaspi.kz/web?extTranId=1&sale_date=2026-06-29", "qr.i"),
        ])
    func refused(_ text: String, _ field: String) {
        #expect(Self.field { () throws(InvalidField) in try CheckQR.read(text) } == field)
    }

    @Test("A value that would need escaping, or another currency, is refused when it is made")
    func made() throws {
        let time = try Self.time("20260102T030405")
        func field(
            address: String = "http://a", sign: String = "1", number: String = "2",
            sum: Money? = Money(minorUnits: 0, currency: .kzt)
        ) -> String? {
            Self.field { () throws(InvalidField) in
                try CheckQR(address: address, sign: sign, registrationNumber: number, sum: sum, dateTime: time)
            }
        }
        #expect(field() == nil)
        #expect(field(address: "https://a.b-c_d~e:8080/f/g") == nil)
        for bad in [
            "", "a", "http://", "http://:80", "http://a?", "http://a#b", "http://a b", "http://а.kz", "http://a%41",
        ] {
            #expect(field(address: bad) == "qr.address", "\(bad)")
        }
        for bad in ["", " ", "1&f=3", "1=2", "%31", "знак", "1\n"] {
            #expect(field(sign: bad) == "qr.i", "\(bad)")
            #expect(field(number: bad) == "qr.f", "\(bad)")
        }
        #expect(field(sum: Money(minorUnits: -1, currency: .kzt)) == "qr.s")
        #expect(field(sum: Money(minorUnits: 1, currency: .czk)) == "qr.s")
        #expect(field(sum: nil) == nil)
    }

    @Test(
        "What Python's urllib reads in our texts is what went in, and so is what we read",
        .enabled(if: OutsideTool.exists("python3")))
    func python() throws {
        var random = SeededGenerator(seed: 35)
        let letters = Array("0123456789ABCDEFXYZabcxyz-._~")
        var (texts, expected): ([String], [String]) = ([], [])
        for _ in 0..<500 {
            let sign = String((0...Int.random(in: 0..<13, using: &random)).map { _ in random.pick(letters) })
            let number = String((0..<12).map { _ in random.pick(Array("0123456789")) })
            let sum = Int64.random(in: 0...10_000_000_00, using: &random)
            let date = try #require(CivilDate(year: 2026, month: .random(in: 1...12, using: &random), day: 28))
            let time = try #require(
                CivilDateTime(
                    date: date, hour: .random(in: 0...23, using: &random),
                    minute: .random(in: 0...59, using: &random), second: .random(in: 0...59, using: &random)))
            let check = try CheckQR(
                address: "https://consumer.oofd.kz", sign: sign, registrationNumber: number,
                sum: Money(minorUnits: sum, currency: .kzt), dateTime: DateTime(time))
            let text = check.text(order: random.pick(OperatorProfile.ParameterOrder.allCases))
            let (again, anomalies) = try CheckQR.read(text)
            #expect(again == check)
            #expect(anomalies.isEmpty)
            texts.append(text)
            expected.append("\(sign) \(number) \(sum) \(time.compactSeconds)")
        }
        let script = """
            import sys, decimal, urllib.parse as u
            for line in sys.stdin.read().splitlines():
                q = u.parse_qs(u.urlsplit(line).query, strict_parsing=True)
                assert u.urlsplit(line).netloc == "consumer.oofd.kz" and all(len(v) == 1 for v in q.values())
                print(q["i"][0], q["f"][0], int(decimal.Decimal(q["s"][0]) * 100), q["t"][0])
            """
        let result = try OutsideTool.run("python3", ["-c", script], input: Array(texts.joined(separator: "\n").utf8))
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text.split(separator: "\n").map(String.init) == expected)
    }

    @Test("Any damage to a text gives a value that can be made again, or a refusal")
    func damage() throws {
        var random = SeededGenerator(seed: 36)
        var read = 0
        for _ in 0..<20_000 {
            var bytes = Array(Self.captured.utf8)
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = random.pick(Array("%&=?#T.,0129 \u{1B}".utf8))
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
                }
            }
            guard let (check, _) = try? CheckQR.read(String(decoding: bytes, as: UTF8.self)) else { continue }
            read += 1
            let again = try CheckQR.read(check.text()).check
            #expect(again == check)
        }
        #expect(read > 1000)
    }

    @Test("A code that is no line of text is none, whatever its bytes are")
    func noText() {
        #expect(CheckQR.text(of: Array("https://ofd.kz/чек".utf8)) == "https://ofd.kz/чек")
        for code: [UInt8] in [
            [], [0xFF], [0x89, 0x50, 0x4E, 0x47], [0x61, 0x00], [0x61, 0x0A, 0x62], [0x1B, 0x40], [0xC2, 0x85],
        ] {
            #expect(CheckQR.text(of: code) == nil, "\(code)")
        }
    }
}
