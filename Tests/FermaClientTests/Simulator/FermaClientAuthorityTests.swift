import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import Testing

/// The client certificates of the simulated service.
@Suite("The simulated Ferma: client certificates")
struct FermaClientAuthorityTests {
    private static let authority = Result {
        try FermaClientAuthority(at: FermaAuthority.noon, random: CountingRandomSource(seed: 31))
    }

    @Test("A certificate stands for its enterprises, the first of which is meant when a request names none")
    func groups() throws {
        let credentials = try Self.authority.get().issueCredentials(
            groups: ["77", "78"], at: FermaAuthority.noon, random: CountingRandomSource(seed: 32))
        #expect(FermaCaller(credentials.certificate) == FermaCaller(groups: ["77", "78"]))
        #expect(FermaCaller(try Certificate(pem: credentials.certificatePEM)).groups.first == "77")
        let opened = try PKCS12.read(credentials.pkcs12, password: credentials.password)
        #expect(opened.leaf == credentials.certificate)
        let key = try PrivateKey(pem: credentials.keyPEM)
        #expect(key.publicKey.isSameKey(as: credentials.certificate.publicKey))
        #expect(!"\(credentials) \(try Self.authority.get())".contains("PRIVATE"))
    }

    @Test(
        "openssl finds the chain good for a client, and not for a server",
        .enabled(if: OutsideTool.exists("openssl"), "openssl is absent"))
    func chain() throws {
        let folder = try TemporaryFolder()
        let authority = try Self.authority.get()
        let stored = try JSONDecoder().decode(FermaClientAuthority.self, from: JSONEncoder().encode(authority))
        let credentials = try stored.issueCredentials(at: FermaAuthority.noon, random: CountingRandomSource(seed: 33))
        let root = try folder.write(Array(authority.certificatePEM.utf8), to: "ca.pem")
        let leaf = try folder.write(Array(credentials.certificatePEM.utf8), to: "leaf.pem")
        func verify(_ purpose: String, at seconds: Int64) throws -> Int32 {
            let time = String(FermaAuthority.noon.secondsSinceEpoch + seconds)
            return try OutsideTool.run(
                "openssl", ["verify", "-attime", time, "-purpose", purpose, "-CAfile", root, leaf]
            ).status
        }
        #expect(try verify("sslclient", at: 0) == 0)
        #expect(try verify("sslserver", at: 0) != 0)
        #expect(try verify("sslclient", at: 1096 * 86_400) != 0)
    }
}
