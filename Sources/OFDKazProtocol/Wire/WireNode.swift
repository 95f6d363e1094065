/// A message of a payload with its schema: which fields are there, and how often.
struct WireNode {
    let schema: MessageSchema
    let tree: WireTree
    /// By the place of the field in the schema.
    private var counts: [Int]

    init(_ tree: WireTree, _ schema: MessageSchema) {
        self.schema = schema
        self.tree = tree
        self.counts = [Int](repeating: 0, count: schema.fields.count)
        for field in tree {
            if let place = schema.place(ofNumber: field.number) { self.counts[place] += 1 }
        }
    }

    func count(at place: Int) -> Int { self.counts[place] }

    func has(_ name: String) -> Bool { self.schema.place(of: name).map { self.counts[$0] > 0 } ?? false }

    /// The number or code in a field, or nil when the field is not there.
    func number(_ name: String) -> UInt64? {
        guard let place = self.schema.place(of: name), self.counts[place] > 0 else { return nil }
        return self.tree.number(self.schema.fields[place].number)
    }

    /// The texts or messages in a field, in order.
    func contents(at place: Int) -> [ArraySlice<UInt8>] {
        guard self.counts[place] > 0 else { return [] }
        let number = self.schema.fields[place].number
        return self.tree.compactMap { entry in
            guard entry.number == number, case .bytes(let bytes) = entry.value else { return nil }
            return bytes
        }
    }

    /// The messages in a field, in order.
    func nodes(at place: Int) -> [WireNode] {
        guard case .message(let index) = self.schema.fields[place].type else { return [] }
        return self.contents(at: place).map { WireNode(WireTree($0), Schema.shared.messages[index]) }
    }

    /// The messages in a field, in order.
    func nodes(_ name: String) -> [WireNode] { self.schema.place(of: name).map { self.nodes(at: $0) } ?? [] }
}
