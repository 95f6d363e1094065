import FiscalCore
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server of plain bytes on 127.0.0.1 that does with each connection what the test says.
final class StreamServer: Sendable {
    /// One connection, as the server sees it. All calls may come from any thread.
    struct Peer: Sendable {
        let channel: any Channel

        func send(_ bytes: [UInt8]) {
            self.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }

        func close() {
            self.channel.close(promise: nil)
        }

        /// Ends its own side alone: the client reads to the end, and can still send.
        func closeOutput() {
            self.channel.close(mode: .output, promise: nil)
        }

        /// Tears the connection down.
        func reset() {
            (self.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                .whenSuccess { self.channel.close(promise: nil) }
        }

        /// Closes without TLS's goodbye.
        func closeBelowTLS() {
            self.channel.eventLoop.execute { [channel] in
                let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
                tls?.close(promise: nil)
            }
        }
    }

    private struct Log {
        var received: [UInt8] = []
        var peers: [(channel: any Channel, address: SocketAddress?)] = []

        mutating func forget(connectedFrom address: SocketAddress?) -> Bool {
            guard let place = self.peers.firstIndex(where: { $0.address == address }) else { return false }
            self.peers.remove(at: place)
            return true
        }
    }

    private final class SharedLog: Sendable {
        let content = Mutex(Log())
    }

    let port: Int
    private let channel: any Channel
    private let log: SharedLog
    /// A value for each connection that was opened.
    let connections: AsyncStream<Peer>
    /// A value for each piece of bytes that arrived.
    let arrivals: AsyncStream<[UInt8]>

    /// - Parameters:
    ///   - reads: false for a server that takes nothing from the network.
    ///   - received: called with each piece of bytes as it comes.
    ///   - opened: called when a connection is accepted, under TLS before the handshake.
    init(
        tls: NIOSSLContext? = nil, reads: Bool = true,
        received: @escaping @Sendable (Peer, [UInt8]) -> Void = { _, _ in },
        opened: @escaping @Sendable (Peer) -> Void = { _ in }
    ) async throws {
        let log = SharedLog()
        let (connections, connected) = AsyncStream.makeStream(of: Peer.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: [UInt8].self)
        self.log = log
        self.connections = connections
        self.arrivals = arrivals
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.autoRead, value: reads)
            .childChannelInitializer { channel in
                let peer = Peer(channel: channel)
                log.content.withLock { $0.peers.append((channel, channel.remoteAddress)) }
                return channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(
                            opened: {
                                connected.yield(peer)
                                opened(peer)
                            },
                            received: { bytes in
                                log.content.withLock { $0.received += bytes }
                                arrived.yield(bytes)
                                received(peer, bytes)
                            }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.port = self.channel.localAddress?.port ?? 0
    }

    /// A server that sends back what it gets.
    static func echo(tls: NIOSSLContext? = nil) async throws -> StreamServer {
        try await StreamServer(tls: tls) { peer, bytes in peer.send(bytes) }
    }

    deinit {
        self.channel.close(promise: nil)
        for peer in self.log.content.withLock({ $0.peers }) { peer.channel.close(promise: nil) }
    }

    /// Everything that arrived, over all connections.
    var received: [UInt8] { self.log.content.withLock { $0.received } }
    var connectionCount: Int { self.log.content.withLock { $0.peers.count } }

    /// Returns when every connection so far has been closed, which the clients do.
    ///
    /// A client is connected before the server has accepted it. Connections are accepted in their order: when one of our
    /// own is, those of the test are too.
    func allClosed() async throws {
        let last = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: self.port).get()
        while !self.log.content.withLock({ $0.forget(connectedFrom: last.localAddress) }) { await Task.yield() }
        last.close(promise: nil)
        for peer in self.log.content.withLock({ $0.peers }) { try await peer.channel.closeFuture.get() }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let opened: @Sendable () -> Void
        private let received: @Sendable ([UInt8]) -> Void

        init(opened: @escaping @Sendable () -> Void, received: @escaping @Sendable ([UInt8]) -> Void) {
            self.opened = opened
            self.received = received
        }

        func channelActive(context: ChannelHandlerContext) {
            self.opened()
            context.fireChannelActive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.received(Array(self.unwrapInboundIn(data).readableBytesView))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
