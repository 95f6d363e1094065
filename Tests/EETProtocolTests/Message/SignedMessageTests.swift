import EETProtocol
import FiscalCore
import FiscalTestSupport
import Foundation
import HTTPTypes
import Testing

@Suite("The signed SOAP message, as outside tools see it")
struct SignedMessageTests {
    static let uuid = "b9bd618a-7d3d-4a15-a405-bc9d0aba4e9b"

    static func message(_ edition: Edition = .v3, uuid: String = uuid, by taxpayer: Taxpayer) throws -> EETMessage {
        let values = edition == .v3 ? SaleDataTests.whole : SaleDataTests.wholeV4
        let data = try SaleData(attributes: WireAttributes(values), edition: edition)
        return try EETMessage(
            header: Hlavicka(
                uuid: uuid, sentAt: #require(OffsetDateTime(iso8601Seconds: "2026-12-24T17:00:00+01:00")),
                isFirstAttempt: true),
            data: data, codes: edition == .v3 ? SecurityCodes(for: data, by: taxpayer) : nil)
    }

    /// Messages of random sales, written into a folder.
    private static func randomMessages(_ edition: Edition, count: Int, in folder: TemporaryFolder) throws -> [String] {
        let taxpayer = TestTaxpayers.main
        var sales = RandomSales(seed: edition == .v3 ? 3 : 4)
        let randomness = CountingRandomSource(seed: 7)
        return try (0..<count).map { number in
            let data = try sales.data(edition, taxpayer: "CZ1212121218")
            let message = try EETMessage(
                header: sales.header(uuid: randomness.uuid()), data: data,
                codes: edition == .v3 ? SecurityCodes(for: data, by: taxpayer) : nil)
            return try folder.write(try message.signed(by: taxpayer, validity: .notChecked).bytes, to: "\(number).xml")
        }
    }

    @Test("xmlsec1 verifies 125 random messages of each edition", arguments: Edition.allCases)
    func xmlsec1(_ edition: Edition) throws {
        let folder = try TemporaryFolder()
        let certificate = try folder.write(TestTaxpayers.main.certificate.der, to: "bst.der")
        for path in try Self.randomMessages(edition, count: 125, in: folder) {
            let result = try OutsideTool.run(
                "xmlsec1",
                [
                    "--verify", "--pubkey-cert-der", certificate,
                    "--id-attr:Id", "http://schemas.xmlsoap.org/soap/envelope/:Body", path,
                ])
            #expect(result.status == 0, "\(result.errorText)")
        }
    }

    @Test("xmlsec1 refuses a message in which one character of the signed Body was changed")
    func xmlsec1RefusesAChange() throws {
        let folder = try TemporaryFolder()
        let certificate = try folder.write(TestTaxpayers.main.certificate.der, to: "bst.der")
        let text = String(
            decoding: try Self.message(by: TestTaxpayers.main).signed(by: TestTaxpayers.main).bytes, as: UTF8.self)
        let changed = text.replacingOccurrences(of: "celk_trzba=\"34113.00\"", with: "celk_trzba=\"34113.01\"")
        #expect(changed != text)
        let path = try folder.write(Array(changed.utf8), to: "changed.xml")
        let result = try OutsideTool.run(
            "xmlsec1",
            [
                "--verify", "--pubkey-cert-der", certificate,
                "--id-attr:Id", "http://schemas.xmlsoap.org/soap/envelope/:Body", path,
            ])
        #expect(result.status != 0)
    }

    @Test(
        "xmllint accepts 125 random messages of each edition against the official schema",
        .enabled(if: SharedFixtures.exist, "the official schemas are absent"), arguments: Edition.allCases)
    func schema(_ edition: Edition) throws {
        let folder = try TemporaryFolder()
        let extracted = try Self.randomMessages(edition, count: 125, in: folder).map { path in
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            let start = try #require(text.range(of: "<Trzba "))
            let end = try #require(text.range(of: "</Trzba>"))
            let name = URL(fileURLWithPath: path).lastPathComponent
            return try folder.write(Array(text[start.lowerBound..<end.upperBound].utf8), to: "trzba-\(name)")
        }
        let schema = try SharedFixtures.path("eet/schema/\(edition.rawValue)/EETXMLSchema.xsd")
        let result = try OutsideTool.run("xmllint", ["--noout", "--schema", schema] + extracted)
        #expect(result.status == 0, "\(result.errorText)")
    }

    @Test("Body and SignedInfo are in exclusive canonical form as they stand")
    func bodyIsCanonical() throws {
        let bytes = try Self.message(by: TestTaxpayers.main).signed(by: TestTaxpayers.main).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        for element in ["soap:Body", "SignedInfo"] {
            let start = try #require(text.range(of: "<\(element) "))
            let end = try #require(text.range(of: "</\(element)>"))
            let part = Array(text[start.lowerBound..<end.upperBound].utf8)
            let canonical = try OutsideTool.run("xmllint", ["--exc-c14n", "-"], input: part)
            #expect(canonical.status == 0)
            #expect(canonical.output == part)
        }
    }

