import Foundation

/// Edits of a document as text. An edit that finds nothing to change is an error: an attack that does not take place
/// would prove nothing.
extension String {
    struct NothingToEdit: Error {
        var text: String
    }

    /// Replaces the one place where `old` stands.
    func edit(_ old: String, _ new: String) throws -> String {
        guard let range = self.range(of: old), old != new else { throw NothingToEdit(text: old) }
        return self.replacingCharacters(in: range, with: new)
    }

    /// From the first `start` to the next `end`, both included.
    func part(_ start: String, _ end: String) throws -> String {
        guard let first = self.range(of: start),
            let last = self.range(of: end, range: first.upperBound..<self.endIndex)
        else { throw NothingToEdit(text: start) }
        return String(self[first.lowerBound..<last.upperBound])
    }

    /// What stands between `start` and the next `end`.
    func inner(_ start: String, _ end: String) throws -> String {
        String(try self.part(start, end).dropFirst(start.count).dropLast(end.count))
    }

    /// The text with another character at a place of the alphabet it is in.
    func changingCharacter(at offset: Int) throws -> String {
        guard offset < self.count else { throw NothingToEdit(text: self) }
        let index = self.index(self.startIndex, offsetBy: offset)
        return self.replacingCharacters(in: index...index, with: self[index] == "A" ? "B" : "A")
    }

    var bytes: [UInt8] { Array(self.utf8) }
}
