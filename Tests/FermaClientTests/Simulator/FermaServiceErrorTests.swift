import FermaClient
import FiscalCore
import FiscalSimulators
import Testing

/// Every code of the service's table: by what deserves it, and by force.
@Suite("The simulated Ferma: errors of the service")
struct FermaServiceErrorTests {
    /// Posts what should be refused with a code of the service, and looks that nothing was formed.
    private func code(_ edit: (inout HandmadeFermaRequest) -> Void) throws -> Int64? {
        try self.prepared({ _ in }, edit)
    }

    private func prepared(
        _ prepare: (inout FermaAuthority) -> Void, _ edit: (inout HandmadeFermaRequest) -> Void = { _ in }
    ) throws -> Int64? {
        var authority = FermaAuthority()
        prepare(&authority)
        let code = try authority.post(HandmadeFermaRequest(edit)).service()
        #expect(authority.documents.isEmpty)
        #expect(authority.requests.map(\.outcome) == [.service(code: Int(code ?? -1))])
        return code
    }

    @Test("1: Content-Length is not that of the body in bytes, or the body is too long")
    func length() throws {
        let text = HandmadeFermaRequest().text
        for (length, code) in [(text.utf8.count, nil), (text.utf8.count - 1, 1), (text.count, 1)] as [(Int, Int64?)] {
            var authority = FermaAuthority()
            #expect(try authority.post(text, length: length).service() == code)
        }
        #expect(try self.prepared({ $0.rules.maximumBytes = text.utf8.count - 1 }) == 1)
    }

    @Test("2: broken JSON, no object, nothing")
    func json() throws {
        for text in ["", "{", "[]", "null", "\"a\"", "{\"Device\":\"auto\",}", "{\"Device\":\"auto\"} x"] {
            var authority = FermaAuthority()
            let reply = authority.post(text)
            #expect(try reply.service() == 2, "\(text)")
            #expect(try reply.json()["Requestid"] == nil)
        }
    }

    @Test(
        "2: a member of another type, a number with a point, an exponent, quotes or too many digits",
        arguments: [
            ("Requestid", "5"), ("Clientid", "5"), ("Device", "true"), ("Group", "1"), ("DocumentType", "\"0\""),
            ("DocumentType", "0.0"), ("Lines", "{}"), ("Lines", "[1]"), ("Lines", "\"\""), ("NonCash", "78850"),
            ("NonCash", "[\"78850\"]"), ("NonCash", "[null]"), ("NonCash", "[788.5]"), ("Cash", "1e2"),
            ("Cash", "9223372036854775808"), ("TaxMode", "\"1\""), ("PhoneOrEmail", "79878985623"), ("Place", "[]"),
            ("FullResponse", "0"), ("FullResponse", "\"true\""), ("PaymentAgentModes", "\"64\""),
        ])
    func types(_ name: String, _ value: String) throws {
        #expect(try self.code { $0[name] = value } == 2)
    }

    @Test(
        "2: the same within a line",
        arguments: [
            ("Qty", "\"1\""), ("Qty", "1.5"), ("Qty", "1e3"), ("Qty", "true"), ("Price", "788.5"), ("Taxid", "\"4\""),
            ("PayAttribute", "\"4\""), ("LineAttribute", "[]"), ("Description", "1"), ("AgentModes", "\"64\""),
            ("ProviderData", "\"7707083893\""), ("ProviderData", "{\"INN\":7707083893}"), ("AgentData", "[]"),
        ])
    func lineTypes(_ name: String, _ value: String) throws {
        #expect(try self.code { $0[0, name] = value } == 2)
    }

