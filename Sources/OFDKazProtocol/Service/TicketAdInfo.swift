/// Which advertising text a register holds (section 4.12).
public struct TicketAdInfo: Sendable, Hashable, Codable {
    public var type: TicketAdType
    public var version: UInt64

    public init(type: TicketAdType, version: UInt64) {
        self.type = type
        self.version = version
    }
}

extension TicketAdInfo {
    /// - Returns: nil when the type or the version is not there.
    package init?(_ pb: PBTicketAdInfo) {
        guard pb.hasType, pb.hasVersion else { return nil }
        self.init(type: TicketAdType(pb.type), version: pb.version)
    }

    package var pb: PBTicketAdInfo {
        var pb = PBTicketAdInfo()
        pb.type = self.type.pb
        pb.version = self.version
        return pb
    }
}
