import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on 127.0.0.1 that does with each request what the test says, and remembers what it saw.
///
/// It reads and writes plain bytes, so that what was on the wire can be compared with HTTP's own documents.
final class LoopbackServer: Sendable {
    /// A whole request as it was on the wire.
    struct Request: Sendable {
        var head: String
        var body: [UInt8]

        var lines: [String] { self.head.components(separatedBy: "\r\n") }
    }

    enum Reaction: Sendable {
        /// Writes the bytes, and leaves the connection open.
        case send([UInt8])
        /// Writes the bytes, then closes the connection.
        case sendAndClose([UInt8])
        /// Writes the first bytes, then the second ones again and again.
        case drip([UInt8], then: [UInt8], every: TimeAmount)
        case close
        case silence
    }

    /// When the server reacts.
    enum Moment: Sendable { case accepted, head, request }

    private struct Log {
        var connections = 0
        var requests: [Request] = []
        var channels: [any Channel] = []
    }

    let port: Int
    private let channel: any Channel
    private let log: SharedLog
    /// A value for each whole request.
    let arrivals: AsyncStream<Void>

    private final class SharedLog: Sendable {
        let content = Mutex(Log())
    }

    init(
        tls: NIOSSLContext? = nil, at moment: Moment = .request,
        _ reaction: @escaping @Sendable (Request) -> Reaction
    ) async throws {
        let log = SharedLog()
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        self.log = log
        self.arrivals = arrivals
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                log.content.withLock {
                    $0.connections += 1
                    $0.channels.append(channel)
                }
                return channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(moment: moment, reaction: reaction) { request in
                            log.content.withLock { $0.requests.append(request) }
                            arrived.yield()
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.port = self.channel.localAddress?.port ?? 0
    }

    deinit {
        self.channel.close(promise: nil)
        for channel in self.log.content.withLock({ $0.channels }) { channel.close(promise: nil) }
    }

    var requests: [Request] { self.log.content.withLock { $0.requests } }
    var connections: Int { self.log.content.withLock { $0.connections } }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let moment: Moment
        private let reaction: @Sendable (Request) -> Reaction
        private let received: @Sendable (Request) -> Void
        private var bytes: [UInt8] = []
        private var hasReacted = false

        init(
            moment: Moment, reaction: @escaping @Sendable (Request) -> Reaction,
            received: @escaping @Sendable (Request) -> Void
        ) {
            self.moment = moment
            self.reaction = reaction
            self.received = received
        }

        func channelActive(context: ChannelHandlerContext) {
            if self.moment == .accepted { self.react(to: Request(head: "", body: []), context) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.bytes += self.unwrapInboundIn(data).readableBytesView
            while let end = self.bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: self.bytes[..<end.lowerBound], as: UTF8.self)
                if self.moment == .head, !self.hasReacted {
                    self.hasReacted = true
                    self.react(to: Request(head: head, body: []), context)
                }
                let length =
                    head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                guard self.bytes.count >= end.upperBound + length else { return }
                let request = Request(head: head, body: Array(self.bytes[end.upperBound...].prefix(length)))
                self.bytes.removeFirst(end.upperBound + length)
                self.received(request)
                if self.moment == .request { self.react(to: request, context) }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func react(to request: Request, _ context: ChannelHandlerContext) {
            switch self.reaction(request) {
            case .send(let bytes): context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .sendAndClose(let bytes):
                context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
                context.close(promise: nil)
            case .drip(let first, let piece, let interval):
                context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: first)), promise: nil)
                let channel = context.channel
                let drops = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
                    channel.writeAndFlush(ByteBuffer(bytes: piece), promise: nil)
                }
                channel.closeFuture.whenComplete { _ in drops.cancel() }
            case .close: context.close(promise: nil)
            case .silence: break
            }
        }
    }
}
