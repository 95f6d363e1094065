import EETProtocol
import FiscalCore

/// The names on the certificates, modelled on the real ones and marked as what they are.
struct EETNames {
    let taxpayerAuthority, sealAuthority, seal, stranger: DistinguishedName

    init(_ environment: EETEnvironment) {
        let suffix = environment.isTest ? " Playground" : ""
        let office = "Česká republika - Generální finanční ředitelství"
        self.taxpayerAuthority = DistinguishedName([
            .init(.commonName, "EET CA 1\(suffix) (simulator)"), .init(.organization, office),
            .init(.country, "CZ"),
        ])
        self.sealAuthority = DistinguishedName([
            .init(.commonName, "Seal CA\(suffix) (simulator)"), .init(.country, "CZ"),
        ])
        self.seal = DistinguishedName([
            .init(.commonName, "Elektronická evidence tržeb\(environment.isTest ? " - Playground" : "") (simulator)"),
            .init(.country, "CZ"), .init(.organization, office), .init(.organizationIdentifier, "NTRCZ-72080043"),
        ])
        self.stranger = DistinguishedName([
            .init(.commonName, "Elektronická evidence tržeb"), .init(.country, "CZ"),
            .init(.organization, "Cizí podnik, s.r.o."), .init(.organizationIdentifier, "NTRCZ-00000019"),
        ])
    }
}
