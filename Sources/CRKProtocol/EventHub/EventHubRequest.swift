public import FiscalCore
import HTTPTypes

/// A packet on its way to the Event Hub: `POST` to the address of the token, with the token in the header.
public struct EventHubRequest: Sendable {
    /// What the vendor's page gives for a single event (facts, section 4); no document of the repository says one.
    public static let defaultContentType = "application/atom+xml;type=entry;charset=utf-8"

    public var packet: DocumentPacket
    public var token: EventHubToken
    public var contentType: String

    public init(_ packet: DocumentPacket, _ token: EventHubToken, contentType: String = Self.defaultContentType) {
        self.packet = packet
        self.token = token
        self.contentType = contentType
    }

    /// The request. Address and token are used as they are: nothing is appended, reordered or escaped.
    /// - Throws: `InvalidField` unless the address is an https URL of a host, and without a token: a request without the
    ///   header would be a 401 for nothing (section 2.3.2.2).
    public func request() throws(InvalidField) -> HTTPExchangeRequest {
        let scheme = "https://"
        let rest = self.token.url.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard self.token.url.hasPrefix(scheme), !authority.isEmpty, !self.token.url.utf8.contains(where: { $0 <= 0x20 })
        else { throw InvalidField("urlToSend", .pattern, limit: "https://host/path") }
        guard !self.token.value.isEmpty else { throw InvalidField("sasValue", .required, limit: "a token") }
        let path = rest.dropFirst(authority.count)
        var head = HTTPRequest(
            method: .post, scheme: "https", authority: String(authority),
            path: path.hasPrefix("/") ? String(path) : "/" + path)
        head.headerFields[.authorization] = self.token.value
        head.headerFields[.contentType] = self.contentType
        return HTTPExchangeRequest(head: head, body: self.packet.body)
    }

    /// The octets of everything but the value of `encryptedData`: request line, our headers, the frame of the message.
    ///
    /// Counted as if address and token had at least the lengths that the document allows, so that a packet that is stored
    /// still fits when it leaves under another token.
    static func overhead(_ token: EventHubToken?, commandID: String, contentType: String) -> Int {
        let url = max(token?.url.utf8.count ?? 0, 200), value = max(token?.value.utf8.count ?? 0, 750)
        let line = "POST  HTTP/1.1\r\n".utf8.count + url
        let headers = "Host: \r\nAuthorization: \r\nContent-Type: \r\nContent-Length: 999999\r\n\r\n".utf8.count
        let frame = DocumentPacket(
            commandID: commandID, packageNr: .max, isLast: true, encryptedData: "", numbers: nil
        ).body.count
        return line + headers + url + value + contentType.utf8.count + frame
    }
}
