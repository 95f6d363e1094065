import CRKProtocol
import FiscalCore
import Testing

@Suite("Whose a register's certificate is")
struct CertificateIdentityTests {
    private let certificates: TrustCertificates
    private let unit: UniqueNumber
    private let identity = CertificateIdentity.unverified

    init() throws {
        self.certificates = try TrustCertificates.shared.get()
        self.unit = try UniqueNumber("ZTE1701000901")
    }

    @Test("The common name is the unique number; another register's certificate is refused")
    func commonName() throws {
        try self.identity.check(try self.certificates.named("ZTE1701000901"), of: self.unit, field: "tls")
        for name in ["ZTE1701000902", "ZTE170100090", "zte1701000901", "ZTE1701000901 ", "5260250274"] {
            let error = #expect(throws: InvalidField.self) {
                try self.identity.check(try self.certificates.named(name), of: self.unit, field: "tls")
            }
            #expect(error?.field == "tls")
        }
        let nameless = try self.certificates.certificate([.init(.organization, "ZTE1701000901")])
        #expect(self.identity.unit(of: nameless) == nil)
    }

    @Test("The NIP is found as ten digits, or behind letters and a hyphen, outside the common name")
    func taxpayer() throws {
        for (value, nip) in [
            ("5260250274", "5260250274"), ("VATPL-5260250274", "5260250274"), ("NIP 5260250274", nil),
            ("15260250274", nil), ("-5260250274", nil), ("+48-5260250274", nil), ("526025027", nil), ("Sklep", nil),
        ] {
            let certificate = try self.certificates.certificate([
                .init(.commonName, "ZTE1701000901"), .init(.organization, "Sklep"),
                .init(.organizationIdentifier, value),
            ])
            #expect(self.identity.taxpayer(of: certificate)?.text == nip, "\(value)")
        }
        #expect(self.identity.taxpayer(of: try self.certificates.named("5260250274")) == nil)
    }

    @Test("Software whose certificate names another taxpayer is refused before anything is sent")
    func wrongTaxpayer() throws {
        let certificate = try self.certificates.certificate([
            .init(.commonName, "ZTE1701000901"), .init(.organizationIdentifier, "VATPL-5260250274"),
        ])
        try self.identity.check(certificate, taxpayer: try NIP("5260250274"))
        let error = #expect(throws: InvalidField.self) {
            try self.identity.check(certificate, taxpayer: try NIP("3360002458"))
        }
        #expect(error?.field == "taxpayerId")
        // A certificate that names nobody contradicts nobody.
        try self.identity.check(try self.certificates.named("ZTE1701000901"), taxpayer: try NIP("3360002458"))
    }

    @Test("Where the NIP stands is a guess that a host replaces")
    func replaced() throws {
        let identity = CertificateIdentity { certificate in
            certificate.subject.attributes.first { $0.type == .userID }.flatMap { try? NIP($0.value) }
        }
        let certificate = try self.certificates.certificate([
            .init(.commonName, "ZTE1701000901"), .init(.organizationIdentifier, "VATPL-3360002458"),
            .init(.userID, "5260250274"),
        ])
        #expect(identity.taxpayer(of: certificate)?.text == "5260250274")
    }
}
