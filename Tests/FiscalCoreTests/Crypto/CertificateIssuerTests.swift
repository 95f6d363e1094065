import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Issuing certificates for simulators and tests")
struct CertificateIssuerTests {
    @Test(
        "openssl reads out of a certificate what the template said",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence))
    func contents() throws {
        var template = Authority.template("localhost", serial: 77)
        template.keyUsage = [.digitalSignature, .keyEncipherment]
        template.extendedKeyUsage = [.serverAuth, .clientAuth]
        template.dnsNames = ["localhost", "pg.eet.test"]
        template.ipAddresses = ["127.0.0.1", "::1"]
        let certificate = try Authority.sub.issue(template, for: KeyPool.ecP256.publicKey)
        let text = try OpenSSLCommand.run(
            ["x509", "-noout", "-text", "-nameopt", "utf8,oneline,-esc_msb"], input: Array(certificate.pem.utf8)
        ).text
        for expected in [
            "Version: 3", "(0x7f4d)", "DNS:localhost, DNS:pg.eet.test, IP Address:127.0.0.1",
            "IP Address:0:0:0:0:0:0:0:1", "TLS Web Server Authentication, TLS Web Client Authentication",
            "Digital Signature, Key Encipherment", "CA:FALSE", "sha256WithRSAEncryption", "CN = Test sub",
            "CN = localhost", "organizationIdentifier = NTRCZ-72080043",
            "O = Gener\u{E1}ln\u{ED} finan\u{10D}n\u{ED} \u{159}editelstv\u{ED}", "prime256v1",
            "Not Before: Nov 14 22:13:20 2023 GMT",
        ] {
            #expect(text.contains(expected), "\(expected) in \(text)")
        }
    }

    @Test(
        "openssl accepts the chain for a TLS server of that name and address, and for no other",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence),
        arguments: [NamedCurve?.none, .secp256r1, .secp384r1])
    func tlsServer(_ curve: NamedCurve?) throws {
        let key = try curve.map { try PrivateKey.generateEC($0) } ?? KeyPool.otherRSA2048
        let issuer = try CertificateIssuer.root(Authority.template("TLS root", serial: 5), key: key)
        var template = Authority.template("server", serial: 6)
        template.keyUsage = [.digitalSignature]
        template.extendedKeyUsage = [.serverAuth]
        template.dnsNames = ["localhost"]
        template.ipAddresses = ["127.0.0.1"]
        let server = try issuer.issue(template, for: KeyPool.ecP256.publicKey)
        let folder = try TemporaryFolder()
        let rootFile = try folder.write(Array(issuer.certificate.pem.utf8), to: "root.pem")
        let serverFile = try folder.write(Array(server.pem.utf8), to: "server.pem")
        func accepts(_ options: [String]) throws -> Bool {
            let time = "\(Authority.middle.secondsSinceEpoch)"
            return try OutsideTool.run(
                "openssl",
                ["verify", "-x509_strict", "-attime", time, "-no-CApath", "-CAfile", rootFile] + options + [serverFile]
            ).status == 0
        }
        #expect(try accepts(["-purpose", "sslserver", "-verify_hostname", "localhost"]))
        #expect(try accepts(["-purpose", "sslserver", "-verify_ip", "127.0.0.1"]))
        #expect(try !accepts(["-purpose", "sslserver", "-verify_hostname", "example.org"]))
        #expect(try !accepts(["-purpose", "sslclient"]))
    }

    @Test("Impossible contents are refused with their name")
    func refusals() throws {
        func code(_ change: (inout CertificateTemplate) -> Void) -> CryptoError.Code? {
            var template = Authority.leafTemplate
            change(&template)
            do {
                _ = try Authority.sub.issue(template, for: KeyPool.ecP256.publicKey)
                return nil
            } catch { return error.code }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.serialNumber = [] } == .malformed)
        #expect(code { $0.serialNumber = [0, 0] } == .malformed)
        #expect(code { $0.serialNumber = [UInt8](repeating: 1, count: 21) } == .malformed)
        #expect(code { $0.dnsNames = ["a,DNS:b"] } == .malformed)
        #expect(code { $0.ipAddresses = ["300.1.1.1"] } == .malformed)
        #expect(code { $0.subject.attributes.append(.init(.country, "Czechia")) } == .malformed)
        #expect(code { $0.subject.attributes.append(.init(.init(oid: "no oid"), "x")) } == .malformed)
        let error = #expect(throws: CryptoError.self) {
            try CertificateIssuer(certificate: Authority.sub.certificate, key: KeyPool.ecP256)
        }
        #expect(error?.code == .malformed)
    }
}
