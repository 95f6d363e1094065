public import FiscalCore

/// Keys of a software register, one for each civil day (section 2.4.9).
extension CRKRegister {
    /// The key of a day, which is the date that stands on the receipt (decision P26); nil when there is none: nothing may
    /// be sold on that day then.
    public func sharedKey(for day: CivilDate) async throws -> SharedKey? {
        try await self.sharedKeyRing().key(for: day)
    }

    func sharedKeyRing() async throws -> SharedKeyRing {
        var ring = SharedKeyRing()
        ring.add(try await self.memory.values(StoredSharedKey.self, .sharedKey).compactMap(\.key))
        return ring
    }

    /// Stores keys, one record for each day; what is older than a month goes.
    func keep(_ keys: [SharedKey]) async throws {
        guard let newest = keys.map(\.day).max() else { return }
        var changes = try keys.map { key -> StoreChange in
            let stored = StoredSharedKey(key)
            return try self.memory.put(.sharedKey, stored.name, stored)
        }
        for stored in try await self.memory.values(StoredSharedKey.self, .sharedKey)
        where stored.day < newest.daysSinceEpoch - 31 {
            changes.append(self.memory.remove(.sharedKey, stored.name))
        }
        let now = self.clock.now()
        // Three days are given at a time; two days before they end there is time for trouble.
        try await self.update(changes) { $0.sharedKeysAgainAt = now + .seconds(86_400) }
    }

    var prefetchesKeys: Bool {
        self.identity.kind == .software && self.configuration.prefetchesSharedKeys
            && self.state.fiscalisation?.isComplete == true
    }

    var sharedKeysDue: FiscalInstant {
        let now = self.clock.now()
        return self.state.sharedKeysAgainAt.map { BackOff.end(of: $0, at: now, longest: .seconds(86_400)) } ?? now
    }

    /// Fetches the keys of the coming days once a day.
    func fetchComingKeys(_ report: inout CRKSyncReport) async throws {
        let now = self.clock.now()
        guard self.prefetchesKeys, self.sharedKeysDue <= now else { return }
        guard let trouble = try await self.fetchSharedKeys().trouble else { return }
        report.troubles.append("shared keys: \(trouble)")
        try await self.update { $0.sharedKeysAgainAt = now + .seconds(900) }
    }
}

/// A key in the journal.
struct StoredSharedKey: Sendable, Codable {
    /// Days since 1970-01-01.
    var day: Int
    var secret: [UInt8]

    init(_ key: SharedKey) {
        self.day = key.day.daysSinceEpoch
        self.secret = key.secret
    }

    var name: String { "\(self.day)" }
    var key: SharedKey? { CivilDate(daysSinceEpoch: self.day).map { SharedKey(day: $0, secret: self.secret) } }
}
