import Foundation
import OFDKazProtocol
import Testing

@Suite("The schema as data")
struct SchemaTests {
    /// The fields as the schema's source has them: read here by its lines, not by protobuf.
    private func declared() throws -> [String: Set<String>] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Protos/ofd.proto")
        let text = try String(contentsOf: root, encoding: .utf8)
        var open: [(kind: Substring, name: Substring)] = []
        var messages: [String: Set<String>] = [:]
        for line in text.split(separator: "\n") {
            let code = line.split(separator: "//", omittingEmptySubsequences: false).first ?? ""
            let words = code.split { " ;".contains($0) }
            if words.count >= 2, ["message", "enum"].contains(words[0]) {
                open.append((words[0], words[1]))
                if words[0] == "message" { messages[open.map(\.name).joined(separator: ".")] = [] }
            } else if words.first == "}" {
                open.removeLast()
            } else if words.count >= 5, words[3] == "=", open.last?.kind == "message" {
                let type = words[1].split(separator: ".").last.map(String.init) ?? ""
                messages[open.map(\.name).joined(separator: "."), default: []]
                    .insert("\(words[0]) \(type) \(words[2]) \(words[4])")
            }
        }
        return messages
    }

    private func described(_ field: FieldSchema) -> String {
        let type: String
        switch field.type {
        case .uint32: type = "uint32"
        case .uint64: type = "uint64"
        case .int32: type = "int32"
        case .bool: type = "bool"
        case .string: type = "string"
        case .bytes: type = "bytes"
        case .enumeration: type = "enum"
        case .message(let index):
            type = Schema.shared.messages[index].name.split(separator: ".").last.map(String.init) ?? ""
        }
        return "\(field.isRepeated ? "repeated" : "optional") \(type) \(field.name) \(field.number)"
    }

    @Test("Every message and field of the source is there, with number and type, and nothing else")
    func wholeSchema() throws {
        let declared = try self.declared()
        #expect(Set(declared.keys) == Set(Schema.shared.messages.map(\.name)))
        for message in Schema.shared.messages {
            let fields = try #require(declared[message.name]).map { line in
                line.replacing(/[A-Za-z]+Enum\b/, with: "enum")
            }
            #expect(Set(message.fields.map(self.described)) == Set(fields), "\(message.name)")
            #expect(message.fields.map(\.number) == message.fields.map(\.number).sorted())
        }
    }

    @Test("Messages are found by their path, fields by number and name")
    func lookup() throws {
        let commodity = try #require(Schema.shared["TicketRequest.Item.Commodity"])
        #expect(commodity.field(11)?.name == "product_id")
        #expect(commodity.field("product_id")?.number == 11)
        #expect(commodity.field("product_id")?.type == .string)
        #expect(commodity.field(14)?.isRepeated == true)
        #expect(Schema.shared["ServiceRequest"]?.field("auxiliary")?.number == 60)
        #expect(Schema.shared["Commodity"] == nil)
        for number in [-1, 0, 17, 61, Int.max] { #expect(commodity.field(number) == nil) }
        #expect(commodity.field("price_") == nil)
    }

    @Test("Codes are those of the document: a zero that only the schema's syntax wants is none")
    func codes() throws {
        let types: [(String, String, [UInt32])] = [
            ("TicketRequest.Item", "type", [1, 2, 3, 4, 5, 6]), ("AuthResponse", "roles", [1, 2, 3]),
            ("TicketRequest.Payment", "type", [0, 1, 4]),
            ("NomenclatureResponse.Tax", "taxation_type", [100, 101, 102, 103]),
            ("Request", "command", [0, 1, 2, 3, 4, 5, 6, 8, 127]),
        ]
        for (message, field, codes) in types {
            #expect(Schema.shared[message]?.field(field)?.type == .enumeration(codes))
        }
    }
}
