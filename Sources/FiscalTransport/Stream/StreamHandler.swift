import FiscalCore
import NIOCore
import NIOSSL
import NIOTLS

/// Hands what happens in a channel to its line.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let line: StreamLine
    private let ready: EventLoopPromise<Void>
    private let usesTLS: Bool
    private var isReady = false

    init(_ line: StreamLine, ready: EventLoopPromise<Void>, usesTLS: Bool) {
        self.line = line
        self.ready = ready
        self.usesTLS = usesTLS
    }

    func channelActive(context: ChannelHandlerContext) {
        if !self.usesTLS { self.becomeReady() }
        context.read()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.line.arrived(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if self.line.mayRead() { context.read() }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as TLSUserEvent:
            if case .handshakeCompleted = event { self.becomeReady() }
        case let event as ChannelEvent where event == .inputClosed:
            self.line.peerClosed()
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.line.broke(TransportError(error, progress: .handedOver, usesTLS: self.usesTLS))
        self.ready.fail(error)
        // Not `abort`: an alert that says what was wrong may still be on its way to the peer.
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.line.peerClosed()
        context.fireChannelInactive()
    }

    /// The last thing that happens to a channel, also to one that never connected.
    func handlerRemoved(context: ChannelHandlerContext) {
        self.line.peerClosed()
        self.ready.fail(ChannelError.eof)
    }

    private func becomeReady() {
        guard !self.isReady else { return }
        self.isReady = true
        self.ready.succeed()
    }
}
