import FiscalCore

extension StoreKey {
    /// For messages; the value under the key is never part of one.
    var readable: String { "\(self.register)/\(self.space)/\(self.name)" }
}

extension StoreError {
    static func recordPresent(_ key: StoreKey) -> Self {
        Self(.conflict, "there is a record under \(key.readable)")
    }

    static func revisionChanged(_ key: StoreKey, _ revision: Int64) -> Self {
        Self(.conflict, "revision \(revision) is not the present one under \(key.readable)")
    }
}
