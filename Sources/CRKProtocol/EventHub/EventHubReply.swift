public import FiscalCore
import HTTPTypes

/// How the Event Hub answered a packet, by the status. Bodies of errors have no reliable form and are not looked at.
public enum EventHubReply: Sendable, Hashable {
    /// 201, and nothing else: the packet was taken.
    case accepted
    /// 401: the token has expired, is wrong or was missing.
    case unauthorised
    /// 413: too large for the hub.
    case tooLarge
    /// 500. A malformed token shows like this too.
    case serverError(retryAfter: Duration?)
    /// 408, 429 and the other 5xx: come again later.
    case busy(retryAfter: Duration?)
    /// Anything else: a repeat alone would not help.
    case refused(httpStatus: Int)

    public init(_ response: HTTPExchangeResponse) {
        let status = response.head.status.code
        switch status {
        case 201: self = .accepted
        case 401: self = .unauthorised
        case 413: self = .tooLarge
        case 500: self = .serverError(retryAfter: Self.pause(response))
        case 408, 429, 501...599: self = .busy(retryAfter: Self.pause(response))
        default: self = .refused(httpStatus: status)
        }
    }

    /// `Retry-After` in seconds, a day at the most.
    private static func pause(_ response: HTTPExchangeResponse) -> Duration? {
        guard let name = HTTPField.Name("Retry-After"), let text = response.head.headerFields[name],
            let seconds = Int64(text), seconds >= 0
        else { return nil }
        return .seconds(min(seconds, 86_400))
    }
}
