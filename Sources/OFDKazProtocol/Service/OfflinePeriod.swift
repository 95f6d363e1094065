public import FiscalCore

/// From when to when the register worked without the server (section 3.10.1). Online both are the time of the request.
public struct OfflinePeriod: Sendable, Hashable {
    public let beginTime: CivilDateTime
    /// Never before the begin.
    public let endTime: CivilDateTime

    /// - Parameter endTime: a time before the begin (the clock was set back) counts as the begin.
    public init(beginTime: CivilDateTime, endTime: CivilDateTime) {
        self.beginTime = beginTime
        self.endTime = max(beginTime, endTime)
    }
}

extension OfflinePeriod {
    var pb: PBServiceRequest.OfflinePeriod {
        var pb = PBServiceRequest.OfflinePeriod()
        pb.beginTime = PBDateTime(self.beginTime)
        pb.endTime = PBDateTime(self.endTime)
        return pb
    }
}
