/// A payload as its raw fields by number, without a schema; messages inside are opened on demand.
///
/// Never traps. What comes after a break is not there; ``damage`` says where that is.
package struct WireTree: Sendable, Sequence {
    package let bytes: ArraySlice<UInt8>

    package init(_ bytes: [UInt8]) { self.bytes = bytes[...] }
    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    package struct Iterator: IteratorProtocol, Sendable {
        var reader: WireReader
        package mutating func next() -> WireField? { self.reader.next() }
    }

    package func makeIterator() -> Iterator { Iterator(reader: WireReader(self.bytes)) }

    /// Where the bytes of this message break, or nil when they are whole. Messages inside are not looked into.
    package var damage: WireDamage? {
        var reader = WireReader(self.bytes)
        while reader.next() != nil {}
        return reader.damage
    }

    /// The last number of a field, as protobuf reads a field that is there more than once.
    package func number(_ number: Int) -> UInt64? {
        var found: UInt64?
        for field in self where field.number == number {
            if case .varint(let value) = field.value { found = value }
        }
        return found
    }

    /// All numbers of a field, in order; also those that stand in one field together.
    package func numbers(_ number: Int) -> [UInt64] {
        self.lazy.filter { $0.number == number }.flatMap { field -> [UInt64] in
            switch field.value {
            case .varint(let value): [value]
            case .bytes(let bytes): WireReader.packedVarints(bytes) ?? []
            case .oversizedVarint, .fixed32, .fixed64, .group: []
            }
        }
    }

    /// The last text or message of a field, or nil.
    package func content(_ number: Int) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        for field in self where field.number == number {
            if case .bytes(let bytes) = field.value { found = bytes }
        }
        return found
    }

    /// The last message of a field, opened.
    package func tree(_ number: Int) -> WireTree? { self.content(number).map { WireTree($0) } }
}
