/// Writes single fields of protobuf's binary form.
enum WireWriter {
    /// A text, bytes or a message.
    static func append(_ content: [UInt8], number: Int, to output: inout [UInt8]) {
        Self.append(UInt64(number) << 3 | 2, to: &output)
        Self.append(UInt64(content.count), to: &output)
        output += content
    }

    /// A number in groups of seven bits, the lowest first.
    static func append(_ varint: UInt64, to output: inout [UInt8]) {
        var rest = varint
        while rest > 0x7F {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(truncatingIfNeeded: rest))
    }
}
