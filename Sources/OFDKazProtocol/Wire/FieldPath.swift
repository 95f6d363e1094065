/// The way from a message to the field that is being looked at. Spelled out only when something is found there.
struct FieldPath {
    private var steps: [(name: String, index: Int?)] = []

    /// Goes one step on; the index counts the entries of a list; nil for the list as a whole.
    mutating func push(_ field: FieldSchema, index: Int?) {
        self.steps.append((field.name, field.isRepeated ? index : nil))
    }

    mutating func pop() { self.steps.removeLast() }

    /// The name of the first step.
    var first: String? { self.steps.first?.name }

    /// `service.ticket_ads[0].text`, or nil for the message itself.
    var text: String? {
        self.steps.isEmpty ? nil : self.steps.map(Self.text).joined(separator: ".")
    }

    /// The same with one step more.
    func text(adding field: String) -> String { self.text.map { $0 + "." + field } ?? field }

    private static func text(_ step: (name: String, index: Int?)) -> String {
        step.index.map { "\(step.name)[\($0)]" } ?? step.name
    }
}
