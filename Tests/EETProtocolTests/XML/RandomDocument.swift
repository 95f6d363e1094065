import FiscalTestSupport

/// Writes namespaced documents that are well-formed but as awkward for canonicalisation as they can be.
struct RandomDocument {
    private var random: SeededGenerator
    private(set) var text = ""
    /// The values of `xml:id`, when elements carry one.
    private(set) var ids: [String] = []
    private var elements = 0
    private let withIDs: Bool

    private static let prefixes = ["p", "q", "a-b", "ns1", "Ž", "_x"]
    // No ampersand among them: libxml2 2.9 forgets to escape it in a declaration.
    private static let uris = ["urn:b", "urn:a", "urn:a:1", "http://example.org/?a=1;b=2", "http://example.org/Z"]
    private static let names = ["a", "b", "Odpoved", "čtverec", "x.y-z", "_0", "K"]
    private static let pieces = [
        "text", " ", "  ", "\n", "\t", "\r\n", "&amp;", "&lt;", "&gt;", ">", "&quot;", "&apos;", "&#9;", "&#xA;",
        "&#13;", "&#x20;", "ž", "e\u{301}", "\u{E9}", "\u{212A}", "\u{1F600}", "&#x1F600;", "\u{85}", "\u{2028}",
        "\u{FEFF}", "&#8211;", "\u{10FFFD}", "]]", "&#x26;amp;", "--", "{}",
    ]

    /// `trailer` goes in before the end tag of the root; each document ends in an instruction that names it.
    init(seed: UInt64, withIDs: Bool = false, trailer: ([String]) -> String = { _ in "" }) {
        self.random = SeededGenerator(seed: seed)
        self.withIDs = withIDs
        if self.random.chance(70) { self.text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" }
        if self.random.chance(30) { self.text += "<?before  some data ?>\n<?bare?>" }
        self.element(level: 0, scope: [:], trailer: trailer)
        if self.random.chance(30) { self.text += "\n<?after?>\n" }
        self.text += "<?document \(seed)?>"
        if self.random.chance(50) { self.text += "\n" }
    }

    private mutating func value(_ quote: String) -> String {
        var value = ""
        for _ in 0..<Int.random(in: 0...5, using: &self.random) {
            value += self.random.pick(Self.pieces + [quote == "\"" ? "'" : "\""])
        }
        return value
    }

    private mutating func attribute(_ name: String, _ value: String, _ quote: String = "\"") {
        self.text +=
            self.random.pick([" ", "  ", "\n "]) + name + self.random.pick(["=", " = "]) + quote + value + quote
    }

    private mutating func element(level: Int, scope outer: [String: String], trailer: ([String]) -> String) {
        self.elements += 1
        var scope = outer
        var declared: [String] = []
        for prefix in Self.prefixes where self.random.chance(level == 0 ? 40 : 15) {
            scope[prefix] = self.random.pick(Self.uris)
            declared.append(prefix)
        }
        if self.random.chance(35) {
            scope[""] = self.random.chance(30) ? "" : self.random.pick(Self.uris)
            declared.append("")
        }
        let bound = scope.keys.filter { !$0.isEmpty }.sorted()
        let prefix = bound.isEmpty || self.random.chance(50) ? "" : self.random.pick(bound) + ":"
        let name = prefix + self.random.pick(Self.names)
        self.text += "<" + name

        var parts: [(String, String)] = declared.map { ($0.isEmpty ? "xmlns" : "xmlns:" + $0, scope[$0] ?? "") }
        var used: Set<String> = []
        for _ in 0..<Int.random(in: 0...4, using: &self.random) {
            let prefix = bound.isEmpty || self.random.chance(50) ? "" : self.random.pick(bound)
            let local = self.random.pick(Self.names)
            guard used.insert((prefix.isEmpty ? "" : scope[prefix] ?? "") + " " + local).inserted else { continue }
            parts.append((prefix.isEmpty ? local : prefix + ":" + local, ""))
        }
        if self.random.chance(15) { parts.append(("xml:lang", "")) }
        if self.withIDs {
            self.ids.append("e\(self.elements)")
            parts.append(("xml:id", "e\(self.elements)"))
        }
        parts.shuffle(using: &self.random)
        for (name, fixed) in parts {
            let quote = self.random.pick(["\"", "'"])
            let isFixed = name == "xml:id" || name.hasPrefix("xmlns")
            self.attribute(name, isFixed ? fixed : self.value(quote), quote)
        }
        if level > 0, self.random.chance(15) {
            self.text += self.random.pick(["/>", " />"])
            return
        }
        self.text += self.random.pick([">", "\n>"])
        self.content(level: level, scope: scope)
        if level == 0 { self.text += trailer(self.ids) }
        self.text += "</" + name + self.random.pick([">", " >"])
    }

    private mutating func content(level: Int, scope: [String: String]) {
        for _ in 0..<Int.random(in: 0...6, using: &self.random) {
            switch Int.random(in: 0..<10, using: &self.random) {
            case 0..<4 where level < 6 && self.elements < 60:
                self.element(level: level + 1, scope: scope, trailer: { _ in "" })
            case 4: self.text += "<![CDATA[" + self.random.pick(["", "a<b>&amp;", "]]", "\r\n", "ž\"'"]) + "]]>"
            case 5: self.text += self.random.pick(["<?pi?>", "<?pi  x  y ?>", "<?a-b ž&amp;<>?>", "<?pi ?>"])
            default:
                // "]]>" may not stand in text.
                self.text += self.value("\"").replacing("]]", with: "] ")
            }
        }
    }
}
