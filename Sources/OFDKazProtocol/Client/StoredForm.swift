import FiscalCore
import Foundation

/// A value as it lies in the store: JSON with a version.
struct StoredForm<Value: Codable>: Codable {
    /// Raised when what is stored changes its form.
    var version: Int
    var value: Value
}

enum StoredForms {
    private static let currentVersion = 1

    static func encode<Value: Codable>(_ value: Value) throws(OFDError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do { return [UInt8](try encoder.encode(StoredForm(version: Self.currentVersion, value: value))) } catch {
            throw OFDError(.damagedJournal, "a record of type \(Value.self) cannot be written")
        }
    }

    static func decode<Value: Codable>(_: Value.Type, from record: StoreRecord) throws(OFDError) -> Value {
        let form: StoredForm<Value>
        do { form = try JSONDecoder().decode(StoredForm<Value>.self, from: Data(record.value)) } catch {
            // The decoder's own words could quote a value.
            throw OFDError(.damagedJournal, "the record \(record.key.space) \(record.key.name) cannot be read")
        }
        guard form.version == Self.currentVersion else {
            throw OFDError(
                .damagedJournal, "the record \(record.key.space) \(record.key.name) has version \(form.version)")
        }
        return form.value
    }
}
