/// Which faults an authority shows, and when: one entry is used up by each request, then the permanent one holds.
public struct FaultPlan<Fault: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    /// One entry per coming request; nil is a request that is handled as it should be.
    public var upcoming: [Fault?]
    /// The fault of every request for which there is no entry; nil for none.
    public var permanent: Fault?

    public init(upcoming: [Fault?] = [], permanent: Fault? = nil) {
        self.upcoming = upcoming
        self.permanent = permanent
    }

    /// Plans the fault for the next requests that have no entry yet.
    public mutating func add(_ fault: Fault?, times: Int = 1) {
        self.upcoming += Array(repeating: fault, count: max(0, times))
    }

    /// From now on every request is handled as it should be.
    public mutating func clear() {
        self = Self()
    }

    mutating func take() -> Fault? {
        self.upcoming.isEmpty ? self.permanent : self.upcoming.removeFirst()
    }
}
