import FiscalCore

/// A protected header as it came: what it says is believed only after the seal was checked, and only within the profile.
struct JOSEHeader {
    /// Members that the library writes itself.
    static let reserved: Set<String> = [
        "alg", "enc", "zip", "kid", "x5c", "x5t#S256", "cty", "typ", "crit", "epk", "apu", "apv", "jku", "jwk", "x5u",
        "x5t", "b64",
    ]

    let json: JSON
    /// The segment as it stands in the text: what is signed or authenticated.
    let encoded: String

    /// - Throws: ``SealError`` with `unreadable` when the segment is no base 64 URL of a JSON object.
    init(segment: Substring) throws(SealError) {
        self.encoded = String(segment)
        guard let bytes = Base64URL.decode(self.encoded), let json = try? JSON(parsing: bytes),
            let members = json.members
        else { throw SealError(.unreadable, "a protected header is no JSON object") }
        guard Set(members.map(\.name)).count == members.count else {
            throw SealError(.unreadable, "a protected header has a member twice")
        }
        self.json = json
    }

    init(_ members: [JSON.Member]) {
        self.json = .object(members)
        self.encoded = Base64URL.encode(self.json.bytes)
    }

    func text(_ name: String) -> String? { self.json[name]?.string }

    /// RFC 7515 §4.1.11: extensions that must be understood. We understand none.
    var hasUnknownDemands: Bool { self.json["crit"] != nil || self.json["b64"] != nil }
}
