import FiscalCore

/// What a text is among the identifiers of the document, and what is wrong with it.
public struct IdentifierCheck: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case commandID = "commandId", uniqueNumber, registrationNumber }

    /// Which identifier it is, or comes nearest to: a slash is in none but registration numbers, a dot in none but codes
    /// of commands.
    public let kind: Kind
    /// Empty when it is one.
    public let problems: [String]
    public var isValid: Bool { self.problems.isEmpty }

    public init(_ text: String) {
        if text.contains(".") {
            self.kind = .commandID
            self.problems = Self.problem { () throws(InvalidField) in _ = try CommandID(text) }
        } else if text.contains("/") {
            self.kind = .registrationNumber
            self.problems = Self.problem { () throws(InvalidField) in _ = try RegistrationNumber(text) }
        } else {
            self.kind = .uniqueNumber
            self.problems = Self.problem { () throws(InvalidField) in _ = try UniqueNumber(text) }
        }
    }

    private static func problem(_ reading: () throws(InvalidField) -> Void) -> [String] {
        do {
            try reading()
            return []
        } catch {
            return [error.description]
        }
    }
}
