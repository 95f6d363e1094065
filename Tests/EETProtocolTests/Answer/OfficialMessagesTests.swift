import FiscalCore
import FiscalTestSupport
import Testing

@testable import EETProtocol

@Suite(
    "Official and recorded messages",
    .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
struct OfficialMessagesTests {
    private static func anchors(_ names: String...) throws -> [Certificate] {
        try names.map { try Certificate(der: SharedFixtures.bytes("eet/certs/ica/\($0).der")) }
    }

    private static func allAnchors() throws -> [Certificate] {
        try Self.anchors("rca15_rsa", "2qca16_rsa", "qica_root_key_20090901")
    }

    private func answer(
        _ name: String, edition: Edition? = nil, expecting: EETAnswer.Expected = .init(),
        anchors: [Certificate]? = nil, at time: FiscalInstant? = nil
    ) throws -> EETAnswer {
        try EETAnswer(
            bytes: SharedFixtures.bytes("eet/responses/\(name)"), edition: edition, expecting: expecting,
            trust: SealTrust(anchors: anchors ?? Self.allAnchors()), at: time)
    }

    @Test("The confirmation of 2021 is accepted with its chain, at the time that it was given")
    func confirmation2021() throws {
        let answer = try answer(
            "v3/pg-2021-09-27.ok.signed.xml", edition: .v3,
            expecting: .init(
                uuid: "E0E80D09-1A19-45DA-91D0-56121088ED49", bkp: "36fa2953-0e365ce7-5829441b-8caffb11-a89c7372",
                test: true))
        #expect(answer.signature == .valid)
        #expect(answer.accepted)
        #expect(answer.fik == "19468188-f3a0-47a3-932a-46bcf8ef4041-fa")
        #expect(answer.pok == nil)
        #expect(answer.isTest)
        #expect(answer.problems.isEmpty)
        #expect(answer.edition == .v3)
        #expect(answer.header.datPrij?.time?.instant.secondsSinceEpoch == 1_632_731_943)
        #expect(answer.sealCertificate?.subject.organizationIdentifier == "NTRCZ-72080043")
    }

    @Test("The confirmation of 2016, sealed below another authority, is accepted with that one only")
    func confirmation2016() throws {
        let answer = try answer("v3/pg-2016-09-12.ok.signed.xml")
        #expect(answer.accepted && answer.fik == "e8f8a3aa-e97f-4f7c-bd56-29fb80038d4f-ff")
        let other = try self.answer("v3/pg-2016-09-12.ok.signed.xml", anchors: Self.anchors("rca15_rsa", "2qca16_rsa"))
        #expect(other.signature == .untrusted && !other.accepted && other.fik == nil)
    }

    @Test("A chain may end at an authority that is not self-signed, but not skip one")
    func partialChain() throws {
        let name = "v3/pg-2021-09-27.ok.signed.xml"
        #expect(try answer(name, anchors: Self.anchors("2qca16_rsa")).accepted)
        #expect(try answer(name, anchors: Self.anchors("rca15_rsa")).signature == .untrusted)
        #expect(try answer(name, anchors: []).signature == .untrusted)
    }

    @Test("A caller's time overrides dat_prij")
    func time() throws {
        let name = "v3/pg-2021-09-27.ok.signed.xml"
        let late = try answer(name, at: FiscalInstant(secondsSinceEpoch: 1_672_531_200))
        #expect(late.signature == .untrusted && late.fik == nil)
        #expect(late.problems.contains { $0.hasPrefix("expired: ") })
        #expect(try answer(name, at: FiscalInstant(secondsSinceEpoch: 1_640_995_200)).accepted)
    }

    @Test("The confirmation of EET 2.0 holds, but its authority is not among ours")
    func confirmation2026() throws {
        let answer = try answer("v4/pg-2026-09-26.ok.signed.xml")
        #expect(answer.edition == .v4)
        #expect(answer.signature == .untrusted)
        #expect(!answer.accepted && answer.pok == nil)
        #expect(answer.content == .confirmation(code: "2feb2e70-a642-4188-a6e6-986a62bc9598-ff", test: true))
        #expect(answer.sealCertificate?.publicKey.kind == .rsa(bits: 4096))
        // With the seal certificate itself for an anchor all else is in order: nothing but the chain is missing.
        let seal = try #require(answer.sealCertificate)
        #expect(try self.answer("v4/pg-2026-09-26.ok.signed.xml", anchors: [seal]).pok?.hasSuffix("-ff") == true)
    }

    @Test("An answer to the other edition is not accepted")
    func otherEdition() throws {
        let answer = try answer("v3/pg-2021-09-27.ok.signed.xml", edition: .v4)
        #expect(answer.signature == .valid && !answer.accepted && answer.code == nil)
        #expect(answer.problems.contains { $0.hasPrefix("edition: ") })
    }

    @Test(
        "Damaged confirmations do not hold",
        arguments: [
            ("v3/BAD-digestvalue.xml", "digest"), ("v3/BAD-reference-uri.xml", "reference"),
            ("v3/BAD-digest.reformatted-pg-2020.xml", "digest"),
        ])
    func damaged(_ name: String, _ word: String) throws {
        let answer = try answer(name)
        #expect(answer.signature == .invalid)
        #expect(!answer.accepted && answer.code == nil && answer.sealCertificate == nil)
        #expect(answer.problems.contains { $0.hasPrefix("signature: \(word)") })
    }

    @Test("Refusals are read with their code and text, and have no seal")
    func refusals() throws {
        let temporary = try answer("v3/pg.error-minus1.unsigned.xml")
        let text = "Docasna technicka chyba zpracovani \u{2013} odeslete prosim datovou zpravu pozdeji"
        #expect(temporary.content == .chyba(.temporaryFault, text: text, test: true))
        #expect(temporary.signature == .absent && !temporary.accepted && temporary.problems.isEmpty)
        #expect(temporary.header.datOdmit?.text == "2021-09-27T10:39:57+02:00" && temporary.header.datPrij == nil)
        let verified = try answer("v3/pg.verify-code0.unsigned.xml")
        #expect(
            verified.content
                == .chyba(
                    .verified, text: "Datovou zpravu evidovane trzby v overovacim modu se podarilo zpracovat",
                    test: true))
        #expect(!verified.accepted)
        let schema = try answer("v3/prod.error-3.unsigned.xml")
        #expect(
            schema.content
                == .chyba(.schemaViolation, text: "XML zprava nevyhovela kontrole XML schematu", test: false))
    }

    @Test("Warnings beside a refusal are read in order, white space collapsed")
    func warnings() throws {
        let answer = try answer("v3/SYNTHETIC.error-4-warnings-2-3.xml")
        #expect(answer.content == .chyba(.badSignature, text: "Neplatny podpis SOAP zpravy", test: true))
        #expect(answer.warnings.map(\.code) == [.badAppointingTaxpayer, .badPKP])
        #expect(answer.warnings.map(\.text) == ["Chybny format DIC poverujiciho poplatnika", "Chybna hodnota PKP"])
    }

    @Test(
        "Signatures of official and recorded requests hold, in all three styles of prefix lists",
        arguments: [
            "v3/CZ00000019.v3.valid.v3.1.1.xml", "v3/CZ1212121218.v3.valid.v3.1.1.xml",
            "v3/CZ1212121218.valid.v3.1.xml", "v3/CZ1212121218.valid.v3.xml",
            "v3/openeet-2016-09-12.request.xml", "v3/rubyeet.pg.real-valid.request.xml",
            "v3/rubyeet.pg.verify-warning1.request.xml", "v3/rubyeet.prod.schema-invalid.request.xml",
            "v4/CZ00000019.eet.v4.req.xml", "v4/CZ683555118.eet.v4.req.xml",
        ])
    func requests(_ name: String) throws {
        let signature = SOAPSignature(try XMLTree(SharedFixtures.bytes("eet/requests/\(name)")))
        guard case .holds(let certificate, let body) = signature else {
            Issue.record("\(signature)")
            return
        }
        #expect(certificate.subject.commonName?.hasPrefix("CZ") == true)
        #expect(body.elements.map(\.name.local) == ["Trzba"])
    }

    @Test("The request that was edited after signing does not hold")
    func editedRequest() throws {
        let document = try XMLTree(SharedFixtures.bytes("eet/requests/v3/BAD-digest.CZ00000019.edited.xml"))
        guard case .invalid(let problem) = SOAPSignature(document) else {
            Issue.record("it holds")
            return
        }
        #expect(problem.code == .digest)
    }
}
