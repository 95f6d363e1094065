/// Every text that differs from `text` in one character: replaced, taken out, put in, or doubled.
///
/// The characters tried are all of printable ASCII, some controls, and digits and letters of other alphabets that
/// careless parsers take for ASCII ones.
func oneCharacterMutations(of text: String) -> [String] {
    let ascii = (0x20...0x7E).map { Character(Unicode.Scalar($0)) }
    let strange: [Character] = ["\0", "\t", "\n", "\r\n", "٣", "３", "¹", "Ｔ", "Ζ", "−", "：", "\u{301}", "\u{FEFF}"]
    let characters = Array(text)
    var mutations: [String] = []
    for position in 0...characters.count {
        for other in ascii + strange {
            mutations.append(String(characters[..<position] + [other] + characters[position...]))
            if position < characters.count, characters[position] != other {
                mutations.append(String(characters[..<position] + [other] + characters[(position + 1)...]))
            }
        }
        if position < characters.count {
            mutations.append(String(characters[..<position] + characters[(position + 1)...]))
        }
    }
    return mutations
}
