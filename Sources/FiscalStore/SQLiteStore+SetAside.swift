public import FiscalCore
import Foundation

extension SQLiteStore {
    /// Renames a store with its companions, so that a new one can begin at `path` while an operator looks at the old.
    ///
    /// Nothing is deleted or overwritten. No process may have the store open.
    /// - Parameters:
    ///   - path: The store, as it was given to ``init(path:busyTimeout:)``.
    ///   - suffix: What tells this one apart, such as `damaged-1` or a date: letters, digits, `.`, `-` and `_`.
    /// - Returns: The new path: `path`, a dot, and the suffix.
    /// - Throws: ``StoreError`` with code `unavailable` when there is no store at `path`, when something has the new
    ///   name already, or when the folder cannot be written.
    public static func setAside(path: String, suffix: String) throws(StoreError) -> String {
        guard !suffix.isEmpty, suffix.utf8.allSatisfy(Self.isAllowedInSuffix) else {
            throw StoreError(.unavailable, "the suffix must be made of letters, digits, '.', '-' and '_'")
        }
        let old = try StoreFile(path: path)
        let new = try StoreFile(path: "\(old.path).\(suffix)")
        let endings = StoreFile.endings.filter { old.length($0) != nil }
        guard !endings.isEmpty else { throw StoreError(.unavailable, "there is no store: \(old.path)") }
        for ending in StoreFile.endings where new.length(ending) != nil {
            throw StoreError(.unavailable, "there is such a file already: \(new.path)\(ending)")
        }
        // The database first. Should the machine stop in between, the log left behind is found by the next opening,
        // which refuses to begin a new database beside it; the other way round the database would open without the
        // commits in its log. A link cannot replace a file that came into being meanwhile; a rename would.
        for ending in endings {
            guard link(old.path + ending, new.path + ending) == 0, unlink(old.path + ending) == 0 else {
                throw new.failure("the store cannot be set aside")
            }
        }
        try new.syncFolder()
        return new.path
    }

    private static func isAllowedInSuffix(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
