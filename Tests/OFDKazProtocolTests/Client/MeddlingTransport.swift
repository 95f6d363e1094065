import FiscalCore
import Synchronization

/// Does something before each attempt to connect.
final class MeddlingTransport: StreamTransport {
    private let transport: any StreamTransport
    private let meddle: @Sendable (Int) -> Void
    private let count = Mutex(0)

    init(_ transport: any StreamTransport, _ meddle: @escaping @Sendable (_ attempt: Int) -> Void) {
        self.transport = transport
        self.meddle = meddle
    }

    var attempts: Int { self.count.withLock { $0 } }

    func connect(timeout: Duration) async throws(TransportError) -> any StreamConnection {
        let attempt = self.count.withLock { count in
            count += 1
            return count
        }
        self.meddle(attempt)
        return try await self.transport.connect(timeout: timeout)
    }
}
