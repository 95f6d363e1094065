import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import Testing

/// Keys and certificates of the simulated tax office.
@Suite("The simulated tax office: identity")
struct EETIdentityTests {
    @Test("Kept as JSON, the identity is the same office after a restart")
    func restart() throws {
        let identity = try SimulatedOffice.identity.get()
        let json = try JSONEncoder().encode(identity)
        let read = try JSONDecoder().decode(EETAuthorityIdentity.self, from: json)
        #expect(read.sealCertificate == identity.sealCertificate)
        var office = EETAuthority(edition: .v3, identity: read, random: CountingRandomSource(seed: 3))
        #expect(try office.post(HandmadeMessage()).answer().accepted)
        #expect(!"\(identity)".contains("PRIVATE"))
        #expect(String(decoding: json, as: UTF8.self).contains("PRIVATE"))
    }

    @Test("Damaged JSON is refused")
    func damaged() throws {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(EETAuthorityIdentity.self, from: Data("{}".utf8))
        }
    }

    @Test("A taxpayer's key file opens, and its certificate is signed by the office", arguments: Edition.allCases)
    func keyFile(_ edition: Edition) throws {
        let identity = try SimulatedOffice.identity.get()
        let credentials = try identity.issueCredentials(
            dic: "CZ683555118", edition: edition, password: "aaaa1111", at: SimulatedOffice.now,
            random: CountingRandomSource(seed: 5))
        let file = try PKCS12.read(credentials.pkcs12, password: "aaaa1111")
        #expect(file.leaf == credentials.certificate)
        #expect(file.leaf.subject.commonName == "CZ683555118")
        #expect(file.leaf.keyUsage == [.digitalSignature, .nonRepudiation])
        #expect(file.chain == [identity.taxpayerAuthorityCertificate])
        let days = edition == .v3 ? 1096 : 366
        #expect(file.leaf.notAfter - file.leaf.notBefore == .seconds(days * 86_400))
        #expect(throws: PKCS12Error.self) { try PKCS12.read(credentials.pkcs12, password: "eet") }
        #expect(!"\(credentials)".contains("aaaa1111"))
    }

    @Test(
        "openssl finds in the key file what the real ones have: RC2-40, 3DES and SHA-1",
        .enabled(if: OutsideTool.exists("openssl"), "openssl is absent"))
    func realEncryption() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(try SimulatedOffice.credentials.get().pkcs12, to: "taxpayer.p12")
        let result = try OutsideTool.run(
            "openssl", ["pkcs12", "-legacy", "-info", "-in", file, "-passin", "pass:eet", "-noout"])
        #expect(result.status == 0)
        #expect(result.errorText.contains("pbeWithSHA1And40BitRC2-CBC"))
        #expect(result.errorText.contains("pbeWithSHA1And3-KeyTripleDES-CBC"))
        #expect(result.errorText.contains("MAC: sha1"))
    }

    @Test("With a message made by the library: signed, confirmed, and worth a FIK", arguments: Edition.allCases)
    func libraryMessage(_ edition: Edition) throws {
        let credentials = try SimulatedOffice.credentials.get()
        let taxpayer = try Taxpayer(pkcs12: credentials.pkcs12, password: credentials.password)
        let sale = try Sale(
            premises: 273, till: "/5546/RO24", number: "0/6460/ZQ42", at: "2026-11-20T12:59:58+01:00",
            total: "34113.00", amounts: [.cerp_zuct: "0.00", .urceno_cerp_zuct: "-25.00"])
        let data = try SaleData(sale, edition: edition, certificateDIC: taxpayer.dic)
        let codes = edition == .v3 ? try SecurityCodes(for: data, by: taxpayer) : nil
        let now = OffsetDateTime(SimulatedOffice.now, zone: NamedZone.prague)
        let header = try Hlavicka(
            uuid: "b3a09b52-7c87-4014-a496-4c7a53cf9125", sentAt: now, isFirstAttempt: true)
        let signed = try EETMessage(header: header, data: data, codes: codes).signed(by: taxpayer)
        var office = try SimulatedOffice.authority(edition)
        let request = try #require(signed.httpRequest(to: "https://localhost" + office.path))
        let response = try #require(office.receive(request, at: SimulatedOffice.now).response)
        let answer = try EETAnswer(
            bytes: response.body, edition: edition,
            expecting: .init(uuid: header.uuid, bkp: codes?.bkp, test: true), trust: try SimulatedOffice.trust())
        #expect(answer.accepted)
        #expect(answer.warnings.isEmpty)
        #expect(office.sales.map(\.first.data) == [data.attributes.dictionary])
    }
}
