import FiscalCore
import FiscalSimulators
import Foundation
import Testing

/// What the simulated service can be made to do wrong, and that each of it does what it says.
@Suite("The simulated Ferma: faults")
struct FermaFaultTests {
    /// One request under one fault: what came back, and whether a document was formed.
    private func post(_ fault: FermaFault) throws -> (reply: SimulatedReply, isFormed: Bool) {
        var authority = FermaAuthority()
        authority.faults.add(fault)
        let reply = authority.post(HandmadeFermaRequest { $0["Clientid"] = "\"shop\"" })
        #expect(authority.requests.last?.fault == fault)
        return (reply, !authority.documents.isEmpty)
    }

    @Test("A code of the service said of a document that was formed: the same request brings the document")
    func serviceAfterDocument() throws {
        for code in [5, 6, 16, 18, 19, 20, 24, 99] {
            var authority = FermaAuthority()
            authority.faults.add(.service(code: code, formed: true))
            #expect(try authority.post(HandmadeFermaRequest()).service() == Int64(code))
            #expect(authority.documents.count == 1)
            #expect(try authority.post(HandmadeFermaRequest()).json()["FiscalDocNumber"]?.integer == 2)
            #expect(authority.documents.count == 1)
        }
    }

    @Test("A cache that failed forgets what was formed: the same request forms another document")
    func forgetfulCache() throws {
        var authority = FermaAuthority()
        authority.faults.add(.service(code: 19, formed: true, remembered: false))
        #expect(try authority.post(HandmadeFermaRequest()).service() == 19)
        #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
        #expect(authority.ledger.doubled.count == 1)
    }

    @Test("A code planned for a request that was answered before is said, and changes nothing")
    func codeForRepeat() throws {
        var authority = FermaAuthority()
        _ = try authority.form()
        for fault in [
            FermaFault.device(code: 51), .service(code: 24), .service(code: 19, formed: true, remembered: false),
        ] {
            authority.faults.add(fault)
            let reply = authority.post(HandmadeFermaRequest())
            #expect(try reply.json()["QR"] == nil)
            #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
        }
        #expect(authority.documents.count == 1)
    }

    @Test("Answers that do not come, before and after the document was formed")
    func noAnswer() throws {
        for formed in [false, true] {
            #expect(try self.post(.silence(formed: formed)) == (.silence, formed))
            #expect(try self.post(.lost(formed: formed)) == (.lost, formed))
        }
        for fault in [FermaFault.delay(milliseconds: 3000), .slow(milliseconds: 3000)] {
            guard case .late(let late, let delay) = try self.post(fault).reply else {
                Issue.record("not late")
                return
            }
            #expect(delay == .seconds(3))
            #expect(try SimulatedReply.answer(late).device() == 0)
        }
        guard case .cut(let cut, let bodyBytes) = try self.post(.truncated).reply else {
            Issue.record("not cut")
            return
        }
        #expect((1..<cut.body.count).contains(bodyBytes))
    }

    @Test("A lost answer: the same request brings the original receipt")
    func lostAnswer() throws {
        var authority = FermaAuthority()
        authority.faults.add(.lost(formed: true))
        _ = authority.post(HandmadeFermaRequest())
        let document = try #require(authority.documents.first)
        let json = try authority.post(HandmadeFermaRequest()).json()
        #expect(json["FiscalSign"]?.integer == Int64(document.sign) && json["QR"]?.string == document.qr)
        #expect(authority.documents.count == 1)
    }

    @Test("An answer that is late on its way is ready at the service: no 24")
    func delay() throws {
        var authority = FermaAuthority()
        authority.faults.add(.delay(milliseconds: 60_000))
        _ = authority.post(HandmadeFermaRequest())
        #expect(try authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(1)).device() == 0)
    }

    @Test("Answers that are none")
    func unusable() throws {
        for (fault, status, formed) in [
            (.status(500), 500, false), (.status(500, formed: true), 500, true), (.status(503), 503, false),
            (.status(200, formed: true), 200, true), (.page(status: 502), 502, false),
            (.page(status: 500, formed: true), 500, true), (.page(status: 200, formed: true), 200, true),
            (.garbage, 200, true), (.malformed, 200, true), (.otherJSON, 200, true), (.huge(bytes: 300_000), 200, true),
        ] as [(FermaFault, Int, Bool)] {
            let (reply, isFormed) = try self.post(fault)
            #expect(reply.status == status, "\(fault)")
            #expect(isFormed == formed, "\(fault)")
            let body = try #require(reply.response).body
            switch fault {
            case .status: #expect(body.isEmpty)
            case .page, .garbage, .malformed: #expect(throws: JSONError.self, "\(fault)") { try JSON(parsing: body) }
            case .otherJSON: #expect(try reply.json() == [:])
            case .huge: #expect(body.count > 300_000)
            default: Issue.record("not expected")
            }
        }
    }

