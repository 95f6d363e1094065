import FiscalCore
import TSEOffline
import Testing

@Suite("Reading an answer of the fiscal service") struct FiscalResponseReadingTests {
    static func read(_ text: String) throws -> FiscalResponseReading { try FiscalResponseReading(parsing: text.utf8) }

    @Test("the samples are read without any leniency")
    func samples() throws {
        for text in [OutageBodyTests.failedAtCreate, OutageBodyTests.failedAtFinish] {
            let reading = try Self.read(text)
            #expect(reading.leniencies == [])
            #expect(reading.response.json.text == text)
            #expect(reading.isFiscalResponse)
        }
        #expect(try Self.read(OutageBodyTests.failedAtCreate).response == OutageBodyTests.outage(.create))
    }

    @Test("letter case does not matter, and is reported")
    func letterCase() throws {
        let plain = try Self.read(OutageBodyTests.failedAtFinish)
        func respelled(_ change: (String) -> String) -> JSON {
            func members(_ json: JSON) -> JSON {
                guard let all = json.members else { return json }
                return .object(all.map { JSON.Member(change($0.name), members($0.value)) })
            }
            return members(plain.json)
        }
        let spellings: [(String) -> String] = [
            { $0.prefix(1).lowercased() + $0.dropFirst() }, { $0.uppercased() }, { $0.lowercased() },
        ]
        for spelling in spellings {
            let reading = try FiscalResponseReading(respelled(spelling))
            #expect(reading.response == plain.response)
            #expect(reading.leniencies.count == 24)
            #expect(reading.leniencies.allSatisfy { $0.kind == .letterCase })
        }
    }

