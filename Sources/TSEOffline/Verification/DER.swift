/// Writes the few elements of ASN.1 that the signed message is made of (X.690, distinguished encoding).
enum DER {
    /// A whole element: tag, length, content.
    static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        [tag] + Self.length(content.count) + content
    }

    /// One octet below 128, else the number of octets and the octets.
    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let octets = Self.octets(UInt64(count))
        return [0x80 | UInt8(octets.count)] + octets
    }

    /// The octets of a number without leading zeros; at least one.
    private static func octets(_ number: UInt64) -> [UInt8] {
        let all = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
        let significant = all.drop { $0 == 0 }
        return significant.isEmpty ? [0] : Array(significant)
    }

    /// The content of an INTEGER that is not negative: two's complement, as short as possible (225 is `00E1`).
    static func integerContent(_ number: UInt64) -> [UInt8] {
        let octets = Self.octets(number)
        return octets[0] >= 0x80 ? [0] + octets : octets
    }

    /// The content of any INTEGER of 64 bits.
    static func integerContent(_ number: Int64) -> [UInt8] {
        guard number < 0 else { return Self.integerContent(UInt64(number)) }
        var octets = Self.octets(UInt64(bitPattern: number))
        // A leading FF says nothing when the sign stays.
        while octets.count > 1, octets[0] == 0xFF, octets[1] >= 0x80 { octets.removeFirst() }
        return octets
    }

    /// The content of an OBJECT IDENTIFIER with at least two numbers.
    static func objectIdentifierContent(_ numbers: [UInt64]) -> [UInt8] {
        guard numbers.count >= 2 else { preconditionFailure("an object identifier has two numbers or more") }
        return Self.base128(numbers[0] * 40 + numbers[1]) + numbers[2...].flatMap(Self.base128)
    }

    /// Seven bits an octet, all but the last with the high bit set.
    private static func base128(_ number: UInt64) -> [UInt8] {
        var octets = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0 {
            octets.insert(0x80 | UInt8(rest & 0x7F), at: 0)
            rest >>= 7
        }
        return octets
    }
}
