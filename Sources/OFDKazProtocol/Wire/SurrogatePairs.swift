/// JSON texts in which characters beyond U+FFFF stand for themselves, not as `\uD83E\uDDFE`.
///
/// swift-protobuf 1.39 puts such pairs together by "or" where the sum is meant, and so reads every character from
/// U+20000 on, rare Chinese ones among them, as another one without a word.
enum SurrogatePairs {
    /// The text in UTF-8, its pairs of escapes replaced. What is no pair stays, and is for the parser to judge.
    static func resolved(in json: String) -> [UInt8] {
        let text = Array(json.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "\\") else {
                result.append(text[place])
                place += 1
                continue
            }
            if let high = self.escape(in: text, at: place), UTF16.isLeadSurrogate(high),
                let low = self.escape(in: text, at: place + 6), UTF16.isTrailSurrogate(low)
            {
                result += Array(String(decoding: [high, low], as: UTF16.self).utf8)
                place += 12
            } else {
                // Both characters of the escape, so that an escaped backslash begins no other one.
                result += text[place..<min(place + 2, text.count)]
                place += 2
            }
        }
        return result
    }

    /// The code unit of `\u` and four hexadecimal digits.
    private static func escape(in text: [UInt8], at place: Int) -> UInt16? {
        guard place + 6 <= text.count, text[place] == UInt8(ascii: "\\"), text[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return text[place + 2..<place + 6].reduce(0 as UInt16?) { unit, character in
            unit.flatMap { unit in self.digit(character).map { unit << 4 | $0 } }
        }
    }

    private static func digit(_ character: UInt8) -> UInt16? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(character - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(character - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
