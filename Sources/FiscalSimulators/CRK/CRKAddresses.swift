/// Where the three servers are, as registers are told: `https://host:port`.
public struct CRKAddresses: Sendable, Hashable, Codable {
    public var cpd: String
    /// 20 to 100 characters: it travels as `addressWebAPI`.
    public var webApi: String
    public var eventHub: String

    public init(
        cpd: String = "https://cpd.crk.test:5062", webApi: String = "https://webapi.crk.test:443",
        eventHub: String = "https://eventhub.crk.test:443"
    ) {
        self.cpd = cpd
        self.webApi = webApi
        self.eventHub = eventHub
    }

    /// The hosts without their ports, addresses of this machine left out.
    var hostNames: [String] {
        var names: [String] = []
        for address in [self.cpd, self.webApi, self.eventHub] {
            let host = String(Self.authority(of: address).split(separator: ":").first ?? "")
            guard host.contains(where: { $0.isLetter }), host != "localhost", !names.contains(host) else { continue }
            names.append(host)
        }
        return names
    }

    /// `host:port` with the port of https where none is given.
    static func authority(of address: some StringProtocol) -> String {
        let scheme = "https://"
        let rest = address.hasPrefix(scheme) ? address.dropFirst(scheme.count) : address[...]
        let authority = String(rest.prefix { !"/?#".contains($0) }).lowercased()
        return authority.contains(":") ? authority : authority + ":443"
    }
}
