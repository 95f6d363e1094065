import NIOCore
import NIOSSL
import Synchronization

/// How far an exchange came.
enum ExchangeProgress: Int, Comparable, Sendable {
    /// No connection is established: name resolution, TCP or TLS is under way.
    case connecting
    /// The connection is established, TLS included; nothing of the request was handed to it.
    case connected
    /// At least one byte of the request was handed to the connection. The peer may have all of it.
    case handedOver

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Sits in the connection, between the HTTP encoder and TLS, and remembers that a request went through.
final class RequestWitness: Sendable {
    private struct State {
        var progress = ExchangeProgress.connecting
        /// Whom the exchange is for.
        var host = ""
    }

    private let state = Mutex(State())

    var progress: ExchangeProgress { self.state.withLock { $0.progress } }

    /// A new exchange starts.
    func begin(host: String) {
        self.state.withLock { $0 = State(host: host) }
    }

    /// Takes place in a connection that was just established, before any request is given to it.
    /// - Parameter check: looks at the server of that host, and throws when it is the wrong one: the connection did not
    ///   come about then.
    func watch(_ channel: any Channel, _ check: @escaping (String) throws -> Void) -> EventLoopFuture<Void> {
        // Below the encoder there is TLS or the socket; above it nothing has been written yet.
        channel.eventLoop.makeCompletedFuture {
            do { try check(self.state.withLock { $0.host }) } catch {
                // Not before the pool knows that the connection did not come about.
                channel.eventLoop.execute { channel.close(promise: nil) }
                throw error
            }
            self.reached(.connected)
            let pipeline = channel.pipeline.syncOperations
            let handler = Handler(witness: self)
            if let tls = try? pipeline.handler(type: NIOSSLClientHandler.self) {
                try pipeline.addHandler(handler, position: .after(tls))
            } else {
                try pipeline.addHandler(handler, position: .first)
            }
        }
    }

    fileprivate func reached(_ progress: ExchangeProgress) {
        self.state.withLock { $0.progress = max($0.progress, progress) }
    }

    private final class Handler: ChannelOutboundHandler {
        typealias OutboundIn = NIOAny

        private let witness: RequestWitness

        init(witness: RequestWitness) {
            self.witness = witness
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            self.witness.reached(.handedOver)
            context.write(data, promise: promise)
        }
    }
}
