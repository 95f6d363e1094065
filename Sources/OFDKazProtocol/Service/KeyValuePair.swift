/// An open pair (section 4.13).
public struct KeyValuePair: Sendable, Hashable, Codable {
    public var key: String
    public var value: String?

    public init(key: String, value: String? = nil) {
        self.key = key
        self.value = value
    }
}

extension KeyValuePair {
    /// - Returns: nil for a pair without a key.
    package init?(_ pb: PBKeyValuePair) {
        guard pb.hasKey else { return nil }
        self.init(key: pb.key, value: pb.hasValue ? pb.value : nil)
    }

    package var pb: PBKeyValuePair {
        var pb = PBKeyValuePair()
        pb.key = self.key
        if let value = self.value { pb.value = value }
        return pb
    }
}
