import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import RemoteTSE
public import TSEOffline

/// A TSE behind a port of 127.0.0.1, for `RemoteTSE` in another process.
public final class TSEDoor: Sendable {
    /// `HOST:PORT`.
    public let address: String
    private let server: Task<Void, any Error>

    /// Opens any free port, and returns when it listens.
    public static func open(_ tse: any TSE) async throws -> TSEDoor {
        let (ports, continuation) = AsyncThrowingStream<Int, any Error>.makeStream()
        let server = Task {
            do {
                try await Listener(responder: Responder(tse: tse), tls: nil, port: 0).run { continuation.yield($0) }
                continuation.finish(throwing: CancellationError())
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        for try await port in ports { return TSEDoor(address: "127.0.0.1:\(port)", server: server) }
        throw CancellationError()
    }

    private init(address: String, server: Task<Void, any Error>) {
        self.address = address
        self.server = server
    }

    /// Closes the port and waits for that.
    public func close() async {
        self.server.cancel()
        _ = await self.server.result
    }

    private struct Responder: HTTPResponder {
        typealias Context = ConnectionContext

        let tse: any TSE

        func respond(to request: Request, context: ConnectionContext) async throws -> Response {
            let body = try await request.body.collect(upTo: 1 << 20)
            guard let call = try? JSONDecoder().decode(RemoteCall.self, from: Data(body.readableBytesView)) else {
                return Response(status: .badRequest)
            }
            let answer = await call.answer(of: self.tse)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(answer))))
        }
    }
}
