import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("What an answer says")
struct FermaAnswerReadingTests {
    @Test("A receipt with all its members, leading zeros kept")
    func success() throws {
        let answer = TestAnswer.read(TestAnswer.success)
        let document = try #require(answer.document)
        #expect(document.number == 62848 && document.docNumber == 58)
        let day = try #require(CivilDate(year: 2020, month: 2, day: 27))
        #expect(document.date == CivilDateTime(date: day, hour: 12, minute: 43, second: 57))
        #expect(document.total == Money(minorUnits: 17520, currency: .rub))
        #expect(document.sign == 1_570_734_444 && document.type == .income)
        #expect(document.fn == "9289000100444444")
        #expect(document.deviceSerialNumber == "00000003820034472769")
        #expect(document.deviceRegistrationNumber == "0001729222014444")
        #expect(document.qr == "t=20200227T1243&s=175.20&fn=9289000100444444&i=62848&fp=1570734444&n=1")
        #expect(answer.requestID == "sale-7" && answer.clientID == nil)
        #expect(answer.deviceName == "00000003820034472769" && answer.deviceAddress == "172.16.13.213:4444")
        #expect(answer.path == "/fr/api/v2/Complex" && answer.innerStatus == 200)
        #expect(answer.isFatal == false && answer.message == nil && answer.code == nil)
        #expect(answer.retry == .none && answer.plan == .done)
        #expect(answer.inconsistencies == [] && answer.leniencies == [])
        #expect(answer.raw == TestAnswer.success)
    }

    @Test("Success is in the body: without FCEError and at any status, but never by the status alone")
    func body() {
        let short = TestAnswer.success.changed(["fceerror": nil, "FCEError": nil])
        for status in [200, 201, 400, 404, 500, 502] {
            #expect(TestAnswer.read(short, status: status).document != nil)
            #expect(TestAnswer.read(TestAnswer.service(3), status: status).code == 3)
            #expect(TestAnswer.read(TestAnswer.device(69), status: status).code == 69)
            #expect(TestAnswer.read("{}", status: status).outcome == .unknown(.noCode))
        }
        // What the inner server answered is information only.
        #expect(TestAnswer.with(["HTTPStatus": 500]).document != nil)
    }

    @Test("What is no JSON object is unknown, at any status")
    func unreadable() {
        for body in ["", " ", "<html>502</html>", "null", "[]", "0", "\"ok\"", "{\"FCEError\":0", "{'Error':0}"] {
            for status in [200, 204, 401, 403, 404, 500, 502, 504] {
                let answer = TestAnswer.read(body, status: status)
                #expect(answer.outcome == .unknown(.unreadable), "\(body)")
                #expect(answer.retry == .unknownStateSameIdOnly && answer.code == nil)
                #expect(answer.plan == .repeatSame(isAlarm: false))
            }
        }
        #expect(FermaAnswer(status: 200, body: [0xFF, 0xFE]).outcome == .unknown(.unreadable))
    }

    @Test(
        "Without a code of the device there is no success, whatever else is there",
        arguments: [
            nil, .null, [:], ["Error": .null], ["Error": ""], ["Error": "zero"], ["Error": false], [0],
        ] as [JSON?])
    func noCode(response: JSON?) {
        let answer = TestAnswer.with(["Response": response])
        #expect(answer.outcome == .unknown(.noCode))
        #expect(answer.document == nil)
    }

    @Test("fceerror and FCEError: the one that is not zero wins, in any order, spelling and number of times")
    func bothErrors() {
        for body in [
            "{\"fceerror\":0,\"FCEError\":5,\"Response\":{\"Error\":0}}",
            "{\"FCEError\":5,\"fceerror\":0,\"Response\":{\"Error\":0}}",
            "{\"fceerror\":5,\"FCEError\":0,\"Response\":{\"Error\":0}}",
            "{\"FCEError\":0,\"FCEError\":5,\"Response\":{\"Error\":0}}",
            "{\"FCEError\":5,\"FCEError\":0,\"Response\":{\"Error\":0}}",
            "{\"FceError\":\"5\",\"fceerror\":null}", "{\"FCEERROR\":5}",
        ] {
            #expect(TestAnswer.read(body).outcome == .serviceError(ServiceError(code: 5)), "\(body)")
        }
        for body in [
            "{\"fceerror\":null,\"FCEError\":\"\",\"Response\":{\"Error\":0}}",
            "{\"fceerror\":\"0\",\"FCEError\":0.0,\"response\":{\"error\":0}}",
        ] {
            #expect(TestAnswer.read(body).document != nil, "\(body)")
        }
        // A code that cannot be read is not zero.
        for code in ["true", "\"no\"", "5.5", "[]", "99999999999999999999"] {
            for errors in [
                "\"FCEError\":\(code)", "\"FCEError\":\(code),\"fceerror\":0", "\"fceerror\":0,\"FCEError\":\(code)",
            ] {
                let body = "{\(errors),\"Response\":{\"Error\":0}}"
                #expect(TestAnswer.read(body).outcome == .unknown(.noCode), "\(body)")
            }
        }
    }

