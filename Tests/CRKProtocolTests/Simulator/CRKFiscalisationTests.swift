import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// CMD09 and what it does to the books, with requests written by hand.
@Suite("The simulated CRK: fiscalisation")
struct CRKFiscalisationTests {
    private let repository: SimulatedRepository
    private let device, other, software: CRKCredentials

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
        self.device = self.repository.device
        self.other = self.repository.otherDevice
        self.software = self.repository.software
    }

    /// The repository with a device whose certificates it has.
    private func prepared(_ rules: (inout CRKRules) -> Void = { _ in }) -> CRKAuthority {
        var authority = self.repository.authority
        rules(&authority.rules)
        authority.bring(self.device, to: nil)
        return authority
    }

    /// What the library reads in an answer to its own MFP.
    private func answer(_ reply: SimulatedReply, _ mode: ReadingMode = .strict) throws -> FiscalisationAnswer? {
        let command = MakeFiscalisation(
            self.device.unit, at: SimulatedRepository.noon,
            try .init(serialNumber: "SN-ZTE1701000901", taxpayer: NIP("5260250274"), technician: "Login434534"))
        guard case .answered(let answer, _) = command.reply(try #require(reply.response), mode) else { return nil }
        return answer
    }

    // MARK: Success

    @Test("Success: 00 in two digits, a number, the address, the schedules, and shippmentType as the table spells it")
    func granted() throws {
        var authority = self.prepared()
        let reply = authority.post(self.device.mfp(), self.device)
        let attributes = try reply.attributes()
        #expect(attributes["statusFisc"] == ["code": "00", "desc": "Sukces"])
        #expect(attributes["cashRegisterNr"] == "2026/000000101")
        #expect(attributes["addressWebAPI"] == "https://webapi.crk.test:443")
        #expect(attributes["sendFreqEventHub"] == 7_200 && attributes["checkFreqWebApi"] == 1_800)
        #expect(attributes["shippmentType"] == "PA;FA;RD;WN" && attributes["shipmentType"] == nil)
        guard case .granted(let grant) = try self.answer(reply) else {
            Issue.record("not granted")
            return
        }
        #expect(grant.registrationNumber.text == "2026/000000101")
    }

    @Test("Both spellings of the shipment type and one digit of the status mean the same to the library")
    func spellings() throws {
        for (doubles, short) in [(true, false), (false, false), (true, true), (false, true)] {
            var authority = self.prepared {
                $0.doublesPInFiscalisation = doubles
                $0.writesShortStatus = short
            }
            let reply = authority.post(self.device.mfp(), self.device)
            #expect(try reply.fiscalisationStatus() == (short ? "0" : "00"))
            guard case .granted(let grant) = try self.answer(reply) else {
                Issue.record("not granted")
                return
            }
            #expect(grant.shipmentTypes.types == [.pa, .fa, .rd, .wn])
            authority.rules.taxpayers = []
            let second = authority.post(self.device.mfp(), self.device)
            #expect(try second.fiscalisationStatus() == (short ? "4" : "04"))
            guard case .refused(FiscalisationStatus(rawValue: 4), _) = try self.answer(second) else {
                Issue.record("not refused")
                return
            }
        }
    }

    @Test("Two numbers of a year: 14 characters, the second greater; the year is the repository's, in Warsaw")
    func numbers() throws {
        var authority = self.prepared()
        authority.bring(self.other, to: nil)
        let first = try authority.post(self.device.mfp(), self.device).attributes()["cashRegisterNr"]?.string
        let newYear = try #require(FiscalInstant(utcMilliseconds: "2026-12-31T23:30:00.000Z"))
        let body = self.other.mfp(at: "2026-12-31T23:30:00.000Z")
        let second = try authority.post(body, self.other, at: newYear).attributes()["cashRegisterNr"]?.string
        #expect(first == "2026/000000101" && second == "2027/000000102")
    }

    @Test("A serial number with Polish letters arrives as it is")
    func utf8() throws {
        var authority = self.prepared()
        #expect(try authority.post(self.device.mfp(serial: "ŻÓŁĆ1"), self.device).fiscalisationStatus() == "00")
        #expect(authority[self.device.unit].serialNumber == "ŻÓŁĆ1")
    }

    // MARK: Time

    @Test(
        "The time in the code: 24 hours back and 2 hours ahead of the repository's clock are the limits, to the millisecond",
        arguments: [
            ("2026-11-19T12:00:00.000Z", true), ("2026-11-19T11:59:59.999Z", false),
            ("2026-11-20T14:00:00.000Z", true), ("2026-11-20T14:00:00.001Z", false),
        ])
    func window(_ time: String, _ isWithin: Bool) throws {
        var authority = self.prepared()
        let reply = authority.post(self.device.mfp(at: time), self.device)
        if isWithin {
            #expect(try reply.fiscalisationStatus() == "00")
        } else {
            #expect(try reply.refusal() == ["400", "E01", "Bledny commandId lub naglowek."])
            #expect(authority[self.device.unit].status == nil)
        }
    }

    @Test(
        "A repository whose clock is two hours behind takes a code of its noon, of a moment later not; no other command asks"
    )
    func skew() throws {
        var authority = self.prepared { $0.clockSkewMilliseconds = -2 * 3_600_000 - 1 }
        #expect(try authority.post(self.device.mfp(), self.device).refusal()[1] == "E01")
        #expect(
            authority.get("?commandId=\(self.device.id("TCS", at: "2001-01-01T00:00:00.000Z"))", self.device).status
                == 204)
        authority.rules.clockSkewMilliseconds += 1
        #expect(try authority.post(self.device.mfp(), self.device).fiscalisationStatus() == "00")
    }

    // MARK: Refusals

    @Test(
        "Every status can be said: the library reads the refusal, and the register is not in the books as begun",
        arguments: 1...19)
    func toldToRefuse(_ status: Int) throws {
        var authority = self.prepared()
        authority.faults.add(.statusFisc(status), for: "MFP")
        let reply = authority.post(self.device.mfp(), self.device)
        let desc = FiscalisationStatus(rawValue: status).words
        #expect(try self.answer(reply) == .refused(FiscalisationStatus(rawValue: status), desc: desc))
        #expect(authority[self.device.unit].status == nil)
        let attributes = try reply.attributes()
        #expect(attributes["cashRegisterNr"] == "" && attributes["addressWebAPI"] == "")
        #expect(attributes["sendFreqEventHub"] == -2 && attributes["checkFreqWebApi"] == -2)
        #expect(attributes["shipmentType"] == "")
        #expect(try authority.post(self.device.mfp(), self.device).fiscalisationStatus() == "00")
    }

    @Test("A refusal with its members where the example has them is read as well")
    func misplaced() throws {
        var authority = self.prepared {
            $0.misplacesRefusal = true
            $0.taxpayers = []
        }
        let reply = authority.post(self.device.mfp(), self.device)
        #expect(try reply.json()["sendFreqEventHub"] == -2)
        #expect(try reply.attributes()["sendFreqEventHub"] == nil)
        #expect(
            try self.answer(reply)
                == .refused(FiscalisationStatus(rawValue: 4), desc: "odmowa fiskalizacji, bledny numer NIP"))
    }

    /// A device in the books, read-only unless said otherwise, and another one that takes over.
    private func change(_ status: CRKRegisterStatus = .readOnly) -> CRKAuthority {
        var authority = self.prepared()
        authority.bring(self.device, to: status)
        authority.bring(self.other, to: nil)
        return authority
    }

    private static let former = "2026/000000101"

    @Test("After a change of the memory the new unique number gets the old registration number")
    func takesOver() throws {
        var authority = self.change()
        let body = self.other.mfp(serial: "SN-ZTE1701000901", number: Self.former)
        #expect(try authority.post(body, self.other).attributes()["cashRegisterNr"] == "2026/000000101")
        #expect(authority[self.other.unit].registrationNumber == Self.former)
        #expect(authority[self.other.unit].status == .begun)
    }

    @Test("03 an unknown registration number, 04 an unknown taxpayer, 13 another taxpayer's number")
    func numberAndTaxpayer() throws {
        var authority = self.change()
        let serial = "SN-ZTE1701000901"
        #expect(
            try authority.post(self.other.mfp(serial: serial, number: "2017/000000001"), self.other)
                .fiscalisationStatus() == "03")
        #expect(
            try authority.post(self.other.mfp(serial: serial, number: Self.former, nip: "3360002458"), self.other)
                .fiscalisationStatus() == "13")
        authority.rules.taxpayers = ["5260250274"]
        #expect(try authority.post(self.other.mfp(nip: "3360002458"), self.other).fiscalisationStatus() == "04")
        #expect(authority[self.other.unit].status == nil)
    }

    @Test(
        "06 another factory number, 07 the factory number of one and the registration number of another, 10 no number")
    func factoryNumber() throws {
        var authority = self.change()
        #expect(
            try authority.post(self.other.mfp(serial: "SN-new", number: Self.former), self.other).fiscalisationStatus()
                == "06")
        #expect(
            try authority.post(self.other.mfp(serial: "SN-ZTE1701000901"), self.other).fiscalisationStatus() == "10")
        // A third register in the books, with a factory number of its own.
        authority[try UniqueNumber("ZTE1701000903")].registrationNumber = "2026/000000900"
        authority[try UniqueNumber("ZTE1701000903")].serialNumber = "SN-third"
        #expect(
            try authority.post(self.other.mfp(serial: "SN-third", number: Self.former), self.other)
                .fiscalisationStatus() == "07")
    }

    @Test("14 the former memory is not closed, 11 not deregistered")
    func formerNotClosed() throws {
        var authority = self.change(.fiscalised)
        let body = self.other.mfp(serial: "SN-ZTE1701000901", number: Self.former)
        #expect(try authority.post(body, self.other).fiscalisationStatus() == "14")
        #expect(authority.post(self.device.efl(), self.device).status == 204)
        authority[self.other.unit].isStillRegistered = true
        #expect(try authority.post(body, self.other).fiscalisationStatus() == "11")
        authority[self.other.unit].isStillRegistered = false
        #expect(try authority.post(body, self.other).fiscalisationStatus() == "00")
    }

    @Test("09 begun with another NIP, 16 fiscalised, 12 read-only; the books stay as they are")
    func states() throws {
        for (status, nip, code) in [
            (.begun, "3360002458", "09"), (.fiscalised, nil, "16"), (.readOnly, nil, "12"),
        ] as [(CRKRegisterStatus, String?, String)] {
            var authority = self.prepared()
            authority.bring(self.device, to: status)
            let before = authority[self.device.unit]
            #expect(try authority.post(self.device.mfp(nip: nip), self.device).fiscalisationStatus() == code)
            #expect(authority[self.device.unit] == before)
        }
    }

    @Test(
        "By its status path the repository says 02, 05, 17, 18 and 19 for what has codes of its own; 18 and 19 to no device"
    )
    func statusPath() throws {
        var authority = self.repository.authority
        authority.rules.refusesByStatus = true
        let stranger = self.repository.stranger
        #expect(try authority.post(stranger.mfp(), stranger).fiscalisationStatus() == "02")
        #expect(try authority.post(self.device.mfp(), self.device).fiscalisationStatus() == "17")
        authority.bring(self.software, to: nil)
        #expect(try authority.post(self.software.mfp(nip: "3360002458"), self.software).fiscalisationStatus() == "18")
        #expect(try authority.post(self.software.mfp(), self.software).fiscalisationStatus() == "19")
        let moved = self.repository.movedDevice
        authority.bring(moved, to: nil)
        authority.rules.technicians = []
        #expect(try authority.post(moved.mfp(nip: "5260250274"), moved).fiscalisationStatus() == "05")
        authority.rules.technicians = nil
        #expect(try authority.post(moved.mfp(nip: "5260250274"), moved).fiscalisationStatus() == "00")
    }

    @Test("Of two faults the first is told, and after its repair the second")
    func oneAtATime() throws {
        var authority = self.repository.authority
        authority.rules.taxpayers = ["5260250274"]
        #expect(try authority.post(self.device.mfp(nip: "3360002458"), self.device).refusal()[1] == "B06")
        authority.bring(self.device, to: nil)
        #expect(try authority.post(self.device.mfp(nip: "3360002458"), self.device).fiscalisationStatus() == "04")
        #expect(try authority.post(self.device.mfp(), self.device).fiscalisationStatus() == "00")
    }

    @Test(
        "Texts out of their lengths and forms are E02",
        arguments: [
            ("cashRegisterSN", #""""#), ("cashRegisterSN", "\"\(String(repeating: "x", count: 241))\""),
            ("cashRegisterSN", "5"), ("cashRegisterNr", #""2017/00000101""#), ("cashRegisterNr", #""2017-000000101""#),
            ("cashRegisterNr", "null"), ("taxpayerId", #""336000245""#), ("taxpayerId", #""336-000-24""#),
            ("taxpayerId", "3360002458"), ("monterId", #""""#),
            ("monterId", "\"\(String(repeating: "x", count: 31))\""),
        ])
    func lengths(_ name: String, _ value: String) throws {
        var authority = self.prepared()
        var json = try JSON(parsing: self.device.mfp())
        var attributes = try #require(json["command"]?["attributes"]?.members)
        attributes.removeAll { $0.name == name }
        attributes.append(.init(name, try JSON(parsing: value)))
        json = ["commandId": .string(self.device.id("MFP")), "command": ["attributes": .object(attributes)]]
        #expect(try authority.post(json.text, self.device).refusal()[1] == "E02")
        // Without the registration number nothing is wrong.
        attributes.removeAll { $0.name == name }
        json = ["commandId": .string(self.device.id("MFP")), "command": ["attributes": .object(attributes)]]
        let reply = authority.post(json.text, self.device)
        #expect(reply.status == (name == "cashRegisterNr" ? 200 : 400))
    }

    // MARK: Lost answers and statuses

    @Test("A lost answer to MFP is repaired by asking again: the same number, not a second one")
    func lostAnswer() throws {
        var authority = self.prepared()
        authority.faults.add(.lost(effect: true), for: "MFP")
        #expect(authority.post(self.device.mfp(), self.device) == .lost)
        #expect(authority[self.device.unit].status == .begun)
        let again = authority.post(self.device.mfp(at: "2026-11-20T12:00:01.000Z"), self.device)
        #expect(try again.attributes()["cashRegisterNr"] == "2026/000000101")
        authority.bring(self.other, to: .begun)
        #expect(authority[self.other.unit].registrationNumber == "2026/000000102")
    }

    @Test("MFP makes it ROZ, FPD FIS, EFL RDO; FPD and EFL may come again and again")
    func lifeOfStatuses() throws {
        var authority = self.prepared()
        let unit = self.device.unit
        #expect(authority[unit].status == nil)
        #expect(try authority.post(self.device.fpd, self.device).refusal()[1] == "B07")
        #expect(try authority.get("?commandId=\(self.device.id("GIS"))", self.device).refusal()[1] == "B08")
        #expect(try authority.post(self.device.mfp(), self.device).fiscalisationStatus() == "00")
        #expect(authority[unit].status?.rawValue == "ROZ")
        #expect(authority.get("?commandId=\(self.device.id("GIS"))", self.device).status == 200)
        for _ in 1...3 {
            #expect(authority.post(self.device.fpd, self.device).status == 204)
            #expect(authority[unit].status?.rawValue == "FIS")
        }
        #expect(authority[unit].orders.count == 1)
        #expect(authority.get("?commandId=\(self.device.id("GIS"))", self.device).status == 200)
        for _ in 1...3 {
            #expect(authority.post(self.device.efl(), self.device).status == 204)
            #expect(authority[unit].status?.rawValue == "RDO")
        }
        #expect(authority.get("?commandId=\(self.device.id("GIS"))", self.device).status == 200)
        #expect(try authority.post(self.device.fpd, self.device).refusal()[1] == "B07")
    }

    @Test("A lost answer to FPD: it is FIS, and FPD again gets 204")
    func lostConfirmation() throws {
        var authority = self.prepared()
        authority.bring(self.device, to: .begun)
        authority.faults.add(.lost(effect: true), for: "FPD")
        #expect(authority.post(self.device.fpd, self.device) == .lost)
        #expect(authority[self.device.unit].status == .fiscalised)
        #expect(authority.post(self.device.fpd, self.device).status == 204)
        authority.faults.add(.lost(effect: false), for: "EFL")
        #expect(authority.post(self.device.efl(), self.device) == .lost)
        #expect(authority[self.device.unit].status == .fiscalised)
    }

    @Test("KCS, KFD, CNF and TCS are bound to no status")
    func boundToNoStatus() throws {
        for status in [nil, .begun, .fiscalised, .readOnly] as [CRKRegisterStatus?] {
            var authority = self.prepared()
            authority.bring(self.device, to: status)
            #expect(authority.get("?commandId=\(self.device.id("KCS"))", self.device).status == 200)
            #expect(authority.post(self.device.kfd(), self.device).status == 204)
            #expect(authority.get(self.device.cnf, self.device).status == 200)
            #expect(authority.get("?commandId=\(self.device.id("TCS"))", self.device).status == 204)
        }
        // Nobody has heard of it.
        var authority = self.repository.authority
        #expect(authority.get("?commandId=\(self.other.id("TCS"))", self.other).status == 204)
    }

    @Test(
        "EFL takes reasons 0 and 1 and numbers from 1 to 999999999999999",
        arguments: [
            ("0", "1", true), ("1", "999999999999999", true), ("2", "1", false), ("-1", "1", false), ("0", "0", false),
            ("0", "1000000000000000", false), (#""0""#, "1", false), ("0", #""1""#, false),
        ])
    func endOfLifeRanges(_ reason: String, _ last: String, _ isGood: Bool) throws {
        var authority = self.prepared()
        authority.bring(self.device, to: .fiscalised)
        let reply = authority.post(self.device.efl(reason: reason, last: last), self.device)
        if isGood { #expect(reply.status == 204) } else { #expect(try reply.refusal()[1] == "E02") }
        #expect((authority[self.device.unit].status == .readOnly) == isGood)
    }
}
