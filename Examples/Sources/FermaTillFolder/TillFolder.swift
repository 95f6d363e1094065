public import FermaClient
public import FiscalCore
import FiscalStore
public import FiscalTransport
public import Foundation

/// A till that sells through Ferma, kept in a folder: the journal of its receipts is `ferma.sqlite`.
///
/// The journal belongs to its owner alone: it holds what buyers bought, and where they want their receipts.
public struct TillFolder: Sendable {
    public let url: URL

    public init(_ path: String) {
        self.url = URL(fileURLWithPath: path, isDirectory: true)
    }

    /// Opens the journal where the last process stopped, and closes the link when `body` is done.
    /// - Parameters:
    ///   - access: nil for work that sends nothing.
    ///   - configuration: its address gives way to the one of `access`.
    ///   - wrap: puts the caller's own around the folder's store and link.
    public func withClient<Value>(
        _ access: TillAccess?, _ configuration: FermaClientConfiguration, clock: some FiscalClock = SystemClock.system,
        wrapping wrap: (any DurableStore, any HTTPTransport) -> (any DurableStore, any HTTPTransport) = { ($0, $1) },
        _ body: (FermaClient) async throws -> Value
    ) async throws -> Value {
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let link = try access?.transport()
        let (store, transport) = wrap(
            try SQLiteStore(path: self.url.appendingPathComponent("ferma.sqlite").path), link ?? NoLink())
        var configuration = configuration
        if let url = access?.url { configuration.endpoint = url }
        let result: Result<Value, any Error>
        do {
            let client = try await FermaClient.open(
                configuration: configuration, store: store, transport: transport, clock: clock,
                randomness: SystemRandomSource.system)
            result = .success(try await body(client))
        } catch { result = .failure(error) }
        try? await link?.shutdown()
        return try result.get()
    }
}

/// For work on the journal alone.
private struct NoLink: HTTPTransport {
    func exchange(
        _ request: HTTPExchangeRequest, timeout: Duration
    ) async throws(TransportError) -> HTTPExchangeResponse {
        throw TransportError(.notDelivered, reason: .other, detail: "no certificate was given")
    }
}
