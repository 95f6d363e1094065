import OFDKazProtocol
import SwiftProtobuf

/// Finds the first number that is outside the range that the document prints for it (sections 1, 3.10, 4.1, 4.2, 4.4).
enum PrintedRanges {
    /// The first flaw of a part of a request, for people.
    static func flaw(in part: some Message, _ name: String) -> String? {
        guard let schema = Schema.shared[name], let bytes: [UInt8] = try? part.serializedBytes() else { return nil }
        return Self.flaw(bytes, schema)
    }

    private static func flaw(_ bytes: [UInt8], _ schema: MessageSchema) -> String? {
        if !Self.isInRange(bytes, schema.name) { return "\(schema.name) is out of range" }
        for field in RawFields.read(bytes) {
            guard let declared = schema.field(field.number) else { continue }
            switch declared.type {
            case .uint32:
                // The whole width is allowed for the register's own numbers of offline tickets (ambiguity B6).
                let limit = declared.name == "offline_ticket_number" ? UInt64(UInt32.max) : UInt64(Int32.max)
                if let number = field.varint, number > limit { return "\(schema.name).\(declared.name)" }
            case .uint64:
                if let number = field.varint, number > UInt64(Int64.max) { return "\(schema.name).\(declared.name)" }
            case .message(let index):
                guard let content = field.content else { continue }
                if let flaw = Self.flaw(Array(content), Schema.shared.messages[index]) { return flaw }
            case .int32, .bool, .string, .bytes, .enumeration: continue
            }
        }
        return nil
    }

    /// What is printed for one message as a whole.
    private static func isInRange(_ bytes: [UInt8], _ name: String) -> Bool {
        switch name {
        case "Money":
            guard let money = try? PBMoney(serializedBytes: bytes) else { return true }
            return money.coins <= 99
        case "DateTime":
            guard let time = try? PBDateTime(serializedBytes: bytes) else { return true }
            return OFDTime(time).isInRange
        case "ServiceRequest.SecurityStats.GeoPosition":
            guard let position = try? PBServiceRequest.SecurityStats.GeoPosition(serializedBytes: bytes) else {
                return true
            }
            return (0...900_000).contains(position.latitude) && (0...1_800_000).contains(position.longitude)
        default: return true
        }
    }
}
