public import FiscalCore

/// Which faults a simulated TSE shows, at which calls, and when.
///
/// A call uses up the next entry of its kind; when there is none, the spans of time are asked, the last one first, and
/// then what was set for good.
public struct TSEFaultPlan: Sendable, Hashable, Codable {
    /// A fault that lasts from one instant to another.
    public struct Span: Sendable, Hashable, Codable {
        public var from: FiscalInstant
        /// The first instant at which it is over.
        public var until: FiscalInstant
        public var calls: Set<TSECall>
        public var fault: TSEFault
    }

    private var plans: [TSECall: FaultPlan<TSEFault>] = [:]
    public private(set) var spans: [Span] = []

    public init() {}

    /// Plans a fault for the next calls of a kind that have no entry yet; nil for calls that go well.
    public mutating func add(_ fault: TSEFault?, to call: TSECall, times: Int = 1) {
        self.plans[call, default: FaultPlan()].add(fault, times: times)
    }

    /// The fault of all calls of these kinds for which nothing else is planned; nil ends it.
    public mutating func always(_ fault: TSEFault?, at calls: some Sequence<TSECall> = TSECall.allCases) {
        for call in calls { self.plans[call, default: FaultPlan()].permanent = fault }
    }

    /// A fault for a span of time, the end not included.
    public mutating func add(
        _ fault: TSEFault, from start: FiscalInstant, until end: FiscalInstant,
        at calls: some Sequence<TSECall> = TSECall.allCases
    ) {
        self.spans.append(Span(from: start, until: end, calls: Set(calls), fault: fault))
    }

    /// From now on every call goes well.
    public mutating func clear() {
        self = Self()
    }

    mutating func take(_ call: TSECall, at now: FiscalInstant) -> TSEFault? {
        if self.plans[call]?.upcoming.isEmpty == false { return self.plans[call]?.take() }
        if let span = self.spans.last(where: { $0.calls.contains(call) && $0.from <= now && now < $0.until }) {
            return span.fault
        }
        return self.plans[call]?.permanent
    }
}
