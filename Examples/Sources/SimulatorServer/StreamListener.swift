import FiscalCore
import FiscalSimulators
import NIOCore
import NIOPosix

/// One listening port of a simulated OFD server on 127.0.0.1, without TLS: operators use none.
struct StreamListener: Sendable {
    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    let office: OFDOffice
    let clock: any FiscalClock
    /// 0 takes any free port.
    let port: Int

    /// Listens until the task is cancelled, and calls `ready` with the port once it does.
    func run(ready: @Sendable (Int) -> Void) async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Pieces of one byte must leave as such.
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: "127.0.0.1", port: self.port) { channel in
                channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
            }
        ready(server.channel.localAddress?.port ?? 0)
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask { await self.serve(connection) }
                }
            }
            group.cancelAll()
        }
    }

    private func serve(_ connection: Connection) async {
        // A client that goes away is no failure of the server.
        try? await connection.executeThenClose { inbound, outbound in
            switch self.office.accept(at: self.clock.now()) {
            case .accepted: break
            case .unasked(let bytes): try await outbound.write(ByteBuffer(bytes: bytes))
            case .refused: return Self.reset(connection)
            case .ignored:
                for try await _ in inbound {}
                return
            }
            var waiting: [UInt8] = []
            for try await buffer in inbound {
                waiting += buffer.readableBytesView
                while let length = waiting.isEmpty ? nil : OFDAuthority.requestLength(in: waiting),
                    (1...waiting.count).contains(length)
                {
                    let reply = try self.office.receive(Array(waiting.prefix(length)), at: self.clock.now())
                    waiting.removeFirst(length)
                    for piece in reply.pieces {
                        if piece.delay > .zero { try await Task.sleep(for: piece.delay) }
                        if !piece.bytes.isEmpty { try await outbound.write(ByteBuffer(bytes: piece.bytes)) }
                    }
                    switch reply.ending {
                    case .open: continue
                    case .closed: return
                    case .reset: return Self.reset(connection)
                    }
                }
            }
        }
    }

    /// Closes by a TCP reset instead of an orderly end.
    private static func reset(_ connection: Connection) {
        (connection.channel as? any SocketOptionProvider)?
            .setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in }
    }
}
