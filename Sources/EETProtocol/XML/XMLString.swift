/// Text compared the way XML compares it: code point by code point.
///
/// `String` takes canonically equivalent texts for equal, so that `KeyInfo` written with the Kelvin sign (U+212A) would
/// pass for `KeyInfo`, and sorts by the same rule. Names, namespaces and identifiers under a signature must not be
/// compared like that; the order of canonical XML is the order of code points too, which is that of UTF-8 bytes.
package struct XMLString: Sendable {
    package let string: String

    package init(_ string: String) {
        var string = string
        string.makeContiguousUTF8()
        self.string = string
    }

    package var isEmpty: Bool { self.string.utf8.isEmpty }

    /// Whether there is nothing but XML white space (space, tab, line feed, carriage return).
    package var isWhitespace: Bool {
        self.string.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    /// The parts between runs of XML white space.
    package var words: [XMLString] {
        self.string.utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
            .map { XMLString(String(Substring($0))) }
    }

    /// The text with runs of white space made one space, and none at its ends.
    package var collapsed: String {
        self.words.map(\.string).joined(separator: " ")
    }

    /// Whether both are the same but for the case of ASCII letters.
    package func equalsIgnoringASCIICase(_ other: XMLString) -> Bool {
        func lowered(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
        return self.string.utf8.elementsEqual(other.string.utf8) { lowered($0) == lowered($1) }
    }
}

extension XMLString: Hashable, Comparable {
    package static func == (left: Self, right: Self) -> Bool {
        left.string.utf8.elementsEqual(right.string.utf8)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var string = self.string
        string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}

extension XMLString: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral value: String) { self.init(value) }
    package var description: String { self.string }
}
