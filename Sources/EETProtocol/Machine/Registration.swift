/// What the authority confirmed.
public struct Registration: Sendable, Hashable, Codable {
    /// The authority's code: FIK (v3) or POK (v4), 39 characters.
    public var code: String
    public var edition: Edition
    /// The message that was confirmed. Kept, never printed.
    public var uuid: String
    /// When the authority received it (`dat_prij`), as on the wire.
    public var receivedAt: String
    /// From the playground: not an official record.
    public var isTest: Bool
    public var warnings: [Warning]

    public init(
        code: String, edition: Edition, uuid: String, receivedAt: String, isTest: Bool, warnings: [Warning] = []
    ) {
        self.code = code
        self.edition = edition
        self.uuid = uuid
        self.receivedAt = receivedAt
        self.isTest = isTest
        self.warnings = warnings
    }

    /// Whether the sale counts: recorded in production.
    public var isOfficiallyRecorded: Bool { !self.isTest }
}
