public import EETProtocol

/// What a run is told beside the files of its folder; the options of `eet run`.
public struct ModuleOptions: Sendable {
    public var edition: Edition
    /// Replaces host and path of the official address that row 1 of `eet.txt` chooses; nothing else (decision E5).
    public var endpoint: String?
    /// Certificates (PEM or DER) that may vouch for the server instead of the system's; paths.
    public var tlsAuthorities: [String]
    /// Certificates (PEM or DER) below which a confirmation's seal counts; paths.
    public var sealAuthorities: [String]
    /// How exactly numbers in `eetin.txt` have to be spelled.
    public var reading: EETInFile.Reading
    /// Sign with a certificate that is out of validity; in the test environment only.
    public var allowsExpiredCertificate: Bool
    /// The vendor's public key (PEM); switches the licence on. A path.
    public var vendorKey: String?
    /// A licence file delivered by the vendor, for the registering run. A path.
    public var deliveredLicence: String?

    public init(
        edition: Edition = .v3, endpoint: String? = nil, tlsAuthorities: [String] = [],
        sealAuthorities: [String] = [], reading: EETInFile.Reading = .strict, allowsExpiredCertificate: Bool = false,
        vendorKey: String? = nil, deliveredLicence: String? = nil
    ) {
        self.edition = edition
        self.endpoint = endpoint
        self.tlsAuthorities = tlsAuthorities
        self.sealAuthorities = sealAuthorities
        self.reading = reading
        self.allowsExpiredCertificate = allowsExpiredCertificate
        self.vendorKey = vendorKey
        self.deliveredLicence = deliveredLicence
    }
}
