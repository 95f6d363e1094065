import FiscalCore
import FiscalSimulators
import Testing

/// What keeps a receipt from being doubled: the memory of the service.
@Suite("The simulated Ferma: identity of a request")
struct FermaIdentityTests {
    @Test("The same request again brings the same answer to the byte and no second document")
    func repeated() throws {
        var authority = FermaAuthority()
        let first = authority.post(HandmadeFermaRequest())
        for days in [0, 1, 31] as [Int64] {
            #expect(authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(days * 86_400)) == first)
        }
        #expect(authority.documents.count == 1)
        #expect(
            authority.requests.map(\.outcome) == [.formed(document: 0)]
                + Array(repeating: .remembered(request: 1), count: 3))
        #expect(authority.ledger.doubled.isEmpty && authority.ledger.conflicting.isEmpty)
    }

    @Test("The answer names the register that made the document, also when another one stands in its place")
    func movedRegister() throws {
        var second = FermaRegister()
        second.serialNumber = "00000003820034472770"
        var authority = FermaAuthority(registers: [FermaRegister(), second])
        authority.registers[0].isTaken = true
        let first = authority.post(HandmadeFermaRequest())
        authority.registers.reverse()
        #expect(authority.post(HandmadeFermaRequest()) == first)
    }

    @Test("After 31 days the answer is forgotten, and the same request forms a second document")
    func forgotten() throws {
        var authority = FermaAuthority()
        _ = try authority.form()
        let late = FermaAuthority.noon + .seconds(31 * 86_400) + .milliseconds(1)
        #expect(try authority.post(HandmadeFermaRequest(), at: late).device() == 0)
        #expect(authority.ledger.doubled == [FermaRequestIdentity(requestID: "545+64")])
    }

    @Test("RequestId, Group and ClientId together tell requests apart; each answer echoes its own ClientId")
    func triple() throws {
        var second = FermaRegister()
        second.group = "2"
        second.serialNumber = "00000003820034472770"
        var authority = FermaAuthority(registers: [FermaRegister(), second], caller: FermaCaller(groups: ["1", "2"]))
        var numbers: [JSON?] = []
        for (group, client) in [(nil, nil), ("1", ""), (nil, "a"), ("2", nil), ("2", "a")] as [(String?, String?)] {
            let reply = authority.post(
                HandmadeFermaRequest {
                    $0["Group"] = group.map { "\"\($0)\"" }
                    $0["Clientid"] = client.map { "\"\($0)\"" }
                })
            let json = try reply.json()
            #expect(json["Clientid"] == (client == "a" ? "a" : .null))
            #expect(json["DeviceSerialNumber"]?.string?.last == (group == "2" ? "0" : "9"))
            numbers.append(json["FiscalSign"])
        }
        // The first two are one: no group means the certificate's, an empty ClientId none.
        #expect(authority.documents.count == 4)
        #expect(numbers[0] == numbers[1])
        #expect(Set(authority.documents.map(\.identity)).count == 4)
        let nameless = FermaRequestIdentity(requestID: "545+64", clientID: "")
        #expect(authority.ledger.documents(of: nameless).count == 1)
    }

    @Test("The group comes from the certificate when the request names none")
    func groupOfCertificate() throws {
        var authority = FermaAuthority()
        authority.registers[0].group = "77"
        let reply = authority.receive(
            FermaAuthority.request(HandmadeFermaRequest().text), from: FermaCaller(groups: ["77"]),
            at: FermaAuthority.noon)
        #expect(try reply.device() == 0)
        #expect(authority.documents.first?.identity.group == "77")
    }

    @Test("Another enterprise's request under the same id is not answered with this one's receipt")
    func foreignGroup() throws {
        var authority = FermaAuthority()
        _ = try authority.form()
        let foreign = FermaAuthority.request(HandmadeFermaRequest { $0["Group"] = "\"1\"" }.text)
        let reply = authority.receive(foreign, from: FermaCaller(groups: ["2"]), at: FermaAuthority.noon)
        #expect(try reply.device() == 238)
        #expect(authority.requests.last?.identity == nil)
        #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
    }

    @Test("24 while the request is in progress, then the first result; never a second document")
    func inProgress() throws {
        var authority = FermaAuthority()
        authority.faults.add(.slow(milliseconds: 10_000))
        guard case .late(let first, .seconds(10)) = authority.post(HandmadeFermaRequest()) else {
            Issue.record("not late")
            return
        }
        for seconds in 1...9 {
            let reply = authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(seconds))
            #expect(try reply.service() == 24 && reply.json()["Fatal"] == false)
        }
        #expect(authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(10)) == .answer(first))
        #expect(authority.documents.count == 1)
    }

    @Test("24 too while a request is in progress that will be refused; afterwards it is carried out anew")
    func refusalInProgress() throws {
        var authority = FermaAuthority()
        authority.registers[0].isPrinting = true
        authority.faults.add(.slow(milliseconds: 10_000))
        guard case .late(let refusal, _) = authority.post(HandmadeFermaRequest()) else {
            Issue.record("not late")
            return
        }
        #expect(try SimulatedReply.answer(refusal).device() == 80)
        authority.registers[0].isPrinting = false
        #expect(
            try authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .milliseconds(9999)).service() == 24)
        #expect(try authority.post(HandmadeFermaRequest(), at: FermaAuthority.noon + .seconds(10)).device() == 0)
    }

    @Test("Another body under the same identity gets the first answer, and is seen as a conflict")
    func otherBody() throws {
        var authority = FermaAuthority()
        let first = authority.post(HandmadeFermaRequest())
        #expect(authority.post(HandmadeFermaRequest { $0["NonCash"] = "[1]" }) == first)
        #expect(authority.ledger.conflicting == [FermaRequestIdentity(requestID: "545+64")])
        #expect(authority.ledger.requests(of: FermaRequestIdentity(requestID: "545+64")).count == 2)
    }
}
