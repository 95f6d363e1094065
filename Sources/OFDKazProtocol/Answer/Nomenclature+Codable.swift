import FiscalCore
import SwiftProtobuf

extension Nomenclature: Codable {
    public init(from decoder: any Swift.Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bytes = Base64.decode(text), let pb = try? PBNomenclatureResponse(serializedBytes: bytes),
            let nomenclature = Nomenclature(pb)
        else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no stored list of goods")
        }
        self = nomenclature
    }

    public func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.singleValueContainer()
        let bytes: [UInt8] = try self.pb.serializedBytes()
        try container.encode(Base64.encode(bytes))
    }
}
