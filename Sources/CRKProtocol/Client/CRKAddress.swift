import FiscalCore

/// Base addresses of servers: `https://host:port` and nothing behind.
enum CRKAddress {
    /// - Throws: `InvalidField` unless it is an https URL of a host; the path of the CPD calls may stand behind it.
    static func check(_ address: String, field: String) throws(InvalidField) {
        var base = Substring(address)
        let scheme = "https://"
        guard base.hasPrefix(scheme) else { throw InvalidField(field, .pattern, limit: "https://host:port") }
        base = base.dropFirst(scheme.count)
        while base.hasSuffix("/") { base = base.dropLast() }
        let path = TestCPDServer.commandPath
        if base.hasSuffix(path) { base = base.dropLast(path.count) }
        guard !base.isEmpty, !base.contains(where: { "/?# ".contains($0) }) else {
            throw InvalidField(field, .pattern, limit: "https://host:port")
        }
    }

    /// The environment that an address of the ministry belongs to; nil for any other server.
    static func environment(of address: String) -> CRKEnvironment? {
        func host(_ url: String) -> Substring {
            url.dropFirst("https://".count).prefix { $0 != ":" && $0 != "/" }
        }
        return CRKEnvironment.allCases.first { host($0.webApi) == host(address) || host($0.cpd) == host(address) }
    }
}
