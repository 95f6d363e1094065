import SwiftProtobuf

/// Turns descriptors into ``MessageSchema`` values.
struct SchemaBuilder {
    private var descriptors: [(name: String, descriptor: Google_Protobuf_DescriptorProto)] = []
    private var indices: [String: Int] = [:]
    private var enumerations: [String: [UInt32]] = [:]

    /// Collects the messages and enumerations of a file.
    mutating func read(_ file: Google_Protobuf_FileDescriptorProto) {
        let prefix = "." + file.package
        for enumeration in file.enumType { self.add(enumeration, prefix: prefix) }
        for message in file.messageType { self.add(message, prefix: prefix, path: "") }
    }

    private mutating func add(_ enumeration: Google_Protobuf_EnumDescriptorProto, prefix: String) {
        // A zero that only proto3 wants is not in the document's table.
        let values = enumeration.value.filter { !$0.name.hasSuffix("_UNSPECIFIED") }
        self.enumerations[prefix + "." + enumeration.name] = values.map { UInt32(bitPattern: $0.number) }
    }

    private mutating func add(_ message: Google_Protobuf_DescriptorProto, prefix: String, path: String) {
        let fullName = prefix + "." + message.name
        let name = path.isEmpty ? message.name : path + "." + message.name
        self.indices[fullName] = self.descriptors.count
        self.descriptors.append((name, message))
        for enumeration in message.enumType { self.add(enumeration, prefix: fullName) }
        for nested in message.nestedType { self.add(nested, prefix: fullName, path: name) }
    }

    /// All messages that were collected, in order.
    func messages() -> [MessageSchema] {
        self.descriptors.enumerated().map { index, entry in
            MessageSchema(name: entry.name, index: index, fields: entry.descriptor.field.map(self.field))
        }
    }

    private func field(_ descriptor: Google_Protobuf_FieldDescriptorProto) -> FieldSchema {
        FieldSchema(
            name: descriptor.name, number: Int(descriptor.number), isRepeated: descriptor.label == .repeated,
            type: self.type(of: descriptor))
    }

    private func type(of field: Google_Protobuf_FieldDescriptorProto) -> FieldType {
        switch field.type {
        case .uint32: return .uint32
        case .uint64: return .uint64
        case .int32: return .int32
        case .bool: return .bool
        case .string: return .string
        case .bytes: return .bytes
        case .enum:
            if let values = self.enumerations[field.typeName] { return .enumeration(values) }
        case .message:
            if let index = self.indices[field.typeName] { return .message(index) }
        default: break
        }
        preconditionFailure("the schema has a type that the protocol does not use: \(field.name)")
    }
}
