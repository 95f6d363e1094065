import AsyncHTTPClient
import FiscalCore
import NIOCore
import NIOPosix
import NIOSSL

/// What all lanes of a transport have in common.
struct LaneTemplate: Sendable {
    var tls: TLSConfiguration
    /// What the server must show, where NIOSSL does not look.
    var pins: ServerPins?
    var connections: AsyncHTTPTransport.Connections

    func client(on loop: any EventLoop, budget: TimeAmount, witness: RequestWitness) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: self.tls, redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The whole budget ends every exchange; this ends an attempt that an exchange has already given up.
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: budget)
        // A refused connection or certificate is reported at once instead of tried again until the time is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        switch self.connections {
        case .onePerExchange: configuration.maximumUsesPerConnection = 1
        case .kept(let idle): configuration.connectionPool.idleTimeout = TimeAmount(idle)
        }
        configuration.http1_1ConnectionDebugInitializer = { [pins = self.pins] channel in
            witness.watch(channel) { try pins?.check(channel, host: $0) }
        }
        return HTTPClient(eventLoopGroupProvider: .shared(loop), configuration: configuration)
    }
}

/// A client that serves one exchange at a time.
///
/// Why not one client for all: its pool hands any connection to any waiting request, so that an exchange could wait
/// behind the hanging attempt of one that ended long ago, and nobody could tell whose request a connection carried. In a
/// lane both are certain. Lanes are used again because the verification roots are loaded once per client.
///
/// All of a lane happens on one event loop: the deadline and the first byte cannot overtake each other.
final class Lane: Sendable {
    /// Connecting is given up after so long; a lane serves exchanges with this budget only.
    let budget: TimeAmount
    private let loop: any EventLoop
    private let client: HTTPClient
    private let witness = RequestWitness()

    init(_ template: LaneTemplate, budget: TimeAmount) {
        self.budget = budget
        self.loop = MultiThreadedEventLoopGroup.singleton.next()
        self.client = template.client(on: self.loop, budget: budget, witness: self.witness)
    }

    func run(
        _ request: HTTPClient.Request, maximumAnswerBytes: Int, deadline: NIODeadline
    ) async -> Result<HTTPExchangeResponse, TransportError> {
        self.witness.begin(host: request.host)
        // The client has no other loop than ours, so that connection and delegate share it. (Asking for the loop by
        // name would do so too, but connections asked for in that way are never kept.)
        let task = self.client.execute(
            request: request, delegate: AnswerCollector(maximumBytes: maximumAnswerBytes),
            eventLoop: .delegate(on: self.loop))
        let timer = self.loop.scheduleTask(deadline: deadline) { task.fail(reason: EndedEarly.deadline) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                task.futureResult.whenComplete { result in
                    // Still on the loop: nothing of the request can leave after this look at the witness.
                    continuation.resume(
                        returning: result.mapError { error in
                            TransportError(error, progress: self.witness.progress, usesTLS: request.scheme == "https")
                        })
                }
            }
        } onCancel: {
            task.fail(reason: EndedEarly.cancelled)
        }
        timer.cancel()
        return result
    }

    /// Closes the connection, and ends an exchange that is still running. Further calls do nothing.
    func close() -> EventLoopFuture<Void> {
        // The client is held until it is closed: it insists on that.
        self.client.shutdown().always { [client = self.client] _ in withExtendedLifetime(client) {} }
    }
}

/// Why we ended an exchange ourselves.
enum EndedEarly: Error {
    case deadline, cancelled, answerTooLarge
}
