import Foundation

/// The characters that a register can print: code page 866 (decision F11). The wire itself is UTF-8.
public enum CP866 {
    /// A text in the form that is checked and sent: composed (NFC), because the code page has `й` and no accents.
    public static func composed(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping
    }

    /// How many characters a register counts in a composed text.
    public static func count(_ text: String) -> Int { text.unicodeScalars.count }

    /// Whether every character can be printed: it is in the code page and is no control character.
    public static func canPrint(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { self.byte(for: $0) != nil }
    }

    /// The byte of a printable character, or nil.
    public static func byte(for scalar: Unicode.Scalar) -> UInt8? {
        if (0x20...0x7E).contains(scalar.value) { return UInt8(scalar.value) }
        return self.upperHalf[scalar]
    }

    private static let upperHalf: [Unicode.Scalar: UInt8] = {
        let text =
            "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп"
            + "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u{A0}"
        return Dictionary(uniqueKeysWithValues: zip(text.unicodeScalars, UInt8(0x80)...0xFF))
    }()
}
