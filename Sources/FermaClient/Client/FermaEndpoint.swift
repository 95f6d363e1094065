import Foundation

/// An address as the parts of an HTTP request. Only `https` is one: the client certificate is the only login.
struct FermaEndpoint: Sendable, Hashable {
    /// The address of the source document (since its version 1.3).
    static let official = "https://ferma-c.ofd.ru/api/kkt/cloud/sync/receipt"

    var authority: String
    var path: String

    init?(_ text: String) {
        guard let parts = URLComponents(string: text), parts.scheme?.lowercased() == "https",
            let host = parts.percentEncodedHost, !host.isEmpty, parts.user == nil, parts.password == nil,
            // The parameters are one structure in the body, none stands in the address.
            parts.query == nil, parts.fragment == nil
        else { return nil }
        self.authority = parts.port.map { "\(host):\($0)" } ?? host
        self.path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    }
}
