import Foundation

/// The members of a JSON object, their values as they are written: numbers keep their digits and texts their escapes.
struct JSONMembers {
    private let text: [UInt8]
    private var place = 0

    /// - Returns: nil when the text is no object. Whether the values are JSON is for those to judge who read them.
    static func read(_ text: [UInt8]) -> [(name: String, value: String)]? {
        var reader = JSONMembers(text: text)
        return reader.object()
    }

    private init(text: [UInt8]) { self.text = text }

    private var next: UInt8? { self.place < self.text.count ? self.text[self.place] : nil }

    private mutating func object() -> [(name: String, value: String)]? {
        var members: [(name: String, value: String)] = []
        guard self.take("{") else { return nil }
        if !self.take("}") {
            repeat {
                guard let name = self.name(), self.take(":"), let value = self.value() else { return nil }
                members.append((name, value))
            } while self.take(",")
            guard self.take("}") else { return nil }
        }
        self.skipSpace()
        return self.next == nil ? members : nil
    }

    private mutating func name() -> String? {
        self.skipSpace()
        let start = self.place
        guard self.skipText() else { return nil }
        return try? JSONDecoder().decode(String.self, from: Data(self.text[start..<self.place]))
    }

    /// Everything up to the comma or brace that ends the member.
    private mutating func value() -> String? {
        self.skipSpace()
        let start = self.place
        var end = start
        var depth = 0
        scan: while let character = self.next {
            switch character {
            case UInt8(ascii: ",") where depth == 0, UInt8(ascii: "}") where depth == 0: break scan
            case UInt8(ascii: "\""):
                guard self.skipText() else { return nil }
                end = self.place
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            guard depth >= 0 else { return nil }
            self.place += 1
            if !Self.isSpace(character) { end = self.place }
        }
        return start == end ? nil : String(validating: self.text[start..<end], as: UTF8.self)
    }

    private mutating func skipText() -> Bool {
        guard self.next == UInt8(ascii: "\"") else { return false }
        self.place += 1
        while let character = self.next {
            self.place += character == UInt8(ascii: "\\") ? 2 : 1
            if character == UInt8(ascii: "\"") { return true }
        }
        return false
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        self.skipSpace()
        guard self.next == UInt8(ascii: character) else { return false }
        self.place += 1
        return true
    }

    private mutating func skipSpace() {
        while let character = self.next, Self.isSpace(character) { self.place += 1 }
    }

    private static func isSpace(_ character: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(character) }
}
