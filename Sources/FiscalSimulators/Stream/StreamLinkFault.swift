/// How the link to an authority fails.
///
/// The first three hit an attempt to connect, the others a request; what is planned waits for its occasion.
public enum StreamLinkFault: String, Sendable, Hashable, Codable, CaseIterable {
    /// No network: name not found, connection refused.
    case unreachable
    /// TLS is not established.
    case tls
    /// The time limit runs out in name resolution or connecting.
    case connectDeadline

    /// The connection was closed while it lay idle, and the transport knows it before the first byte leaves.
    case closedBeforeSending
    /// The connection breaks under way: the request never arrives, and the client cannot know.
    case brokenBeforeArrival
    /// The request is swallowed: it never arrives, and nothing comes back.
    case silentBeforeArrival
    /// The request arrives and counts; then the connection breaks, and the answer with it.
    case brokenAfterArrival
    /// The request arrives and counts; the answer is swallowed.
    case silentAfterArrival

    /// Whether it hits an attempt to connect.
    public var isOfConnecting: Bool {
        switch self {
        case .unreachable, .tls, .connectDeadline: true
        case .closedBeforeSending, .brokenBeforeArrival, .silentBeforeArrival, .brokenAfterArrival,
            .silentAfterArrival:
            false
        }
    }

    /// Whether the authority gets to see a request that this fault hits.
    public var letsRequestArrive: Bool { self == .brokenAfterArrival || self == .silentAfterArrival }
}

/// What is planned for the link: one entry for each occasion, then the permanent fault.
struct StreamLinkPlan: Sendable {
    var always: StreamLinkFault?
    var next: [StreamLinkFault?] = []

    /// The fault of an attempt to connect. What is planned for a request stays planned.
    mutating func takeForConnecting() -> StreamLinkFault? {
        guard let first = self.next.first else { return self.always.flatMap { $0.isOfConnecting ? $0 : nil } }
        guard let fault = first, fault.isOfConnecting else { return nil }
        self.next.removeFirst()
        return fault
    }

    /// The fault of a request. What is planned for an attempt to connect stays planned.
    mutating func takeForRequest() -> StreamLinkFault? {
        guard let first = self.next.first else { return self.always.flatMap { $0.isOfConnecting ? nil : $0 } }
        if let fault = first, fault.isOfConnecting { return nil }
        self.next.removeFirst()
        return first
    }
}
