import FiscalCore

/// What a text is among the identifiers of the document, and what is wrong with it.
public struct IdentifierCheck: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case commandID = "commandId", uniqueNumber, registrationNumber }

    /// Which identifier it is, or comes nearest to: a dot is in none but codes of commands; a slash, or a digit at the
    /// start, in none but registration numbers.
    public let kind: Kind
    /// Empty when it is one.
    public let problems: [String]
    public var isValid: Bool { self.problems.isEmpty }

    public init(_ text: String) {
        if text.contains(".") {
            self.kind = .commandID
            self.problems = Self.problem { () throws(InvalidField) in _ = try CommandID(text) }
        } else if text.contains("/") || text.first?.isNumber == true {
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
