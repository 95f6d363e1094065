extension JSON {
    /// Reads one JSON text (RFC 8259, nothing beyond it: no comments, no trailing commas). A byte order mark is skipped.
    /// - Parameters:
    ///   - maximumDepth: how deep arrays and objects may be nested; a peer must not choose the depth of our stack.
    ///   - maximumBytes: how long the text may be.
    public init(
        parsing bytes: some Sequence<UInt8>, maximumDepth: Int = 64, maximumBytes: Int = 32 << 20
    ) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes), maximumDepth: maximumDepth)
        guard parser.bytes.count <= maximumBytes else {
            throw JSONError(code: .size, offset: maximumBytes, detail: "at most \(maximumBytes) bytes")
        }
        guard String(validating: parser.bytes, as: UTF8.self) != nil else {
            throw JSONError(code: .encoding, offset: 0, detail: "the text is not UTF-8")
        }
        self = try parser.text()
    }

    /// The same for a text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: text.utf8)
    }
}

/// Recursive descent over the grammar of RFC 8259. The bytes are known to be UTF-8.
private struct JSONParser {
    let bytes: [UInt8]
    let maximumDepth: Int
    var position = 0

    init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { self.position = 3 }
    }

    func failure(_ detail: String, _ code: JSONError.Code = .syntax) -> JSONError {
        JSONError(code: code, offset: self.position, detail: detail)
    }

    var next: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

    /// Takes the byte when it comes next.
    mutating func take(_ character: Character) -> Bool {
        guard self.next == character.asciiValue else { return false }
        self.position += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = self.next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { self.position += 1 }
    }

    mutating func text() throws(JSONError) -> JSON {
        let value = try self.value(depth: 0)
        self.skipSpace()
        guard self.next == nil else { throw self.failure("the end of the text") }
        return value
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        self.skipSpace()
        guard depth <= self.maximumDepth else {
            throw self.failure("at most \(self.maximumDepth) levels", .depth)
        }
        switch self.next {
        case UInt8(ascii: "{"): return try self.object(depth: depth)
        case UInt8(ascii: "["): return try self.array(depth: depth)
        case UInt8(ascii: "\""): return .string(try self.string())
        case UInt8(ascii: "-"): return .number(try self.number())
        case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try self.number())
        default: break
        }
        for (word, value) in [("true", JSON.bool(true)), ("false", .bool(false)), ("null", .null)]
        where self.bytes[self.position...].starts(with: word.utf8) {
            self.position += word.utf8.count
            return value
        }
        throw self.failure("a value")
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        var members: [JSON.Member] = []
        self.position += 1
        self.skipSpace()
        if self.take("}") { return .object(members) }
        while true {
            self.skipSpace()
            guard self.next == UInt8(ascii: "\"") else { throw self.failure("the name of a member") }
            let name = try self.string()
            self.skipSpace()
            guard self.take(":") else { throw self.failure("a colon") }
            members.append(JSON.Member(name, try self.value(depth: depth + 1)))
            self.skipSpace()
            if self.take("}") { return .object(members) }
            guard self.take(",") else { throw self.failure("a comma or the end of the object") }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        var values: [JSON] = []
        self.position += 1
        self.skipSpace()
        if self.take("]") { return .array(values) }
        while true {
            values.append(try self.value(depth: depth + 1))
            self.skipSpace()
            if self.take("]") { return .array(values) }
            guard self.take(",") else { throw self.failure("a comma or the end of the array") }
        }
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        let start = self.position
        _ = self.take("-")
        // No number starts with a zero but 0 itself.
        if !self.take("0") { try self.digits() }
        if self.take(".") { try self.digits() }
        if self.take("e") || self.take("E") {
            _ = self.take("+") || self.take("-")
            try self.digits()
        }
        return JSONNumber(unchecked: String(decoding: self.bytes[start..<self.position], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        let start = self.position
        while let byte = self.next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { self.position += 1 }
        guard self.position > start else { throw self.failure("a digit") }
    }

    private mutating func string() throws(JSONError) -> String {
        var units: [UInt8] = []
        self.position += 1
        while true {
            guard let byte = self.next else { throw self.failure("the end of the string") }
            switch byte {
            case UInt8(ascii: "\""):
                self.position += 1
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"):
                self.position += 1
                units.append(contentsOf: String(try self.escaped()).utf8)
            case 0..<0x20:
                throw self.failure("no control character in a string")
            default:
                units.append(byte)
                self.position += 1
            }
        }
    }

    private mutating func escaped() throws(JSONError) -> Character {
        guard let byte = self.next else { throw self.failure("an escaped character") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try self.scalar())
        default: throw self.failure("an escaped character that JSON has")
        }
    }

    /// A scalar in one `\u` escape, or in the two of a surrogate pair. Half a pair stands for nothing and is replaced.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let unit = try self.codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let here = self.position
        if UTF16.isLeadSurrogate(unit), self.take("\\"), self.take("u") {
            let low = try self.codeUnit()
            if UTF16.isTrailSurrogate(low) {
                let offset = (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
                return Unicode.Scalar(0x10000 + offset) ?? "\u{FFFD}"
            }
        }
        self.position = here
        return "\u{FFFD}"
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = self.next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw self.failure("four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
            self.position += 1
        }
        return unit
    }
}
