/// What the server knows of the register, its place and its owner (section 3.10).
///
/// A host may give the first two parts before the server has: no receipt is issued without them (decision K35).
public struct RegistrationInfo: Sendable, Hashable, Codable {
    public var kkm: KkmRegInfo?
    public var org: OrgRegInfo?
    public var pos: PosRegInfo?
    /// Since 2.0.4.
    public var ofd: OfdRegInfo?

    public init(kkm: KkmRegInfo? = nil, org: OrgRegInfo? = nil, pos: PosRegInfo? = nil, ofd: OfdRegInfo? = nil) {
        self.kkm = kkm
        self.org = org
        self.pos = pos
        self.ofd = ofd
    }

    /// The newer data, and where it is silent, what is known already: an answer that lost a field takes none away.
    public func updated(by newer: Self) -> Self {
        Self(
            kkm: Self.combined(self.kkm, newer.kkm) { $0.updated(by: $1) },
            org: Self.combined(self.org, newer.org) { $0.updated(by: $1) },
            pos: Self.combined(self.pos, newer.pos) { $0.updated(by: $1) },
            ofd: Self.combined(self.ofd, newer.ofd) { $0.updated(by: $1) })
    }

    private static func combined<Part>(_ known: Part?, _ newer: Part?, _ combine: (Part, Part) -> Part) -> Part? {
        guard let known, let newer else { return newer ?? known }
        return combine(known, newer)
    }
}

extension RegistrationInfo {
    package init(_ pb: PBServiceResponse.RegInfo) {
        self.init(
            kkm: pb.hasKkm ? KkmRegInfo(pb.kkm) : nil, org: pb.hasOrg ? OrgRegInfo(pb.org) : nil,
            pos: pb.hasPos ? PosRegInfo(pb.pos) : nil, ofd: pb.hasOfd ? OfdRegInfo(pb.ofd) : nil)
    }

    /// The part that the register sends back with its requests.
    package var pb: PBServiceRequest.RegInfo {
        var pb = PBServiceRequest.RegInfo()
        if let kkm = self.kkm { pb.kkm = kkm.pb }
        if let org = self.org { pb.org = org.pb }
        return pb
    }
}
