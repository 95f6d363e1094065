import FiscalCore
import Foundation

/// Records as JSON with sorted members: the same value is the same bytes.
enum Stored {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    /// - Throws: ``CRKError`` with code `damagedJournal`, which names the kind of record and nothing of it.
    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8], _ what: String) throws(CRKError) -> Value
    {
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw CRKError(.damagedJournal, "a record of \(what) cannot be read")
        }
    }
}
