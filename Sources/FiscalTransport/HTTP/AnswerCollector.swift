import AsyncHTTPClient
import FiscalCore
import HTTPTypes
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects one answer, up to the number of bytes that was allowed.
final class AnswerCollector: HTTPClientResponseDelegate {
    typealias Response = HTTPExchangeResponse

    private struct State {
        var head: HTTPResponse?
        var body: [UInt8] = []
    }

    private let maximumBytes: Int
    private let state = Mutex(State())

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        self.state.withLock { $0.head = HTTPResponse(head) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = self.state.withLock { state in
            guard part.readableBytes <= self.maximumBytes - state.body.count else { return false }
            state.body.append(contentsOf: part.readableBytesView)
            return true
        }
        // A failed future ends the exchange; what is still in the socket is not read.
        return fits
            ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(EndedEarly.answerTooLarge)
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        let state = self.state.withLock { $0 }
        guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
        return HTTPExchangeResponse(head: head, body: state.body)
    }
}
