import FiscalCore
import Testing

@testable import EETProtocol

@Suite("The authority's answers")
struct EETAnswerTests {
    private func read(
        _ text: String, edition: Edition? = nil, expecting: EETAnswer.Expected = .init(), trust: SealTrust? = nil,
        at time: FiscalInstant? = nil
    ) throws -> EETAnswer {
        try EETAnswer(
            bytes: text.bytes, edition: edition, expecting: expecting,
            trust: try trust ?? TestAuthority.make().trust, at: time)
    }

    private func sealed(_ content: String? = nil, _ change: (inout SealedAnswer) -> Void = { _ in }) throws -> String {
        var answer = SealedAnswer()
        answer.content = content
        change(&answer)
        return try answer.sealed(TestAuthority.make().seal)
    }

    // MARK: Confirmations

    @Test("A sealed confirmation with the expected uuid, BKP and environment is accepted and gives the FIK")
    func confirmation() throws {
        let answer = try read(
            sealed(), edition: .v3,
            expecting: .init(
                uuid: "E0E80D09-1A19-45DA-91D0-56121088ED49", bkp: "36fa2953-0e365ce7-5829441b-8caffb11-a89c7372",
                test: true))
        #expect(answer.accepted && answer.signature == .valid && answer.problems.isEmpty)
        #expect(answer.fik == SealedAnswer.fik && answer.code == SealedAnswer.fik && answer.pok == nil)
        #expect(answer.content == .confirmation(code: SealedAnswer.fik, test: true))
        #expect(answer.header.datPrij?.time?.iso8601Seconds == "2021-09-27T10:39:03+02:00")
        #expect(try answer.sealCertificate == TestAuthority.make().seal.certificate)
    }

    @Test("A sealed confirmation of EET 2.0 gives the POK")
    func confirmationV4() throws {
        let answer = try read(
            sealed {
                $0.edition = .v4
                $0.header = #"uuid_zpravy="b3a09b52-7c87-4014-a496-7fe261250984" dat_prij="2021-09-26T20:10:18+02:00""#
            })
        #expect(answer.edition == .v4 && answer.accepted)
        #expect(answer.pok == SealedAnswer.fik && answer.fik == nil)
    }

