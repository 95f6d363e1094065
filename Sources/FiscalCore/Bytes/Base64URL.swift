/// Base 64 with the URL alphabet and without padding (RFC 4648 §5 as RFC 7515 §2 uses it in JOSE).
public enum Base64URL {
    /// The bytes with `-` and `_` in place of `+` and `/`, without `=`.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        let characters = Base64.encode(bytes).utf8.lazy
            .filter { $0 != UInt8(ascii: "=") }
            .map { character in
                switch character {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: character
                }
            }
        return String(decoding: Array(characters), as: UTF8.self)
    }

    /// The bytes of a text that is exactly what ``encode(_:)`` writes for them, or nil: padding, `+`, `/`, white space
    /// and unused bits other than zero are refused.
    public static func decode(_ text: String) -> [UInt8]? {
        var characters: [UInt8] = []
        characters.reserveCapacity(text.utf8.count + 3)
        for character in text.utf8 {
            switch character {
            case UInt8(ascii: "-"): characters.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): characters.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: characters.append(character)
            }
        }
        while !characters.count.isMultiple(of: 4) { characters.append(UInt8(ascii: "=")) }
        return Base64.decode(String(decoding: characters, as: UTF8.self))
    }
}
