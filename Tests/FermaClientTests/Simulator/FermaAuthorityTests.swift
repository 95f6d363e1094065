import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// What goes over the wire when all is well.
@Suite("The simulated Ferma: request and answer")
struct FermaAuthorityTests {
    @Test("A good request forms a document, and the answer has the members of the document's sample in their order")
    func sampleAnswer() throws {
        var authority = FermaAuthority()
        let reply = authority.post(HandmadeFermaRequest())
        #expect(reply.status == 200)
        #expect(reply.response?.head.headerFields[.contentType] == "application/json; charset=utf-8")
        let json = try reply.json()
        let names = [
            "fceerror", "Requestid", "Clientid", "Device", "Path", "Response", "FiscalDocNumber", "DocNumber", "Date",
            "GrandTotal", "FiscalSign", "DocumentType", "QR", "FNSerialNumber", "DeviceSerialNumber",
            "DeviceRegistrationNumber", "FCEError", "ErrorDescription", "Fatal", "HTTPStatus",
        ]
        #expect(json.members?.map(\.name) == names)
        #expect(json["fceerror"]?.integer == 0 && json["FCEError"]?.integer == 0)
        #expect(json["Requestid"] == "545+64" && json["Clientid"] == .null)
        #expect(json["Device"] == ["Name": "00000003820034472769", "Address": "172.16.13.213:4444"])
        #expect(json["Path"] == "/fr/api/v2/Complex")
        #expect(json["Response"] == ["Error": 0, "ErrorMessages": .null])
        #expect(json["GrandTotal"]?.integer == 78850 && json["DocumentType"]?.integer == 0)
        // The register stands in Moscow.
        #expect(json["Date"]?["Date"] == ["Day": 20, "Month": 11, "Year": 26])
        #expect(json["Date"]?["Time"] == ["Hour": 15, "Minute": 0, "Second": 0])
        #expect(json["FNSerialNumber"] == "9999078900004444" && json["DeviceRegistrationNumber"] == "0001729222014444")
        #expect(json["DeviceSerialNumber"] == json["Device"]?["Name"])
        #expect(json["ErrorDescription"] == .null && json["Fatal"] == false && json["HTTPStatus"] == 200)
        let document = try #require(authority.documents.first)
        #expect(json["FiscalDocNumber"]?.integer == document.number && json["DocNumber"]?.integer == 1)
        #expect(json["FiscalSign"]?.integer == Int64(document.sign))
        #expect(
            json["QR"]?.string
                == "t=20261120T1500&s=788.50&fn=9999078900004444&i=\(document.number)&fp=\(document.sign)&n=1")
        // Escaped on the wire, as the real service does.
        #expect(
            String(decoding: try #require(reply.response).body, as: UTF8.self).contains(#"T1500\u0026s=788.50\u0026"#))
    }

    @Test(
        "The sample of the document as it stands is refused with 77: Qty 1 is a thousandth; with 1000 it is a receipt")
    func sampleRequest() throws {
        let sample = """
            {
            "Requestid": "545+64",
            "Clientid": "",
            "Device": "auto",
            "DocumentType": 0,
            "Lines": [
            {
            "Qty": 1,
            "Price": 78850,
            "PayAttribute": 4,
            "Taxid": 4,
            "Description": "Услуги по перевозке пассажиров и багажа",
            "AgentModes": 64,
            "ProviderData": {
            "INN": "7707083893"
            }
            }
            ],
            "NonCash": [
            78850,
            0,
            0
            ],
            "Cash": 0,
            "TaxMode": 0,
            "PhoneOrEmail": "79878985623",
            "Place": "",
            "FullResponse": false,
            "PaymentAgentModes": 64
            }
            """
        var authority = FermaAuthority()
        #expect(try authority.post(sample).device() == 77)
        #expect(authority.documents.isEmpty)
        let corrected = sample.replacing("\"Qty\": 1,", with: "\"Qty\": 1000,").replacing("545+64", with: "545+65")
        #expect(try authority.post(corrected).device() == 0)
        let document = try #require(authority.documents.first)
        #expect(document.identity == FermaRequestIdentity(requestID: "545+65"))
        #expect(document.lines.first?[1226]?.text == "7707083893")
        #expect(document.lines.first?[1222]?.integer == 64)
    }

    @Test("Names in any letter case, null, empty texts and unknown members are taken")
    func lenient() throws {
        var authority = FermaAuthority()
        let document = try authority.form {
            $0.members = $0.members.map { ($0.name == "Lines" ? "Lines" : $0.name.uppercased(), $0.value) }
            $0.lines[0] = $0.lines[0].map { ($0.name.lowercased(), $0.value) }
            $0["clientID"] = "\"\""
            $0["Place"] = "null"
            $0["TaxMode"] = "0"
            $0["Cash"] = "0"
            $0["Terminal"] = "[1.5]"
        }
        #expect(document.identity == FermaRequestIdentity(requestID: "545+64"))
        // Of two members that differ in letter case the last one counts.
        #expect(try authority.form { $0["RequestId"] = "\"2\"" }.identity.requestID == "2")
    }

