import FiscalCore

extension DurableStoreContract {
    static let ofRecords: [Statement] = [
        Statement("An absent record is nil") { store in
            try await expect(store.record(key("a")) == nil, "something is there")
        },
        Statement("A record is read back byte for byte under its whole key") { store in
            let value = (0...255).map { UInt8($0) }
            try await store.commit([.put(key("a"), value)])
            let record = try await store.record(key("a"))
            try expect(record?.key == key("a") && record?.value == value, "another record came back")
            try await expect(store.record(key("a", space: "other")) == nil, "spaces are mixed up")
            try await expect(store.record(key("a", register: "other")) == nil, "registers are mixed up")
        },
        Statement("Parts of a key do not run into each other") { store in
            let first = StoreKey(register: "a", space: "bc", name: "d")
            let second = StoreKey(register: "ab", space: "c", name: "d")
            let third = StoreKey(register: "a", space: "b", name: "cd")
            try await store.commit([.put(first, [1]), .put(second, [2]), .put(third, [3])])
            for (key, value) in [(first, 1), (second, 2), (third, 3)] as [(StoreKey, UInt8)] {
                try await expect(store.record(key)?.value == [value], "\(key) has another's value")
            }
        },
        Statement("Empty parts of a key and empty values are kept") { store in
            let empty = StoreKey(register: "", space: "", name: "")
            try await store.commit([.put(empty, [])])
            try await expect(store.record(empty)?.value == [], "the empty record is not there")
            try await expect(
                store.records(register: "", space: "", after: nil, limit: 9).map(\.key) == [empty], "it is not listed")
            try await expectConflict(store, [], requiring: [.absent(empty)], naming: empty)
            try await store.commit([.remove(empty)])
            try await expect(store.record(empty) == nil, "it cannot be removed")
        },
        Statement("A value of one megabyte is kept") { store in
            let value = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
            try await store.commit([.put(key("large"), value)])
            try await expect(store.record(key("large"))?.value == value, "it came back changed")
        },
        Statement("Names are bytes: equal letters in other Unicode forms, and NUL characters, make other names") {
            store in
            let names = ["\u{E9}", "e\u{301}", "a", "a\u{0}", "a\u{0}b"]
            try await store.commit(names.enumerated().map { .put(key($1), [UInt8($0)]) })
            for (index, name) in names.enumerated() {
                try await expect(store.record(key(name))?.value == [UInt8(index)], "name \(index) has another's value")
            }
        },
        Statement("A removed record is gone, and removing an absent one does nothing") { store in
            try await store.commit([.put(key("a"), [1])])
            try await store.commit([.remove(key("a")), .remove(key("never there"))])
            try await expect(store.record(key("a")) == nil, "it is still there")
        },
    ]

