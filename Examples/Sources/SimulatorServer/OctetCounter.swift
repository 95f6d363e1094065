import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOSSL
import Synchronization

/// Measures requests as they arrive: everything between TLS and the HTTP parser, request line, headers and body.
///
/// Two handlers, one on either side of the parser. A client that sends a request before it has the answer to the one
/// before it is not foreseen.
final class OctetCounter: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let counting = Mutex(0)
    private let measured = Mutex(0)

    /// The octets of the request that was read last.
    var octets: Int { self.measured.withLock { $0 } }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        let place: ChannelPipeline.SynchronousOperations.Position =
            if let tls = try? pipeline.handler(type: NIOSSLServerHandler.self) { .after(tls) } else { .first }
        do { try pipeline.addHandler(Below(counter: self), position: place) } catch {
            context.fireErrorCaught(error)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = self.unwrapInboundIn(data) {
            let octets = self.counting.withLock { count in
                defer { count = 0 }
                return count
            }
            self.measured.withLock { $0 = octets }
        }
        context.fireChannelRead(data)
    }

    private final class Below: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer

        private let counter: OctetCounter

        init(counter: OctetCounter) {
            self.counter = counter
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let octets = self.unwrapInboundIn(data).readableBytes
            self.counter.counting.withLock { $0 += octets }
            context.fireChannelRead(data)
        }
    }
}
