import EETProtocol
import FiscalCore

/// What the module refuses before anything is sent, beyond the rules of the wire (decisions E3–E5, E22).
struct ModuleRules {
    /// The only number that the source document allows in the test environment, and nowhere else.
    static let testDIC = "CZ1212121218"

    var edition: Edition
    var environment: EETEnvironment

    /// `--endpoint` and `--allow-expired` have their conditions.
    func check(_ options: ModuleOptions) throws(InvalidField) {
        if options.endpoint != nil, options.sealAuthorities.isEmpty {
            throw InvalidField("--seal-ca", .required, limit: "beside --endpoint")
        }
        if options.allowsExpiredCertificate, !self.environment.isTest {
            throw InvalidField("--allow-expired", .notAllowed, limit: "only with row 1 of eet.txt true")
        }
    }

    /// The certificate must be a taxpayer's; in production his own, from the authority's real issuer.
    func check(_ taxpayer: Taxpayer) throws(FileRowError) {
        func refuse(_ rule: InvalidField.Rule, _ limit: String) -> FileRowError {
            FileRowError(.configuration, row: 3, InvalidField("certificate path", rule, limit: limit))
        }
        guard let dic = taxpayer.dic else {
            throw refuse(.consistency, "a taxpayer's certificate, its CN being CZ and 8 to 10 digits")
        }
        guard !self.environment.isTest else { return }
        guard dic.text != Self.testDIC, !Self.isFromTestAuthority(taxpayer.certificate) else {
            throw refuse(.notAllowed, "a test certificate only with row 1 true")
        }
    }

    /// Number, certificate and environment must fit each other.
    func check(_ input: EETInFile, certificate dic: DIC?) throws(FileRowError) {
        func refuse(_ rule: InvalidField.Rule, _ limit: String) -> FileRowError {
            FileRowError(.eetin, row: 3, InvalidField("dic_popl", rule, limit: limit))
        }
        let isTestDIC = input.sale.dic?.text == Self.testDIC
        if self.environment.isTest {
            // v4's playground has certificates of other numbers only.
            guard self.edition == .v4 || isTestDIC else {
                throw refuse(.oneOf, "\(Self.testDIC) in the test environment")
            }
        } else if isTestDIC {
            throw refuse(.notAllowed, "\(Self.testDIC) only with row 1 of eet.txt true")
        }
    }

    /// Authorities of the playground name themselves so: "EET CA 1 Playground", "GFR EET test CA 1",
    /// "playground EETv2 NCA SubCA RSA …".
    private static func isFromTestAuthority(_ certificate: Certificate) -> Bool {
        certificate.issuer.attributes.contains { attribute in
            let words = attribute.value.lowercased().split { !$0.isLetter }
            return words.contains("playground") || (words.contains("test") && words.contains("eet"))
        }
    }
}
