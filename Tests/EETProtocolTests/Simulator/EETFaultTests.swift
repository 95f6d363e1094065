import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import HTTPTypes
import Testing

/// What the simulated tax office can be made to do wrong, and that each of it does what it says.
@Suite("The simulated tax office: faults")
struct EETFaultTests {
    /// One message under one fault: what came back, and whether the sale was recorded.
    private func post(
        _ fault: EETFault, _ edition: Edition = .v3
    ) throws -> (reply: SimulatedReply, isRecorded: Bool) {
        var office = try SimulatedOffice.authority(edition)
        office.faults.add(fault)
        let reply = try office.post(HandmadeMessage(edition))
        #expect(office.messages.last?.fault == fault)
        return (reply, !office.sales.isEmpty)
    }

    @Test(
        "Any error code can be given for a good message, with the official text or another", arguments: Edition.allCases
    )
    func refuse(_ edition: Edition) throws {
        for code in [-999, -1, 0, 1, 8, 9, 500, 999] {
            let (reply, isRecorded) = try self.post(.refuse(code: code), edition)
            #expect(try reply.chyba() == code)
            #expect(!isRecorded)
        }
        let content = try self.post(.refuse(code: 4, text: "Jiný <text>"), edition).reply.answer().content
        #expect(content == .chyba(.badSignature, text: "Jiný <text>", test: true))
        let temporary = try self.post(.refuse(code: -1), edition).reply
        let body = String(decoding: try #require(temporary.response).body, as: UTF8.self)
        #expect(body.contains("Docasna technicka chyba zpracovani &#8211; odeslete"))
    }

    @Test("Any warning can be added to what the answer is")
    func warn() throws {
        let (reply, isRecorded) = try self.post(.warn([EETWarning(code: 2), EETWarning(code: 999, text: "Nový")]))
        let answer = try reply.answer()
        #expect(answer.accepted && isRecorded)
        #expect(answer.warnings.map(\.code.rawValue) == [2, 999])
        #expect(answer.warnings.map(\.text) == ["Chybny format DIC poverujiciho poplatnika", "Nový"])
    }

    @Test("Answers that do not come, before and after the sale was recorded")
    func noAnswer() throws {
        for recorded in [false, true] {
            #expect(try self.post(.silence(recorded: recorded)) == (.silence, recorded))
            #expect(try self.post(.lost(recorded: recorded)) == (.lost, recorded))
        }
        guard case .late(let late, let delay) = try self.post(.delay(milliseconds: 3000)).reply else {
            Issue.record("not late")
            return
        }
        #expect(delay == .seconds(3))
        #expect(try SimulatedReply.answer(late).answer().accepted)
        guard case .cut(let cut, let bodyBytes) = try self.post(.truncated).reply else {
            Issue.record("not cut")
            return
        }
        #expect((1..<cut.body.count).contains(bodyBytes))
    }

    @Test("Answers that are none")
    func unusable() throws {
        func status(_ fault: EETFault) throws -> (code: Int?, body: [UInt8], isRecorded: Bool) {
            let (reply, isRecorded) = try self.post(fault)
            return (reply.response?.head.status.code, reply.response?.body ?? [], isRecorded)
        }
        #expect(try status(.emptyBody) == (200, [], true))
        #expect(try status(.status(503)) == (503, [], false))
        #expect(try status(.soapFault).code == 500)
        #expect(try status(.garbage).isRecorded == false)
        for fault: EETFault in [.soapFault, .garbage, .malformed, .otherDocument, .documentType, .huge(bytes: 300_000)]
        {
            let body = try status(fault).body
            #expect(!body.isEmpty)
            #expect(throws: UnreadableAnswer.self, "\(fault)") {
                try EETAnswer(bytes: body, trust: SimulatedOffice.trust())
            }
        }
    }

    @Test("Confirmations that must not count: none is accepted, each for its own reason", arguments: Edition.allCases)
    func confirmations(_ edition: Edition) throws {
        let expected: [(fault: EETFault, seal: EETAnswer.Seal, problem: String?)] = [
            (.foreignSeal, .untrusted, "trust"), (.expiredSeal, .untrusted, "expired"),
            (.strangerSeal, .untrusted, "organisation"), (.brokenDigest, .invalid, "signature"),
            (.brokenSignature, .invalid, "signature"), (.noSeal, .absent, "signature"),
            (.wrongUUID, .valid, "uuid"), (.wrongTestFlag, .valid, "test"), (.otherEdition, .valid, "edition"),
        ]
        for (fault, seal, problem) in expected {
            let (reply, isRecorded) = try self.post(fault, edition)
            let answer = try EETAnswer(
                bytes: try #require(reply.response).body, edition: edition,
                expecting: .init(uuid: HandmadeMessage().header["uuid_zpravy"], test: true),
                trust: try SimulatedOffice.trust())
            #expect(!answer.accepted, "\(fault)")
            #expect(answer.signature == seal, "\(fault)")
            #expect(answer.problems.contains { problem.map($0.hasPrefix) ?? true }, "\(fault): \(answer.problems)")
            #expect(isRecorded)
        }
        let header = try self.post(.wrongBKP, edition).reply.answer().header
        let right = try self.post(.delay(milliseconds: 0), edition).reply
        guard case .late(let response, _) = right else { return }
        let rightHeader = try SimulatedReply.answer(response).answer().header
        #expect((header.bkp == rightHeader.bkp) == (edition == .v4))
    }

    @Test("Planned faults are used up one by one, then the permanent one holds, until the plan is cleared")
    func plan() throws {
        var office = try SimulatedOffice.authority()
        office.faults.add(.refuse(code: -1), times: 2)
        office.faults.add(nil)
        office.faults.permanent = .refuse(code: 8)
        let codes = try (0..<5).map { _ in try office.post(HandmadeMessage()).chyba() }
        #expect(codes == [-1, -1, nil, 8, 8])
        office.faults.clear()
        #expect(try office.post(HandmadeMessage()).answer().accepted)
    }

    @Test("Faults are written and read as JSON")
    func json() throws {
        let text = """
            {"upcoming":[{"refuse":{"code":4}},{"silence":{"recorded":true}},null,{"warn":{"warnings":[{"code":5}]}}],
             "permanent":{"noSeal":{}}}
            """
        let plan = try JSONDecoder().decode(FaultPlan<EETFault>.self, from: Data(text.utf8))
        #expect(plan.upcoming == [.refuse(code: 4), .silence(recorded: true), nil, .warn([EETWarning(code: 5)])])
        #expect(plan.permanent == .noSeal)
        #expect(try JSONDecoder().decode(FaultPlan<EETFault>.self, from: JSONEncoder().encode(plan)) == plan)
    }
}
