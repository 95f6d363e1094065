import AsyncHTTPClient
import FiscalCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportError {
    /// What an ended exchange means. The code follows from `progress` alone, never from the kind of error.
    init(_ error: any Error, progress: ExchangeProgress, usesTLS: Bool) {
        let code: Code = progress < .handedOver ? .notDelivered : .outcomeUnknown
        switch error {
        case let early as EndedEarly:
            self = .endedEarly(early, code)
        case let error as HTTPClientError where Self.timeouts.contains(error):
            // AsyncHTTPClient's own limit is the same budget, and may be first by a moment.
            self = .endedEarly(.deadline, code)
        case let error as HTTPClientError where error == .cancelled || error == .alreadyShutdown:
            self.init(code, reason: .other, detail: "the transport was shut down")
        default:
            let reason =
                progress == .connecting
                ? Self.reasonOfConnecting(error, usesTLS: usesTLS) : Self.reasonOfExchanging(error)
            let detail = Self.detail(of: error)
            self.init(
                code, reason: reason, detail: detail ?? "\(type(of: error))", underlying: detail == nil ? nil : error)
        }
    }

    static func endedEarly(_ early: EndedEarly, _ code: Code) -> Self {
        switch early {
        case .deadline: Self(code, reason: .deadline, detail: "the time limit ran out")
        case .cancelled: Self(code, reason: .cancelled, detail: "the task was cancelled")
        case .answerTooLarge: Self(code, reason: .answerTooLarge, detail: "the answer is longer than allowed")
        }
    }

    /// A request that cannot be put on the wire as it stands.
    static func unsendable(_ detail: String) -> Self {
        Self(.notDelivered, reason: .other, detail: detail)
    }

    private static let timeouts: [HTTPClientError] = [
        .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .deadlineExceeded,
    ]

    private static func reasonOfConnecting(_ error: any Error, usesTLS: Bool) -> Reason {
        switch error {
        case is NIOConnectionError: .unreachable
        case let error as IOError where !Self.lossOfConnection.contains(error.errnoCode): .unreachable
        // Connected, but TLS did not come about: a bad certificate, or a peer that closed during the handshake.
        default: usesTLS ? .tls : .unreachable
        }
    }

    private static func reasonOfExchanging(_ error: any Error) -> Reason {
        switch error {
        case let error as HTTPClientError where error == .remoteConnectionClosed: .closed
        case let error as HTTPParserError where error == .invalidEOFState: .closed
        case let error as NIOSSLError where error == .uncleanShutdown: .closed
        case is ChannelError: .closed
        case let error as IOError where Self.lossOfConnection.contains(error.errnoCode): .closed
        // TLS 1.3: a server that wants another client certificate says so only after the request has left.
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .tls
        default: .other
        }
    }

    private static let lossOfConnection: Set<CInt> = [ECONNRESET, EPIPE, ENOTCONN, ESHUTDOWN]

    /// The error's own words, where they are known to hold no part of a message: addresses, system and TLS errors.
    private static func detail(of error: any Error) -> String? {
        switch error {
        case is NIOConnectionError, is IOError, is NIOSSLError, is NIOSSLExtraError, is BoringSSLError,
            is HTTPParserError, is ChannelError, is NotPinned:
            "\(error)"
        case let error as HTTPClientError where error == .remoteConnectionClosed: "the peer closed the connection"
        default: nil
        }
    }
}
