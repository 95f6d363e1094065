import FiscalCore
import FiscalSimulators
import HTTPTypes
import Hummingbird
import NIOCore
import NIOSSL

/// A request's own connection, which some replies have to close or to leave alone.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
        self.channel = source.channel
    }
}

/// A whole request, and what a listener knows of it besides.
struct ReceivedRequest: Sendable {
    var exchange: HTTPExchangeRequest
    /// What the client showed in the handshake, where the listener asks for it.
    var client: Certificate?
    /// The octets that came out of TLS for it, where the listener counts.
    var octets: Int?
    var at: FiscalInstant
}

/// Hands whole requests to an authority and does with the connection what its reply says.
struct ReplyResponder: HTTPResponder {
    typealias Context = ConnectionContext

    let clock: any FiscalClock
    let receive: @Sendable (ReceivedRequest) async throws -> SimulatedReply

    /// More is never read; the authorities' own limits are far below.
    private static let maximumBody = 4 << 20

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.maximumBody)
        let exchange = HTTPExchangeRequest(head: request.head, body: Array(buffer: body))
        let received = ReceivedRequest(
            exchange: exchange, client: try await Self.client(of: context), octets: await Self.octets(of: context),
            at: self.clock.now())
        switch try await self.receive(received) {
        case .answer(let answer): return Self.response(answer)
        case .late(let answer, let delay):
            try await self.clock.sleep(until: self.clock.now() + delay)
            return Self.response(answer)
        case .lost: return await Self.closed(context)
        case .silence:
            // Until the client goes or we do. Nothing is read meanwhile, so a client that vanished may go unnoticed.
            await withTaskCancellationHandler {
                try? await context.channel.closeFuture.get()
            } onCancel: {
                context.channel.close(promise: nil)
            }
            return Response(status: .serviceUnavailable)
        case .cut(let answer, let count):
            let part = ByteBuffer(bytes: answer.body.prefix(count))
            return Response(
                status: answer.head.status, headers: answer.head.headerFields,
                body: ResponseBody(contentLength: answer.body.count) { writer in
                    try await writer.write(part)
                    try await context.channel.close()
                })
        }
    }

    private static func response(_ answer: HTTPExchangeResponse) -> Response {
        Response(
            status: answer.head.status, headers: answer.head.headerFields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private static func client(of context: ConnectionContext) async throws -> Certificate? {
        guard let certificate = try? await context.channel.nioSSL_peerCertificate().get() else { return nil }
        return try Certificate(der: certificate.toDERBytes())
    }

    private static func octets(of context: ConnectionContext) async -> Int? {
        try? await context.channel.pipeline.handler(type: OctetCounter.self).map(\.octets).get()
    }

    private static func closed(_ context: ConnectionContext) async -> Response {
        try? await context.channel.close()
        return Response(status: .serviceUnavailable)
    }
}
