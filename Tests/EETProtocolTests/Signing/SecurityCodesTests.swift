import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

@testable import EETProtocol

@Suite("PKP and BKP")
struct SecurityCodesTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        var kind: String
        var p12: String
        var password: String
        var plaintext: String
        var pkp: String
        var bkp: String
        var data: [String: String]?
        var testDescription: String { "\(self.kind): \(self.plaintext)" }
    }

    static let vectors: [Vector] = {
        guard SharedFixtures.exist, let bytes = try? SharedFixtures.bytes("eet/vectors.json") else { return [] }
        return (try? JSONDecoder().decode([Vector].self, from: Data(bytes))) ?? []
    }()

    @Test("All ten vectors are there", .enabled(if: SharedFixtures.exist, "the official vectors are absent"))
    func vectorsAreThere() {
        #expect(Self.vectors.count == 10)
    }

    @Test(
        "Every official and derived vector is reproduced from its key file",
        .enabled(if: SharedFixtures.exist, "the official vectors are absent"), arguments: vectors)
    func vector(_ vector: Vector) throws {
        let taxpayer = try Taxpayer(
            pkcs12: SharedFixtures.bytes("eet/\(vector.p12)"), password: vector.password)
        let codes = try SecurityCodes(signing: vector.plaintext, by: taxpayer)
        #expect(codes.pkp == vector.pkp)
        #expect(codes.bkp == vector.bkp)
        if let values = vector.data {
            let data = try SaleData(attributes: WireAttributes(values), edition: .v3)
            #expect(SecurityCodes.plaintext(of: data) == vector.plaintext)
            #expect(try SecurityCodes(for: data, by: taxpayer).pkp == vector.pkp)
        }
    }

    @Test("openssl verifies PKP over the six attributes, and BKP is the digest of its bytes")
    func openssl() throws {
        let folder = try TemporaryFolder()
        let data = try SaleData(attributes: WireAttributes(SaleDataTests.whole), edition: .v3)
        let codes = try SecurityCodes(for: data, by: TestTaxpayers.main)
        let text = "CZ1212121218|273|/5546/RO24|0/6460/ZQ42|2016-08-05T00:30:12+02:00|34113.00"
        let signature = try #require(Base64.decode(codes.pkp))
        #expect(signature.count == 256)
        #expect(codes.pkp.utf8.count == 344)
        let signaturePath = try folder.write(signature, to: "pkp")
        let textPath = try folder.write(Array(text.utf8), to: "text")
        let certificate = try folder.write(Array(TestTaxpayers.main.certificate.pem.utf8), to: "cert.pem")
        let key = try OutsideTool.run("openssl", ["x509", "-in", certificate, "-noout", "-pubkey"])
        let keyPath = try folder.write(key.output, to: "key.pem")
        let verified = try OutsideTool.run(
            "openssl", ["dgst", "-sha256", "-verify", keyPath, "-signature", signaturePath, textPath])
        #expect(verified.status == 0, "\(verified.text)")
        let digest = try OutsideTool.run("openssl", ["dgst", "-sha1", "-r", signaturePath])
        #expect(codes.bkp.replacingOccurrences(of: "-", with: "").lowercased() == digest.text.prefix(40))
        #expect(codes.bkp.split(separator: "-").map(\.count) == [8, 8, 8, 8, 8])
    }

    @Test("Amounts beside the total, the header and the regime do not change the codes; each signed field does")
    func whatIsSigned() throws {
        let first = try SecurityCodes(
            for: SaleData(attributes: WireAttributes(SaleDataTests.whole), edition: .v3), by: TestTaxpayers.main)
        func codes(_ change: [String: String]) throws -> SecurityCodes {
            try SecurityCodes(
                for: SaleData(
                    attributes: WireAttributes(SaleDataTests.whole.merging(change) { $1 }), edition: .v3),
                by: TestTaxpayers.main)
        }
        #expect(try codes(["dan1": "1.00", "rezim": "1", "dic_poverujiciho": "CZ12345678"]) == first)
        for change in [
            ["dic_popl": "CZ12345678"], ["id_provoz": "1"], ["id_pokl": "1"], ["porad_cis": "1"],
            ["dat_trzby": "2016-08-04T22:30:12Z"], ["celk_trzba": "34113.01"],
        ] {
            #expect(try codes(change) != first, "\(change)")
        }
    }

    @Test("A key of another length cannot make PKP, whose form is RSA 2048")
    func longKey() throws {
        let data = try SaleData(attributes: WireAttributes(SaleDataTests.whole), edition: .v3)
        let error = #expect(throws: EETError.self) { try SecurityCodes(for: data, by: TestTaxpayers.longKey) }
        #expect(error?.code == .unsuitableKey)
    }

    @Test("A key that is not the certificate's is refused")
    func foreignKey() throws {
        let key = try PrivateKey.generateRSA(bits: 2048)
        let error = #expect(throws: EETError.self) {
            try Taxpayer(signer: key, certificate: TestTaxpayers.main.certificate)
        }
        #expect(error?.code == .unsuitableKey)
    }
}
