/// A message within a payload, and those around it: what a rule may look at.
struct MessageScope {
    /// From the outermost message to the one at hand; never empty.
    private(set) var messages: [WireNode]
    let edition: Edition

    init(_ message: WireNode, edition: Edition) {
        self.messages = [message]
        self.edition = edition
    }

    mutating func enter(_ message: WireNode) { self.messages.append(message) }
    mutating func leave() { self.messages.removeLast() }

    /// The message at hand.
    var message: WireNode { self.messages[self.messages.count - 1] }

    /// The nearest message of that name around this one, or this one.
    func enclosing(_ name: String) -> WireNode? { self.messages.last { $0.schema.name == name } }

    /// Whether the whole is an answer: what we flag there is milder than what we send.
    var isAnswer: Bool { self.messages[0].schema.name == "Response" }
}
