import FiscalCore
import SwiftProtobuf

/// The messages of the protocol as data: names, numbers and types of all fields.
///
/// Made once from the descriptor that stands beside the generated code, so that both always agree.
package struct Schema: Sendable {
    package static let shared = Schema()

    /// In the order of the descriptor; a message's ``MessageSchema/index`` is its place here.
    package let messages: [MessageSchema]
    private let byName: [String: Int]

    /// The message of that name, nested ones with their path: `TicketRequest.Item.Commodity`.
    package subscript(_ name: String) -> MessageSchema? { self.byName[name].map { self.messages[$0] } }

    private init() {
        guard let bytes = Base64.decode(schemaDescriptorBase64),
            let files = try? Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)
        else { preconditionFailure("the schema that was generated with the code cannot be read") }
        var builder = SchemaBuilder()
        for file in files.file { builder.read(file) }
        self.messages = builder.messages()
        self.byName = Dictionary(self.messages.map { ($0.name, $0.index) }, uniquingKeysWith: { first, _ in first })
    }
}

/// One message: its fields by number.
package final class MessageSchema: Sendable {
    /// Without the package: `TicketRequest.Item.Commodity`.
    package let name: String
    /// Its place in ``Schema/messages``.
    package let index: Int
    /// Ascending by number.
    package let fields: [FieldSchema]
    /// By number; -1 where there is no field.
    private let places: [Int16]

    init(name: String, index: Int, fields: [FieldSchema]) {
        self.name = name
        self.index = index
        self.fields = fields.sorted { $0.number < $1.number }
        var places = [Int16](repeating: -1, count: (self.fields.last?.number ?? 0) + 1)
        for (place, field) in self.fields.enumerated() { places[field.number] = Int16(place) }
        self.places = places
    }

    /// Where the field with that number stands in ``fields``, or nil when the message has none.
    package func place(ofNumber number: Int) -> Int? {
        guard self.places.indices.contains(number), self.places[number] >= 0 else { return nil }
        return Int(self.places[number])
    }

    /// Where the field of that name stands in ``fields``, or nil when the message has none.
    package func place(of name: String) -> Int? { self.fields.firstIndex { $0.name == name } }

    package func field(_ number: Int) -> FieldSchema? { self.place(ofNumber: number).map { self.fields[$0] } }
    package func field(_ name: String) -> FieldSchema? { self.place(of: name).map { self.fields[$0] } }
}

/// One field of a message.
package final class FieldSchema: Sendable {
    /// As the servers spell it.
    package let name: String
    package let number: Int
    package let isRepeated: Bool
    package let type: FieldType

    init(name: String, number: Int, isRepeated: Bool, type: FieldType) {
        self.name = name
        self.number = number
        self.isRepeated = isRepeated
        self.type = type
    }
}

/// What a field holds.
package enum FieldType: Sendable, Hashable {
    case uint32, uint64, int32, bool, string, bytes
    /// With the numbers that the table of the document has.
    case enumeration([UInt32])
    /// By its place in ``Schema/messages``.
    case message(Int)

    /// Whether the wire has a number for it, not a length.
    package var isVarint: Bool {
        switch self {
        case .uint32, .uint64, .int32, .bool, .enumeration: true
        case .string, .bytes, .message: false
        }
    }
}
