import FiscalCore
import Testing

/// Expects that making the value is refused as a host's mistake in `field`, by that rule.
func expectInvalid(
    _ field: String, _ rule: InvalidField.Rule, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> some Any
) {
    let error = #expect(throws: InvalidField.self, sourceLocation: sourceLocation) { _ = try body() }
    #expect(error?.field == field, sourceLocation: sourceLocation)
    #expect(error?.rule == rule, sourceLocation: sourceLocation)
    #expect(error?.limit.isEmpty == false, sourceLocation: sourceLocation)
}
