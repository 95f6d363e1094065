/// Writes XML that is already in exclusive canonical form.
///
/// No escaping: everything written through it was made valid before, and no valid value has a character that XML
/// would want escaped (``AttributeTable``).
struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        self.bytes.reserveCapacity(capacity)
    }

    mutating func write(_ text: String) {
        self.bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ canonical: [UInt8]) {
        self.bytes.append(contentsOf: canonical)
    }

    /// An element with attributes only, as start and end tag; the attributes are sorted by name already.
    mutating func writeEmptyElement(_ name: String, _ attributes: WireAttributes) {
        self.write("<")
        self.write(name)
        for (name, value) in attributes {
            self.write(" ")
            self.write(name)
            self.write("=\"")
            self.write(value)
            self.write("\"")
        }
        self.write("></")
        self.write(name)
        self.write(">")
    }
}
