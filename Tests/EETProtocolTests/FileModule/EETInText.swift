import EETProtocol

/// The 23 rows of a valid `eetin.txt` as a caller would write them by hand, and ways to break them.
struct EETInText {
    var rows = [
        "TRUE", "FALSE", "CZ1212121218", "", "273", "/5546/RO24", "0/6460/ZQ42", "2016-08-05T00:30:12+02:00",
        "34113.00", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "FALSE",
    ]

    /// With rows replaced; rows are counted from 1 as the documentation does.
    func with(_ replacements: [Int: String]) -> EETInText {
        var copy = self
        for (row, text) in replacements { copy.rows[row - 1] = text }
        return copy
    }

    /// The file with the given line ends; the last row is closed by `closing`.
    func bytes(lineEnd: String = "\r\n", closing: String? = nil) -> [UInt8] {
        Array((self.rows.joined(separator: lineEnd) + (closing ?? lineEnd)).utf8)
    }

    /// The file, read.
    func read(_ reading: EETInFile.Reading = .strict) throws -> EETInFile {
        try EETInFile.parse(self.bytes(), reading: reading).file
    }

    /// What is wrong with it; nil when nothing is.
    func problem(_ reading: EETInFile.Reading = .strict) -> FileRowError? {
        do {
            _ = try EETInFile.parse(self.bytes(), reading: reading)
            return nil
        } catch {
            return error
        }
    }
}
