import FermaClient
import FiscalCore
import Testing

@Suite("Where an answer disagrees")
struct FermaInconsistencyTests {
    private func qr(_ from: String, _ to: String) -> JSON {
        .string((TestAnswer.success["QR"]?.string ?? "").replacing(from, with: to))
    }

    @Test("Each field of the QR text is held against its member, and the receipt stays")
    func qrFields() {
        for (from, to, word) in [
            ("T1243", "T1244", "qr.t"), ("20200227", "20200226", "qr.t"), ("T1243", "T124358", "qr.t"),
            ("175.20", "175.21", "qr.s"), ("fn=9289000100444444", "fn=9289000100444445", "qr.fn"),
            ("i=62848", "i=62888", "qr.i"), ("fp=1570734444", "fp=1577734888", "qr.fp"), ("n=1", "n=2", "qr.n"),
            // The same with texts that break their own rule.
            ("T1243", "T3333", "qr.t"), ("T1243", "Т1243", "qr.t"), ("175.20", "175,20", "qr.s"),
            ("fn=9289000100444444", "fn=928", "qr.fn"), ("i=62848", "i=0062848", "qr.i"),
            ("fp=1570734444", "fp=01570734444", "qr.fp"), ("n=1", "n=5", "qr.n"),
        ] {
            let answer = TestAnswer.with(["QR": self.qr(from, to)])
            #expect(answer.document?.number == 62848)
            #expect(answer.words.filter { $0 != "qr" } == [word], "\(to)")
        }
        #expect(TestAnswer.with(["QR": self.qr("T1243", "T124357")]).words == [])
    }

    @Test("The members are held against the QR text as well")
    func members() {
        for (name, value, word) in [
            ("GrandTotal", 17521, "qr.s"), ("FiscalDocNumber", 62888, "qr.i"), ("FiscalSign", 1, "qr.fp"),
            ("FNSerialNumber", "9289000100444445", "qr.fn"), ("DocumentType", 1, "qr.n"),
            ("DocumentType", 2, "qr.n"), ("DocumentType", 9, "qr.n"),
            ("DeviceSerialNumber", "00000003820034444449", "DeviceSerialNumber"),
        ] as [(String, JSON, String)] {
            let answer = TestAnswer.with([name: value])
            #expect(answer.document != nil)
            #expect(answer.words == [word], "\(name)")
            #expect(answer.inconsistencies.first?.text.hasPrefix(word + " ") == true)
        }
    }

    @Test("Each kind of receipt goes with its own sign in the QR text")
    func signs() {
        for (type, sign) in [(0, 1), (1, 3), (2, 2), (3, 4)] {
            let answer = TestAnswer.with(["DocumentType": .integer(type), "QR": self.qr("n=1", "n=\(sign)")])
            #expect(answer.words == [])
        }
    }

