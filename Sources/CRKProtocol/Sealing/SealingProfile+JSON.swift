public import FiscalCore

extension SealingProfile {
    /// Reads a profile as the programs take it:
    /// `{"nesting","sign","encrypt","content","compression","signerReference","kid","wire"}`. Absent members are those
    /// of ``unverified``.
    ///
    /// `kid` is the text itself, or one of the words `sha1-hex`, `sha256-hex`, `sha256-base64url`, `serial-hex` and
    /// `subject-cn` for what is made of a certificate.
    /// - Throws: `InvalidField` for a value that is none of the listed ones, and for an unknown member: a misspelled
    ///   knob must not leave the default in force.
    public init(_ json: JSON) throws(InvalidField) {
        guard let members = json.members else {
            throw InvalidField("profile", .pattern, limit: "a JSON object")
        }
        self.init()
        for member in members {
            switch member.name {
            case "nesting": self.nesting = try Self.word(member)
            case "sign": self.signature = try Self.word(member)
            case "encrypt": self.keyEncryption = try Self.word(member)
            case "content": self.contentEncryption = try Self.word(member)
            case "compression": self.compression = try Self.word(member)
            case "signerReference": self.signerReference = try Self.word(member)
            case "wire": self.wire = try Self.word(member)
            case "kid": self.keyID = try Self.keyID(member)
            case "metadata":
                guard let metadata = member.value.members else {
                    throw InvalidField("metadata", .pattern, limit: "a JSON object")
                }
                self.metadata = metadata
            case "outputLimit":
                guard let limit = member.value.integer, let limit = Int(exactly: limit), limit > 0 else {
                    throw InvalidField("outputLimit", .range, limit: "a positive number of bytes")
                }
                self.outputLimit = limit
            case "allowUnsafeRSA1_5":
                guard let allows = member.value.bool else {
                    throw InvalidField(member.name, .pattern, limit: "true or false")
                }
                self.allowsUnsafeRSA15 = allows
            default:
                throw InvalidField(member.name, .notAllowed, limit: "no member of a profile")
            }
        }
        try self.check()
    }

    /// - Throws: `InvalidField` for knobs that do not fit each other.
    public func check() throws(InvalidField) {
        if self.keyEncryption == .rsa15, !self.allowsUnsafeRSA15 {
            throw InvalidField("encrypt", .notAllowed, limit: "RSA1_5 is unsafe and wants allowUnsafeRSA1_5")
        }
        if self.signerReference == .kid, case .none = self.keyID {
            throw InvalidField("kid", .required, limit: "signerReference is kid")
        }
        let reserved = JOSEHeader.reserved
        if let name = self.metadata.map(\.name).first(where: reserved.contains) {
            throw InvalidField("metadata.\(name)", .notAllowed, limit: "the header has its own")
        }
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ member: JSON.Member
    ) throws(InvalidField) -> Word where Word.RawValue == String {
        guard let word = member.value.string.flatMap(Word.init(rawValue:)) else {
            throw InvalidField(
                member.name, .oneOf, limit: Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    private static func keyID(_ member: JSON.Member) throws(InvalidField) -> KeyID {
        if member.value.isNull { return .none }
        guard let text = member.value.string else { throw InvalidField("kid", .pattern, limit: "a text or null") }
        switch text {
        case "sha1-hex": return .sha1Hex
        case "sha256-hex": return .sha256Hex
        case "sha256-base64url": return .sha256Base64URL
        case "serial-hex": return .serialHex
        case "subject-cn": return .commonName
        default: return .text(text)
        }
    }
}
