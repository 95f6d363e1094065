import Foundation

/// An address as the parts of an HTTP request. Only `https` is one: receipts are personal data.
struct EndpointAddress: Sendable, Hashable {
    var scheme: String
    var host: String
    var authority: String
    var path: String

    init?(_ text: String) {
        guard let parts = URLComponents(string: text), parts.scheme?.lowercased() == "https",
            let host = parts.percentEncodedHost, !host.isEmpty, parts.user == nil, parts.password == nil
        else { return nil }
        self.scheme = "https"
        self.host = host
        self.authority = parts.port.map { "\(host):\($0)" } ?? host
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        self.path = parts.percentEncodedQuery.map { "\(path)?\($0)" } ?? path
    }
}
