import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// The official and recorded requests get from the simulator the verdict that their collectors noted.
@Suite(
    "The simulated tax office: official samples", .enabled(if: SharedFixtures.exist, "the official samples are absent"))
struct OfficialRequestTests {
    /// An office that knows the authorities of the test certificates and lets them count for ever.
    private func office(_ edition: Edition) throws -> EETAuthority {
        var rules = EETRules()
        rules.acceptsExpiredCertificates = true
        var office = try SimulatedOffice.authority(edition, rules: rules)
        let names = [
            "v3/EET_CA1_Playground-ca.2022.crt", "v3/EET_CA1_Playground-ca.2025.crt", "v3/GFR_EET_test_CA_1.cer",
            "v4/ca_eet-root_cert-playground.crt", "v4/ca_eet-sub_cert-playground.crt",
        ]
        office.extraTaxpayerAuthorities = try names.flatMap { name in
            var bytes = try SharedFixtures.bytes("eet/certs/\(name)")
            // One of the files has a line end after the certificate.
            if bytes.suffix(2) == [0x0D, 0x0A] { bytes.removeLast(2) }
            return try Certificate.all(pemOrDER: bytes)
        }
        return office
    }

    static let samples: [(file: String, chyba: Int?, warnings: [Int])] = [
        ("v3/CZ00000019.v3.valid.v3.1.1.xml", nil, [5]), ("v3/CZ1212121218.v3.valid.v3.1.1.xml", nil, [5]),
        ("v3/CZ1212121218.valid.v3.1.xml", nil, [5]), ("v3/CZ1212121218.valid.v3.xml", nil, [5]),
        ("v3/openeet-2016-09-12.request.xml", nil, [5]), ("v3/rubyeet.pg.real-valid.request.xml", nil, [5]),
        ("v3/rubyeet.pg.verify-warning1.request.xml", 0, [1, 5]),
        ("v3/rubyeet.prod.schema-invalid.request.xml", 3, []), ("v3/BAD-digest.CZ00000019.edited.xml", 4, []),
        ("v4/CZ00000019.eet.v4.req.xml", nil, []), ("v4/CZ683555118.eet.v4.req.xml", nil, []),
    ]

    @Test("Every sample gets its verdict", arguments: Self.samples.indices)
    func verdict(_ index: Int) throws {
        let (file, chyba, warnings) = Self.samples[index]
        var office = try self.office(file.hasPrefix("v3") ? .v3 : .v4)
        let reply = office.post(bytes: try SharedFixtures.bytes("eet/requests/\(file)"))
        let reason = office.messages.last?.reason ?? "-"
        #expect(try reply.chyba() == chyba, "\(file): \(reason)")
        #expect(try reply.warnings() == warnings, "\(file)")
        #expect(office.sales.count == (chyba == nil ? 1 : 0))
    }

    @Test("With the rules of the day the samples' expired certificates get error 4")
    func expired() throws {
        var office = try self.office(.v3)
        office.rules.acceptsExpiredCertificates = false
        let bytes = try SharedFixtures.bytes("eet/requests/v3/CZ1212121218.v3.valid.v3.1.1.xml")
        #expect(try office.post(bytes: bytes).chyba() == 4)
        // On the day of the sample, 2019-08-11, they were valid, and the sale was neither old nor in the future.
        let reply = office.post(bytes: bytes, at: FiscalInstant(secondsSinceEpoch: 1_565_530_574))
        #expect(try reply.chyba() == nil)
        #expect(try reply.warnings() == [])
        #expect(office.sales.count == 1)
    }
}
