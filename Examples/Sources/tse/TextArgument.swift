import ProgramSupport

/// A text given as an argument, or on the standard input.
enum TextArgument {
    /// The argument itself; for `-` what the standard input holds, without the line break that ends it.
    static func text(_ argument: String) throws -> String {
        guard argument == "-" else { return argument }
        var bytes = try Terminal.read("-")[...]
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
