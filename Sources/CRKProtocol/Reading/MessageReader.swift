import FiscalCore

/// Reads the members of a message in one of the two modes, and notes what it accepted.
struct MessageReader {
    let mode: ReadingMode
    private(set) var leniencies: [Leniency] = []

    init(_ mode: ReadingMode) {
        self.mode = mode
    }

    /// Accepts a departure, or refuses it in strict mode.
    mutating func accept(_ field: String, _ what: String) throws(UnreadableMessage) {
        guard self.mode == .lenient else { throw UnreadableMessage(field, what) }
        self.leniencies.append(Leniency(field: field, what: what))
    }

    static func object(_ bytes: [UInt8]) throws(UnreadableMessage) -> JSON {
        do {
            let json = try JSON(parsing: bytes)
            guard json.members != nil else { throw UnreadableMessage("", "no JSON object") }
            return json
        } catch let error as UnreadableMessage {
            throw error
        } catch {
            throw UnreadableMessage("", "\(error)")
        }
    }

    /// The value of a member, or nil. Another letter case is a departure.
    mutating func member(_ json: JSON, _ name: String, _ path: String = "") throws(UnreadableMessage) -> JSON? {
        if let value = json[name] { return value }
        guard let value = json[anyCase: name] else { return nil }
        try self.accept(path + name, "another letter case")
        return value
    }

    /// A member that must be there.
    mutating func required(_ json: JSON, _ name: String, _ path: String = "") throws(UnreadableMessage) -> JSON {
        guard let value = try self.member(json, name, path), !value.isNull else {
            throw UnreadableMessage(path + name, "missing")
        }
        return value
    }

    mutating func integer(_ value: JSON, _ field: String) throws(UnreadableMessage) -> Int64 {
        if let number = value.integer { return number }
        if let text = value.string, let number = Int64(text), !text.hasPrefix("+") {
            try self.accept(field, "a number as text")
            return number
        }
        throw UnreadableMessage(field, "no whole number")
    }

    mutating func text(_ value: JSON, _ field: String) throws(UnreadableMessage) -> String {
        guard let text = value.string else { throw UnreadableMessage(field, "no text") }
        return text
    }

    /// A text with a limit that the document gives in characters; a longer one is a departure.
    mutating func text(_ value: JSON, _ field: String, atMost count: Int) throws(UnreadableMessage) -> String {
        let text = try self.text(value, field)
        if text.unicodeScalars.count > count { try self.accept(field, "longer than \(count) characters") }
        return text
    }

    /// A certificate as one line of base 64; PEM and line breaks are a departure.
    mutating func certificate(_ value: JSON, _ field: String) throws(UnreadableMessage) -> Certificate {
        let text = try self.text(value, field)
        if let der = Base64.decode(text), let certificate = try? Certificate(der: der) { return certificate }
        if let certificate = try? Certificate(pem: text) {
            try self.accept(field, "a certificate in PEM")
            return certificate
        }
        if let der = Base64.decodeIgnoringWhitespace(text), let certificate = try? Certificate(der: der) {
            try self.accept(field, "line breaks in base 64")
            return certificate
        }
        throw UnreadableMessage(field, "no certificate")
    }

    /// What the repository's own checks turn into.
    func checked<Value>(_ field: String, _ make: () throws(InvalidField) -> Value) throws(UnreadableMessage) -> Value {
        do { return try make() } catch { throw UnreadableMessage(field, "\(error.rule.rawValue) (\(error.limit))") }
    }
}