    static let ofCommits: [Statement] = [
        Statement("Every write gives a new revision, also after removal") { store in
            var seen: Set<Int64> = []
            for round in 0..<4 {
                try await store.commit([.put(key("a"), [UInt8(round)])])
                try await expect(seen.insert(revision(store, key("a"))).inserted, "a revision was given twice")
                try await store.commit([.put(key("a"), [UInt8(round)])])
                try await expect(seen.insert(revision(store, key("a"))).inserted, "the same value kept its revision")
                try await store.commit([.remove(key("a"))])
            }
        },
        Statement("Other keys' writes leave a revision alone") { store in
            try await store.commit([.put(key("a"), [1])])
            let before = try await revision(store, key("a"))
            try await store.commit([.put(key("b"), [2]), .put(key("a", space: "other"), [3])])
            try await expect(revision(store, key("a")) == before, "it has changed")
        },
        Statement("Changes of a commit are carried out in order") { store in
            try await store.commit([
                .put(key("a"), [1]), .put(key("a"), [2]), .put(key("b"), [1]), .remove(key("b")),
                .remove(key("c")), .put(key("c"), [3]),
            ])
            try await expect(store.record(key("a"))?.value == [2], "an earlier value won")
            try await expect(store.record(key("b")) == nil, "put won over the later remove")
            try await expect(store.record(key("c"))?.value == [3], "remove won over the later put")
        },
        Statement("A commit whose requirement does not hold changes nothing and names the key") { store in
            try await store.commit([.put(key("there"), [1])])
            let old = try await revision(store, key("there"))
            try await store.commit([.put(key("there"), [2])])
            let changes: [StoreChange] = [.put(key("new"), [9]), .put(key("there"), [9])]
            let failing: [StoreRequirement] = [
                .absent(key("there")), .unchanged(key("there"), revision: old),
                .unchanged(key("missing"), revision: 1),
            ]
            for requirement in failing {
                let named =
                    switch requirement {
                    case .absent(let key), .unchanged(let key, revision: _): key
                    }
                // One that holds stands before it.
                try await expectConflict(
                    store, changes, requiring: [.absent(key("new")), requirement], naming: named)
                try await expect(store.record(key("new")) == nil, "half of the commit was carried out")
                try await expect(store.record(key("there"))?.value == [2], "the record was overwritten")
            }
        },
        Statement("A commit whose requirements hold is carried out") { store in
            try await store.commit([.put(key("a"), [1])], requiring: [.absent(key("a"))])
            let first = try await revision(store, key("a"))
            try await store.commit(
                [.put(key("a"), [2])], requiring: [.unchanged(key("a"), revision: first), .absent(key("b"))])
            try await expect(store.record(key("a"))?.value == [2], "it was not carried out")
            try await expectConflict(
                store, [.put(key("a"), [3])], requiring: [.unchanged(key("a"), revision: first)], naming: key("a"))
        },
        Statement("A requirement is about the state before the commit") { store in
            try await store.commit([.put(key("a"), [1])], requiring: [.absent(key("a"))])
            try await expect(store.record(key("a"))?.value == [1], "it was not carried out")
        },
        Statement("Of many tasks that decide on the same record one wins each revision") { store in
            try await store.commit([.put(key("counter"), [0])])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await increment(store, key("counter")) }
                }
                try await group.waitForAll()
            }
            try await expect(store.record(key("counter"))?.value == [20], "an increment was lost")
        },
        Statement("A commit is carried out also when its task is cancelled") { store in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.commit([.put(key("a"), [1]), .put(key("b"), [2])])
                return try await store.record(key("a"))
            }
            try await expect(task.value?.value == [1], "the cancelled task did not read its commit")
            try await expect(store.record(key("b"))?.value == [2], "half of the commit is missing")
        },
    ]

    static let ofOrder: [Statement] = [
        Statement("Records come in the order of their names as UTF-8 bytes") { store in
            // By UTF-16 units U+FF5E would come after U+1F9FE; by Swift's order "e\u{301}" and "\u{E9}" were one.
            let names = [
                "", "-1", "10", "9", "A", "B", "Z", "a", "aa", "b", "e\u{301}", "z", "\u{E9}", "\u{FF5E}", "\u{1F9FE}",
            ]
            try await store.commit(names.reversed().map { .put(key($0), Array($0.utf8)) })
            let listed = try await store.records(register: "till", space: "space", after: nil, limit: 100)
            try expect(listed.map { Array($0.key.name.utf8) } == names.map { Array($0.utf8) }, "the order is another")
            try expect(listed.allSatisfy { $0.value == Array($0.key.name.utf8) }, "values and names are mixed up")
        },
        Statement("The listing starts after the given name, whether that is there or not, and ends at the limit") {
            store in
            try await store.commit(["a", "b", "c", "d"].map { .put(key($0), []) })
            let cases: [(after: String?, limit: Int, names: [String])] = [
                (nil, 2, ["a", "b"]), ("b", 9, ["c", "d"]), ("bb", 1, ["c"]), ("d", 9, []), ("", 1, ["a"]),
                (nil, 0, []), (nil, -1, []),
            ]
            for (after, limit, names) in cases {
                let listed = try await store.records(register: "till", space: "space", after: after, limit: limit)
                try expect(listed.map(\.key.name) == names, "after \(after ?? "nil"), limit \(limit): \(listed)")
            }
        },
        Statement("A listing holds one space of one register, with the revisions") { store in
            try await store.commit([
                .put(key("a"), [1]), .put(key("a", space: "other"), [2]), .put(key("a", register: "other"), [3]),
            ])
            let listed = try await store.records(register: "till", space: "space", after: nil, limit: 9)
            try await expect(listed == [store.record(key("a"))], "it holds something else")
        },
        Statement("Ten thousand records are read page by page, each once") { store in
            let names = (0..<10_000).map { "sale-\(String(100_000 + $0 * 7919 % 10_000))" }
            try await store.commit(names.map { .put(key($0), Array($0.utf8)) })
            let read = try await pages(of: store, limit: 333, atMost: names.count)
            try expect(read == names.sorted(), "a record is missing, doubled or out of order")
        },
    ]

    /// The names of all records, read page by page.
    private static func pages(of store: any DurableStore, limit: Int, atMost most: Int) async throws -> [String] {
        var names: [String] = []
        while names.count <= most {
            let page = try await store.records(register: "till", space: "space", after: names.last, limit: limit)
            try Self.expect(page.count <= limit, "a page is longer than asked for")
            if page.isEmpty { return names }
            names += page.map(\.key.name)
        }
        throw Violation(description: "the pages do not end")
    }

    /// Reads, decides, commits, and starts over when another task was faster.
    private static func increment(_ store: any DurableStore, _ key: StoreKey) async throws {
        // Twenty tasks cannot be in each other's way more often than this.
        for _ in 0..<400 where try await Self.incrementOnce(store, key) { return }
        throw Violation(description: "a requirement does not hold although nobody else writes")
    }

    private static func incrementOnce(_ store: any DurableStore, _ key: StoreKey) async throws -> Bool {
        let record = try await store.record(key)
        guard let record, let value = record.value.first else { throw Violation(description: "the record is gone") }
        do {
            try await store.commit(
                [.put(key, [value &+ 1])], requiring: [.unchanged(key, revision: record.revision)])
        } catch {
            guard error.code == .conflict else { throw error }
            return false
        }
        return true
    }
}
