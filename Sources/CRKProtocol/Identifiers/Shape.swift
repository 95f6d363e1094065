/// Texts of a fixed shape, compared byte by byte: `A` stands for a capital letter, `9` for a digit, everything else for
/// itself. A line break at the end fits nothing.
enum Shape {
    static func fits(_ text: some StringProtocol, _ shape: StaticString) -> Bool {
        let pattern = shape.withUTF8Buffer { Array($0) }
        return text.utf8.count == pattern.count
            && zip(text.utf8, pattern).allSatisfy { byte, wanted in
                switch wanted {
                case UInt8(ascii: "A"): (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                case UInt8(ascii: "9"): (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                default: byte == wanted
                }
            }
    }
}
