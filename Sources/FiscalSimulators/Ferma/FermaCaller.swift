public import FiscalCore

/// Who is calling: the enterprises (`Group`) that a client certificate stands for.
public struct FermaCaller: Sendable, Hashable, Codable {
    /// The first one is meant when a request names none.
    public var groups: [String]

    public init(groups: [String]) {
        self.groups = groups
    }

    /// The one of a client certificate: its organisational units, else its common name. The chain is the business of
    /// whoever took the certificate.
    public init(_ certificate: Certificate) {
        let units = certificate.subject.values(.organizationalUnit)
        self.groups = units.isEmpty ? certificate.subject.values(.commonName) : units
    }

    /// The enterprise `1`, to which a register made without further words belongs.
    public static let demonstration = Self(groups: ["1"])
}
