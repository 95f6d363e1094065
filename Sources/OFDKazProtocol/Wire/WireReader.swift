/// Reads the fields of one message in protobuf's binary form, one after another, without a schema.
///
/// It never traps, copies nothing and keeps nothing: any bytes give fields up to the place where they break.
package struct WireReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    /// Where the last whole field ends.
    package private(set) var endOfIntact: Int
    /// Where and why the bytes broke; nil as long as they have not.
    package private(set) var damage: WireDamage?

    /// - Parameter bytes: one message. Offsets that are told are the slice's own indices.
    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        self.position = bytes.startIndex
        self.endOfIntact = bytes.startIndex
    }

    /// The next whole field, or nil at the end or where the bytes break; see ``damage``.
    package mutating func next() -> WireField? {
        guard self.damage == nil, self.position < self.bytes.endIndex else { return nil }
        let start = self.position
        do throws(WireDamage) {
            let (number, wireType) = try self.tag()
            let value = try self.value(number: number, wireType: wireType)
            self.endOfIntact = self.position
            return WireField(number: number, value: value, range: start..<self.position)
        } catch {
            self.damage = error
            return nil
        }
    }

    private mutating func tag() throws(WireDamage) -> (number: Int, wireType: UInt64) {
        let start = self.position
        guard let tag = try self.varint(), let number = Int(exactly: tag >> 3), (1...0x1FFF_FFFF).contains(number),
            tag & 7 <= 5
        else { throw WireDamage(.tag, offset: start) }
        return (number, tag & 7)
    }

    private mutating func value(number: Int, wireType: UInt64) throws(WireDamage) -> WireField.Value {
        let start = self.position
        switch wireType {
        case 0: return try self.varint().map { .varint($0) } ?? .oversizedVarint
        case 1: return .fixed64(try self.take(8))
        case 2:
            guard let size = try self.varint(), let length = Int(exactly: size) else {
                throw WireDamage(.length, offset: start)
            }
            guard length <= self.rest.count else {
                throw WireDamage(.truncated, offset: self.position, cutField: (number, self.rest))
            }
            return .bytes(try self.take(length))
        case 3:
            try self.skipGroup(number)
            return .group
        case 5: return .fixed32(try self.take(4))
        // The end of a group that has not begun.
        default: throw WireDamage(.group, offset: start)
        }
    }

    /// - Returns: nil for a number that ends, but has more than 64 bits.
    private mutating func varint() throws(WireDamage) -> UInt64? {
        let start = self.position
        var value: UInt64 = 0
        for place in 0..<10 {
            guard self.position < self.bytes.endIndex else { throw WireDamage(.truncated, offset: start) }
            let byte = self.bytes[self.position]
            self.position += 1
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            if byte & 0x80 == 0 { return place == 9 && byte > 1 ? nil : value }
        }
        throw WireDamage(.varint, offset: start)
    }

    private var rest: ArraySlice<UInt8> { self.bytes[self.position...] }

    private mutating func take(_ count: Int) throws(WireDamage) -> ArraySlice<UInt8> {
        let rest = self.rest
        guard count <= rest.count else { throw WireDamage(.truncated, offset: self.position) }
        self.position += count
        return rest.prefix(count)
    }

    /// Groups are of an older protobuf, and no message here has one. They are stepped over with a counter instead of a
    /// recursion, so that no depth can exhaust the stack.
    private mutating func skipGroup(_ number: Int) throws(WireDamage) {
        var open = [number]
        while let innermost = open.last {
            let start = self.position
            let (number, wireType) = try self.tag()
            switch wireType {
            case 3 where open.count < Self.groupDepth: open.append(number)
            case 4 where number == innermost: open.removeLast()
            case 3, 4: throw WireDamage(.group, offset: start)
            default: _ = try self.value(number: number, wireType: wireType)
            }
        }
    }

    /// More groups inside each other are taken for damage.
    private static let groupDepth = 64

    /// Numbers that stand one after another without tags, or nil when the last one does not end or one does not fit.
    static func packedVarints(_ content: ArraySlice<UInt8>) -> [UInt64]? {
        var reader = WireReader(content)
        var values: [UInt64] = []
        while reader.position < content.endIndex {
            guard let value = try? reader.varint() else { return nil }
            values.append(value)
        }
        return values
    }
}

/// One field as it stands in the bytes.
package struct WireField: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
        case varint(UInt64)
        /// A number that ends, but has more than 64 bits.
        case oversizedVarint
        case fixed32(ArraySlice<UInt8>)
        case fixed64(ArraySlice<UInt8>)
        /// A text, bytes or a message.
        case bytes(ArraySlice<UInt8>)
        case group
    }

    package let number: Int
    package let value: Value
    /// The whole field with its tag.
    package let range: Range<Int>
}

/// Where a message cannot be read further.
package struct WireDamage: Error, Sendable {
    package enum Reason: String, Sendable {
        /// The bytes end within a field.
        case truncated
        /// No such field number or wire type.
        case tag
        /// A length that no message can have.
        case length
        /// A number that does not end.
        case varint
        /// Groups that do not close, or lie too deep.
        case group
    }

    package let reason: Reason
    /// The index at which the part begins that cannot be read.
    package let offset: Int
    /// The text or message whose length passes the end, with the bytes that are there.
    package let cutField: (number: Int, bytes: ArraySlice<UInt8>)?

    init(_ reason: Reason, offset: Int, cutField: (number: Int, bytes: ArraySlice<UInt8>)? = nil) {
        self.reason = reason
        self.offset = offset
        self.cutField = cutField
    }
}
