import FiscalCore
import Synchronization

/// One connection of the transport in memory.
final class SimulatedStreamConnection<Authority: SimulatedStreamAuthority>: StreamConnection {
    private struct State: Sendable {
        /// Sent, but not yet a whole request.
        var outgoing: [UInt8] = []
        var hasSent = false
        var inbox = SimulatedStreamInbox()
        var isClosed = false

        var code: TransportError.Code { self.hasSent ? .outcomeUnknown : .notDelivered }
    }

    private let transport: SimulatedStreamTransport<Authority>
    private let number: Int
    private let state: Mutex<State>

    init(_ transport: SimulatedStreamTransport<Authority>, number: Int, greeting: [UInt8]) {
        self.transport = transport
        self.number = number
        var state = State()
        state.inbox.add(.answer(greeting), at: transport.clock.elapsed())
        self.state = Mutex(state)
    }

    deinit {
        self.transport.closed(self.number)
    }

    func send(_ bytes: [UInt8], timeout: Duration) async throws(TransportError) {
        guard !self.state.withLock({ $0.isClosed }) else { throw .gone(.notDelivered) }
        guard !Task.isCancelled else { throw self.end(.cancelled(.notDelivered)) }
        guard timeout > .zero else { throw self.end(.noTime(.notDelivered)) }
        let now = self.transport.clock.elapsed()
        guard !self.state.withLock({ $0.inbox.hasEnded(at: now) }) else { throw self.end(.gone(.notDelivered)) }
        self.state.withLock { state in
            state.outgoing += bytes
            state.hasSent = state.hasSent || !bytes.isEmpty
        }
        while let request = self.nextRequest() {
            do {
                try self.take(await self.transport.carry(request, connection: self.number))
            } catch {
                throw self.end(error)
            }
        }
    }

    /// The next whole request, unless the peer is about to close: what is sent then gets lost.
    private func nextRequest() -> [UInt8]? {
        self.state.withLock { state in
            guard !state.inbox.isEnding else {
                state.outgoing = []
                return nil
            }
            guard !state.outgoing.isEmpty, let length = Authority.requestLength(in: state.outgoing),
                (1...state.outgoing.count).contains(length)
            else { return nil }
            defer { state.outgoing.removeFirst(length) }
            return Array(state.outgoing.prefix(length))
        }
    }

    /// What the link and the authority did with a request becomes what will be received.
    private func take(_ exchange: SimulatedStreamTransport<Authority>.Exchange) throws(TransportError) {
        let now = self.transport.clock.elapsed()
        switch exchange.fault {
        case .closedBeforeSending:
            throw .gone(.notDelivered)
        case .brokenBeforeArrival:
            throw .gone(.outcomeUnknown)
        case .brokenAfterArrival:
            self.state.withLock { $0.inbox.add(.reset, at: now) }
        case .silentBeforeArrival, .silentAfterArrival:
            break
        case .unreachable, .tls, .connectDeadline, nil:
            guard let reply = exchange.reply else { return }
            self.state.withLock { $0.inbox.add(reply, at: now) }
        }
    }

    func receive(timeout: Duration) async throws(TransportError) -> [UInt8] {
        let deadline = self.transport.clock.elapsed() + timeout
        while true {
            let (code, isClosed) = self.state.withLock { ($0.code, $0.isClosed) }
            guard !isClosed else { throw .gone(code) }
            guard !Task.isCancelled else { throw self.end(.cancelled(code)) }
            let now = self.transport.clock.elapsed()
            guard now < deadline else { throw .noTime(code) }
            let wait: Duration
            switch self.state.withLock({ $0.inbox.take(at: now) }) {
            case .bytes(let bytes): return bytes
            case .end: return []
            case .reset: throw self.end(.gone(code))
            case .later(let due): wait = min(due, deadline) - now
            case .nothing: wait = deadline - now
            }
            do {
                try await self.transport.pass(wait, code)
            } catch {
                throw self.end(error)
            }
        }
    }

    func close() async {
        _ = self.end(.gone(.notDelivered))
    }

    /// Closes the connection; the error is the reason.
    private func end(_ error: TransportError) -> TransportError {
        self.state.withLock { state in
            state.isClosed = true
            state.inbox = SimulatedStreamInbox()
        }
        self.transport.closed(self.number)
        return error
    }
}
