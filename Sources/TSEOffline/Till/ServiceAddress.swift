import Foundation
import HTTPTypes

/// The address of a fiscal service, as the parts of HTTP requests. The service usually stands on the same machine or in
/// the shop's own network, so that plain `http` is an address too.
struct ServiceAddress: Sendable, Hashable {
    private let scheme: String
    private let authority: String
    private let base: String

    /// Nil unless the text is an `http` or `https` URL without user, query and fragment.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.percentEncodedHost, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        self.scheme = scheme
        self.authority = parts.port.map { "\(host):\($0)" } ?? host
        var base = parts.percentEncodedPath
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
    }

    /// The head of a request to a path below the address.
    func head(_ method: HTTPRequest.Method, _ path: String) -> HTTPRequest {
        HTTPRequest(method: method, scheme: self.scheme, authority: self.authority, path: self.base + path)
    }
}