    @Test("What a receipt needs is listed when absent; what it can do without is not")
    func absent() {
        let bare = TestAnswer.read(["Response": ["Error": 0]])
        #expect(
            Set(bare.words) == ["FiscalDocNumber", "FiscalSign", "FNSerialNumber", "GrandTotal", "Date", "qr"])
        #expect(bare.document?.number == nil && bare.retry == .none)
        for name in ["DocumentType", "DeviceSerialNumber", "Device", "DocNumber", "Path", "DeviceRegistrationNumber"] {
            #expect(TestAnswer.with([name: nil]).words == [], "\(name)")
        }
        for name in ["FiscalDocNumber", "FiscalSign", "FNSerialNumber", "GrandTotal", "Date"] {
            for value in [nil, .null] as [JSON?] { #expect(TestAnswer.with([name: value]).words == [name]) }
        }
        for value in [nil, .null, ""] as [JSON?] { #expect(TestAnswer.with(["QR": value]).words == ["qr"]) }
        for text in ["t=20200227T1243", "no QR"] as [JSON] { #expect(TestAnswer.with(["QR": text]).words == ["qr"]) }
    }

    @Test("The masked sample of the document is a receipt with four inconsistencies")
    func sample() {
        let answer = TestAnswer.with([
            "QR": "t=20200227T3333&s=175.20&fn=9289000100444444&i=62888&fp=1577734888&n=1",
            "DeviceSerialNumber": "00000003820034444449",
        ])
        #expect(answer.document?.number == 62848)
        #expect(answer.words == ["qr.t", "qr.i", "qr.fp", "DeviceSerialNumber"])
    }

    // MARK: Against the request

    private func request(_ changes: [String: JSON?] = [:]) -> SentRequest {
        let line: JSON = ["Qty": 1000, "Price": 17520, "Taxid": 3, "Description": "Груши"]
        let request: JSON = [
            "Requestid": "sale-7", "Device": "auto", "DocumentType": 0, "Lines": [line], "NonCash": [17520],
        ]
        return SentRequest(reading: request.changed(changes))
    }

    @Test("An answer to another request is not this sale's: unknown, same id, kept and reported")
    func otherRequest() {
        for body in [TestAnswer.success, TestAnswer.device(69).changed(["Fatal": true]), TestAnswer.device(80)] {
            let answer = TestAnswer.read(body, expecting: self.request(["Requestid": "sale-8"]))
            #expect(answer.outcome == .unknown(.otherRequest))
            #expect(answer.retry == .unknownStateSameIdOnly && answer.code == nil)
            #expect(answer.words == ["RequestId"])
            #expect(answer.plan == .repeatSame(isAlarm: true))
            #expect(answer.requestID == "sale-7" && answer.raw == body)
        }
    }

    @Test("No echo is tolerated and listed")
    func noEcho() {
        for echo in [nil, .null] as [JSON?] {
            let answer = TestAnswer.with(["Requestid": echo], expecting: self.request())
            #expect(answer.document != nil)
            #expect(answer.words == ["RequestId"])
        }
        // Where nothing was answered, nothing is missing; and without a request nothing is compared.
        let nothing = FermaAnswer(status: 502, body: "<html>".utf8, expecting: self.request())
        #expect(nothing.words == [])
        #expect(TestAnswer.with(["Requestid": nil]).words == [])
    }

    @Test("An id that was answered as a number is the same id")
    func numberEcho() {
        let answer = TestAnswer.with(["Requestid": 545], expecting: self.request(["Requestid": "545"]))
        #expect(answer.document != nil && answer.words == [])
        #expect(answer.leniencies == ["RequestId is a number"])
    }

    @Test("Clientid null, absent and empty are equal; two different ones are listed")
    func clientID() {
        for sent in [nil, .null, ""] as [JSON?] {
            for answered in [nil, .null, ""] as [JSON?] {
                let answer = TestAnswer.with(["Clientid": answered], expecting: self.request(["Clientid": sent]))
                #expect(answer.words == [])
            }
        }
        let other = TestAnswer.with(["Clientid": "shop-2"], expecting: self.request(["Clientid": "shop-1"]))
        #expect(other.document != nil && other.words == ["ClientId"])
        let same = TestAnswer.with(
            ["Clientid": nil, "ClientId": "shop-1"], expecting: self.request(["Clientid": "shop-1"]))
        #expect(same.words == [])
    }

    @Test("Total and kind are held against the request")
    func totals() throws {
        #expect(TestAnswer.with([:], expecting: self.request()).words == [])
        let line: JSON = ["Qty": 1000, "Price": 17521, "Taxid": 3, "Description": "Груши"]
        let dearer = self.request(["Lines": [line], "NonCash": [17521]])
        #expect(TestAnswer.with([:], expecting: dearer).words == ["GrandTotal"])
        #expect(TestAnswer.with([:], expecting: self.request(["DocumentType": 2])).words == ["DocumentType"])
        // A request whose total cannot be told is not compared.
        #expect(TestAnswer.with([:], expecting: self.request(["Lines": []])).words == [])
    }

    /// A full answer as devices give it: every command with its tags.
    private func full(tags: [Int?]) -> JSON {
        let lines = tags.map { tag -> JSON in
            let values = [JSON](tag.map { [["TagID": 1199, "TagType": "byte", "Value": .integer($0)]] } ?? [])
            return ["TagID": 1059, "TagType": "stlv", "Value": .array([["TagID": 1079, "Value": 17520]] + values)]
        }
        let document: JSON = [
            "TagID": 3, "TagType": "stlv",
            "Value": .array([["TagID": 1000, "TagType": "string", "Value": "Кассовый чек"]] + lines),
        ]
        return [
            ["Path": "/fr/api/v2/OpenDocument", "Response": ["Error": 0]],
            ["Path": "/fr/api/v2/CloseDocument", "Response": ["Error": 0, "FiscalDocument": document]],
        ]
    }

    @Test("In a full answer the rate of each line is compared by the numbers of the fiscal document")
    func rates() throws {
        // Taxid 3 is 20 %, tag 1199 then is 1.
        #expect(TestAnswer.with(["Responses": self.full(tags: [1])], expecting: self.request()).words == [])
        // A register that charges 22 % instead, of its own accord.
        let changed = TestAnswer.with(["Responses": self.full(tags: [11])], expecting: self.request())
        #expect(changed.document != nil && changed.words == ["TaxId"])
        #expect(TestAnswer.with(["Responses": self.full(tags: [nil])], expecting: self.request()).words == [])
        #expect(TestAnswer.with(["Responses": self.full(tags: [1, 1])], expecting: self.request()).words == ["TaxId"])
        #expect(TestAnswer.with(["Responses": []], expecting: self.request()).words == [])
        // For all ten rates, by either way of knowing the request.
        let price = Money(minorUnits: 17520, currency: .rub)
        for (vat, tag) in zip(VAT.documented, [6, 2, 1, 5, 4, 3, 7, 8, 9, 10]) {
            let receipt = try Receipt(
                .income, lines: [ReceiptLine("Груши", price: price, vat: vat)], nonCash: [price])
            let sent = SentRequest(receipt, as: try RequestIdentity(requestID: "sale-7"))
            for answered in 1...12 {
                let answer = TestAnswer.with(["Responses": self.full(tags: [answered])], expecting: sent)
                #expect(answer.words == (answered == tag ? [] : ["TaxId"]))
            }
        }
    }

    @Test("A full answer has the same receipt as a short one")
    func fullAnswer() {
        let full = TestAnswer.with(["Responses": self.full(tags: [1])])
        #expect(full.document == TestAnswer.read(TestAnswer.success).document)
    }
}
