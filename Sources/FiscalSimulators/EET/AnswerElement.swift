/// An element of an answer, written in two spellings from one value: as it goes out, and in the canonical form over
/// which the seal is made. The library's own canonicaliser has no part in it, so the two check each other.
struct AnswerElement: Sendable {
    enum Child: Sendable {
        case element(AnswerElement)
        case text(String)
    }

    var name: String
    /// In the order of the document.
    var attributes: [(name: String, value: String)] = []
    var children: [Child] = []
    /// What exclusive canonicalisation declares here, sorted by prefix; declared further out in the document itself.
    var namespaces: [(prefix: String, uri: String)] = []

    /// As it goes out: empty elements short, characters beyond ASCII as references, like the real answers.
    var wire: String {
        var text = "<" + self.name
        for (name, value) in self.attributes { text += " \(name)=\"\(Self.reference(value, quotes: true))\"" }
        guard !self.children.isEmpty else { return text + "/>" }
        text += ">"
        for child in self.children {
            switch child {
            case .element(let element): text += element.wire
            case .text(let content): text += Self.reference(content, quotes: false)
            }
        }
        return text + "</\(self.name)>"
    }

    /// Exclusive XML Canonicalization 1.0. Attributes here have no prefix or are the only one of their element, so the
    /// order of names is the order of code points.
    var canonical: String {
        var text = "<" + self.name
        for (prefix, uri) in self.namespaces {
            text += prefix.isEmpty ? " xmlns=\"\(uri)\"" : " xmlns:\(prefix)=\"\(uri)\""
        }
        for (name, value) in self.attributes.sorted(by: { $0.name < $1.name }) {
            let escaped = value.unicodeScalars.map { scalar in
                switch scalar {
                case "&": "&amp;"
                case "<": "&lt;"
                case "\"": "&quot;"
                case "\t": "&#x9;"
                case "\n": "&#xA;"
                case "\r": "&#xD;"
                default: String(scalar)
                }
            }
            text += " \(name)=\"\(escaped.joined())\""
        }
        text += ">"
        for child in self.children {
            switch child {
            case .element(let element): text += element.canonical
            case .text(let content):
                for scalar in content.unicodeScalars {
                    switch scalar {
                    case "&": text += "&amp;"
                    case "<": text += "&lt;"
                    case ">": text += "&gt;"
                    case "\r": text += "&#xD;"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            }
        }
        return text + "</\(self.name)>"
    }

    private static func reference(_ text: String, quotes: Bool) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"" where quotes: "&quot;"
            case "\n" where !quotes, " "..."~": String(scalar)
            default: "&#\(scalar.value);"
            }
        }.joined()
    }
}

extension String {
    /// Without the characters that no XML document can hold; they become question marks.
    var xmlText: String {
        String(
            String.UnicodeScalarView(
                self.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: scalar
                    default: "?"
                    }
                }))
    }
}