    @Test("when two spellings collide, the document's wins; without it the last")
    func collision() throws {
        let first = try Self.read(#"{"FiscalisationDocumentNumber":7,"fiscalisationDocumentNumber":8}"#)
        #expect(first.response.number == 7)
        let second = try Self.read(#"{"fiscalisationDocumentNumber":8,"FiscalisationDocumentNumber":7}"#)
        #expect(second.response.number == 7)
        let neither = try Self.read(#"{"FISCALISATIONDOCUMENTNUMBER":8,"fiscalisationDocumentNumber":9}"#)
        #expect(neither.response.number == 9)
        let doubled = ResponseLeniency(kind: .doubled, member: "FiscalisationDocumentNumber")
        for reading in [first, second, neither] { #expect(reading.leniencies.contains(doubled)) }
    }

    @Test("null, absent and empty texts are the same; so are 0 and an absent counter")
    func emptiness() throws {
        let texts = [
            #"{"ErrorDescription":"","AdditionalFields":{"QrCodeDataString":"","TseSignatureCounter":0}}"#,
            #"{"ErrorDescription":null,"AdditionalFields":{"QrCodeDataString":null,"TseSignatureCounter":null}}"#,
            #"{"AdditionalFields":null}"#, #"{"AdditionalFields":[]}"#, "{}",
        ]
        for text in texts { #expect(try Self.read(text).response == Self.read("{}").response, "\(text)") }
    }

    @Test(
        "numbers are read in every spelling that means a whole number",
        arguments: [
            ("5", 5), ("\"5\"", 5), ("\" 5 \"", 5), ("5.0", 5), ("\"-99\"", -99), ("-99", -99), ("\"007\"", 7),
            ("99999999999999999999", Int64.max), ("-99999999999999999999", -Int64.max),
        ] as [(String, Int64)])
    func numbers(text: String, value: Int64) throws {
        let body = #"{"FiscalisationDocumentNumber":\#(text),"AdditionalFields":{"TseSignatureCounter":\#(text)}}"#
        let response = try Self.read(body).response
        #expect(response.number == value)
        #expect(response.additionalFields.tseSignatureCounter == value)
    }

    @Test(
        "what is no number counts as absent", arguments: ["null", "\"\"", "\"abc\"", "true", "{}", "[5]", "5.5", "5e3"])
    func noNumbers(text: String) throws {
        let body = #"{"FiscalisationDocumentNumber":\#(text),"AdditionalFields":{"TseSignatureCounter":\#(text)}}"#
        let response = try Self.read(body).response
        #expect(response.number == nil)
        #expect(response.additionalFields.tseSignatureCounter == 0)
    }

    @Test("values that are sent back keep value and JSON type")
    func echoed() throws {
        let texts = try Self.read(
            #"{"fiscalisationDocumentNumber":"-99","fiscalisationDocumentRevision":"0","fiscalDocumentStartTime":"00"}"#
        ).response.echoed
        #expect(texts == EchoedNumbers(number: "-99", revision: "0", startTime: "00"))
        #expect(texts.numberValue == -99 && texts.revisionValue == 0 && texts.startTimeValue == 0)
        let large = try Self.read(#"{"FiscalisationDocumentNumber":123456789012345678901234567890}"#).response.echoed
        #expect(large.number.text == "123456789012345678901234567890")
        #expect(try Self.read("{}").response.echoed == EchoedNumbers(number: 0, revision: 0, startTime: 0))
    }

    @Test("a newer service's number and revision take the place of absent ones")
    func newerMembers() throws {
        let newer = try Self.read(
            #"{"fiscalDocumentNumber":"561","AdditionalFields":{"FiscalDocumentRevision":2}}"#
        ).response
        #expect(newer.number == 561)
        #expect(newer.echoed == EchoedNumbers(number: "561", revision: 2, startTime: 0))
        let both = try Self.read(#"{"FiscalDocumentNumber":"561","FiscalisationDocumentNumber":0}"#).response
        #expect(both.number == 0)
        let null = try Self.read(#"{"FiscalDocumentNumber":"561","FiscalisationDocumentNumber":null}"#).response
        #expect(null.number == 561)
    }

    @Test("unknown members are kept at both levels, in their order and as they were written")
    func unknown() throws {
        let text = """
            {"retailForceReceiptId":"r","CashRegisterId":"1","TaxPositions":[{"Rate":19.00}],\
            "AdditionalFields":{"Zeta":1.10,"TseSerial":"s","alpha":{"b":null}}}
            """
        let reading = try Self.read(text)
        let response = reading.response
        #expect(response.others.map(\.name) == ["retailForceReceiptId", "TaxPositions"])
        #expect(response.additionalFields.others.map(\.name) == ["Zeta", "alpha"])
        #expect(response.json["TaxPositions"]?.text == #"[{"Rate":19.00}]"#)
        #expect(response.json["AdditionalFields"]?["Zeta"]?.text == "1.10")
        #expect(reading.json.text == text)
        let unknown = reading.leniencies.filter { $0.kind == .unknown }.map(\.member)
        #expect(unknown == ["retailForceReceiptId", "TaxPositions", "AdditionalFields.Zeta", "AdditionalFields.alpha"])
    }

    @Test("a number that is not there is not written: it would become another number")
    func absentIsNotWritten() throws {
        let written = try Self.read(#"{"FiscalDocumentNumber":"561"}"#).response
        #expect(written.json["FiscalisationDocumentNumber"] == nil)
        #expect(try FiscalResponse(parsing: written.bytes).number == 561)
    }

    @Test(
        "countries by number, by text and by both",
        arguments: [
            ("0", 0, "Germany"), ("\"0\"", 0, "Germany"), ("\"[0] = Germany\"", 0, "Germany"),
            ("\"Germany\"", 0, "Germany"),
            ("9", 9, "Italy"), ("\"[9] = Italy\"", 9, "Italy"), ("\"[9]=Italia\"", 9, "Italy"),
            ("\"italy\"", 9, "Italy"),
            ("42", 42, nil), ("\"[42] = Narnia\"", 42, "Narnia"), ("\"Narnia\"", nil, "Narnia"), ("-1", -1, nil),
        ] as [(String, Int64?, String?)])
    func countries(text: String, number: Int64?, name: String?) throws {
        let response = try Self.read(#"{"FiscalCountry":\#(text)}"#).response
        let country = try #require(response.fiscalCountry)
        #expect(country.number == number)
        #expect(country.name == name)
        #expect(country.isGermany == (number == 0))
        #expect(try FiscalResponse(parsing: response.bytes) == response)
    }

    @Test("a country that cannot be read is not Germany; none at all is", arguments: ["true", "{}", "[0]", "0.5"])
    func unreadableCountry(text: String) throws {
        let response = try Self.read(#"{"FiscalCountry":\#(text)}"#).response
        #expect(response.fiscalCountry?.isGermany == false)
        for absent in ["{}", #"{"FiscalCountry":null}"#, #"{"FiscalCountry":""}"#] {
            #expect(try Self.read(absent).response.fiscalCountry == nil)
        }
    }

    @Test("times with other digits are taken and reported; unreadable ones are not")
    func times() throws {
        let reading = try Self.read(#"{"RequestTime":"2021-09-07T07:07:09Z","RequestCompletionTime":"yesterday"}"#)
        #expect(reading.response.requestTime?.secondsSinceEpoch == 1_630_998_429)
        #expect(reading.response.requestCompletionTime == nil)
        #expect(reading.leniencies.contains(ResponseLeniency(kind: .timeDigits, member: "RequestTime")))
        #expect(reading.leniencies.contains(ResponseLeniency(kind: .unreadable, member: "RequestCompletionTime")))
    }

    @Test("what is no JSON object is no answer; the document's remarks are no JSON")
    func noObject() {
        for text in ["", "null", "[]", "5", "\"\"", "<html>", "{", #"{"QrCodeDataString":"", -- empty"# + "\n}"] {
            #expect(throws: UnreadableResponse.self, "\(text)") { try Self.read(text) }
        }
        #expect(throws: UnreadableResponse.self) { try FiscalResponse(parsing: [0xFF, 0xFE]) }
    }

    @Test("an object without any member of an answer is told apart")
    func foreignObject() throws {
        #expect(try !Self.read(#"{"message":"bad gateway","status":200}"#).isFiscalResponse)
        #expect(try !Self.read("{}").isFiscalResponse)
        #expect(try Self.read(#"{"errorDescription":null}"#).isFiscalResponse)
    }
}
