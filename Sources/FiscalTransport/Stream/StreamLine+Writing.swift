import FiscalCore
import NIOCore

extension StreamLine {
    /// Writes the bytes and says how that went: once, on the event loop. After a failure the connection is closed.
    func write(
        _ bytes: [UInt8], timeout: TimeAmount, _ completion: @escaping @Sendable (Result<Void, TransportError>) -> Void
    ) {
        self.channel.eventLoop.execute { [channel] in
            // Only here it is certain that not a byte has left: whether the channel is open is decided on this loop.
            guard channel.isActive, self.beginSending() else {
                self.abort()
                completion(
                    .failure(TransportError(.notDelivered, reason: .closed, detail: "the connection is closed")))
                return
            }
            let hasRunOut = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
            let timer = channel.eventLoop.scheduleTask(in: timeout) {
                hasRunOut.value = true
                self.abort()
            }
            channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { result in
                timer.cancel()
                switch result {
                case .success:
                    completion(.success(()))
                case .failure(let error):
                    self.abort()
                    completion(
                        .failure(
                            hasRunOut.value
                                ? .endedEarly(.deadline, .outcomeUnknown)
                                : TransportError(error, progress: .handedOver, usesTLS: false)))
                }
            }
        }
    }
}
