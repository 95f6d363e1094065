/// Plain marks for typographic ones, where a host asks for it (decision F11).
///
/// Only marks that mean the same to a reader are folded. Whatever else CP866 lacks stays as it is, and is refused.
public enum TypographicFolding {
    public static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let plain = self.plain[scalar] {
                folded.append(contentsOf: plain.unicodeScalars)
            } else {
                folded.append(scalar)
            }
        }
        return String(folded)
    }

    private static let plain: [Unicode.Scalar: String] = {
        let marks: [(String, String)] = [
            ("‐‑‒–—―−", "-"), ("«»“”„‟", "\""), ("‘’‚‛", "'"), ("…", "..."),
            ("\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200A}\u{202F}", " "),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (typographic, plain) in marks {
            for scalar in typographic.unicodeScalars { table[scalar] = plain }
        }
        return table
    }()
}
