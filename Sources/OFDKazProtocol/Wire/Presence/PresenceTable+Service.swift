/// What a register adds to its requests (section 3.10).
extension PresenceTable {
    mutating func addService() {
        self.message("ServiceRequest") {
            $0.must("security_stats", since: 203, when: .isFiscal)
            $0.unsent("security_stats", below: 203)
            $0.must("offline_period", when: .issuedOffline)
            $0.custom("offline_period")
            $0.must("get_reg_info")
            $0.must("reg_info", since: 123, when: .isFiscal)
            $0.unsent("marker", "software_information_old")
        }
        self.message("ServiceRequest.CommQuality") { $0.schema("avg_connect_time") }
        self.message("ServiceRequest.SoftwareInformation.ModuleInformation") { $0.schema("name", "version") }
        self.message("ServiceRequest.SecurityStats") {
            $0.must("geo_position", since: 203)
            $0.unsent("os_version")
        }
        self.message("ServiceRequest.SecurityStats.GeoPosition") {
            $0.schema("latitude", "longitude")
            $0.filled("source", since: 203)
        }
        self.message("ServiceRequest.OfflinePeriod") { $0.schema("begin_time", "end_time") }
        self.message("ServiceRequest.RegInfo") {
            $0.must("kkm")
            $0.must("org")
        }
    }
}

extension PresenceCondition {
    fileprivate static let isFiscal = Self.command(.ticket, .closeShift, .report, .moneyPlacement)
}
