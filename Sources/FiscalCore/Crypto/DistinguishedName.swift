/// The name of a certificate's subject or issuer: attributes in the order in which they are written.
public struct DistinguishedName: Sendable, Hashable {
    public var attributes: [Attribute]

    public init(_ attributes: [Attribute]) { self.attributes = attributes }

    /// One attribute. Several in one relative name (`CN=…+serialNumber=…`) stand here one after the other.
    public struct Attribute: Sendable, Hashable {
        public var type: AttributeType
        /// The text, whatever its ASN.1 string type. A value that is no text is `#` and the hex of its contents.
        public var value: String

        public init(_ type: AttributeType, _ value: String) {
            self.type = type
            self.value = value
        }
    }

    /// What an attribute says, by its object identifier.
    public struct AttributeType: Sendable, Hashable {
        /// The object identifier in numbers, `2.5.4.3`.
        public var oid: String
        public init(oid: String) { self.oid = oid }

        public static let commonName = Self(oid: "2.5.4.3")
        public static let surname = Self(oid: "2.5.4.4")
        public static let serialNumber = Self(oid: "2.5.4.5")
        public static let country = Self(oid: "2.5.4.6")
        public static let locality = Self(oid: "2.5.4.7")
        public static let stateOrProvince = Self(oid: "2.5.4.8")
        public static let streetAddress = Self(oid: "2.5.4.9")
        public static let organization = Self(oid: "2.5.4.10")
        public static let organizationalUnit = Self(oid: "2.5.4.11")
        public static let title = Self(oid: "2.5.4.12")
        public static let description = Self(oid: "2.5.4.13")
        public static let givenName = Self(oid: "2.5.4.42")
        /// A registered number of an organisation, with its register: `NTRCZ-72080043` (ETSI EN 319 412-1 §5.1.4).
        public static let organizationIdentifier = Self(oid: "2.5.4.97")
        public static let domainComponent = Self(oid: "0.9.2342.19200300.100.1.25")
        public static let userID = Self(oid: "0.9.2342.19200300.100.1.1")
        public static let emailAddress = Self(oid: "1.2.840.113549.1.9.1")

        /// The usual short name (`CN`), the numbers where there is none.
        public var shortName: String { Self.shortNames[self.oid] ?? self.oid }

        private static let shortNames = [
            "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L",
            "2.5.4.8": "ST", "2.5.4.9": "STREET", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title",
            "2.5.4.13": "description", "2.5.4.42": "GN", "2.5.4.97": "organizationIdentifier",
            "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
            "1.2.840.113549.1.9.1": "emailAddress",
        ]
    }

    /// All values of one type, in order.
    public func values(_ type: AttributeType) -> [String] {
        self.attributes.filter { $0.type == type }.map(\.value)
    }

    /// The first common name.
    public var commonName: String? { self.values(.commonName).first }
    /// The first organisation.
    public var organization: String? { self.values(.organization).first }
    /// The first organisation identifier (2.5.4.97).
    public var organizationIdentifier: String? { self.values(.organizationIdentifier).first }
}

extension DistinguishedName: CustomStringConvertible {
    /// As RFC 4514 writes it: the last attribute first, special characters behind a backslash. For people: attributes
    /// that the RFC has no short name for are named as OpenSSL does.
    public var description: String {
        self.attributes.reversed().map { "\($0.type.shortName)=\(Self.escape($0.value))" }.joined(separator: ",")
    }

    private static func escape(_ value: String) -> String {
        let last = value.unicodeScalars.count - 1
        var escaped = String.UnicodeScalarView()
        for (index, scalar) in value.unicodeScalars.enumerated() {
            switch scalar {
            case "\0":
                escaped.append(contentsOf: "\\00".unicodeScalars)
                continue
            case "\"", "+", ",", ";", "<", ">", "\\": escaped.append("\\")
            case " " where index == 0 || index == last: escaped.append("\\")
            case "#" where index == 0: escaped.append("\\")
            default: break
            }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}
