/// The two generations of EET. Everything in which they differ on the wire stands in this file.
public enum Edition: String, Sendable, Hashable, Codable, CaseIterable {
    /// EET 1, interface description 3.1.1: answers with a FIK, receipts carry PKP and BKP.
    case v3
    /// EET 2.0, schema 4.1, obligatory from 2027-01-01: answers with a POK, no PKP and BKP.
    case v4
}

extension Edition {
    /// Namespace of `Trzba` and `Odpoved`.
    public var namespace: String {
        switch self {
        case .v3: "http://fs.mfcr.cz/eet/schema/v3"
        case .v4: "http://fs.gov.cz/eet/schema/v4"
        }
    }

    /// Value of the HTTP field `SOAPAction`, without the quotes in which it is sent.
    public var soapAction: String {
        switch self {
        case .v3: "http://fs.mfcr.cz/eet/OdeslaniTrzby"
        case .v4: "http://fs.gov.cz/eet/OdeslaniTrzby"
        }
    }

    /// The attribute of `Potvrzeni` that holds the authority's code: `fik` or `pok`.
    public var confirmationAttribute: String {
        switch self {
        case .v3: "fik"
        case .v4: "pok"
        }
    }

    /// Whether the taxpayer's codes PKP and BKP exist (`KontrolniKody`).
    public var hasSecurityCodes: Bool { self == .v3 }

    /// The official address of an environment.
    public func officialEndpoint(_ environment: EETEnvironment) -> String {
        switch (self, environment) {
        case (.v3, .production): "https://prod.eet.cz/eet/services/EETServiceSOAP/v3"
        case (.v3, .playground): "https://pg.eet.cz/eet/services/EETServiceSOAP/v3"
        case (.v4, .production): "https://trzbyeet.gov.cz/eet/services/EETServiceSOAP/v4"
        case (.v4, .playground): "https://pg.trzbyeet.gov.cz/eet/services/EETServiceSOAP/v4"
        }
    }

    /// The edition whose namespace this is, or nil.
    public init?(namespace: String) {
        guard let edition = Edition.allCases.first(where: { $0.namespace == namespace }) else { return nil }
        self = edition
    }
}

/// Where sales are sent: officially recorded, or only tried out.
public enum EETEnvironment: String, Sendable, Hashable, Codable, CaseIterable {
    /// Sales are officially recorded.
    case production
    /// The authority's test environment; its answers carry `test="true"` and record nothing officially.
    case playground

    /// Whether an answer from here carries `test="true"`.
    public var isTest: Bool { self == .playground }
}
