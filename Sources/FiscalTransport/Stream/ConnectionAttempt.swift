import FiscalCore
import NIOCore
import NIOPosix
import Synchronization

/// One attempt to connect: over several addresses perhaps, and with one end, whichever comes first.
///
/// What was begun when it ends is closed, and what begins afterwards is turned away: a resolver that hangs may come back
/// long after the deadline.
final class ConnectionAttempt: Sendable {
    typealias Outcome = Result<TCPConnection, TransportError>

    private struct State: Sendable {
        var continuation: CheckedContinuation<Outcome, Never>?
        /// The channels to the addresses tried so far.
        var candidates: [ObjectIdentifier: Candidate] = [:]
        var isOver = false
        /// How the attempt ended before it was started.
        var earlyFailure: TransportError?
    }

    private struct Candidate: Sendable {
        var line: StreamLine
        /// Done when bytes can be sent: connected, and TLS established.
        var ready: EventLoopFuture<Void>
    }

    private let security: StreamSecurity?
    private let state = Mutex(State())

    init(security: StreamSecurity?) {
        self.security = security
    }

    func start(
        _ continuation: CheckedContinuation<Outcome, Never>, host: String, port: Int, timeout: TimeAmount
    ) {
        let earlyFailure = self.state.withLock { state in
            if !state.isOver { state.continuation = continuation }
            return state.earlyFailure
        }
        if let earlyFailure {
            continuation.resume(returning: .failure(earlyFailure))
            return
        }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let timer = loop.scheduleTask(in: timeout) {
            self.finish(.failure(.endedEarly(.deadline, .notDelivered)))
        }
        ClientBootstrap(group: loop)
            // Never before our own timer, which knows what the end of the time means.
            .connectTimeout(timeout + .seconds(60))
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
            .connect(host: host, port: port)
            .whenComplete { result in
                switch result {
                case .success(let channel): self.connected(channel, timer)
                case .failure(let error): self.failed(error, timer)
                }
            }
    }

    private func prepare(_ channel: any Channel) throws {
        guard self.state.withLock({ !$0.isOver }) else { throw EndedEarly.cancelled }
        if let security { try channel.pipeline.syncOperations.addHandler(security.handler()) }
        let line = StreamLine(channel)
        let ready = channel.eventLoop.makePromise(of: Void.self)
        do {
            try channel.pipeline.syncOperations.addHandler(
                StreamHandler(line, ready: ready, usesTLS: self.security != nil))
        } catch {
            ready.fail(error)
            throw error
        }
        let isTooLate = self.state.withLock { state in
            state.candidates[ObjectIdentifier(channel)] = Candidate(line: line, ready: ready.futureResult)
            return state.isOver
        }
        if isTooLate { line.abort() }
    }

    private func connected(_ channel: any Channel, _ timer: Scheduled<Void>) {
        guard let candidate = self.state.withLock({ $0.candidates[ObjectIdentifier(channel)] }) else {
            channel.close(promise: nil)
            return
        }
        candidate.ready.whenComplete { result in
            switch result {
            case .success:
                timer.cancel()
                self.finish(.success(TCPConnection(candidate.line)))
            case .failure(let error):
                self.failed(error, timer)
            }
        }
    }

    private func failed(_ error: any Error, _ timer: Scheduled<Void>) {
        timer.cancel()
        self.finish(.failure(TransportError(error, progress: .connecting, usesTLS: self.security != nil)))
    }

    /// Ends the attempt, unless it has ended already: then a connection that came too late is dropped, which closes it.
    func finish(_ outcome: Outcome) {
        let (continuation, begun) = self.state.withLock { state in
            guard !state.isOver else { return (nil as CheckedContinuation<Outcome, Never>?, [] as [StreamLine]) }
            state.isOver = true
            if state.continuation == nil, case .failure(let error) = outcome { state.earlyFailure = error }
            defer {
                state.continuation = nil
                state.candidates = [:]
            }
            return (state.continuation, state.candidates.values.map(\.line))
        }
        let winner = try? outcome.get().line
        for line in begun where line !== winner { line.abort() }
        continuation?.resume(returning: outcome)
    }
}
