import FiscalCore
import FiscalTestSupport
import Testing

@testable import EETProtocol

@Suite("Attacks on sealed answers")
struct AnswerAttackTests {
    private func verdict(_ text: String, trust: SealTrust) -> (
        seal: EETAnswer.Seal?, accepted: Bool, problems: [String]
    ) {
        do throws(UnreadableAnswer) {
            let answer = try EETAnswer(bytes: text.bytes, trust: trust)
            #expect(answer.accepted == (answer.code != nil))
            return (answer.signature, answer.accepted, answer.problems)
        } catch {
            return (nil, false, [error.description])
        }
    }

    private func expect(_ attack: SealAttack, on text: String, trust: SealTrust) throws {
        let verdict = verdict(try attack.edit(text), trust: trust)
        #expect(!verdict.accepted)
        switch attack.verdict {
        case .seal(let seal): #expect(verdict.seal == seal, "\(verdict.problems)")
        case .unreadable: #expect(verdict.seal == nil)
        }
    }

    @Test("An answer sealed by ourselves is accepted as it is")
    func control() throws {
        let authority = try TestAuthority.make()
        #expect(verdict(try SealedAnswer().sealed(authority.seal), trust: authority.trust).accepted)
    }

    @Test("No edit of an answer sealed by ourselves is accepted", arguments: SealAttack.all)
    func ourAnswer(_ attack: SealAttack) throws {
        let authority = try TestAuthority.make()
        try self.expect(attack, on: try SealedAnswer().sealed(authority.seal), trust: authority.trust)
    }

