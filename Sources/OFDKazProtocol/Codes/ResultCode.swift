/// How the server says that a command ended (section 2.4). Open: servers know numbers that this edition does not.
public struct ResultCode: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// RESULT_TYPE_OK: the command was carried out.
    public static let ok = Self(rawValue: 0)
    /// RESULT_TYPE_UNKNOWN_ID: the register is not registered and must block itself.
    public static let unknownID = Self(rawValue: 1)
    /// RESULT_TYPE_INVALID_TOKEN: blocked until a correct token is typed in.
    public static let invalidToken = Self(rawValue: 2)
    /// RESULT_TYPE_PROTOCOL_ERROR: no operations until service has removed the problem.
    public static let protocolError = Self(rawValue: 3)
    /// RESULT_TYPE_UNKNOWN_COMMAND: no operations until service has removed the problem.
    public static let unknownCommand = Self(rawValue: 4)
    /// RESULT_TYPE_UNSUPPORTED_COMMAND: no operations until service has removed the problem.
    public static let unsupportedCommand = Self(rawValue: 5)
    /// RESULT_TYPE_INVALID_CONFIGURATION: not used at present.
    public static let invalidConfiguration = Self(rawValue: 6)
    /// RESULT_TYPE_SSL_IS_NOT_ALLOWED: nothing is sent until the transport setting changes.
    public static let sslIsNotAllowed = Self(rawValue: 7)
    /// RESULT_TYPE_INVALID_REQUEST_NUMBER: the REQNUM of the last accepted document under another token.
    public static let invalidRequestNumber = Self(rawValue: 8)
    /// RESULT_TYPE_INVALID_RETRY_REQUEST: the pair of the last accepted document with another command.
    public static let invalidRetryRequest = Self(rawValue: 9)
    /// RESULT_TYPE_OPEN_SHIFT_TIMEOUT_EXPIRED: the shift must be closed first.
    public static let openShiftTimeoutExpired = Self(rawValue: 11)
    /// RESULT_TYPE_INVALID_LOGIN_PASSWORD: deprecated; the same as ``AuthResult/invalidLoginPassword``.
    public static let invalidLoginPassword = Self(rawValue: 12)
    /// RESULT_TYPE_INCORRECT_REQUEST_DATA: right by the protocol, wrong in this situation; correct it.
    public static let incorrectRequestData = Self(rawValue: 13)
    /// RESULT_TYPE_NOT_ENOUGH_CASH: not enough cash in the register for an expense.
    public static let notEnoughCash = Self(rawValue: 14)
    /// RESULT_TYPE_BLOCKED: the server has blocked the register (section 5.4).
    public static let blocked = Self(rawValue: 15)
    /// RESULT_TYPE_SAME_TAXPAYER_AND_CUSTOMER: buyer and seller have one IIN/BIN (since 2.0.2).
    public static let sameTaxpayerAndCustomer = Self(rawValue: 17)
    /// DEREGISTERED: since 2.0.4 only; acts as ``blocked`` there.
    public static let deregistered = Self(rawValue: 18)
    /// DISCONNECTED: since 2.0.4 only; acts as ``blocked`` there.
    public static let disconnected = Self(rawValue: 19)
    /// RESULT_TYPE_SERVICE_TEMPORARILY_UNAVAILABLE: as if no answer had come.
    public static let serviceTemporarilyUnavailable = Self(rawValue: 254)
    /// RESULT_TYPE_UNKNOWN_ERROR: as if no answer had come.
    public static let unknownError = Self(rawValue: 255)
}

/// What a result code means for the register: the small closed set on which the machine decides (decision K13).
public enum ResultClass: Sendable, Hashable, CaseIterable {
    /// 0: carried out.
    case accepted
    /// 254, 255: the same as no answer at all.
    case unanswered
    /// 15, and 18 and 19 since 2.0.4: the register is blocked at the server.
    case serverBlock
    /// 2: blocked until a token is typed in.
    case tokenWanted
    /// 1, 3, 4, 5, 8, 9: blocked until service unlocks the register.
    case serviceWanted
    /// 7: nothing is sent until the transport setting changes.
    case transportWanted
    /// 11: nothing but the close of the shift may be issued.
    case shiftCloseWanted
    /// Everything else, listed or not: this one operation was refused.
    case operationRefused
}

extension ResultCode {
    /// The class of the code at an edition: 18 and 19 mean something since 2.0.4 only (decision K17).
    public func classified(at edition: Edition) -> ResultClass {
        switch self {
        case .ok: .accepted
        case .serviceTemporarilyUnavailable, .unknownError: .unanswered
        case .blocked: .serverBlock
        case .deregistered, .disconnected: edition >= .v204 ? .serverBlock : .operationRefused
        case .invalidToken: .tokenWanted
        case .unknownID, .protocolError, .unknownCommand, .unsupportedCommand, .invalidRequestNumber,
            .invalidRetryRequest:
            .serviceWanted
        case .sslIsNotAllowed: .transportWanted
        case .openShiftTimeoutExpired: .shiftCloseWanted
        default: .operationRefused
        }
    }
}
