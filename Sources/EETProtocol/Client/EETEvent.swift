import Synchronization

/// What happened, for a host that watches.
public enum EETEvent: Sendable {
    /// A submission or resend ended.
    case outcome(EETOutcome)
    /// A person decided about a sale.
    case decided(SaleIdentity, Decision)
}

/// Hands each event to every stream that was asked for.
final class EventSources: Sendable {
    private let continuations = Mutex<[Int: AsyncStream<EETEvent>.Continuation]>([:])

    func stream() -> AsyncStream<EETEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: EETEvent.self, bufferingPolicy: .bufferingNewest(1000))
        let number = self.continuations.withLock { all in
            let number = (all.keys.max() ?? 0) + 1
            all[number] = continuation
            return number
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.continuations.withLock { $0.removeValue(forKey: number) }
        }
        return stream
    }

    func yield(_ event: EETEvent) {
        for continuation in self.continuations.withLock({ Array($0.values) }) { continuation.yield(event) }
    }

    deinit {
        for continuation in self.continuations.withLock({ Array($0.values) }) { continuation.finish() }
    }
}