    @Test("Cyrillic texts come in and go out as UTF-8; bytes that are none are refused with 2")
    func encoding() throws {
        var authority = FermaAuthority()
        #expect(try authority.form().lines.first?[1030]?.text == "Услуги по перевозке пассажиров и багажа")
        authority.faults.add(.device(code: 51, text: "Параметр"))
        #expect(try authority.post(HandmadeFermaRequest()).json()["Response"]?["ErrorMessages"] == ["Параметр"])
        var request = FermaAuthority.request(HandmadeFermaRequest().text)
        let place = try #require(request.body.firstIndex(of: 0xD0))
        request.body[place] = 0xFF
        #expect(try authority.receive(request, at: FermaAuthority.noon).service() == 2)
    }

    @Test("Another path, another method, no client certificate: HTTP says so, and nothing is formed")
    func http() throws {
        var authority = FermaAuthority()
        let body = HandmadeFermaRequest().text
        #expect(authority.post(body, path: "/api/kkt/cloud/receipt").status == 404)
        #expect(authority.post(body, method: .get).status == 405)
        #expect(authority.post(body, method: .put).status == 405)
        authority.caller = nil
        #expect(authority.post(body).status == 400)
        #expect(authority.documents.isEmpty)
        #expect(authority.requests.map(\.outcome) == [404, 405, 405, 400].map { .httpStatus($0) })
        #expect(
            try authority.receive(FermaAuthority.request(body), from: .demonstration, at: FermaAuthority.noon).device()
                == 0)
    }

    @Test("The form of an answer can be that of other registers, table 2 and the sample's")
    func forms() throws {
        var authority = FermaAuthority()
        authority.rules.spelling = .table
        authority.rules.writesDocumentNumberAsText = true
        authority.rules.writesZeroErrors = false
        authority.rules.escapesAmpersand = false
        authority.rules.writesSecondsInQR = true
        let reply = authority.post(HandmadeFermaRequest { $0["Clientid"] = "\"a\"" })
        let json = try reply.json()
        #expect(json["RequestId"] == "545+64" && json["ClientId"] == "a" && json["Requestid"] == nil)
        #expect(json["FiscalDocNumber"]?.string == authority.documents.first.map { "\($0.number)" })
        #expect(json["fceerror"] == nil && json["FCEError"] == nil)
        #expect(json["QR"]?.string?.hasPrefix("t=20261120T150000&s=") == true)
        #expect(!String(decoding: try #require(reply.response).body, as: UTF8.self).contains("\\u0026"))

        let wrong = HandmadeFermaRequest {
            $0["Requestid"] = "\"2\""; $0["NonCash"] = "[78851]"
        }
        for (form, messages) in [
            (
                FermaRules.MessageForm.list,
                JSON.array(["Сумма безналичных видов оплаты больше итога чека", "NonCash exceeds the total"])
            ),
            (.text, "Сумма безналичных видов оплаты больше итога чека\nNonCash exceeds the total"), (.null, .null),
        ] {
            authority.rules.messages = form
            #expect(try authority.post(wrong).json()["Response"] == ["Error": 77, "ErrorMessages": messages])
        }
        authority.rules.messages = .absent
        #expect(try authority.post(wrong).json()["Response"] == ["Error": 77])
    }

    @Test("A register's refusal shows no receipt: zeros for the date, nothing else of a document")
    func refusal() throws {
        var authority = FermaAuthority()
        let json = try authority.post(
            HandmadeFermaRequest {
                $0["NonCash"] = "[1]"; $0["DocumentType"] = "2"
            }
        ).json()
        for name in ["FiscalDocNumber", "DocNumber", "GrandTotal", "FiscalSign", "QR"] { #expect(json[name] == nil) }
        #expect(json["Date"]?["Date"] == ["Day": 0, "Month": 0, "Year": 0])
        #expect(json["Date"]?["Time"] == ["Hour": 0, "Minute": 0, "Second": 0])
        #expect(json["DocumentType"]?.integer == 2 && json["Fatal"] == true && json["HTTPStatus"] == 200)
    }

    @Test("The transport in memory ends in it, at the time of the clock")
    func transport() async throws {
        let clock = ManualClock(FermaAuthority.noon)
        let transport = SimulatedTransport(FermaAuthority(), clock: clock)
        clock.advance(by: .seconds(60))
        let request = FermaAuthority.request(HandmadeFermaRequest().text)
        let response = try await transport.exchange(request, timeout: .seconds(60))
        #expect(response.head.status == .ok)
        #expect(transport.authority.documents.first?.formedAt == FermaAuthority.noon + .seconds(60))
    }
}
