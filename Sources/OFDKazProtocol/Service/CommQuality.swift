/// How good the connection is (section 3.10, `CommQuality`). The document gives no units; milliseconds and percent are
/// what the fields suggest. Each is 0...2147483647.
public struct CommQuality: Sendable, Hashable {
    public var avgConnectTime: UInt32
    public var avgPing: UInt32?
    public var lossRatio: UInt32?

    public init(avgConnectTime: UInt32, avgPing: UInt32? = nil, lossRatio: UInt32? = nil) {
        self.avgConnectTime = avgConnectTime
        self.avgPing = avgPing
        self.lossRatio = lossRatio
    }
}

extension CommQuality {
    var pb: PBServiceRequest.CommQuality {
        var pb = PBServiceRequest.CommQuality()
        pb.avgConnectTime = self.avgConnectTime
        if let avgPing { pb.avgPing = avgPing }
        if let lossRatio { pb.lossRatio = lossRatio }
        return pb
    }
}
