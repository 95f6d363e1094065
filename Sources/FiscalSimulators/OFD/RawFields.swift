/// The top-level fields of a message as they stand in its bytes, for reading what does not decode whole, and for
/// damaging what does.
enum RawFields {
    struct Field {
        var number: Int
        /// The whole field, key included.
        var bytes: ArraySlice<UInt8>
        /// What a length-delimited field holds.
        var content: ArraySlice<UInt8>?
        var varint: UInt64?
    }

    /// The fields up to the first that cannot be read.
    static func read(_ bytes: [UInt8]) -> [Field] {
        var fields: [Field] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let start = rest.startIndex
            guard let key = Self.varint(&rest), let number = Int(exactly: key >> 3) else { return fields }
            switch key & 7 {
            case 0:
                guard let value = Self.varint(&rest) else { return fields }
                fields.append(Field(number: number, bytes: bytes[start..<rest.startIndex], varint: value))
            case 2:
                guard let length = Self.varint(&rest), length <= UInt64(rest.count) else { return fields }
                let content = rest.prefix(Int(length))
                rest = rest.dropFirst(Int(length))
                fields.append(Field(number: number, bytes: bytes[start..<rest.startIndex], content: content))
            default: return fields
            }
        }
        return fields
    }

    /// The last number under that tag.
    static func number(_ tag: Int, in bytes: [UInt8]) -> UInt32? {
        Self.read(bytes).last { $0.number == tag && $0.varint != nil }?.varint.flatMap { UInt32(exactly: $0) }
    }

    /// A length-delimited field.
    static func field(_ tag: UInt64, _ content: some Collection<UInt8>) -> [UInt8] {
        Self.written(tag << 3 | 2) + Self.written(UInt64(content.count)) + Array(content)
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for place in 0..<10 {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            if byte < 0x80 { return value }
        }
        return nil
    }

    private static func written(_ number: UInt64) -> [UInt8] {
        var rest = number
        var bytes: [UInt8] = []
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
