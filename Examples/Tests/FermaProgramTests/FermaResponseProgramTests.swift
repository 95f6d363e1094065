import Foundation
import ProgramTestSupport
import Testing

/// `ferma response`: what an answer means, and what may be done next.
@Suite struct FermaResponseProgramTests {
    private let ferma = Program("ferma")

    private func read(_ body: String, http: Int = 200, _ options: String...) async throws -> Program.Ending {
        try await self.ferma.run(["response", "-", "--http", "\(http)", "--json"] + options, input: Array(body.utf8))
    }

    @Test("A receipt: number and total, nothing disagrees, nothing is to be repeated")
    func success() async throws {
        let ending = try await self.read(FermaAnswers.success())
        #expect(ending.status == 0, "\(ending.errors)")
        let members: Set = ["outcome", "receiptNumber", "totalKopecks", "code", "message", "retry", "inconsistencies"]
        #expect(members.isSubset(of: ending.json.keys))
        #expect(ending.json["outcome"] as? String == "fiscalised" && ending.json["retry"] as? String == "none")
        #expect(ending.json["receiptNumber"] as? Int == 62_848 && ending.json["totalKopecks"] as? Int == 17_520)
        #expect(ending.json["inconsistencies"] as? [String] == [])
        #expect(ending.json["code"] is NSNull && ending.json["message"] is NSNull)
    }

    @Test("Codes of service and device: the word says under which identifier a repeat may go, the status follows it")
    func codes() async throws {
        let cases: [(body: String, http: Int, outcome: String, code: Int?, retry: String, status: Int32)] = [
            (FermaAnswers.service(24), 500, "serviceError", 24, "waitSameId", 3),
            (FermaAnswers.service(18), 500, "serviceError", 18, "laterSameId", 3),
            (FermaAnswers.service(14), 500, "serviceError", 14, "sameId", 3),
            (FermaAnswers.service(3), 500, "serviceError", 3, "never", 1),
            (FermaAnswers.service(6), 500, "serviceError", 6, "unknownStateSameIdOnly", 3),
            (FermaAnswers.service(99), 500, "serviceError", 99, "unknownStateSameIdOnly", 3),
            // A code in the body counts at any status.
            (FermaAnswers.service(5), 200, "serviceError", 5, "laterSameId", 3),
            (FermaAnswers.device(5), 200, "deviceError", 5, "sameId", 3),
            (FermaAnswers.device(80), 200, "deviceError", 80, "laterSameId", 3),
            (FermaAnswers.device(69), 200, "deviceError", 69, "fixThenNewId", 1),
            (FermaAnswers.device(255, fatal: true), 200, "deviceError", 255, "unknownStateSameIdOnly", 3),
            (FermaAnswers.device(251), 200, "deviceError", 251, "unknownStateSameIdOnly", 3),
            // Fatal decides whether we act by ourselves, never the word.
            (FermaAnswers.device(51, fatal: true), 200, "deviceError", 51, "fixThenNewId", 1),
            ("", 500, "unknown", nil, "unknownStateSameIdOnly", 3),
            ("<html>502</html>", 502, "unknown", nil, "unknownStateSameIdOnly", 3),
            ("{}", 200, "unknown", nil, "unknownStateSameIdOnly", 3),
            ("not found", 404, "unknown", nil, "unknownStateSameIdOnly", 3),
        ]
        for expected in cases {
            let ending = try await self.read(expected.body, http: expected.http)
            #expect(ending.json["outcome"] as? String == expected.outcome, "\(expected): \(ending.errors)")
            #expect(ending.json["code"] as? Int == expected.code, "\(expected)")
            #expect(ending.json["retry"] as? String == expected.retry, "\(expected)")
            #expect(ending.json["receiptNumber"] is NSNull && ending.json["totalKopecks"] is NSNull, "\(expected)")
            #expect(ending.status == expected.status, "\(expected)")
        }
    }

    @Test("Of fceerror and FCEError the one that is not zero counts")
    func bothSpellings() async throws {
        for body in [#"{"fceerror":0,"FCEError":18}"#, #"{"FCEError":0,"fceerror":18}"#] {
            let ending = try await self.read(body, http: 500)
            #expect(ending.json["code"] as? Int == 18 && ending.json["outcome"] as? String == "serviceError")
        }
    }

    @Test("The device's messages are one text, whether they come as a text or as a list; else the description is")
    func message() async throws {
        let list = try await self.read(FermaAnswers.device(79, messages: #"["Неверный пароль","MSGCODE 1"]"#))
        #expect(list.json["message"] as? String == "Неверный пароль; MSGCODE 1")
        let text = try await self.read(FermaAnswers.device(79, messages: #""Неверный пароль""#))
        #expect(text.json["message"] as? String == "Неверный пароль")
        let description = try await self.read(FermaAnswers.service(2, text: "Ошибка JSON"), http: 500)
        #expect(description.json["message"] as? String == "Ошибка JSON")
    }

    @Test("A member that disagrees with the others is named, and the receipt stays a receipt")
    func inconsistencies() async throws {
        let changes: [(from: String, to: String, word: String)] = [
            (#""GrandTotal":17520"#, #""GrandTotal":17521"#, "qr.s"),
            (#""FNSerialNumber":"9289000100444444""#, #""FNSerialNumber":"9289000100444445""#, "qr.fn"),
            (#""FiscalDocNumber":62848"#, #""FiscalDocNumber":62849"#, "qr.i"),
            (#""FiscalSign":1570734444"#, #""FiscalSign":1570734445"#, "qr.fp"),
            (#""DocumentType":0"#, #""DocumentType":2"#, "qr.n"),
            (#""Minute":43"#, #""Minute":44"#, "qr.t"),
            (#""DeviceSerialNumber":"00000003820034472769""#, #""DeviceSerialNumber":"1""#, "DeviceSerialNumber"),
        ]
        for change in changes {
            let ending = try await self.read(FermaAnswers.success().replacing(change.from, with: change.to))
            let texts = ending.json["inconsistencies"] as? [String] ?? []
            #expect(texts.map { $0.split(separator: " ")[0] } == [change.word[...]], "\(change.from): \(texts)")
            #expect(ending.status == 0 && ending.json["outcome"] as? String == "fiscalised")
        }
    }

    @Test("With the request at hand, an answer about another one is no answer, and another total is named")
    func request() async throws {
        let folder = try TestFolder()
        let request = try folder.write("request.json", FermaRequests.sale())
        let own = try await self.read(FermaAnswers.success(total: 25_000), http: 200, "--request", request)
        #expect(own.status == 0 && own.json["inconsistencies"] as? [String] == [], "\(own.text)\(own.errors)")
        let other = try await self.read(FermaAnswers.success(requestID: "order-1002"), http: 200, "--request", request)
        #expect(other.status == 3 && other.json["outcome"] as? String == "unknown", "\(other.text)")
        #expect(other.json["retry"] as? String == "unknownStateSameIdOnly")
        let total = try await self.read(FermaAnswers.success(), http: 200, "--request", request)
        let texts = total.json["inconsistencies"] as? [String] ?? []
        #expect(texts.contains { $0.hasPrefix("GrandTotal") } && total.status == 0, "\(total.text)")
        #expect(try await self.read("{}", http: 200, "--request", folder.path + "/none").status == 2)
    }
}