    @Test("The digest and signature that are reported are those in the message, and openssl agrees with both")
    func reportedValues() throws {
        let folder = try TemporaryFolder()
        let signed = try Self.message(by: TestTaxpayers.main).signed(by: TestTaxpayers.main)
        let text = String(decoding: signed.bytes, as: UTF8.self)
        #expect(text.contains("<DigestValue>\(signed.digest)</DigestValue>"))
        #expect(text.contains("<SignatureValue>\(signed.signature)</SignatureValue>"))
        let start = try #require(text.range(of: "<soap:Body "))
        let end = try #require(text.range(of: "</soap:Body>"))
        let digest = try OutsideTool.run(
            "openssl", ["dgst", "-sha256", "-binary"], input: Array(text[start.lowerBound..<end.upperBound].utf8))
        #expect(Base64.encode(digest.output) == signed.digest)

        let infoStart = try #require(text.range(of: "<SignedInfo "))
        let infoEnd = try #require(text.range(of: "</SignedInfo>"))
        let info = try folder.write(Array(text[infoStart.lowerBound..<infoEnd.upperBound].utf8), to: "info")
        let signature = try folder.write(try #require(Base64.decode(signed.signature)), to: "signature")
        let certificate = try folder.write(Array(TestTaxpayers.main.certificate.pem.utf8), to: "cert.pem")
        let key = try OutsideTool.run("openssl", ["x509", "-in", certificate, "-noout", "-pubkey"])
        let keyPath = try folder.write(key.output, to: "key.pem")
        let verified = try OutsideTool.run(
            "openssl", ["dgst", "-sha256", "-verify", keyPath, "-signature", signature, info])
        #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
    }

    @Test("The same message and key give the same bytes; another identifier gives others")
    func deterministic() throws {
        let first = try Self.message(by: TestTaxpayers.main).signed(by: TestTaxpayers.main)
        let second = try Self.message(by: TestTaxpayers.main).signed(by: TestTaxpayers.main)
        #expect(first.bytes == second.bytes)
        let other = try Self.message(uuid: "b9bd618a-7d3d-4a15-a405-bc9d0aba4e9c", by: TestTaxpayers.main)
        #expect(try other.signed(by: TestTaxpayers.main).bytes != first.bytes)
        #expect(other.codes == first.message.codes)
    }

    @Test("The longest possible message of both editions stays below 12,000 bytes")
    func size() throws {
        for edition in Edition.allCases {
            let signed = try Self.message(edition, by: TestTaxpayers.main).signed(by: TestTaxpayers.main)
            #expect(signed.bytes.count < 8_000)
        }
    }

    @Test("A certificate so large that the message would pass 12,000 bytes is refused before sending")
    func tooLarge() throws {
        let key = try PrivateKey.generateRSA(bits: 2048)
        let certificate = try TestTaxpayers.certificate(
            "CZ1212121218", for: key.publicKey, dnsNames: (0..<400).map { "host\($0).example.org" })
        let taxpayer = try Taxpayer(signer: key, certificate: certificate)
        let error = #expect(throws: EETError.self) { try Self.message(by: taxpayer).signed(by: taxpayer) }
        #expect(error?.code == .messageTooLarge)
    }

    @Test("A certificate out of its validity signs only when told so")
    func validity() throws {
        let message = try Self.message(by: TestTaxpayers.expired)
        let error = #expect(throws: EETError.self) { try message.signed(by: TestTaxpayers.expired) }
        #expect(error?.code == .certificateExpired)
        let early = FiscalInstant(secondsSinceEpoch: 1_300_000_000)
        let tooEarly = #expect(throws: EETError.self) {
            try message.signed(by: TestTaxpayers.expired, validity: .at(early))
        }
        #expect(tooEarly?.code == .certificateNotYetValid)
        #expect(throws: Never.self) {
            _ = try message.signed(
                by: TestTaxpayers.expired, validity: .at(FiscalInstant(secondsSinceEpoch: 1_600_000_000)))
            _ = try message.signed(by: TestTaxpayers.expired, validity: .notChecked)
        }
    }

    @Test("The HTTP request is the one of SOAP 1.1, for https addresses only")
    func httpRequest() throws {
        let signed = try Self.message(by: TestTaxpayers.main).signed(by: TestTaxpayers.main)
        let request = try #require(signed.httpRequest(to: "https://pg.eet.cz/eet/services/EETServiceSOAP/v3"))
        #expect(request.head.method == .post)
        #expect(request.head.scheme == "https")
        #expect(request.head.authority == "pg.eet.cz")
        #expect(request.head.path == "/eet/services/EETServiceSOAP/v3")
        #expect(request.head.headerFields[.contentType] == "text/xml; charset=utf-8")
        #expect(
            request.head.headerFields[try #require(HTTPField.Name("SOAPAction"))]
                == "\"http://fs.mfcr.cz/eet/OdeslaniTrzby\"")
        #expect(request.body == signed.bytes)
        #expect(signed.httpRequest(to: "https://127.0.0.1:8443/x?y=1")?.head.authority == "127.0.0.1:8443")
        for address in ["http://pg.eet.cz/", "pg.eet.cz", "ftp://x/", "", "https://", "https://u:p@x/"] {
            #expect(signed.httpRequest(to: address) == nil, "\(address)")
        }
    }

    @Test("v3 wants codes and v4 has none")
    func codesByEdition() throws {
        let v3 = try Self.message(.v3, by: TestTaxpayers.main)
        let v4 = try Self.message(.v4, by: TestTaxpayers.main)
        #expect(throws: InvalidField("KontrolniKody", .required, limit: "edition v3")) {
            try EETMessage(header: v3.header, data: v3.data, codes: nil)
        }
        #expect(throws: InvalidField("KontrolniKody", .notAllowed, limit: "edition v3 only")) {
            try EETMessage(header: v4.header, data: v4.data, codes: v3.codes)
        }
    }
}
