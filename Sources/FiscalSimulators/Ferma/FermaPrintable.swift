/// The characters a register can print: code page 866, without control characters.
enum FermaPrintable {
    /// Whether the text is in the code page and not longer than `limit` of its characters.
    static func accepts(_ text: String, limit: Int) -> Bool {
        text.unicodeScalars.count <= limit && text.unicodeScalars.allSatisfy(self.contains)
    }

    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // ASCII; А–Я, а–п and р–я stand in one row in Unicode.
        case 0x20...0x7E, 0x410...0x44F: true
        default: self.others.contains(scalar)
        }
    }

    /// Letters beyond the Russian alphabet, signs and box drawings, in the order of the code page.
    private static let others = Set(
        ("░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" + "ЁёЄєЇїЎў°∙·√№¤■\u{A0}").unicodeScalars)
}
