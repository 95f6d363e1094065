public import FiscalCore

/// The code of a command (`commandId`, section 2.2.6): three letters, the register's unique number and an instant in UTC
/// with milliseconds, 42 characters: `MFP.ZTE1701000901.2017-08-14T16:50:03.342Z`.
///
/// The tables give 37 characters, which is the length of an older template and fits no code of the document.
public struct CommandID: Sendable, Hashable {
    public let command: CommandCode
    public let unit: UniqueNumber
    /// In whole milliseconds.
    public let time: FiscalInstant
    public let text: String

    public init(_ command: CommandCode, _ unit: UniqueNumber, at time: FiscalInstant) {
        self.command = command
        self.unit = unit
        self.time = time
        self.text = "\(command.rawValue).\(unit.text).\(time.utcMilliseconds)"
    }

    /// - Throws: `InvalidField` for anything that is not exactly such a code of a command that exists, on a real day.
    public init(_ text: String, field: String = "commandId") throws(InvalidField) {
        let shape: StaticString = "AAA.AAA9999999999.9999-99-99T99:99:99.999Z"
        guard text.utf8.count == 42 else { throw InvalidField(field, .length, limit: "42 characters") }
        guard Shape.fits(text, shape) else {
            throw InvalidField(field, .pattern, limit: "XXX.AAADDDDDDDDDD.yyyy-MM-ddTHH:mm:ss.SSSZ")
        }
        let parts = text.split(separator: ".", maxSplits: 2)
        guard parts.count == 3, let command = CommandCode(rawValue: String(parts[0])) else {
            throw InvalidField(
                field, .oneOf, limit: CommandCode.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let time = FiscalInstant(utcMilliseconds: String(parts[2])) else {
            throw InvalidField(field, .range, limit: "a real date and time of day in UTC")
        }
        self.command = command
        self.unit = try UniqueNumber(String(parts[1]), field: field)
        self.time = time
        self.text = text
    }
}

extension CommandID: CustomStringConvertible {
    public var description: String { self.text }
}

/// A single string, checked when it is read back.
extension CommandID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do { try self.init(try container.decode(String.self)) } catch let error as InvalidField {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }
}