    @Test(
        "No edit of the official answer is accepted",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"), arguments: SealAttack.all)
    func officialAnswer(_ attack: SealAttack) throws {
        let text = String(
            decoding: try SharedFixtures.bytes("eet/responses/v3/pg-2021-09-27.ok.signed.xml"), as: UTF8.self)
        let anchor = try Certificate(der: SharedFixtures.bytes("eet/certs/ica/2qca16_rsa.der"))
        let trust = SealTrust(anchors: [anchor])
        #expect(verdict(text, trust: trust).accepted)
        try self.expect(attack, on: text, trust: trust)
    }

    @Test("What does not touch the signed parts does not break the seal")
    func harmless() throws {
        let authority = try TestAuthority.make()
        let text = try SealedAnswer().sealed(authority.seal)
        let edits: [(String) throws -> String] = [
            { "\u{FEFF}" + $0 },
            { $0.replacing("\n", with: "\r\n") },
            { try $0.edit("<soapenv:Header>", "\n <soapenv:Header><!-- x -->\n") },
            { try $0.edit("<eet:Odpoved>", "<eet:Odpoved><!-- comments are not signed -->") },
            { try $0.edit("<eet:Potvrzeni fik", "<eet:Potvrzeni\n  fik") },
            { try $0.edit("xmlns:soapenc=", "xmlns:more=\"urn:more\" xmlns:soapenc=") },
            { try $0.edit("<soapenv:Body wsu:Id", "<soapenv:Body xmlns:unused=\"urn:x\" wsu:Id") },
            { try $0.edit("</soapenv:Header>", "<x:Trace xmlns:x=\"urn:x\">1</x:Trace></soapenv:Header>") },
            { try $0.edit("<SignatureValue>", "<SignatureValue Id=\"v\">\n") },
            { try $0.edit("dat_prij=\"2", "dat_prij=\"&#x32;") },
        ]
        for edit in edits {
            let verdict = verdict(try edit(text), trust: authority.trust)
            #expect(verdict.accepted, "\(verdict.problems)")
        }
    }

    @Test("Prefix lists are honoured, and not to be changed")
    func prefixLists() throws {
        let authority = try TestAuthority.make()
        var answer = SealedAnswer()
        answer.bodyPrefixes = ["soapenc", "ds"]
        answer.signedInfoPrefixes = ["eet", "#default"]
        let text = try answer.sealed(authority.seal)
        #expect(verdict(text, trust: authority.trust).accepted)
        // The list brings the declaration into the signed bytes, so it can no longer be changed unseen.
        let edits: [(String) throws -> String] = [
            { try $0.edit("xmlns:soapenc=\"http", "xmlns:soapenc=\"https") },
            { try $0.edit("PrefixList=\"soapenc ds\"", "PrefixList=\"soapenc\"") },
            { try $0.edit("PrefixList=\"soapenc ds\"", "PrefixList=\"ds soapenc\"") },
            { try $0.edit("PrefixList=\"eet #default\"", "PrefixList=\"\"") },
            { try $0.edit("<Signature ", "<Signature xmlns:eet=\"urn:other\" ") },
        ]
        for edit in edits { #expect(verdict(try edit(text), trust: authority.trust).seal == .invalid) }
    }

    @Test("An empty prefix list equals none")
    func emptyPrefixList() throws {
        let authority = try TestAuthority.make()
        var answer = SealedAnswer()
        answer.writesEmptyLists = true
        #expect(verdict(try answer.sealed(authority.seal), trust: authority.trust).accepted)
    }

    @Test("A list of more prefixes than any message has is refused")
    func longPrefixList() throws {
        let authority = try TestAuthority.make()
        var answer = SealedAnswer()
        answer.bodyPrefixes = (0..<65).map { XMLString("p\($0)") }
        #expect(verdict(try answer.sealed(authority.seal), trust: authority.trust).seal == .invalid)
        answer.bodyPrefixes.removeLast()
        #expect(verdict(try answer.sealed(authority.seal), trust: authority.trust).accepted)
    }

    @Test("Other algorithms and references are refused even though the right key signed them")
    func otherProfiles() throws {
        let authority = try TestAuthority.make()
        let changes: [(inout SealedAnswer) -> Void] = [
            {
                $0.digestMethod = "http://www.w3.org/2000/09/xmldsig#sha1"
                $0.digestAlgorithm = .sha1
            },
            {
                $0.digestMethod = "http://www.w3.org/2001/04/xmlenc#sha512"
                $0.digestAlgorithm = .sha512
            },
            { $0.digestAlgorithm = .sha1 },
            { $0.canonicalization = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" },
            { $0.transforms = ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315"] },
            { $0.transforms = ["http://www.w3.org/2000/09/xmldsig#enveloped-signature"] },
            { $0.transforms.insert("http://www.w3.org/2000/09/xmldsig#enveloped-signature", at: 0) },
            { $0.transforms.append(XMLNamespace.exclusiveC14N.string) },
            { $0.transforms = [] },
            // Right in their mathematics, wrong in their names.
            { $0.signatureMethod = "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
            { $0.digestMethod = "http://www.w3.org/2000/09/xmldsig#sha1" },
            { $0.bodyID = "" },
            { $0.referenceURI = "" },
            { $0.referenceURI = "#" + $0.tokenID },
            { $0.referenceURI = "#other" },
            { $0.referenceURI = "#xpointer(id('\($0.bodyID)'))" },
            { $0.referenceURI = $0.bodyID },
            { $0.tokenType = "urn:other" },
            { $0.encodingType = "urn:other" },
            { $0.referenceType = "urn:other" },
        ]
        for change in changes {
            var answer = SealedAnswer()
            change(&answer)
            #expect(verdict(try answer.sealed(authority.seal), trust: authority.trust).seal == .invalid)
        }
        for (name, algorithm) in [
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", SignatureAlgorithm.rsaPKCS1(.sha512)),
            ("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", .rsaPSS(.sha256)),
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", .rsaPSS(.sha256)),
        ] {
            var answer = SealedAnswer()
            answer.signatureMethod = name
            let text = try answer.sealed(authority.seal.certificate.der) { try authority.seal.key.sign($0, algorithm) }
            #expect(verdict(text, trust: authority.trust).seal == .invalid)
        }
    }

    @Test("The type of reference that the official requests of 2019 write is accepted")
    func unversionedType() throws {
        let authority = try TestAuthority.make()
        var answer = SealedAnswer()
        answer.referenceType = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509"
        #expect(verdict(try answer.sealed(authority.seal), trust: authority.trust).accepted)
    }

    @Test("An HMAC with the public key for a secret is no seal")
    func hmac() throws {
        let authority = try TestAuthority.make()
        var answer = SealedAnswer()
        let certificate = authority.seal.certificate
        for secret in [certificate.publicKey.subjectPublicKeyInfo, certificate.der] {
            for method in ["hmac-sha256", "rsa-sha256"] {
                answer.signatureMethod = "http://www.w3.org/2001/04/xmldsig-more#\(method)"
                let text = try answer.sealed(certificate.der) {
                    HMAC.authenticationCode(.sha256, over: $0, key: secret)
                }
                #expect(verdict(text, trust: authority.trust).seal == .invalid)
            }
        }
    }

    @Test("Somebody else's seal holds, but is not believed")
    func strangers() throws {
        let authority = try TestAuthority.make()
        for sealer in [
            try TestAuthority.selfMade(), try TestAuthority.fromLookalikeAuthority(), try authority.issuedUnderSeal(),
            try authority.sealer(TestAuthority.template(organisation: "I.CA")),
            try authority.sealer(TestAuthority.template(identifier: "NTRCZ-00000000")),
            try authority.sealer(TestAuthority.template(notAfter: FiscalInstant(secondsSinceEpoch: 1_632_000_000))),
            try authority.sealer(TestAuthority.template(notBefore: FiscalInstant(secondsSinceEpoch: 1_633_000_000))),
            try authority.sealer(TestAuthority.template(keyUsage: [.keyEncipherment])),
        ] {
            let verdict = verdict(try SealedAnswer().sealed(sealer), trust: authority.trust)
            #expect(verdict.seal == .untrusted && !verdict.accepted, "\(sealer.certificate)")
        }
    }

    @Test(
        "A short key is no seal, whoever certified it", .enabled(if: OutsideTool.exists("openssl"), "no openssl"))
    func shortKey() throws {
        let authority = try TestAuthority.make()
        let verdict = verdict(try SealedAnswer().sealed(authority.shortSealer()), trust: authority.trust)
        #expect(verdict.seal == .invalid && verdict.problems.contains { $0.hasPrefix("signature: token") })
    }

    @Test("An elliptic key is no seal, whoever certified it")
    func ellipticKey() throws {
        let authority = try TestAuthority.make()
        let elliptic = try authority.ellipticSealer()
        let text = try SealedAnswer().sealed(elliptic.certificate.der) {
            try elliptic.key.sign($0, .ecdsa(.sha256, .plain))
        }
        #expect(verdict(text, trust: authority.trust).seal == .invalid)
    }

    @Test("A sealed refusal cannot be made a confirmation, nor an unsigned one")
    func refusalIntoConfirmation() throws {
        let authority = try TestAuthority.make()
        var refusal = SealedAnswer()
        refusal.content = "<eet:Chyba kod=\"4\">x</eet:Chyba>"
        let confirmation = "<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/>"
        let sealed = try refusal.sealed(authority.seal).edit("<eet:Chyba kod=\"4\">x</eet:Chyba>", confirmation)
        #expect(verdict(sealed, trust: authority.trust).seal == .invalid)
        let unsigned = try refusal.unsigned.edit("<eet:Chyba kod=\"4\">x</eet:Chyba>", confirmation)
        #expect(verdict(unsigned, trust: authority.trust).seal == .absent)
    }

    @Test("The seal of one answer does not fit another, and a warning in it cannot be changed")
    func transplanted() throws {
        let authority = try TestAuthority.make()
        let first = try SealedAnswer().sealed(authority.seal)
        var other = SealedAnswer()
        other.content = "<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\"/><eet:Varovani kod_varov=\"1\">text</eet:Varovani>"
        let second = try other.sealed(authority.seal)
        let mixed = try first.edit(AnswerParts(first).security, AnswerParts(second).security)
        #expect(verdict(mixed, trust: authority.trust).seal == .invalid)
        #expect(verdict(second, trust: authority.trust).accepted)
        for edit in [("kod_varov=\"1\"", "kod_varov=\"2\""), (">text<", ">other<"), (">text<", "> text<")] {
            #expect(verdict(try second.edit(edit.0, edit.1), trust: authority.trust).seal == .invalid)
        }
        #expect(verdict(try second.edit(">text<", ">te<!-- x -->xt<"), trust: authority.trust).accepted)
    }

    @Test("An answer in UTF-16 is refused unread")
    func utf16() throws {
        let authority = try TestAuthority.make()
        let text = try SealedAnswer().sealed(authority.seal)
        let little: [UInt8] = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for bytes in [little, [0xFF, 0xFE] + little] {
            #expect(throws: UnreadableAnswer.self) { try EETAnswer(bytes: bytes, trust: authority.trust) }
        }
    }

    @Test(
        "xmlsec1 agrees: our sealed answer holds, the forged ones do not",
        .enabled(if: OutsideTool.exists("xmlsec1"), "no xmlsec1"))
    func xmlsec() throws {
        let authority = try TestAuthority.make()
        let folder = try TemporaryFolder()
        let certificate = try folder.write(authority.seal.certificate.der, to: "seal.der")
        func holds(_ text: String) throws -> Bool {
            let file = try folder.write(text.bytes, to: "answer.xml")
            let result = try OutsideTool.run(
                "xmlsec1",
                [
                    "--verify", "--pubkey-cert-der", certificate, "--id-attr:Id", "\(XMLNamespace.soap):Body", file,
                ])
            return result.status == 0
        }
        var withLists = SealedAnswer()
        withLists.bodyPrefixes = ["soapenc", "ds"]
        withLists.signedInfoPrefixes = ["eet", "#default"]
        let plain = try SealedAnswer().sealed(authority.seal)
        #expect(try holds(plain))
        #expect(try holds(withLists.sealed(authority.seal)))
        #expect(try !holds(plain.edit(AnswerParts(plain).body, AnswerParts(plain).forgedBody())))
        #expect(try !holds(plain.edit("<SignedInfo>", "<SignedInfo> ")))
    }
}
