public import FiscalCore

/// A file of the module that breaks a rule of its own: which file, which row, which rule and limit. Never the value,
/// which may be a password or a customer's business.
public struct FileRowError: Error, Sendable, Hashable {
    /// The files of the module, by their names.
    public enum File: String, Sendable, Hashable, CaseIterable {
        case eetin = "eetin.txt"
        case eetout = "eetout.txt"
        case configuration = "eet.txt"
        case licence = "eet-licence.txt"
    }

    public var file: File
    /// Counted from 1; nil when the file as a whole is wrong (its number of rows).
    public var row: Int?
    /// The row's name and the rule that it breaks.
    public var problem: InvalidField

    public init(_ file: File, row: Int? = nil, _ problem: InvalidField) {
        self.file = file
        self.row = row
        self.problem = problem
    }
}

extension FileRowError: CustomStringConvertible {
    /// `eetin.txt row 11 zakl_dan1: required (a number, 0 when not used)`
    public var description: String {
        "\(self.file.rawValue)\(self.row.map { " row \($0)" } ?? "") \(self.problem)"
    }
}

/// Something about a file that stops nothing but that the operator should know.
public struct FileWarning: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// Read although it is not in the strict form: decimal comma, or an empty number row.
        case leniency
        /// Edition v4 has no such field; it is not sent (decision E17).
        case leftOut
        /// The amounts of rows 10 to 22 do not add up to row 9. The documents have no such rule.
        case sumDiffers
    }

    public var kind: Kind
    /// The row of `eetin.txt`, counted from 1.
    public var row: Int
    public var text: String

    init(_ kind: Kind, _ row: EETInRow, _ text: String) {
        self.kind = kind
        self.row = row.rawValue
        self.text = "\(row.name): \(text)"
    }

    public var description: String { "eetin.txt row \(self.row) \(self.text)" }
}
