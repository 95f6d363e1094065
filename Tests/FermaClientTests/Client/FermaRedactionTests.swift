import FermaClient
import FiscalCore
import FiscalTestSupport
import Logging
import Synchronization
import Testing

/// Keeps what was logged.
private final class Written: Sendable {
    private let written = Mutex<[String]>([])
    var lines: [String] { self.written.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: Written
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            self.log.written.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}

@Suite("Nothing of a buyer gets into a log")
struct FermaRedactionTests {
    @Test("Requests and codes are logged by their identifiers; no phone, no name, no word of the peer")
    func log() async throws {
        let written = Written()
        let world = TillAndService()
        let till = try await world.open { $0.logger = written.logger }
        let phone = TillAndService.phone
        world.service.plan(
            .raw(500, "{\"FCEError\":5,\"ErrorDescription\":\"tel \(phone)\"}"), .lost(made: true),
            .raw(500, "<html>\(phone)</html>"), .unreachable)
        _ = try await till.issue(world.receipt(), requestID: "order-1")
        try await world.settle(till)
        let submission = try #require(try await till.submission(requestID: "order-1"))
        #expect(String(decoding: submission.body, as: UTF8.self).contains(phone))
        #expect(written.lines.count == 10)
        #expect(written.lines.contains { $0.contains("service error 5") && $0.contains("order-1") })
        for line in written.lines + ["\(submission)", "\(submission.attempts)"] {
            #expect(!line.contains(phone) && !line.contains("Чай") && !line.contains("tel"))
        }
    }
}
