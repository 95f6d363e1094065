import FiscalCore

/// The journal's form of an identity.
extension RequestIdentity: Codable {
    private enum Member: String, CodingKey {
        case requestID, group, clientID
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        try self.init(
            requestID: members.decode(String.self, forKey: .requestID),
            group: members.decodeIfPresent(String.self, forKey: .group),
            clientID: members.decodeIfPresent(String.self, forKey: .clientID))
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(self.requestID, forKey: .requestID)
        try members.encodeIfPresent(self.group, forKey: .group)
        try members.encodeIfPresent(self.clientID, forKey: .clientID)
    }
}
