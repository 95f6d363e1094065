import FiscalTestSupport
import SwiftProtobuf

/// Makes payloads from the schema alone: any field may be there, with any value that its type can have, numbers that
/// an enumeration lacks included.
struct RandomPayload {
    private var random: SeededGenerator
    private let messages: [String: Google_Protobuf_DescriptorProto]
    private let enums: [String: [Int32]]
    /// Of a hundred fields, how many are there; drawn anew for every payload.
    private var density = 0
    /// The fields that were made so far: `.package.Request.command`.
    private(set) var made: Set<String> = []

    init(schema: Google_Protobuf_FileDescriptorSet, seed: UInt64) {
        var messages: [String: Google_Protobuf_DescriptorProto] = [:]
        var enums: [String: [Int32]] = [:]
        func take(_ found: [Google_Protobuf_EnumDescriptorProto], in scope: String) {
            for table in found { enums["\(scope).\(table.name)"] = table.value.map(\.number) }
        }
        func take(_ found: [Google_Protobuf_DescriptorProto], in scope: String) {
            for message in found {
                let name = "\(scope).\(message.name)"
                messages[name] = message
                take(message.nestedType, in: name)
                take(message.enumType, in: name)
            }
        }
        for file in schema.file {
            take(file.messageType, in: ".\(file.package)")
            take(file.enumType, in: ".\(file.package)")
        }
        self.messages = messages
        self.enums = enums
        self.random = SeededGenerator(seed: seed)
    }

    /// Every field that a message of this name can hold, at any depth.
    func fields(of name: String) -> Set<String> {
        var found: Set<String> = []
        var waiting = [name]
        while let name = waiting.popLast() {
            for field in self.messages[name]?.field ?? [] where found.insert("\(name).\(field.name)").inserted {
                waiting.append(field.typeName)
            }
        }
        return found
    }

    mutating func payload(of name: String) -> [UInt8] {
        self.density = self.random.pick([10, 40, 70, 100])
        return self.message(name)
    }

    private mutating func message(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let fields = (self.messages[name]?.field ?? []).sorted { $0.number < $1.number }
        for field in fields where self.random.chance(self.density) {
            self.made.insert("\(name).\(field.name)")
            let count = field.label == .repeated ? self.random.pick([1, 1, 2]) : 1
            for _ in 0..<count { bytes += self.field(field) }
        }
        return bytes
    }

    private mutating func field(_ field: Google_Protobuf_FieldDescriptorProto) -> [UInt8] {
        let number = UInt64(field.number)
        func short(_ value: UInt64) -> [UInt8] { Self.varint(number << 3) + Self.varint(value) }
        func long(_ content: [UInt8]) -> [UInt8] {
            Self.varint(number << 3 | 2) + Self.varint(UInt64(content.count)) + content
        }
        switch field.type {
        case .uint32: return short(UInt64(UInt32(truncatingIfNeeded: self.number())))
        case .uint64: return short(self.number())
        case .int32: return short(Self.signed(Int32(truncatingIfNeeded: self.number())))
        case .bool: return short(UInt64(self.random.pick([0, 1])))
        case .enum: return short(Self.signed(self.enumNumber(field.typeName)))
        case .string: return long(Array(self.text().utf8))
        case .bytes: return long(self.random.bytes(count: self.random.pick([0, 1, 2, 3, 40])))
        case .message: return long(self.message(field.typeName))
        default: fatalError("the schema has no fields of this type: \(field.name)")
        }
    }

    private mutating func number() -> UInt64 {
        let edges: [UInt64] = [
            0, 1, 127, 128, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 53 + 1, 0x7FFF_FFFF_FFFF_FFFF, .max,
        ]
        return self.random.chance(50) ? self.random.pick(edges) : self.random.next()
    }

    private mutating func enumNumber(_ name: String) -> Int32 {
        self.random.chance(75)
            ? self.random.pick(self.enums[name] ?? [0]) : self.random.pick([99, 128, .max, -1, .min])
    }

    private mutating func text() -> String {
        let pieces = [
            "", "Нан", "Әлия Қасымқызы, Ұлттық дәмін ұсынамыз", "abc", "\"", "\\", "/", "\n\r\t", "\u{0}\u{1F}\u{7F}",
            "<&>",
            "\u{2028}", "\u{FEFF}", "🧾", "e\u{301}", "\u{10FFFF}", "null", "  ",
        ]
        return (0..<self.random.pick([0, 1, 1, 3])).map { _ in self.random.pick(pieces) }.joined()
    }

    private static func signed(_ number: Int32) -> UInt64 { UInt64(bitPattern: Int64(number)) }

    private static func varint(_ number: UInt64) -> [UInt8] {
        var rest = number
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
