import CRKProtocol
import FiscalCore
import Testing

@Suite("When certificates end")
struct CertificateExpiryTests {
    @Test("Whole days are counted, a begun one is none, and one that has ended counts below zero")
    func days() throws {
        let certificate = try TrustCertificates.shared.get().named("webapi", days: 10)
        let end = TrustCertificates.start + .seconds(10 * 86_400)
        for (seconds, days) in [
            (Int64(0), Int64(0)), (1, 0), (86_399, 0), (86_400, 1), (864_000, 10), (-1, -1), (-86_400, -1),
            (-86_401, -2),
        ] {
            let expiry = CertificateExpiry(.webApiTLS, certificate, at: end - .seconds(seconds))
            #expect(expiry.daysLeft == days, "\(seconds) s before the end")
            #expect(expiry.notAfter == end)
            #expect(expiry.role == .webApiTLS)
            #expect(expiry.subject == "webapi")
        }
    }

    @Test("A certificate without a common name is called by its subject")
    func withoutName() throws {
        let certificate = try TrustCertificates.shared.get().certificate([.init(.organization, "Ministerstwo")])
        let expiry = CertificateExpiry(.anchor, certificate, at: TrustCertificates.start)
        #expect(expiry.subject.contains("Ministerstwo"))
    }
}
