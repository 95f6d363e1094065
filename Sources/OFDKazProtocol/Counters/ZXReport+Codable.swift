import FiscalCore
import SwiftProtobuf

/// Stored as the message of the wire in base64: no longer than it must be, and readable by any tool that knows the schema.
extension ZXReport: Codable {
    public init(from decoder: any Swift.Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = Base64.decode(try container.decode(String.self)),
            let pb = try? PBZXReport(serializedBytes: bytes)
        else { throw DecodingError.dataCorruptedError(in: container, debugDescription: "no ZXReport in base64") }
        self.init(pb)
    }

    public func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.singleValueContainer()
        let bytes: [UInt8] = try self.faithful.serializedBytes()
        try container.encode(Base64.encode(bytes))
    }
}
