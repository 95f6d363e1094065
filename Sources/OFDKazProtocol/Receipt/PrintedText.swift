/// Free text of hosts and servers on its way to paper.
enum PrintedText {
    /// The lines of a text, without empty ones at its end. A control character would steer the printer; it becomes
    /// U+FFFD, so that its place is seen.
    static func lines(_ text: String) -> [String] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Self.line($0) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// A text on one line.
    static func line(_ text: some StringProtocol) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r": line.append(" ")
            default: line.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
            }
        }
        return String(line)
    }
}