    @Test("A confirmation that does not repeat what was sent is not accepted, and keeps its code to itself")
    func unexpected() throws {
        let text = try sealed()
        let expectations: [(EETAnswer.Expected, String)] = [
            (.init(uuid: "e0e80d09-1a19-45da-91d0-56121088ed40"), "uuid: "),
            (.init(bkp: "36FA2953-0E365CE7-5829441B-8CAFFB11-A89C7373"), "bkp: "),
            (.init(test: false), "test: "),
        ]
        for (expected, word) in expectations {
            let answer = try read(text, expecting: expected)
            #expect(answer.signature == .valid && !answer.accepted)
            #expect(answer.code == nil && answer.fik == nil)
            #expect(answer.problems.contains { $0.hasPrefix(word) })
        }
        let bare = try sealed { $0.header = #"dat_prij="2021-09-27T10:39:03+02:00""# }
        #expect(try !read(bare, expecting: .init(uuid: "e0e80d09-1a19-45da-91d0-56121088ed49")).accepted)
        #expect(try read(bare).accepted)
    }

    @Test("A confirmation by another edition than asked is not accepted")
    func otherEdition() throws {
        let answer = try read(sealed(), edition: .v4)
        #expect(answer.signature == .valid && !answer.accepted && answer.problems.first?.hasPrefix("edition: ") == true)
    }

    @Test("An unsigned confirmation is not accepted")
    func unsigned() throws {
        let answer = try read(SealedAnswer().unsigned)
        #expect(answer.signature == .absent && !answer.accepted && answer.fik == nil)
        #expect(answer.content == .confirmation(code: SealedAnswer.fik, test: true))
        #expect(answer.problems.contains { $0.hasPrefix("signature: ") })
    }

    @Test(
        "The test flag is an xs:boolean; absent means the real environment",
        arguments: [
            (#"test="true""#, true), (#"test="1""#, true), (#"test=" true ""#, true), (#"test="false""#, false),
            (#"test="0""#, false), ("", false),
        ])
    func testFlag(_ attribute: String, _ isTest: Bool) throws {
        let answer = try read(sealed("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\" \(attribute)/>"))
        #expect(answer.isTest == isTest && answer.accepted)
    }

    @Test("A test flag that is no xs:boolean leaves open what was confirmed", arguments: ["yes", "TRUE", "", "2"])
    func badTestFlag(_ value: String) throws {
        let answer = try read(sealed("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\" test=\"\(value)\"/>"))
        #expect(answer.signature == .valid && !answer.accepted)
        #expect(answer.problems.contains { $0.hasPrefix("test: ") })
    }

    @Test(
        "A FIK is a version 4 UUID and two hex digits; what the two say is not tested",
        arguments: [
            ("19468188-f3a0-47a3-932a-46bcf8ef4041-fa", true), ("19468188-F3A0-47A3-B32A-46BCF8EF4041-0C", true),
            ("19468188-f3a0-17a3-932a-46bcf8ef4041-fa", false), ("19468188-f3a0-47a3-c32a-46bcf8ef4041-fa", false),
            ("19468188-f3a0-47a3-932a-46bcf8ef4041-fg", false), ("19468188-f3a0-47a3-932a-46bcf8ef4041", false),
            ("19468188-f3a0-47a3-932a-46bcf8ef4041-faa", false), ("19468188f3a0-47a3-932a-46bcf8ef40411-fa", false),
            ("", false), (" 19468188-f3a0-47a3-932a-46bcf8ef4041-fa", false),
        ])
    func codeForm(_ code: String, _ isGood: Bool) throws {
        let answer = try read(sealed("<eet:Potvrzeni fik=\"\(code)\" test=\"true\"/>"))
        #expect(answer.signature == .valid && answer.accepted == isGood && answer.fik == (isGood ? code : nil))
    }

    @Test("A confirmation without its code, or with that of the other edition, is unclear")
    func missingCode() throws {
        for content in ["<eet:Potvrzeni test='true'/>", "<eet:Potvrzeni pok='\(SealedAnswer.fik)'/>"] {
            let answer = try read(sealed(content))
            #expect(answer.content == .unclear && !answer.accepted && answer.signature == .valid)
            #expect(answer.problems.contains { $0.hasPrefix("code: ") })
        }
    }

    @Test("Warnings come along with a confirmation, known or not, and do not stand in its way")
    func warnings() throws {
        let answer = try read(
            sealed(
                """
                <eet:Potvrzeni fik="\(SealedAnswer.fik)"/>
                <eet:Varovani kod_varov="5">Datum a cas\n  prijeti <!-- c -->trzby</eet:Varovani>
                <eet:Varovani kod_varov="998">&#381;lu&#x165;oučký <![CDATA[<kůň>]]></eet:Varovani>
                """))
        #expect(answer.accepted && answer.problems.isEmpty)
        #expect(answer.warnings.map(\.code) == [.saleLongAgo, Varovani(rawValue: 998)])
        #expect(answer.warnings.map(\.text) == ["Datum a cas prijeti trzby", "Žluťoučký <kůň>"])
    }

    @Test("What the schema does not have is passed over and reported")
    func leniency() throws {
        let warnings = String(repeating: "<eet:Varovani kod_varov='1'>x</eet:Varovani>", count: 11)
        let contents = [
            ("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\" new=\"1\"/>", "unknown: "),
            ("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/><eet:New/>", "unknown: "),
            ("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/>text", "unknown: "),
            ("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/>\(warnings)", "warning: "),
            ("<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/><eet:Varovani kod_varov='x'>y</eet:Varovani>", "warning: "),
            ("<eet:Varovani kod_varov='1'>x</eet:Varovani><eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/>", "structure: "),
        ]
        for (content, word) in contents {
            let answer = try read(sealed(content))
            #expect(answer.accepted, "\(answer.problems)")
            #expect(answer.problems.count == 1 && answer.problems[0].hasPrefix(word))
        }
    }

    @Test(
        "Where the meaning is not clear, nothing is accepted, even under a valid seal",
        arguments: [
            "<eet:Potvrzeni fik='F'/><eet:Potvrzeni fik='F'/>",
            "<eet:Potvrzeni fik='F'/><eet:Chyba kod='4'>x</eet:Chyba>",
            "<eet:Chyba kod='0'>x</eet:Chyba><eet:Potvrzeni fik='F'/>", "<eet:Chyba kod='1'/><eet:Chyba kod='1'/>", "",
            "<x:Potvrzeni xmlns:x='urn:x' fik='F'/>", "<Potvrzeni fik='F'/>",
            "<eet:Potvrzeni fik='F'/><x:Chyba xmlns:x='urn:x' kod='4'/>", "<eet:Hlavicka/><eet:Potvrzeni fik='F'/>",
            "<eet:Varovani kod_varov='1'><eet:Potvrzeni fik='F'/></eet:Varovani>",
            "<eet:Potvrzeni x:fik='F' xmlns:x='urn:x'/>", "<eet:potvrzeni fik='F'/>",
            "<eet:Potvrzeni fik='F'/></eet:Odpoved><eet:Odpoved>",
            "<eet:Potvrzeni fik='F'/></eet:Odpoved><x/><eet:Odpoved>",
        ])
    func unclear(_ content: String) throws {
        let time = FiscalInstant(secondsSinceEpoch: 1_632_700_000)
        let answer = try read(sealed(content.replacing("F", with: SealedAnswer.fik)), at: time)
        #expect(answer.signature == .valid && !answer.accepted && answer.code == nil)
        #expect(!answer.problems.isEmpty)
    }

    // MARK: Refusals

    @Test(
        "A refusal keeps any code from -999 to 999",
        arguments: [
            ("-999", -999), ("-1", -1), ("0", 0), ("4", 4), ("999", 999), (" 7 ", 7), ("+8", 8), ("007", 7),
        ])
    func chyba(_ text: String, _ code: Int) throws {
        var answer = SealedAnswer()
        answer.header = #"dat_odmit="2021-09-27T10:39:57+02:00""#
        answer.content = "<eet:Chyba kod='\(text)' test='true'>\n Text \u{2013} &#8211;  s\tmezerami </eet:Chyba>"
        let read = try read(answer.unsigned, expecting: .init(uuid: "x", bkp: "y", test: true))
        #expect(read.content == .chyba(Chyba(rawValue: code), text: "Text \u{2013} \u{2013} s mezerami", test: true))
        #expect(read.signature == .absent && !read.accepted && read.code == nil && read.problems.isEmpty)
    }

    @Test(
        "A refusal without a code of the range is unclear", arguments: ["1000", "-1000", "x", "", "1.0", "99999999999"])
    func badChyba(_ code: String) throws {
        var answer = SealedAnswer()
        answer.content = "<eet:Chyba kod='\(code)'>x</eet:Chyba>"
        let read = try read(answer.unsigned)
        #expect(read.content == .unclear && read.problems.contains { $0.hasPrefix("code: ") })
    }

    @Test("A refusal of another message is told apart")
    func otherRefusal() throws {
        var answer = SealedAnswer()
        answer.content = "<eet:Chyba kod='4'>x</eet:Chyba>"
        let read = try read(answer.unsigned, expecting: .init(uuid: "00000000-1a19-45da-91d0-56121088ed49"))
        #expect(read.problems.contains { $0.hasPrefix("uuid: ") })
    }

    @Test("The success of verification mode is no registration, not even under a seal")
    func verificationMode() throws {
        let answer = try read(sealed("<eet:Chyba kod='0' test='true'>ok</eet:Chyba>"))
        #expect(answer.content == .chyba(.verified, text: "ok", test: true))
        #expect(answer.signature == .valid && !answer.accepted && answer.code == nil)
    }

    // MARK: Trust

    @Test("A seal is valid at dat_prij or at the caller's time, and at no time without either")
    func time() throws {
        let inside = FiscalInstant(secondsSinceEpoch: 1_632_700_000)
        let late = try sealed { $0.header = #"dat_prij="2022-06-01T00:00:00+02:00""# }
        #expect(try read(late).signature == .untrusted)
        #expect(try read(late).problems.contains { $0.hasPrefix("expired: ") })
        #expect(try read(late, at: inside).accepted)
        let early = try sealed { $0.header = #"dat_prij="2020-06-01T00:00:00+02:00""# }
        #expect(try read(early).signature == .untrusted)
        #expect(try read(sealed(), at: FiscalInstant(secondsSinceEpoch: 1_700_000_000)).signature == .untrusted)
        for header in ["", "dat_prij=''", "dat_prij='2021-09-27T10:39:03'", "dat_prij='2021-02-30T10:39:03+02:00'"] {
            let answer = try read(sealed { $0.header = header })
            #expect(answer.signature == .untrusted && answer.problems.contains { $0.hasPrefix("time: ") })
            #expect(try read(sealed { $0.header = header }, at: inside).accepted)
        }
    }

    @Test("An expired seal is believed only by a policy that says so, and never silently")
    func expiredPolicy() throws {
        let late = try sealed { $0.header = #"dat_prij="2022-06-01T00:00:00+02:00""# }
        var trust = try TestAuthority.make().trust
        trust.acceptsExpiredCertificate = true
        let answer = try read(late, trust: trust)
        #expect(answer.accepted && answer.signature == .valid)
        #expect(answer.problems.count == 1 && answer.problems[0].hasPrefix("expired: "))
        // Neither a certificate of tomorrow nor one of another authority becomes any better by it.
        let early = try sealed { $0.header = #"dat_prij="2020-06-01T00:00:00+02:00""# }
        #expect(try read(early, trust: trust).signature == .untrusted)
        var lookalike = SealedAnswer()
        lookalike.header = #"dat_prij="2022-06-01T00:00:00+02:00""#
        let forged = try lookalike.sealed(TestAuthority.fromLookalikeAuthority())
        #expect(try read(forged, trust: trust).signature == .untrusted)
    }

    @Test("Without an authority a seal that holds is untrusted")
    func noAnchors() throws {
        let answer = try read(sealed(), trust: SealTrust(anchors: []))
        #expect(answer.signature == .untrusted && !answer.accepted && answer.sealCertificate != nil)
    }

    @Test(
        "The holder is known by the identifier where there is one, otherwise by the name",
        arguments: [
            (TestAuthority.directorate, nil, true), ("Generální finanční ředitelství", nil, true),
            ("Generální finanční ředitelství", "NTRCZ-72080043", true), ("Jiný název", "NTRCZ-72080043", true),
            (TestAuthority.directorate, "NTRCZ-00000000", false), ("Generalni financni reditelstvi", nil, false),
            ("I.CA", nil, false), (nil, nil, false), (nil, "NTRCZ-72080043", true),
        ] as [(String?, String?, Bool)])
    func organisation(_ name: String?, _ identifier: String?, _ isRight: Bool) throws {
        let authority = try TestAuthority.make()
        let sealer = try authority.sealer(TestAuthority.template(organisation: name, identifier: identifier))
        let answer = try read(SealedAnswer().sealed(sealer))
        #expect(answer.signature == (isRight ? .valid : .untrusted))
        #expect(answer.problems.contains { $0.hasPrefix("organisation: ") } == !isRight)
    }

    @Test("Another holder can be configured, as simulators need it")
    func configuredOrganisation() throws {
        let authority = try TestAuthority.make()
        var trust = authority.trust
        trust.organisation = .init(identifiers: ["NTRCZ-1"], names: ["Simulator"])
        let simulator = try SealedAnswer().sealed(authority.sealer(TestAuthority.template(organisation: "Simulator")))
        #expect(try read(simulator, trust: trust).accepted)
        #expect(try read(simulator).signature == .untrusted)
        #expect(try read(sealed(), trust: trust).signature == .untrusted)
    }

    // MARK: What is no answer

    private func refusal(_ text: String) -> UnreadableAnswer? { self.refusal(text.bytes) }

    private func refusal(_ bytes: [UInt8]) -> UnreadableAnswer? {
        do throws(UnreadableAnswer) {
            _ = try EETAnswer(bytes: bytes, trust: SealTrust(anchors: []))
            return nil
        } catch {
            return error
        }
    }

    @Test("Bytes that are no answer are told apart by reason")
    func unreadable() throws {
        #expect(refusal("")?.code == .notXML)
        #expect(refusal("<html><body>502 Bad Gateway</body>")?.code == .notXML)
        #expect(refusal("<html><body>502 Bad Gateway</body></html>")?.code == .noOdpoved)
        #expect(refusal("<!DOCTYPE html><html/>")?.code == .documentType)
        #expect(refusal("<?xml version='1.0' encoding='windows-1250'?><a/>")?.code == .encoding)
        #expect(refusal([0x3C, 0x61, 0xFF, 0x2F, 0x3E])?.code == .encoding)
        let large = "<a>" + String(repeating: "x", count: EETAnswer.maximumByteCount) + "</a>"
        #expect(refusal(large)?.code == .tooLarge)
        #expect(try refusal(SealedAnswer().unsigned.edit(Edition.v3.namespace, "urn:other"))?.code == .noOdpoved)
        #expect(
            refusal("<s:Envelope xmlns:s='\(XMLNamespace.soap)'><s:Body/></s:Envelope>")?.code == .noOdpoved)
    }

    @Test("A SOAP fault is kept for the operator")
    func fault() throws {
        let refusal = try #require(
            self.refusal(
                """
                <?xml version="1.0"?><env:Envelope xmlns:env="\(XMLNamespace.soap)"><env:Body><env:Fault>
                <faultcode>env:Client</faultcode><faultstring>Internal\n Error (from &lt;server&gt;)</faultstring>
                </env:Fault></env:Body></env:Envelope>
                """))
        #expect(refusal.code == .soapFault)
        #expect(refusal.fault == .init(code: "env:Client", text: "Internal Error (from <server>)"))
    }
}