    @Test("The service's code goes before the device's; the same number is two results")
    func twoSources() {
        let both: JSON = ["FCEError": 5, "Response": ["Error": 5]]
        #expect(TestAnswer.read(both).outcome == .serviceError(ServiceError(code: 5)))
        #expect(TestAnswer.read(["Response": ["Error": 5]]).outcome == .deviceError(DeviceError(code: 5)))
        let twice = "{\"Response\":{\"Error\":0},\"response\":{\"Error\":69}}"
        #expect(TestAnswer.read(twice).code == 69)
    }

    @Test("Every code of both tables, and those of none, arrives with its number and word, and shows no receipt")
    func everyCode() {
        for code in Array(1...300) + [-1, 100_000] {
            let service = TestAnswer.read(TestAnswer.service(code), status: 500)
            #expect(service.outcome == .serviceError(ServiceError(code: code)))
            #expect(service.retry == ServiceError(code: code).word && service.code == code)
            #expect(service.document == nil)
            let device = TestAnswer.read(TestAnswer.device(code))
            #expect(device.outcome == .deviceError(DeviceError(code: code)))
            #expect(device.retry == DeviceError(code: code).word && device.code == code)
            #expect(device.document == nil && device.inconsistencies == [])
        }
    }

    @Test("FiscalDocNumber is a number or a text; other texts for numbers are read and said")
    func textNumbers() throws {
        #expect(TestAnswer.with(["FiscalDocNumber": "62848"]).document?.number == 62848)
        let answer = TestAnswer.with([
            "GrandTotal": "17520", "FiscalSign": "1570734444", "Response": ["Error": "0"],
            "FNSerialNumber": 9_289_000_100_444_444,
        ])
        let document = try #require(answer.document)
        #expect(document.total?.minorUnits == 17520 && document.sign == 1_570_734_444)
        #expect(document.fn == "9289000100444444")
        #expect(answer.inconsistencies == [])
        #expect(
            Set(answer.leniencies) == [
                "GrandTotal is text", "FiscalSign is text", "Error is text", "FNSerialNumber is a number",
            ])
        #expect(TestAnswer.read("{\"Response\":{\"Error\":\"69\"}}").code == 69)
    }

    @Test("The fiscal sign is any number of 32 bits, and nothing beyond")
    func fiscalSign() {
        #expect(TestAnswer.with(["FiscalSign": 4_294_967_295]).document?.sign == .max)
        #expect(TestAnswer.with(["FiscalSign": 2_147_483_648]).document?.sign == 2_147_483_648)
        #expect(TestAnswer.with(["FiscalSign": 0]).document?.sign == 0)
        for sign in ["-1", "4294967296", "99999999999999999999", "1.5", "\"sign\"", "null"] {
            let answer = TestAnswer.with(["FiscalSign": .parsed(sign)])
            #expect(answer.document != nil && answer.document?.sign == nil)
            #expect(answer.words == ["FiscalSign"], "\(sign)")
        }
    }

    @Test("Messages are null, a text or a list; then the description; else nothing was said")
    func messages() {
        func message(_ messages: JSON?, _ description: JSON? = .null) -> String? {
            let response = JSON.object([.init("Error", 51)]).changed(["ErrorMessages": messages])
            return TestAnswer.read(
                JSON.object([.init("Response", response)]).changed(["ErrorDescription": description])
            )
            .message
        }
        #expect(message(["Тег 1008", "неверен"]) == "Тег 1008; неверен")
        #expect(message("Тег 1008") == "Тег 1008")
        #expect(message(["Тег 1008"], "other") == "Тег 1008")
        for nothing in [nil, .null, [], "", [""], 7] as [JSON?] {
            #expect(message(nothing) == nil)
            #expect(message(nothing, "description") == "description")
            #expect(message(nothing, "") == nil)
        }
        #expect(TestAnswer.read("{\"ErrorDescription\":\"x\"}").message == "x")
    }

    @Test("Fatal is a boolean, or a text of one")
    func fatal() {
        #expect(TestAnswer.with(["Fatal": true]).isFatal == true)
        for (value, fatal) in [("\"true\"", true), ("\"False\"", false), ("1", true), ("0", false)] {
            let answer = TestAnswer.with(["Fatal": .parsed(value)])
            #expect(answer.isFatal == fatal)
            #expect(answer.leniencies.contains("Fatal is no boolean"))
        }
        for value in ["null", "\"\"", "\"yes\"", "2", "[]"] {
            #expect(TestAnswer.with(["Fatal": .parsed(value)]).isFatal == nil)
        }
        #expect(TestAnswer.with(["Fatal": nil]).isFatal == nil)
    }

    @Test("The year is its last two digits, or all four")
    func years() {
        func year(_ year: Int) -> Int? {
            TestAnswer.with([
                "Date": [
                    "Date": ["Day": 27, "Month": 2, "Year": .integer(year)],
                    "Time": ["Hour": 12, "Minute": 43, "Second": 57],
                ]
            ]).document?.date?.date.year
        }
        #expect(year(20) == 2020 && year(5) == 2005 && year(0) == 2000 && year(99) == 2099)
        #expect(year(2020) == 2020)
        #expect(year(120) == nil && year(-1) == nil && year(20200) == nil)
    }

    @Test(
        "An impossible date is none; it is listed, and the receipt stays",
        arguments: [
            ("Day", 0), ("Day", 32), ("Month", 0), ("Month", 13), ("Hour", 24), ("Minute", 60), ("Second", 60),
            ("Hour", -1), ("Day", 30),
        ])
    func impossibleDates(part: String, value: Int) {
        var date: JSON = ["Day": 27, "Month": 2, "Year": 20]
        var time: JSON = ["Hour": 12, "Minute": 43, "Second": 57]
        if date[part] != nil { date = date.changed([part: .integer(value)]) }
        if time[part] != nil { time = time.changed([part: .integer(value)]) }
        let answer = TestAnswer.with(["Date": ["Date": date, "Time": time]])
        #expect(answer.document != nil && answer.document?.date == nil)
        #expect(answer.words == ["Date"])
    }

    @Test("Zeros for a date beside an error are nothing to speak of")
    func zeroDate() {
        let zeros: JSON = [
            "Date": ["Day": 0, "Month": 0, "Year": 0], "Time": ["Hour": 0, "Minute": 0, "Second": 0],
        ]
        let error = TestAnswer.device(79).changed(["Date": zeros])
        #expect(TestAnswer.read(error).inconsistencies == [])
        #expect(TestAnswer.with(["Date": zeros]).words == ["Date"])
    }

    @Test("Names are read in any letter case")
    func letterCase() {
        func shouted(_ json: JSON) -> JSON {
            guard let members = json.members else { return json }
            return .object(members.map { .init($0.name.uppercased(), shouted($0.value)) })
        }
        let answer = TestAnswer.read(shouted(TestAnswer.success))
        #expect(answer.document == TestAnswer.read(TestAnswer.success).document)
        #expect(answer.inconsistencies == [] && answer.requestID == "sale-7")
    }

    @Test("An escaped ampersand in the QR text is an ampersand")
    func escaped() {
        let text = TestAnswer.success.text.replacing("&", with: "\\u0026")
        #expect(TestAnswer.read(text).document?.qr?.contains("&s=175.20&") == true)
        #expect(TestAnswer.read(text).inconsistencies == [])
    }

    @Test("Nothing of the body is in the description")
    func redacted() {
        let answer = TestAnswer.with(["PhoneOrEmail": "79878985623"])
        #expect("\(answer)" == "fiscalised, document 62848")
        #expect("\(TestAnswer.read(TestAnswer.device(69)))" == "device error 69, fixThenNewId")
    }

    @Test("Whatever bytes come, there is an outcome, and only a zero of the device makes a receipt")
    func garbage() {
        var generator = SeededGenerator(seed: 1077)
        let good = TestAnswer.success.bytes
        for round in 0..<4000 {
            var bytes = round.isMultiple(of: 10) ? generator.bytes(count: 60) : good
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch round % 3 {
                case 0: bytes[index] = UInt8.random(in: 0x20...0x7E, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(generator.pick(Array("0123456789-.e\"{}[],:".utf8)), at: index)
                }
            }
            let answer = FermaAnswer(status: 200, body: bytes)
            if answer.document != nil {
                #expect(answer.retry == .none)
            } else {
                #expect(answer.retry != .none)
            }
        }
        for length in 0..<good.count {
            #expect(FermaAnswer(status: 200, body: good.prefix(length)).outcome == .unknown(.unreadable))
        }
    }
}
