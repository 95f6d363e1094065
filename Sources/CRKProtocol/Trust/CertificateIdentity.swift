public import FiscalCore

/// Whose a register's certificate is.
///
/// The common name of the subject is the unique number; certificates of software registers name the taxpayer's NIP besides
/// (facts, section 2.1). Where the NIP stands is not public, so the reading of it can be replaced.
public struct CertificateIdentity: Sendable {
    private let nip: @Sendable (Certificate) -> NIP?

    /// - Parameter nip: reads the NIP out of a certificate; nil where it has none.
    public init(nip: @escaping @Sendable (Certificate) -> NIP?) {
        self.nip = nip
    }

    /// A guess, labelled as what it is: the first attribute of the subject that ends in exactly ten digits, behind nothing
    /// or behind letters and a hyphen, as in `VATPL-3360002458`, the common name left out.
    public static let unverified = CertificateIdentity { certificate in
        for attribute in certificate.subject.attributes where attribute.type != .commonName {
            let scheme = attribute.value.dropLast(10)
            guard scheme.isEmpty || scheme.count > 1 && scheme.last == "-" && scheme.dropLast().allSatisfy(\.isLetter)
            else { continue }
            if let nip = try? NIP(String(attribute.value.suffix(10)), field: "NIP") { return nip }
        }
        return nil
    }

    /// The unique number that a certificate stands for.
    public func unit(of certificate: Certificate) -> UniqueNumber? {
        certificate.subject.attributes.last { $0.type == .commonName }.flatMap { try? UniqueNumber($0.value) }
    }

    /// The taxpayer that a certificate stands for.
    public func taxpayer(of certificate: Certificate) -> NIP? { self.nip(certificate) }

    /// - Throws: `InvalidField` when the certificate is another register's.
    public func check(_ certificate: Certificate, of unit: UniqueNumber, field: String) throws(InvalidField) {
        guard self.unit(of: certificate) == unit else {
            throw InvalidField(field, .consistency, limit: "a common name equal to the unique number")
        }
    }

    /// For software registers: the NIP of the request is that of the certificate (section 2.4.3).
    /// - Throws: `InvalidField` when the certificate names another taxpayer; one that names none passes.
    public func check(_ certificate: Certificate, taxpayer: NIP) throws(InvalidField) {
        if let owner = self.taxpayer(of: certificate), owner != taxpayer {
            throw InvalidField("taxpayerId", .consistency, limit: "the NIP of the certificate")
        }
    }
}
