/// A first pass over the bytes, before the parser sees them.
///
/// The system's parser says nothing of a document type, reports a truncated document as complete, loses the order of
/// attributes and, on Linux, crashes on a processing instruction without data. This pass refuses what must not reach
/// it and notes the outline (start tags and their attribute names), against which the parser's events are checked.
struct XMLScan {
    struct StartTag {
        var offset: Int
        var name: XMLString
        var attributes: [XMLString]
    }

    private(set) var startTags: [StartTag] = []
    /// Ends of instructions without data.
    private var instructionsWithoutData: Set<Int> = []

    /// Of one element; a message of the protocol has fifteen or so.
    private static let maximumAttributes = 256

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var position = 0
    private var open: [XMLString] = []
    private var hasRoot = false

    /// `bytes` must be valid UTF-8 without a byte order mark.
    init(_ bytes: [UInt8], maximumDepth: Int) throws(XMLTreeError) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        try self.declaration()
        while self.position < bytes.count {
            if self.bytes[self.position] == UInt8(ascii: "<") {
                try self.markup()
            } else {
                try self.text()
            }
        }
        guard self.open.isEmpty else { throw self.error(.structure, "an element is left open") }
        guard self.hasRoot else { throw self.error(.structure, "no element") }
    }

    /// The document as the parser can take it; both changes leave its meaning alone.
    ///
    /// Line ends are made line feeds, which XML asks for anyway and libxml2 forgets within CDATA. A space stands where an
    /// instruction has no data, for which FoundationXML on Linux follows a null pointer.
    func parserInput() -> [UInt8] {
        guard self.bytes.contains(0x0D) || !self.instructionsWithoutData.isEmpty else { return self.bytes }
        var input: [UInt8] = []
        input.reserveCapacity(self.bytes.count + self.instructionsWithoutData.count)
        for (offset, byte) in self.bytes.enumerated() {
            if self.instructionsWithoutData.contains(offset) { input.append(0x20) }
            if byte != 0x0D {
                input.append(byte)
            } else if offset + 1 == self.bytes.count || self.bytes[offset + 1] != 0x0A {
                input.append(0x0A)
            }
        }
        return input
    }

    private func error(_ code: XMLTreeError.Code, _ detail: String, at offset: Int? = nil) -> XMLTreeError {
        let offset = min(offset ?? self.position, self.bytes.count)
        let line = 1 + self.bytes[..<offset].count { $0 == 0x0A }
        return XMLTreeError(code, offset: offset, line: line, detail: detail)
    }

    // MARK: Characters

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private func starts(_ text: StaticString) -> Bool {
        self.bytes[self.position...].starts(
            with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard self.starts(text) else { return false }
        self.position += text.utf8CodeUnitCount
        return true
    }

    private mutating func skipSpace() {
        while self.position < self.bytes.count, Self.isSpace(self.bytes[self.position]) { self.position += 1 }
    }

    /// Moves behind the next `end`.
    private mutating func skip(past end: StaticString, _ what: String) throws(XMLTreeError) {
        let start = self.position
        while self.position < self.bytes.count {
            if self.take(end) { return }
            self.position += 1
        }
        throw self.error(.syntax, "\(what) has no end", at: start)
    }

    /// A name, up to the byte that ends it; whether its characters are allowed is the parser's to say.
    private mutating func name() throws(XMLTreeError) -> XMLString {
        let start = self.position
        while self.position < self.bytes.count {
            let byte = self.bytes[self.position]
            if Self.isSpace(byte) { break }
            switch byte {
            case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "?"): break
            case UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "&"):
                throw self.error(.syntax, "not allowed in a name")
            default:
                self.position += 1
                continue
            }
            break
        }
        guard self.position > start else { throw self.error(.syntax, "a name is missing") }
        return XMLString(String(decoding: self.bytes[start..<self.position], as: UTF8.self))
    }

    /// `&amp;` and its four siblings, `&#10;`, `&#xA;`: nothing else is defined without a document type.
    private mutating func reference() throws(XMLTreeError) {
        let start = self.position
        if self.take("&amp;") || self.take("&lt;") || self.take("&gt;") || self.take("&quot;") || self.take("&apos;") {
            return
        }
        let radix: UInt32 = self.take("&#x") ? 16 : 10
        guard radix == 16 || self.take("&#") else { throw self.error(.reference, "not defined", at: start) }
        var value: UInt32 = 0
        var digits = 0
        while self.position < self.bytes.count,
            let digit = Character(UnicodeScalar(self.bytes[self.position])).hexDigitValue, digit < radix
        {
            value = min(value * radix + UInt32(digit), 0x11_0000)
            digits += 1
            self.position += 1
        }
        guard digits > 0, self.take(";") else { throw self.error(.reference, "not a character", at: start) }
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: return
        default: throw self.error(.reference, "not a character", at: start)
        }
    }

    // MARK: Markup

    /// `<?xml version="1.0" encoding="UTF-8"?>`, where there is one.
    private mutating func declaration() throws(XMLTreeError) {
        guard self.starts("<?xml"), self.bytes.count > 5, Self.isSpace(self.bytes[5]) else { return }
        self.position = 5
        var allowed: [XMLString] = ["version", "encoding", "standalone"]
        while true {
            let hadSpace = self.position < self.bytes.count && Self.isSpace(self.bytes[self.position])
            self.skipSpace()
            if self.take("?>") { break }
            let start = self.position
            let name = try self.name()
            guard hadSpace, let index = allowed.firstIndex(of: name), index == 0 || allowed.count < 3 else {
                throw self.error(.syntax, "XML declaration", at: start)
            }
            allowed.removeFirst(index + 1)
            let value = try self.quoted()
            switch name {
            case "version" where value != "1.0": throw self.error(.syntax, "not XML 1.0", at: start)
            case "encoding" where !value.equalsIgnoringASCIICase("UTF-8"):
                throw self.error(.encoding, "another encoding is declared", at: start)
            case "standalone" where value != "yes" && value != "no":
                throw self.error(.syntax, "XML declaration", at: start)
            default: break
            }
        }
        guard allowed.count < 3 else { throw self.error(.syntax, "XML declaration without a version") }
    }

    /// `= "value"`
    private mutating func quoted() throws(XMLTreeError) -> XMLString {
        self.skipSpace()
        guard self.take("=") else { throw self.error(.syntax, "= is missing") }
        self.skipSpace()
        guard self.starts("\"") || self.starts("'") else { throw self.error(.syntax, "a quote is missing") }
        let quote = self.bytes[self.position]
        self.position += 1
        let start = self.position
        while self.position < self.bytes.count {
            switch self.bytes[self.position] {
            case quote:
                self.position += 1
                return XMLString(String(decoding: self.bytes[start..<(self.position - 1)], as: UTF8.self))
            case UInt8(ascii: "<"): throw self.error(.syntax, "< in a value")
            case UInt8(ascii: "&"): try self.reference()
            default: self.position += 1
            }
        }
        throw self.error(.syntax, "a value has no end", at: start)
    }

    private mutating func text() throws(XMLTreeError) {
        while self.position < self.bytes.count, self.bytes[self.position] != UInt8(ascii: "<") {
            let byte = self.bytes[self.position]
            guard !self.open.isEmpty || Self.isSpace(byte) else {
                throw self.error(.structure, "text outside the root element")
            }
            if byte == UInt8(ascii: "&") { try self.reference() } else { self.position += 1 }
        }
    }

    private mutating func markup() throws(XMLTreeError) {
        let start = self.position
        if self.take("<!--") {
            try self.skip(past: "-->", "a comment")
        } else if self.take("<![CDATA[") {
            guard !self.open.isEmpty else { throw self.error(.structure, "text outside the root element", at: start) }
            try self.skip(past: "]]>", "a CDATA section")
        } else if self.starts("<!") {
            throw self.error(.documentType, "declarations are not accepted")
        } else if self.take("<?") {
            try self.instruction()
        } else if self.take("</") {
            let name = try self.name()
            self.skipSpace()
            guard self.open.popLast() == name, self.take(">") else {
                throw self.error(.structure, "an end tag that does not fit", at: start)
            }
        } else {
            self.position += 1
            try self.startTag(at: start)
        }
    }

    private mutating func instruction() throws(XMLTreeError) {
        let start = self.position
        let target = try self.name()
        guard !target.equalsIgnoringASCIICase("xml") else {
            throw self.error(.syntax, "an XML declaration that is not at the start", at: start)
        }
        if self.starts("?>") { self.instructionsWithoutData.insert(self.position) }
        try self.skip(past: "?>", "a processing instruction")
    }

    private mutating func startTag(at start: Int) throws(XMLTreeError) {
        guard !self.open.isEmpty || !self.hasRoot else {
            throw self.error(.structure, "more than one root element", at: start)
        }
        guard self.open.count < self.maximumDepth else {
            throw self.error(.tooDeep, "more than \(self.maximumDepth) levels", at: start)
        }
        self.hasRoot = true
        let name = try self.name()
        var attributes: [XMLString] = []
        while true {
            let hadSpace = self.position < self.bytes.count && Self.isSpace(self.bytes[self.position])
            self.skipSpace()
            if self.take("/>") { break }
            if self.take(">") {
                self.open.append(name)
                break
            }
            guard hadSpace else { throw self.error(.syntax, "white space is missing") }
            guard attributes.count < Self.maximumAttributes else {
                throw self.error(.tooLarge, "more than \(Self.maximumAttributes) attributes", at: start)
            }
            attributes.append(try self.name())
            _ = try self.quoted()
        }
        guard Set(attributes).count == attributes.count else {
            throw self.error(.duplicateAttribute, "one name twice", at: start)
        }
        self.startTags.append(StartTag(offset: start, name: name, attributes: attributes))
    }
}
