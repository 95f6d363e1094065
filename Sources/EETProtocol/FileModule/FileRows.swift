import FiscalCore

/// The rows of the file module's text files: splitting and joining, the same for all four of them.
///
/// Written: UTF-8 without byte order mark, every row closed by CR LF. Read: also with a byte order mark, with LF, and
/// without the last row's line break. A line break after the last row is its end, not the beginning of another row;
/// so a last row that is empty needs its own.
public struct FileRows: Sendable {
    private let rows: [ArraySlice<UInt8>]

    /// Splits a file; every file can be split.
    public init(splitting bytes: [UInt8]) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...]
        var rows = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if rows.last?.isEmpty == true { rows.removeLast() }
        self.rows = rows.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    }

    /// Splits a file that must have exactly so many rows.
    /// - Throws: ``FileRowError`` without a row number for another count.
    public init(splitting bytes: [UInt8], file: FileRowError.File, count: Int) throws(FileRowError) {
        self.init(splitting: bytes)
        guard self.rows.count == count else {
            throw FileRowError(file, InvalidField("rows", .length, limit: "exactly \(count), found \(self.rows.count)"))
        }
    }

    /// The text of a row (counted from 1), or nil when there is no such row, it is not UTF-8, or it holds a control
    /// character other than a tab: some reader would take it for a line break or an end.
    public func text(_ row: Int) -> String? {
        guard self.rows.indices.contains(row - 1),
            let text = String(validating: self.rows[row - 1], as: UTF8.self),
            !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
        else { return nil }
        return text
    }

    /// The bytes of a file with these rows.
    public static func join(_ rows: [String]) -> [UInt8] {
        rows.flatMap { Array($0.utf8) + [UInt8(ascii: "\r"), UInt8(ascii: "\n")] }
    }
}
