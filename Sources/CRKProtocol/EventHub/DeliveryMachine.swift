public import FiscalCore

/// What is done about a packet after each attempt (decision P14). A value; nothing waits inside it.
///
/// Only 201 delivers. A 401 is worth one new token for each packet, the second 500 in a row one new token for the run of
/// failures: tokens are shared by nobody, but the service that issues them is. A hub that names a pause gets its pause,
/// and one that finds every size too large is not asked for ever.
public struct DeliveryMachine: Sendable, Hashable, Codable {
    /// What happens next.
    public enum Action: Sendable, Hashable {
        /// The packet was taken; on to the next one.
        case delivered
        /// The same packet goes out again at once, under a new token.
        case renewToken
        /// The same packet goes out again, not before this instant.
        case wait(until: FiscalInstant)
        /// The documents are packed anew, into a smaller packet under a new identifier.
        case repack
        /// The shipment stops until its next time, and somebody should look.
        case stop(Stop)
    }

    /// Why a shipment stopped.
    public enum Stop: Sendable, Hashable, Codable {
        /// 401 under a token that had been fetched for this packet.
        case unauthorised
        /// A status that no repeat mends: 400, 404, whatever nobody expects, and 413 for the smallest packet.
        case refused(httpStatus: Int)
    }

    /// The packet does not go out before this instant.
    public private(set) var retryAt: FiscalInstant?
    /// Why nothing goes out until the next time of the shipment.
    public private(set) var stopped: Stop?
    /// Failures since the last 201, as far as pauses grow.
    private var failures = 0
    /// Packets since the last 201 that were too large.
    private var tooLarge = 0
    private var serverErrorsInRow = 0
    /// A 401 has been answered by a new token for this packet.
    private var hasRenewedForPacket = false
    /// A new token has been fetched in this run of failures.
    private var hasRenewedInRun = false

    /// So many times a packet is made smaller: a tenth of the limit each time is three quarters of it by then.
    private static let repacks = 8

    public init() {}

    /// Another packet is on its way.
    public mutating func packetBegan() {
        self.hasRenewedForPacket = false
    }

    /// The next time of the shipment has come, or a person says that the link is back.
    public mutating func resume() {
        self.retryAt = nil
        self.stopped = nil
        self.hasRenewedForPacket = false
    }

    /// The hub answered.
    /// - Parameter jitter: 0 to 255, by chance.
    public mutating func answered(_ reply: EventHubReply, at now: FiscalInstant, jitter: UInt8) -> Action {
        self.retryAt = nil
        switch reply {
        case .accepted:
            self = Self()
            return .delivered
        case .unauthorised:
            self.serverErrorsInRow = 0
            guard !self.hasRenewedForPacket else { return self.stop(.unauthorised) }
            self.hasRenewedForPacket = true
            return .renewToken
        case .tooLarge:
            self.serverErrorsInRow = 0
            guard self.tooLarge < Self.repacks else { return self.stop(.refused(httpStatus: 413)) }
            self.tooLarge += 1
            return .repack
        case .serverError(let pause):
            self.serverErrorsInRow = min(self.serverErrorsInRow + 1, 2)
            if self.serverErrorsInRow == 2, !self.hasRenewedInRun, pause == nil {
                self.hasRenewedInRun = true
                return .renewToken
            }
            return self.wait(pause, now, jitter)
        case .busy(let pause):
            self.serverErrorsInRow = 0
            return self.wait(pause, now, jitter)
        case .refused(let status):
            self.serverErrorsInRow = 0
            return self.stop(.refused(httpStatus: status))
        }
    }

    /// No answer came, from the hub or from the service that gives tokens.
    public mutating func unanswered(at now: FiscalInstant, jitter: UInt8) -> Action {
        self.serverErrorsInRow = 0
        return self.wait(nil, now, jitter)
    }

    private mutating func wait(_ pause: Duration?, _ now: FiscalInstant, _ jitter: UInt8) -> Action {
        self.failures = min(self.failures + 1, BackOff.steps)
        let backOff = BackOff.pause(afterFailures: self.failures, jitter: jitter)
        let until = now + max(backOff, pause ?? .zero)
        self.retryAt = until
        return .wait(until: until)
    }

    private mutating func stop(_ reason: Stop) -> Action {
        self.stopped = reason
        return .stop(reason)
    }
}
