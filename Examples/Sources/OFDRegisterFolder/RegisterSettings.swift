public import FiscalCore
public import OFDKazProtocol

/// What a register is set up with.
public struct RegisterSettings: Sendable, Codable {
    /// Where the OFD server listens.
    public var host: String
    public var port: Int
    /// ID of the register at the server.
    public var id: UInt32
    /// The first token.
    public var token: UInt32
    /// РНМ, the registration number at the tax committee.
    public var registrationNumber: String
    /// The version word: 202, 203 or 204.
    public var version: UInt16
    /// Where the register stands, in degrees, such as `43.2389` and `76.8897`; nil for the position that the server has.
    public var latitude: String?
    public var longitude: String?
    /// Who told the position.
    public var positionSource: String?

    public init(
        server: String, id: UInt32, token: UInt32, registrationNumber: String, version: UInt16 = 203
    ) throws(InvalidField) {
        // The last colon, so that an IPv6 address can stand before it.
        guard let colon = server.lastIndex(of: ":"), let port = Int(server[server.index(after: colon)...]),
            (1...65535).contains(port), colon > server.startIndex
        else { throw InvalidField("server", .pattern, limit: "HOST:PORT") }
        self.host = String(server[..<colon]).trimmingBrackets
        self.port = port
        self.id = id
        self.token = token
        self.registrationNumber = registrationNumber
        self.version = version
    }

    /// - Throws: `InvalidField` for what no register can have.
    public func configuration() throws -> OFDConfiguration {
        guard let edition = Edition(rawValue: self.version) else {
            throw InvalidField("version", .oneOf, limit: "202, 203, 204")
        }
        var position: SecurityStats?
        if let latitude = self.latitude, let longitude = self.longitude {
            position = try SecurityStats(
                geoPosition: GeoPosition(
                    latitude: latitude, longitude: longitude, source: self.positionSource ?? "CONFIGURED"))
        }
        return OFDConfiguration(
            identity: try OFDIdentity(id: self.id, token: self.token, registrationNumber: self.registrationNumber),
            environment: .test, rules: try RegisterRules(edition: edition), profile: .kazakhtelecomTest,
            securityStats: position)
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        self.hasPrefix("[") && self.hasSuffix("]") ? String(self.dropFirst().dropLast()) : self
    }
}