    @Test("Answers that do not fit: one member differs from the right answer, no other")
    func unfitting() throws {
        let right = try self.post(.slow(milliseconds: 0)).reply.json()
        let changed: [(FermaFault, String, JSON?)] = [
            (.wrongRequestID, "Requestid", "545+640"), (.wrongClientID, "Clientid", "shop0"),
            (.wrongTotal, "GrandTotal", 78851), (.impossibleDate, "Date", nil),
            (.changed(members: #"{"FiscalDocNumber":"62848"}"#), "FiscalDocNumber", "62848"),
            (.changed(members: #"{"Requestid":null}"#), "Requestid", nil),
            (.changed(members: #"{"Extra":[1]}"#), "Extra", [1]),
            (.changed(members: #"{"fceerror":5}"#), "fceerror", 5),
        ]
        for (fault, name, value) in changed {
            let (reply, isFormed) = try self.post(fault)
            let json = try reply.json()
            #expect(isFormed)
            #expect(json[name] != right[name], "\(fault)")
            if let value { #expect(json[name] == value) }
            #expect(json.members?.filter { $0.name != name } == right.members?.filter { $0.name != name })
        }
        #expect(try self.post(.impossibleDate).reply.json()["Date"]?["Date"]?["Month"]?.integer == 13)
        #expect(try self.post(.changed(members: #"{"Requestid":null}"#)).reply.json()["Requestid"] == nil)
        #expect(try self.post(.changed(members: "no JSON")).reply.json() == right)
    }

    @Test("Each field of the QR text can be another, well-formed one", arguments: FermaQRField.allCases)
    func qr(_ field: FermaQRField) throws {
        func fields(_ fault: FermaFault) throws -> [String: String] {
            let text = try #require(try self.post(fault).reply.json()["QR"]?.string)
            return Dictionary(
                uniqueKeysWithValues: text.split(separator: "&").map { part in
                    (String(part.prefix { $0 != "=" }), String(part.drop { $0 != "=" }.dropFirst()))
                })
        }
        let (right, wrong) = (try fields(.slow(milliseconds: 0)), try fields(.damagedQR(field)))
        #expect(right.keys == wrong.keys)
        for (name, value) in wrong {
            #expect((value != right[name]) == (name == field.rawValue))
            #expect(value.count == right[name]?.count)
        }
        if field == .t { #expect(CivilDateTime(compactMinutes: wrong["t"] ?? "") != nil) }
    }

    @Test("Planned faults are used up one by one, then the permanent one holds, until the plan is cleared")
    func plan() throws {
        var authority = FermaAuthority()
        authority.faults.add(.device(code: 80), times: 2)
        authority.faults.add(nil)
        authority.faults.permanent = .device(code: 57)
        let codes = try (0..<5).map { index in
            try authority.post(HandmadeFermaRequest { $0["Requestid"] = "\"\(index)\"" }).device()
        }
        #expect(codes == [80, 80, 0, 57, 57])
        authority.faults.clear()
        #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
    }

    @Test("Faults are written and read as JSON")
    func json() throws {
        let text = """
            {"upcoming":[{"device":{"code":57,"formed":true}},{"lost":{"formed":true}},null,{"status":{"code":500,"formed":false}},
             {"truncated":{}},{"damagedQR":{"field":"fp"}},{"service":{"code":19,"remembered":false,"formed":true}}],
             "permanent":{"page":{"status":502,"formed":false}}}
            """
        let plan = try JSONDecoder().decode(FaultPlan<FermaFault>.self, from: Data(text.utf8))
        #expect(
            plan.upcoming == [
                .device(code: 57, formed: true), .lost(formed: true), nil, .status(500), .truncated, .damagedQR(.fp),
                .service(code: 19, formed: true, remembered: false),
            ])
        #expect(plan.permanent == .page(status: 502))
        #expect(try JSONDecoder().decode(FaultPlan<FermaFault>.self, from: JSONEncoder().encode(plan)) == plan)
    }
}