    @Test("3, 17: no Device, no RequestId; empty and null are none")
    func missing() throws {
        for value in [nil, "null", "\"\""] {
            #expect(try self.code { $0["Device"] = value } == 3)
            #expect(try self.code { $0["Requestid"] = value } == 17)
        }
        #expect(
            try self.code {
                $0["Device"] = nil; $0["Requestid"] = nil
            } == 3)
    }

    @Test("8, 9, 10: Device is neither auto nor a register of the enterprise")
    func device() throws {
        #expect(try self.code { $0["Device"] = "\"x\"" } == 8)
        #expect(try self.code { $0["Device"] = "\"AUTO\"" } == 8)
        for address in ["172.16.13:4444", "172.16.13.214:4444", "a:b"] {
            #expect(try self.code { $0["Device"] = "\"\(address)\"" } == 9)
        }
        #expect(try self.code { $0["Device"] = "\"00000003820034472768\"" } == 10)
        #expect(try self.prepared({ $0.registers[0].group = "2" }) { $0["Device"] = "\"00000003820034472769\"" } == 10)
        var authority = FermaAuthority()
        for (index, device) in ["00000003820034472769", "172.16.13.213:4444", "auto"].enumerated() {
            let request = HandmadeFermaRequest {
                $0["Device"] = "\"\(device)\""; $0["Requestid"] = "\"\(index)\""
            }
            #expect(try authority.post(request).device() == 0)
        }
    }

    @Test("7: auto at the address of a single command; by its name a register does not know the command (55)")
    func singleCommand() throws {
        var authority = FermaAuthority()
        let path = FermaAuthority.commandPath + "OpenTurn"
        #expect(try authority.post(HandmadeFermaRequest().text, path: path).service() == 7)
        let named = HandmadeFermaRequest { $0["Device"] = "\"00000003820034472769\"" }
        #expect(try authority.post(named.text, path: path).device() == 55)
        #expect(try authority.post(named.text, path: FermaAuthority.commandPath + "Complex").device() == 0)
    }

    @Test("5: no register of the enterprise, or all of them taken")
    func noRegister() throws {
        #expect(try self.prepared({ $0.registers = [] }) == 5)
        #expect(try self.prepared({ $0.registers[0].group = "2" }) == 5)
        #expect(try self.prepared({ $0.registers[0].isTaken = true }) == 5)
        var authority = FermaAuthority(registers: [FermaRegister(), FermaRegister()])
        authority.registers[0].isTaken = true
        authority.registers[1].serialNumber = "00000003820034472770"
        #expect(try authority.post(HandmadeFermaRequest()).json()["DeviceSerialNumber"] == "00000003820034472770")
    }

    @Test("6: the register cannot be reached; later the same request forms its document")
    func linkDown() throws {
        #expect(try self.prepared({ $0.registers[0].link = .down }) == 6)
        var authority = FermaAuthority()
        authority.registers[0].link = .down
        let reply = authority.post(HandmadeFermaRequest())
        #expect(try reply.service() == 6 && reply.json()["Fatal"] == false)
        authority.registers[0].link = .up
        #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
        #expect(authority.documents.count == 1)
    }

    @Test("6 with the answer lost behind the service: the document exists, and the same request brings it")
    func linkLosesAnswers() throws {
        var authority = FermaAuthority()
        authority.registers[0].link = .losesAnswers
        #expect(try authority.post(HandmadeFermaRequest()).service() == 6)
        #expect(authority.documents.count == 1)
        #expect(try authority.post(HandmadeFermaRequest()).service() == 6)
        authority.registers[0].link = .up
        #expect(
            try authority.post(HandmadeFermaRequest()).json()["FiscalDocNumber"]?.integer
                == authority.documents[0].number)
        #expect(authority.documents.count == 1)
    }

    @Test(
        "16: the register's answer is no JSON; it is inactive from then on (14), and active again it has the document")
    func garbledAnswer() throws {
        var authority = FermaAuthority()
        authority.registers[0].link = .garblesAnswers
        #expect(try authority.post(HandmadeFermaRequest()).service() == 16)
        #expect(!authority.registers[0].isActive)
        #expect(try authority.post(HandmadeFermaRequest()).service() == 14)
        #expect(try authority.post(HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }).service() == 14)
        authority.registers[0].link = .up
        authority.registers[0].isActive = true
        #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
        #expect(authority.documents.count == 1)
    }

    @Test(
        "A register that remembers for an hour forms another document afterwards, when the service never knew the first"
    )
    func registerForgets() throws {
        var authority = FermaAuthority()
        authority.rules.registerMemorySeconds = 3600
        authority.registers[0].link = .losesAnswers
        #expect(try authority.post(HandmadeFermaRequest()).service() == 6)
        authority.registers[0].link = .up
        #expect(try authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(3601)).device() == 0)
        #expect(authority.ledger.doubled == [FermaRequestIdentity(requestID: "545+64")])
    }

    @Test(
        "A forced 6 or 16 after a document leaves it with the register alone; after any other code the service knows it"
    )
    func forcedLoss() throws {
        for (code, isDoubled) in [(6, true), (16, true), (5, false), (20, false)] {
            var authority = FermaAuthority()
            authority.rules.registerMemorySeconds = 3600
            authority.faults.add(.service(code: code, formed: true))
            #expect(try authority.post(HandmadeFermaRequest()).service() == Int64(code))
            #expect(try authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(3601)).device() == 0)
            #expect(authority.ledger.doubled.isEmpty != isDoubled)
        }
    }

    @Test("14: the register is not activated")
    func inactive() throws {
        #expect(try self.prepared({ $0.registers[0].isActive = false }) == 14)
    }

    @Test("18: the register is at work for longer than a request waits; within that time it waits")
    func busy() throws {
        var authority = FermaAuthority()
        authority.faults.add(.slow(milliseconds: 30_000))
        guard case .late(_, let work) = authority.post(HandmadeFermaRequest()) else {
            Issue.record("not late")
            return
        }
        #expect(work == .seconds(30))
        let second = HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }
        #expect(try authority.post(second, at: FermaAuthority.noon + .seconds(19)).service() == 18)
        guard case .late(let late, let wait) = authority.post(second, at: FermaAuthority.noon + .seconds(21)) else {
            Issue.record("did not wait")
            return
        }
        #expect(wait == .seconds(9))
        #expect(try SimulatedReply.answer(late).device() == 0)
        #expect(authority.documents.map(\.formedAt) == [0, 30].map { FermaAuthority.noon + .seconds($0) })
    }

    @Test("Every code of the table, and others too, can be said of a good request; the answer holds code and text")
    func forced() throws {
        #expect(ServiceError.listed.map(\.code) == Array(1...10) + [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 24])
        for code in ServiceError.listed.map(\.code) + [11, 22, 23, 99, 1000] {
            var authority = FermaAuthority()
            authority.faults.add(.service(code: code))
            let reply = authority.post(HandmadeFermaRequest())
            #expect(try reply.service() == Int64(code))
            let json = try reply.json()
            #expect(json["Requestid"] == "545+64" && json["HTTPStatus"] == 500)
            #expect(json["Fatal"] == .bool([1, 2, 3, 4, 7, 8, 9, 10, 17, 21].contains(code)))
            #expect(json["ErrorDescription"]?.string == ServiceError(code: code).text ?? "Ошибка сервиса \(code)")
            #expect(authority.documents.isEmpty)
            #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
        }
    }

    @Test("Text and Fatal of a forced code can be others")
    func forcedText() throws {
        var authority = FermaAuthority()
        authority.faults.add(.service(code: 6, fatal: true, text: "send error"))
        let json = try authority.post(HandmadeFermaRequest()).json()
        #expect(json["ErrorDescription"] == "send error" && json["Fatal"] == true)
    }
}
