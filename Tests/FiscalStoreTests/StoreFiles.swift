import FiscalCore
import FiscalStore
import FiscalTestSupport
import Foundation

extension TemporaryFolder {
    /// What is in the folder.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: self.path)) ?? []).sorted() }
}

/// The permission bits of a file.
func permissions(_ path: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
}

func contents(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// The code of the ``StoreError`` that `work` throws, or nil.
func code<Value>(_ work: () throws -> Value) -> StoreError.Code? {
    do { _ = try work() } catch let error as StoreError { return error.code } catch {}
    return nil
}
