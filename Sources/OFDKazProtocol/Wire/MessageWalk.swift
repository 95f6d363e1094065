import SwiftProtobuf

/// Goes through a message and everything in it, depth first, and collects what is found.
struct MessageWalk {
    private(set) var scope: MessageScope
    private(set) var path = FieldPath()
    private(set) var issues: [FieldIssue] = []

    /// Further issues are not listed: a peer's list of goods may have a hundred thousand.
    static let limit = 1000

    /// - Returns: nil for a message that is too large to be written.
    init?(_ message: some SwiftProtobuf.Message, _ name: String, edition: Edition) {
        guard let bytes: [UInt8] = try? message.serializedBytes(), let schema = Schema.shared[name] else { return nil }
        self.scope = MessageScope(WireNode(WireTree(bytes), schema), edition: edition)
    }

    mutating func report(_ issue: FieldIssue) {
        if self.issues.count < Self.limit { self.issues.append(issue) }
    }

    /// - Parameters:
    ///   - visit: called for each message before those inside it.
    ///   - follows: whether the messages in that field are looked into.
    mutating func run(
        visit: (inout MessageWalk) -> Void, follows: (_ place: Int, MessageScope) -> Bool = { _, _ in true }
    ) {
        visit(&self)
        let node = self.scope.message
        var counts = [Int](repeating: 0, count: node.schema.fields.count)
        for entry in node.tree {
            guard let place = node.schema.place(ofNumber: entry.number), case .bytes(let content) = entry.value,
                case .message(let index) = node.schema.fields[place].type
            else { continue }
            let position = counts[place]
            counts[place] += 1
            guard follows(place, self.scope) else { continue }
            self.path.push(node.schema.fields[place], index: position)
            self.scope.enter(WireNode(WireTree(content), Schema.shared.messages[index]))
            self.run(visit: visit, follows: follows)
            self.scope.leave()
            self.path.pop()
        }
    }
}
