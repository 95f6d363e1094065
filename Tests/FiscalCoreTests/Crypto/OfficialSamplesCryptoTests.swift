import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

@Suite(
    "The authority's own key files and certificates",
    .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
struct OfficialSamplesCryptoTests {
    struct KeyFile: Sendable {
        var path, password, commonName: String
        var chainCount: Int
        var usesRC2 = false
    }

    static let keyFiles = [
        KeyFile(path: "v3/01000003.p12", password: "eet", commonName: "CZ1212121218", chainCount: 0, usesRC2: true),
        KeyFile(path: "v3/01000005.p12", password: "eet", commonName: "CZ683555118", chainCount: 0, usesRC2: true),
        KeyFile(
            path: "v3/EET_CA1_Playground-CZ1212121218.2016-09.p12", password: "eet", commonName: "CZ1212121218",
            chainCount: 1),
        KeyFile(
            path: "v3/EET_CA1_Playground-CZ1212121218.2019-08.p12", password: "eet", commonName: "CZ1212121218",
            chainCount: 1),
        KeyFile(
            path: "v3/EET_CA1_Playground-CZ00000019.2019-08.p12", password: "eet", commonName: "CZ00000019",
            chainCount: 1),
        KeyFile(
            path: "v4/CA_EET-Playground-CZ00000019.p12", password: "aaaa1111", commonName: "CZ00000019", chainCount: 2,
            usesRC2: true),
        KeyFile(
            path: "v4/CA_EET-Playground-CZ683555118.p12", password: "aaaa1111", commonName: "CZ683555118",
            chainCount: 2, usesRC2: true),
    ]

    static func certificate(_ path: String) throws -> Certificate {
        try #require(try Certificate.all(pemOrDER: SharedFixtures.bytes("eet/certs/" + path)).first)
    }

    static func instant(_ text: String) throws -> FiscalInstant {
        let date = try Date(text, strategy: .iso8601)
        return FiscalInstant(secondsSinceEpoch: Int64(date.timeIntervalSince1970))
    }

    static func error(_ leaf: Certificate, _ time: String, _ policy: ChainPolicy) throws -> ChainError? {
        do {
            _ = try leaf.verifyChain(at: try Self.instant(time), policy: policy)
            return nil
        } catch let error as ChainError { return error }
    }

    @Test("Every key file opens with its password, and tells a wrong one from RC2", arguments: keyFiles)
    func keyFile(_ example: KeyFile) throws {
        let bytes = try SharedFixtures.bytes("eet/certs/" + example.path)
        let file = try PKCS12.read(bytes, password: example.password)
        #expect(file.leaf.subject.commonName == example.commonName)
        #expect(file.leaf.publicKey.kind == .rsa(bits: 2048))
        #expect(file.leaf.publicKey == file.key.publicKey)
        #expect(file.chain.count == example.chainCount)
        #expect(file.chain.filter(\.isCA) == file.chain)
        #expect(file.leaf.keyUsage == [.digitalSignature, .nonRepudiation])
        for wrong in ["", "wrong", example.password + " "] {
            #expect(PKCS12Tests.code(bytes, wrong) == .wrongPassword)
            #expect(PKCS12Tests.code(bytes, wrong, withLegacyAlgorithms: false) == .wrongPassword)
        }
        #expect(
            PKCS12Tests.code(bytes, example.password, withLegacyAlgorithms: false)
                == (example.usesRC2 ? .unsupportedEncryption : nil))
        // Two of the files end in CR LF; the byte before that is the last one that counts.
        let end = bytes.suffix(2) == [0x0D, 0x0A] ? bytes.count - 2 : bytes.count
        for length in stride(from: 0, to: end, by: 61) + [end - 1] {
            #expect(PKCS12Tests.code(Array(bytes.prefix(length)), example.password) == .damaged)
        }
    }

    struct Vectors: Decodable {
        var p12, password, plaintext, pkp, bkp: String
    }

    @Test("The keys sign the official plaintexts into the official PKP and BKP")
    func signatures() throws {
        let vectors = try JSONDecoder().decode([Vectors].self, from: Data(SharedFixtures.bytes("eet/vectors.json")))
        #expect(vectors.count >= 6)
        for vector in vectors {
            let file = try PKCS12.read(SharedFixtures.bytes("eet/" + vector.p12), password: vector.password)
            let pkp = try file.key.sign(Array(vector.plaintext.utf8), .rsaPKCS1(.sha256))
            #expect(Data(pkp).base64EncodedString() == vector.pkp)
            #expect(hex(Digest.hash(.sha1, pkp)).uppercased() == vector.bkp.replacing("-", with: ""))
            #expect(file.leaf.publicKey.verify(pkp, over: Array(vector.plaintext.utf8), .rsaPKCS1(.sha256)))
        }
    }

    @Test("The names on the certificates of I.CA and of the seal are read, with their diacritics")
    func names() throws {
        let issuing = try Self.certificate("ica/2qca16_rsa.der")
        #expect(issuing.subject.commonName == "I.CA Qualified 2 CA/RSA 02/2016")
        #expect(issuing.subject.organization == "První certifikační autorita, a.s.")
        #expect(issuing.subject.values(.serialNumber) == ["NTRCZ-26439395"])
        #expect(issuing.issuer == (try Self.certificate("ica/rca15_rsa.der")).subject)
        #expect(issuing.isCA)
        #expect(issuing.pathLengthConstraint == 0)
        #expect(issuing.keyUsage == [.keyCertSign, .cRLSign])
        #expect(issuing.notBefore == (try Self.instant("2016-02-11T12:17:11Z")))
        #expect(issuing.notAfter == (try Self.instant("2026-02-08T12:17:11Z")))

        let seal = try Self.certificate("ica/eet-production-response-signer.2016-10.pem")
        #expect(seal.subject.commonName == "Elektronická evidence tržeb")
        #expect(seal.subject.organization == "Česká republika - Generální finanční ředitelství")

        let playground = try Self.certificate("v3/EET_CA1_Playground-ca.2022.crt")
        #expect(playground.subject.organization == "Česká Republika – Generální finanční ředitelství")
        #expect(playground.subject.values(.domainComponent) == ["CZ"])
    }

    @Test("The seal of 2016 leads to I.CA's root, within its validity and not outside")
    func sealChain() throws {
        let seal = try Self.certificate("ica/eet-production-response-signer.2016-10.pem")
        let issuing = try Self.certificate("ica/2qca16_rsa.der")
        let root = try Self.certificate("ica/rca15_rsa.der")
        let policy = ChainPolicy(anchors: [root], intermediates: [issuing])
        let chain = try seal.verifyChain(at: try Self.instant("2016-12-07T22:01:00Z"), policy: policy)
        #expect(chain == [seal, issuing, root])
        for anchors in [[root, issuing], [issuing]] {
            #expect(try Self.error(seal, "2016-12-07T22:01:00Z", ChainPolicy(anchors: anchors)) == nil)
        }
        #expect(try Self.error(seal, "2016-12-07T22:01:00Z", ChainPolicy(anchors: [root])) == .untrusted)
        let old = try Self.certificate("ica/qica_root_key_20090901.der")
        #expect(try Self.error(seal, "2016-12-07T22:01:00Z", ChainPolicy(anchors: [old])) == .untrusted)
        #expect(try Self.error(seal, "2016-09-01T00:00:00Z", policy) == .notYetValid)
        #expect(try Self.error(seal, "2020-01-01T00:00:00Z", policy) == .expired)
    }

    @Test(
        "The seals inside the recorded answers of the playground lead to I.CA at the date of the answer",
        arguments: [
            ("v3/pg-2021-09-27.ok.signed.xml", ["ica/rca15_rsa.der", "ica/2qca16_rsa.der"], "2021-09-27T12:00:00Z"),
            ("v3/pg-2016-09-12.ok.signed.xml", ["ica/qica_root_key_20090901.der"], "2016-09-27T12:00:00Z"),
        ])
    func answerSeals(_ answer: String, _ anchorPaths: [String], _ time: String) throws {
        let text = String(decoding: try SharedFixtures.bytes("eet/responses/" + answer), as: UTF8.self)
        let token = try #require(text.firstMatch(of: /BinarySecurityToken[^>]*>([^<]*)</)?.output.1)
        let der = try #require(Data(base64Encoded: String(token), options: .ignoreUnknownCharacters))
        let seal = try Certificate(der: Array(der))
        let anchors = try anchorPaths.map(Self.certificate)
        #expect(seal.subject.commonName?.hasSuffix("Playground") == true)
        #expect(try Self.error(seal, time, ChainPolicy(anchors: anchors)) == nil)
        #expect(try Self.error(seal, "2026-11-20T00:00:00Z", ChainPolicy(anchors: anchors)) == .expired)
        #expect(try Self.error(seal, time, ChainPolicy(anchors: [])) == .untrusted)
    }

    @Test("EET CA 1 Playground marks its key identifier critical: refused, unless told to pass it over")
    func criticalKeyIdentifier() throws {
        let file = try PKCS12.read(
            SharedFixtures.bytes("eet/certs/v3/EET_CA1_Playground-CZ1212121218.2019-08.p12"), password: "eet")
        for path in ["v3/EET_CA1_Playground-ca.2022.crt", "v3/EET_CA1_Playground-ca.2025.crt"] {
            var policy = ChainPolicy(anchors: [try Self.certificate(path)])
            #expect(
                try Self.error(file.leaf, "2020-01-01T00:00:00Z", policy)
                    == .other(code: 34, text: "unhandled critical extension"))
            policy.ignoresUnhandledCriticalExtensions = true
            #expect(try Self.error(file.leaf, "2020-01-01T00:00:00Z", policy) == nil)
            #expect(try Self.error(file.leaf, "2023-01-01T00:00:00Z", policy) == .expired)
        }
    }

    @Test("The taxpayers of edition 4 lead over their intermediate to the root of the playground")
    func edition4() throws {
        for name in ["CZ00000019", "CZ683555118"] {
            let file = try PKCS12.read(
                SharedFixtures.bytes("eet/certs/v4/CA_EET-Playground-\(name).p12"), password: "aaaa1111")
            let root = try Self.certificate("v4/ca_eet-root_cert-playground.crt")
            let sub = try Self.certificate("v4/ca_eet-sub_cert-playground.crt")
            let chain = try file.leaf.verifyChain(
                at: try Self.instant("2026-09-26T00:00:00Z"),
                policy: ChainPolicy(
                    anchors: [root], intermediates: file.chain, ignoresUnhandledCriticalExtensions: true))
            #expect(chain == [file.leaf, sub, root])
            #expect(file.chain == [sub, root])
        }
    }

    @Test("The test authority of 2016 issued the keys 01000003 and 01000005")
    func firstTestAuthority() throws {
        let authority = try Self.certificate("v3/GFR_EET_test_CA_1.cer")
        for name in ["01000003", "01000005"] {
            let file = try PKCS12.read(SharedFixtures.bytes("eet/certs/v3/\(name).p12"), password: "eet")
            let policy = ChainPolicy(anchors: [authority], ignoresUnhandledCriticalExtensions: true)
            #expect(try Self.error(file.leaf, "2016-09-12T06:43:28Z", policy) == nil)
            #expect(try Self.error(file.leaf, "2018-06-01T00:00:00Z", policy) == .expired)
        }
    }
}
