import Synchronization

/// Hands each event to every stream that was asked for.
///
/// A listener that falls behind loses the oldest events beyond a thousand: telling somebody must never hold up a sale.
package final class EventSources<Event: Sendable>: Sendable {
    private let continuations = Mutex<[Int: AsyncStream<Event>.Continuation]>([:])

    package init() {}

    /// A new stream of what is yielded from now on. It ends with this object.
    package func stream() -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(1000))
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

    package func yield(_ event: Event) {
        for continuation in self.continuations.withLock({ Array($0.values) }) { continuation.yield(event) }
    }

    deinit {
        for continuation in self.continuations.withLock({ Array($0.values) }) { continuation.finish() }
    }
}
