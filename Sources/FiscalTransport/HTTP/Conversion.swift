import AsyncHTTPClient
import FiscalCore
import HTTPTypes
import NIOCore
import NIOHTTP1

extension HTTPClient.Request {
    /// The request as AsyncHTTPClient wants it: fields in their order and spelling, `Host` from the authority;
    /// `Content-Length` is set by the client from the body.
    /// - Throws: ``TransportError`` with code `notDelivered` for a request that cannot be sent as it stands.
    init(exchange request: HTTPExchangeRequest) throws(TransportError) {
        let head = request.head
        guard let scheme = head.scheme?.lowercased(), scheme == "https" || scheme == "http" else {
            throw .unsendable("the scheme is neither https nor http")
        }
        guard let authority = head.authority, !authority.contains("@"), Self.isHost(authority) else {
            throw .unsendable("the authority must be a host, and a port where it needs one")
        }
        let path = head.path ?? "/"
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw .unsendable("the path must begin with '/' and be percent-encoded")
        }
        do {
            try self.init(
                url: "\(scheme)://\(authority)\(path)", method: HTTPMethod(rawValue: head.method.rawValue),
                headers: Self.fields(of: head, authority: authority),
                body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body)))
        } catch {
            throw .unsendable("the address cannot be understood: \(authority)")
        }
    }

    /// A host and nothing, or a host and a port. NIO traps for a port beyond 65535.
    private static func isHost(_ authority: String) -> Bool {
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let rest = authority.dropFirst(host.count)
        guard !host.isEmpty, authority.hasPrefix(host) else { return false }
        guard let colon = rest.first else { return true }
        let port = rest.dropFirst()
        return colon == ":" && port.allSatisfy { ("0"..."9").contains($0) } && UInt16(port) != nil
    }

    private static func fields(of head: HTTPRequest, authority: String) -> HTTPHeaders {
        var fields = HTTPHeaders([("Host", authority)])
        for field in head.headerFields where field.name != HTTPField.Name("Host") {
            fields.add(name: field.name.rawName, value: field.value)
        }
        return fields
    }
}

extension HTTPResponse {
    /// The head of an answer; a field whose name HTTP does not allow is left out.
    init(_ head: HTTPResponseHead) {
        // NIO's parser lets three digits through and nothing else; anything else here would trap.
        let code = (0...999).contains(Int(head.status.code)) ? Int(head.status.code) : 0
        self.init(status: Status(code: code, reasonPhrase: head.status.reasonPhrase))
        for (name, value) in head.headers {
            guard let name = HTTPField.Name(name) else { continue }
            self.headerFields.append(HTTPField(name: name, value: value))
        }
    }
}
