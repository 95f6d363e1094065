import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

@Suite("QR text of a receipt") struct ReceiptQRTests {
    @Test("the twelve fields")
    func fields() throws {
        let qr = try ReceiptQR(SyntheticQR.hexSignature.text)
        #expect(qr.client == "KASSE-1")
        #expect(qr.processType == "Kassenbeleg-V1")
        #expect(qr.processData == "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar")
        #expect(qr.transactionNumber == 9 && qr.signatureCounter == 10)
        #expect(qr.startTime.utcMilliseconds == "2026-02-03T04:05:06.000Z")
        #expect(qr.logTime.secondsSinceEpoch == 1_770_091_506)
        #expect(qr.algorithm == "ecdsa-plain-SHA256" && qr.logTimeFormat == "unixTime")
        #expect(qr.signatureText.count == 128 && qr.publicKeyText.count == 88)
        #expect(qr.text == SyntheticQR.hexSignature.text)
    }

    @Test("semicolons inside process data stay there: three fields from the left, eight from the right")
    func semicolons() throws {
        let qr = try ReceiptQR(SyntheticQR.umlautsAndOrders.text)
        #expect(qr.processData == "2;\"Eisbecher \"\"Himbeere\"\"\";3.99\r1;\"Kölsch; 0,2 l\";2.10")
        #expect(qr.client.unicodeScalars.contains("\u{301}"))
        #expect(qr.transactionNumber == .max)
    }

    @Test("a letter that combines with a semicolon does not hide it, and bytes are not composed anew")
    func combining() throws {
        let text = SyntheticQR.emptyData.text.replacing("V0;", with: "V0;\u{301}")
        let qr = try ReceiptQR(text)
        #expect(qr.client.unicodeScalars.first == "\u{301}")
        #expect(qr.text.utf8.elementsEqual(text.utf8))
    }

    @Test(
        "order data with semicolons, signed by others",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func orderVector() throws {
        let json = try JSON(parsing: SharedFixtures.bytes("tse/qr-semicolon-in-process-data.json"))
        let result = QRVerification(of: try #require(json["qr"]?.string))
        #expect(result.verdict == .valid)
        #expect(result.qr?.processData == json["processData"]?.string)
        #expect(result.message.map { Hex.encode($0) } == json["messageHex"]?.string)
        #expect(try OrderData(parsing: result.qr?.processData ?? "").lines.count == 11)
    }

    @Test("a problem names the field and the rule, never the value")
    func problems() {
        let text = SyntheticQR.emptyData.text
        let cases: [(String, String, QRProblem.Code)] = [
            ("V0;", "V9;", .version), (";1;1;", ";secret;1;", .number), (";1;1;", ";1;secret;", .number),
            ("Z;ecdsa", "secret;ecdsa", .time), ("unixTime", "secret", .timeFormat),
            (";unixTime;", ";unixTime;secret!", .base64), ("2026-02-03T04:05:06.000Z;2026", "secret;2026", .time),
        ]
        for (part, change, code) in cases {
            #expect {
                try ReceiptQR(text.replacing(part, with: change, maxReplacements: 1))
            } throws: { error in
                guard let problem = error as? QRProblem else { return false }
                return problem.code == code && !"\(problem)".contains("secret")
            }
        }
    }

    @Test("what is built is read again, random fields throughout")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 12)
        let words = ["", "KASSE-1", "ERS 8cb8e2de", "Käse\u{301}", "a^b_c:d", "\r\n", "日本", "\u{FEFF}"]
        for _ in 0..<2000 {
            let format = generator.pick(["unixTime", "utcTime", "generalizedTime", "UnixTime"])
            let signature = try TSESignature(
                client: generator.pick(words), transactionNumber: generator.next(), signatureCounter: generator.next(),
                startTime: Self.instant(&generator), logTime: Self.instant(&generator),
                algorithm: generator.pick(["ecdsa-plain-SHA256", "ecdsa-plain-SHA384", "other"]), timeFormat: format,
                processType: generator.pick(words), processData: generator.pick(words) + ";" + generator.pick(words),
                signature: generator.bytes(count: Int.random(in: 0...130, using: &generator)),
                publicKey: generator.bytes(count: Int.random(in: 0...130, using: &generator)))
            let built = signature.qr()
            let read = try ReceiptQR(built.text)
            #expect(read == built)
            #expect(read.processData.utf8.elementsEqual(signature.processData.utf8))
            #expect(Base64.decode(read.signatureText) == signature.signature)
            #expect(read.startTime == signature.startTime && read.logTime == signature.logTime)
        }
    }

    static func instant(_ generator: inout SeededGenerator) -> FiscalInstant {
        FiscalInstant(millisecondsSinceEpoch: .random(in: -62_000_000_000_000...250_000_000_000_000, using: &generator))
    }

    @Test("no text traps the reader or the verification")
    func garbage() {
        var generator = SeededGenerator(seed: 13)
        let texts = SyntheticQR.valid.filter { $0.curve == "secp256r1" }.map(\.text)
        let inserts = [";", ";;", "\u{0}", "V0;", "=", "9", "-", "\u{301}", "T", ""]
        for _ in 0..<500 {
            var characters = Array(generator.pick(texts).unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<characters.count, using: &generator)
                let end = min(characters.count, place + Int.random(in: 0...40, using: &generator))
                characters.replaceSubrange(place..<end, with: generator.pick(inserts).unicodeScalars)
                if characters.isEmpty { characters = [";"] }
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: characters)
            _ = (try? ReceiptQR(String(text)))?.verify(tryingSplits: false)
        }
    }
}
