import FiscalCore
import Logging
import Synchronization

/// Keeps what was logged.
final class CollectingLog: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { self.written.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: CollectingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = event.metadata ?? [:]
            let line = "\(event.message) \(metadata)"
            self.log.written.withLock { $0.append(line) }
        }
    }
}

/// Tokens in the order in which they were seen.
final class IssuedTokens: Sendable {
    private let seen = Mutex<[UInt32]>([])
    var all: [UInt32?] { self.seen.withLock { $0 } }
    func add(_ token: UInt32) { self.seen.withLock { $0.append(token) } }
}
