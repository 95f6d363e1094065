public import FiscalCore
public import HTTPTypes

/// CMD10, CNF: whether a version of the register's program is admitted (section 2.4.4).
public struct CheckHomologation: CPDCommand {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .get }
    public let path: String
    public var body: JSON? { nil }
    public static var successStatus: Int { 200 }

    /// - Parameters:
    ///   - metadata: `firmwareMetadata`, 1 to 240 characters.
    ///   - checksum: `firmwareChecksum`, 40 to 128 hexadecimal digits.
    public init(
        _ unit: UniqueNumber, at time: FiscalInstant, metadata: String, checksum: String
    ) throws(InvalidField) {
        guard (1...240).contains(metadata.unicodeScalars.count) else {
            throw InvalidField("firmwareMetadata", .length, limit: "1...240 characters")
        }
        guard (40...128).contains(checksum.utf8.count) else {
            throw InvalidField("firmwareChecksum", .length, limit: "40...128 digits")
        }
        guard checksum.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            throw InvalidField("firmwareChecksum", .pattern, limit: "^[A-Fa-f0-9]{40,128}$")
        }
        let id = CommandID(.cnf, unit, at: time)
        self.commandID = id
        self.path = Self.query(id) + "&firmwareMetadata=\(Query.escaped(metadata))&firmwareChecksum=\(checksum)"
    }

    /// Whether the program is admitted (`status` 0).
    public func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> (Bool, [Leniency]) {
        var reader = MessageReader(mode)
        let attributes = try self.attributes(body, &reader).attributes
        let field = "command.attributes.status"
        let status = try reader.integer(try reader.required(attributes, "status", "command.attributes."), field)
        guard [0, 1].contains(status) else { throw UnreadableMessage(field, "neither 0 nor 1") }
        return (status == 0, reader.leniencies)
    }
}

/// Values inside the query of a URL (RFC 3986): what is not unreserved is escaped.
enum Query {
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                escaped.append(character)
            } else {
                escaped += "%" + Hex.encode([byte], uppercase: true)
            }
        }
        return escaped
    }
}
