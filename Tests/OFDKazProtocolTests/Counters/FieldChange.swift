import Testing

/// A change to one field of a message or report, for tests that go through many.
struct FieldChange<Value>: Sendable, CustomTestStringConvertible {
    let field: String
    let change: @Sendable (inout Value) -> Void

    init(_ field: String, _ change: @escaping @Sendable (inout Value) -> Void) {
        self.field = field
        self.change = change
    }

    var testDescription: String { self.field }
}
