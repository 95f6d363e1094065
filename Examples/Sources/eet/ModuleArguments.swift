import ArgumentParser
import EETFileModule
import EETProtocol

/// The options that `run` and `sync` share.
struct ModuleArguments: ParsableArguments {
    @Argument(help: "The folder with eet.txt, eetin.txt and eetout.txt.")
    var folder: String

    @Option(help: "EET 1 (v3) or EET 2.0 (v4).")
    var edition = Edition.v3

    @Option(help: "Replaces host and path of the official address; needs --seal-ca.")
    var endpoint: String?

    @Option(
        name: .customLong("tls-ca"), help: "Certificates (PEM) that may vouch for the server instead of the system's.")
    var tlsAuthorities: [String] = []

    @Option(name: .customLong("seal-ca"), help: "Certificates (PEM or DER) below which a confirmation's seal counts.")
    var sealAuthorities: [String] = []

    @Flag(help: "Also read decimal commas, and empty amounts as 0.")
    var lenient = false

    @Flag(help: "Sign with an expired certificate; in the test environment only.")
    var allowExpired = false

    @Option(name: .customLong("vendor-pub"), help: "The vendor's public key (PEM); switches the licence on.")
    var vendorKey: String?

    @Option(name: .customLong("licensor"), help: "A licence file from the vendor, for the registering run.")
    var deliveredLicence: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if self.deliveredLicence != nil, self.vendorKey == nil {
            throw ValidationError("--licensor: required (--vendor-pub beside it)")
        }
    }

    var options: ModuleOptions {
        ModuleOptions(
            edition: self.edition, endpoint: self.endpoint, tlsAuthorities: self.tlsAuthorities,
            sealAuthorities: self.sealAuthorities, reading: self.lenient ? .lenient : .strict,
            allowsExpiredCertificate: self.allowExpired, vendorKey: self.vendorKey,
            deliveredLicence: self.deliveredLicence)
    }
}
