public import FiscalCore
public import HTTPTypes

/// A call of the WebApi (section 2.3.1): no parameters in the URL, JSON both ways.
public protocol WebApiCall: Sendable {
    associatedtype Answer: Sendable

    var method: HTTPRequest.Method { get }
    /// Path below the base address.
    var path: String { get }
    var body: JSON? { get }
    /// Reads the answer of a success: 200, or 204 without a body.
    /// - Returns: nil when this call does not know the status as a success.
    func read(
        _ status: Int, _ body: [UInt8], _ reader: inout WebApiReader
    ) throws(UnreadableMessage) -> Answer?
}

/// How the WebApi answered.
public enum WebApiReply<Answer: Sendable>: Sendable {
    case answered(Answer, [Leniency])
    case failed(WebApiFailure)
    /// Nothing that can be used.
    case unreadable(UnreadableMessage)
}

extension WebApiReply: Equatable where Answer: Equatable {}

/// Why a call failed, by the status; code and text only help people (section 2.3.1.2, `ErrorDetails`).
public struct WebApiFailure: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// 403: the certificate is wrong, or the register is not fiscalised. A repeat alone does not help.
        case forbidden
        /// 404: no such method, or the request was too large.
        case notFoundOrTooLarge
        /// 400
        case badRequest
        /// 500 and its kin
        case serverError
        case other
    }

    public var httpStatus: Int
    /// `Message`
    public var message: String?
    /// `Code`
    public var code: String?
    /// `requestId`: what to name to the operator of the server.
    public var requestID: String?

    public var kind: Kind {
        switch self.httpStatus {
        case 400: .badRequest
        case 403: .forbidden
        case 404: .notFoundOrTooLarge
        case 500...599: .serverError
        default: .other
        }
    }

    /// Code 100: the `commandId` is malformed in the server's eyes.
    public var isBadCommandID: Bool { self.httpStatus == 400 && self.code == "100" }
    /// Code 110: the server knows no such command.
    public var isUnknownCommand: Bool { self.httpStatus == 400 && self.code == "110" }

    init(httpStatus: Int, body: [UInt8]) {
        self.httpStatus = httpStatus
        let json = try? JSON(parsing: body)
        func text(_ name: String) -> String? {
            switch json?[anyCase: name] {
            case .string(let text): text
            case .number(let number): number.text
            default: nil
            }
        }
        self.message = text("Message")
        self.code = text("Code")
        self.requestID = text("requestId")
    }
}

/// Reads members of an answer of the WebApi.
public struct WebApiReader: Sendable {
    var reader: MessageReader
    init(_ mode: ReadingMode) { self.reader = MessageReader(mode) }
}

extension WebApiCall {
    /// The largest request that is sent; the server takes 100 KB, whichever kilobyte that is (decision P12).
    public static var requestLimit: Int { 100_000 }

    /// The call below a base address (section 2.1, or what the fiscalisation brought).
    /// - Throws: `InvalidField` unless it is an https URL, and for a body beyond ``requestLimit``.
    public func request(to base: String) throws(InvalidField) -> HTTPExchangeRequest {
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        let scheme = "https://"
        guard base.hasPrefix(scheme), base.count > scheme.count,
            !base.dropFirst(scheme.count).contains(where: { "/?# ".contains($0) })
        else { throw InvalidField("addressWebAPI", .pattern, limit: "https://host:port") }
        var head = HTTPRequest(
            method: self.method, scheme: "https", authority: String(base.dropFirst(scheme.count)), path: self.path)
        head.headerFields[.accept] = "application/json"
        guard let body = self.body?.bytes else { return HTTPExchangeRequest(head: head, body: []) }
        guard body.count <= Self.requestLimit else {
            throw InvalidField("body", .length, limit: "\(Self.requestLimit) bytes")
        }
        head.headerFields[.contentType] = "application/json"
        return HTTPExchangeRequest(head: head, body: body)
    }

    /// What an answer means.
    public func reply(_ response: HTTPExchangeResponse, _ mode: ReadingMode = .lenient) -> WebApiReply<Answer> {
        let status = response.head.status.code
        guard (200...299).contains(status) else {
            return .failed(WebApiFailure(httpStatus: status, body: response.body))
        }
        var reader = WebApiReader(mode)
        do {
            guard let answer = try self.read(status, response.body, &reader) else {
                return .unreadable(UnreadableMessage("", "HTTP \(status) means nothing here"))
            }
            return .answered(answer, reader.reader.leniencies)
        } catch {
            return .unreadable(error)
        }
    }
}
