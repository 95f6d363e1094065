import FiscalCore

/// The records of a ``MemoryStore``: per space, in the order of their names.
///
/// Keys are kept as UTF-8: Swift takes canonically equivalent strings for equal, the contract compares bytes.
struct MemoryContent {
    private struct Space: Hashable {
        var register: [UInt8]
        var name: [UInt8]

        init(_ register: String, _ space: String) {
            self.register = Array(register.utf8)
            self.name = Array(space.utf8)
        }
    }

    private struct Entry {
        var name: [UInt8]
        var record: StoreRecord
    }

    private var spaces: [Space: [Entry]] = [:]
    private var revision: Int64 = 0

    func record(_ key: StoreKey) -> StoreRecord? {
        let entries = self.spaces[Space(key.register, key.space)] ?? []
        let (position, isThere) = Self.find(key.name, in: entries)
        return isThere ? entries[position].record : nil
    }

    func records(register: String, space: String, after name: String?, limit: Int) -> [StoreRecord] {
        let entries = self.spaces[Space(register, space)] ?? []
        var start = 0
        if let name {
            let (position, isThere) = Self.find(name, in: entries)
            start = isThere ? position + 1 : position
        }
        return entries[start...].prefix(max(limit, 0)).map(\.record)
    }

    /// The error when `requirement` does not hold.
    func conflict(with requirement: StoreRequirement) -> StoreError? {
        switch requirement {
        case .absent(let key) where self.record(key) != nil: .recordPresent(key)
        case .unchanged(let key, let revision) where self.record(key)?.revision != revision:
            .revisionChanged(key, revision)
        case .absent, .unchanged: nil
        }
    }

    mutating func apply(_ changes: [StoreChange]) {
        self.revision += 1
        for change in changes {
            switch change {
            case .put(let key, let value):
                let record = StoreRecord(key: key, value: value, revision: self.revision)
                self.replace(key, with: [Entry(name: Array(key.name.utf8), record: record)])
            case .remove(let key):
                self.replace(key, with: [])
            }
        }
    }

    private mutating func replace(_ key: StoreKey, with entries: [Entry]) {
        let space = Space(key.register, key.space)
        let (position, isThere) = Self.find(key.name, in: self.spaces[space] ?? [])
        self.spaces[space, default: []].replaceSubrange(position..<(position + (isThere ? 1 : 0)), with: entries)
    }

    /// Where the entry of that name is, or would have to be.
    private static func find(_ name: String, in entries: [Entry]) -> (position: Int, isThere: Bool) {
        let name = Array(name.utf8)
        var low = 0
        var high = entries.count
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].name.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
        }
        return (low, low < entries.count && entries[low].name == name)
    }
}
