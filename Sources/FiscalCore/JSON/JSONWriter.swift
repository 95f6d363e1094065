extension JSON {
    /// The text in UTF-8, without spaces, members in their order.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The text, without spaces, members in their order.
    public var text: String { String(decoding: self.bytes, as: UTF8.self) }
}

private struct JSONWriter {
    var bytes: [UInt8] = []

    mutating func write(_ value: JSON) {
        switch value {
        case .null: self.write("null")
        case .bool(let value): self.write(value ? "true" : "false")
        case .number(let number): self.write(number.text)
        case .string(let text): self.write(quoting: text)
        case .array(let values):
            self.write("[")
            for (index, value) in values.enumerated() {
                if index > 0 { self.write(",") }
                self.write(value)
            }
            self.write("]")
        case .object(let members):
            self.write("{")
            for (index, member) in members.enumerated() {
                if index > 0 { self.write(",") }
                self.write(quoting: member.name)
                self.write(":")
                self.write(member.value)
            }
            self.write("}")
        }
    }

    private mutating func write(_ text: String) {
        self.bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(quoting text: String) {
        self.write("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): self.write("\\\"")
            case UInt8(ascii: "\\"): self.write("\\\\")
            case UInt8(ascii: "\n"): self.write("\\n")
            case UInt8(ascii: "\r"): self.write("\\r")
            case UInt8(ascii: "\t"): self.write("\\t")
            case 0..<0x20: self.write("\\u00" + Hex.encode([byte]))
            default: self.bytes.append(byte)
            }
        }
        self.write("\"")
    }
}
