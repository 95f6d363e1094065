import CRKProtocol
public import FiscalCore

/// A document as a line of a file: `{"number":n,"type":"PR","event":13,"detailed":{…},"short":{…}}`. What is inside
/// the two forms is carried as it is.
public struct MemoryDocument: Sendable, Hashable {
    /// JPKID; nil takes the next one.
    public var number: Int64?
    /// A code of the document's table; nil for other kinds.
    public var type: String?
    /// The number of an event.
    public var event: Int64?
    public var detailed: JSON
    public var short: JSON?

    public init(number: Int64? = nil, type: String?, event: Int64? = nil, detailed: JSON, short: JSON?) {
        self.number = number
        self.type = type
        self.event = event
        self.detailed = detailed
        self.short = short
    }

    /// - Throws: `InvalidField` for a member that is missing, of another type, or that no line has.
    public init(_ json: JSON) throws(InvalidField) {
        guard let members = json.members else { throw InvalidField("document", .pattern, limit: "a JSON object") }
        let names = ["number", "type", "event", "detailed", "short"]
        if let other = members.map(\.name).first(where: { !names.contains($0) }) {
            throw InvalidField(other, .notAllowed, limit: names.joined(separator: ", "))
        }
        func given(_ name: String) -> JSON? { json[name].flatMap { $0.isNull ? nil : $0 } }
        func integer(_ name: String) throws(InvalidField) -> Int64? {
            guard let value = given(name) else { return nil }
            guard let number = value.integer else { throw InvalidField(name, .pattern, limit: "a whole number") }
            return number
        }
        self.number = try integer("number")
        self.event = try integer("event")
        self.type = nil
        if let value = given("type") {
            guard let text = value.string, ShipmentType(rawValue: text) != nil else {
                throw InvalidField("type", .oneOf, limit: ShipmentType.allCases.map(\.rawValue).joined(separator: ", "))
            }
            self.type = text
        }
        guard let detailed = given("detailed"), detailed.members != nil else {
            throw InvalidField("detailed", .required, limit: "a JSON object")
        }
        self.detailed = detailed
        self.short = given("short")
        if let short, short.members == nil { throw InvalidField("short", .pattern, limit: "a JSON object") }
    }

    func json(_ number: Int64) -> JSON {
        .object([
            .init("number", .integer(number)), .init("type", self.type.map { .string($0) } ?? .null),
            .init("event", self.event.map { .integer($0) } ?? .null), .init("detailed", self.detailed),
            .init("short", self.short ?? .null),
        ])
    }

    /// The same for the register.
    func document(_ number: Int64) throws(InvalidField) -> CRKDocument {
        try CRKDocument(
            number: number, type: self.type.flatMap(ShipmentType.init(rawValue:)),
            eventNumber: self.event.flatMap { Int(exactly: $0) }, detailed: Array(self.detailed.text.utf8),
            short: self.short.map { Array($0.text.utf8) })
    }
}
