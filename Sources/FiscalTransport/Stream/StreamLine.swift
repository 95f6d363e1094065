import FiscalCore
import NIOCore
import NIOSSL
import Synchronization

/// Where the event loop, which reads, and the task, which receives, meet.
final class StreamLine: Sendable {
    typealias Received = Result<[UInt8], TransportError>

    /// Reading pauses while so many bytes wait to be received.
    private static let readAhead = 1 << 20

    private enum Ending: Sendable {
        /// The peer has closed its side in good order.
        case byPeer
        /// The connection broke, or we closed it.
        case broken(TransportError)
    }

    private struct Waiting: Sendable {
        var number: Int
        var continuation: CheckedContinuation<Received, Never>
        var timer: Scheduled<Void>?
    }

    private struct State: Sendable {
        var bytes = ByteBuffer()
        var isPaused = false
        var ending: Ending?
        var hasSent = false
        var waiting: Waiting?
        var calls = 0

        var code: TransportError.Code { self.hasSent ? .outcomeUnknown : .notDelivered }

        /// What there is to receive; nil when one has to wait. What came whole comes before how it ended.
        mutating func take() -> Received? {
            if self.bytes.readableBytes > 0 {
                let bytes = Array(self.bytes.readableBytesView)
                self.bytes = ByteBuffer()
                return .success(bytes)
            }
            switch self.ending {
            case .byPeer: return .success([])
            case .broken(var error):
                error.code = self.code
                return .failure(error)
            case nil: return nil
            }
        }

        /// Somebody who waits, and what to tell; nobody waits afterwards.
        mutating func answer() -> (Waiting, Received)? {
            guard let waiting = self.waiting, let received = self.take() else { return nil }
            self.waiting = nil
            return (waiting, received)
        }
    }

    let channel: any Channel
    private let state = Mutex(State())

    init(_ channel: any Channel) {
        self.channel = channel
    }

    // MARK: The event loop's side

    func arrived(_ bytes: ByteBuffer) {
        self.change { state in
            // What comes after we gave up is given up too.
            guard state.ending == nil else { return }
            if state.bytes.readableBytes == 0 {
                state.bytes = bytes
            } else {
                state.bytes.writeImmutableBuffer(bytes)
            }
        }
    }

    /// Whether to read on. When not, ``receive(timeout:)`` asks for more once there is room.
    func mayRead() -> Bool {
        self.state.withLock { state in
            state.isPaused = state.bytes.readableBytes >= Self.readAhead
            return !state.isPaused && state.ending == nil
        }
    }

    func peerClosed() {
        self.change { if $0.ending == nil { $0.ending = .byPeer } }
    }

    func broke(_ error: TransportError) {
        self.change { if $0.ending == nil { $0.ending = .broken(error) } }
    }

    private func change(_ body: (inout State) -> Void) {
        let answer = self.state.withLock { state in
            body(&state)
            return state.answer()
        }
        Self.tell(answer)
    }

    private static func tell(_ answer: (Waiting, Received)?) {
        guard let (waiting, received) = answer else { return }
        waiting.timer?.cancel()
        waiting.continuation.resume(returning: received)
    }

    // MARK: The task's side

    /// Says that bytes are about to leave; false when the connection is closed by either side. A peer that has closed
    /// its side can give no answer: nothing is sent to it.
    func beginSending() -> Bool {
        self.state.withLock { state in
            guard state.ending == nil else { return false }
            state.hasSent = true
            return true
        }
    }

    /// What has been received or comes within the time.
    func receive(timeout: Duration) async -> Received {
        await withCheckedContinuation { continuation in
            let (number, received, wasPaused) = self.state.withLock { state -> (Int, Received?, Bool) in
                guard timeout > .zero else { return (0, .failure(.endedEarly(.deadline, state.code)), false) }
                if let received = state.take() {
                    defer { state.isPaused = false }
                    return (0, received, state.isPaused)
                }
                guard state.waiting == nil else {
                    let detail = "another call receives already"
                    return (0, .failure(TransportError(state.code, reason: .other, detail: detail)), false)
                }
                state.calls += 1
                state.waiting = Waiting(number: state.calls, continuation: continuation)
                return (state.calls, nil, false)
            }
            if wasPaused { self.channel.read() }
            guard let received else {
                self.watch(number, timeout)
                return
            }
            continuation.resume(returning: received)
        }
    }

    private func watch(_ number: Int, _ timeout: Duration) {
        let timer = self.channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) { self.expire(number) }
        let isStillWaiting = self.state.withLock { state in
            guard state.waiting?.number == number else { return false }
            state.waiting?.timer = timer
            return true
        }
        if !isStillWaiting { timer.cancel() }
    }

    private func expire(_ number: Int) {
        let answer = self.state.withLock { state -> (Waiting, Received)? in
            guard let waiting = state.waiting, waiting.number == number else { return nil }
            state.waiting = nil
            return (waiting, .failure(.endedEarly(.deadline, state.code)))
        }
        Self.tell(answer)
    }

    /// Closes in good order, without waiting for the peer's goodbye. What was not received is given up.
    func close() {
        self.giveUp()
        self.channel.close(promise: nil)
    }

    /// Closes at once, without TLS's goodbye, which would wait behind bytes that the peer does not take.
    func abort() {
        self.giveUp()
        self.channel.eventLoop.execute { [channel] in
            guard let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self) else {
                channel.close(promise: nil)
                return
            }
            // From this handler's place on: it does not see the close itself, only its consequence.
            tls.close(promise: nil)
        }
    }

    private func giveUp() {
        self.change { state in
            state.bytes = ByteBuffer()
            state.ending = .broken(TransportError(.notDelivered, reason: .closed, detail: "the connection is closed"))
        }
    }
}
