/// Registration data, in requests and in answers (section 3.10).
extension PresenceTable {
    mutating func addRegistration() {
        self.message("KkmRegInfo") {
            $0.must("fns_kkm_id", since: 202, when: .command(.closeShift, .report))
            $0.custom("fns_kkm_id")
            $0.custom("serial_number", since: 123)
            $0.custom("kkm_id")
        }
        self.message("OrgRegInfo") {
            $0.must("title")
            $0.must("address")
            $0.must("address_kz", since: 203)
            $0.must("inn")
            $0.must("okved", since: 123)
        }
        self.message("PosRegInfo") {
            $0.must("title")
            $0.must("address")
            $0.must("address_kz", since: 203)
            $0.must("latitude", since: 203)
            $0.must("longitude", since: 203)
        }
    }
}
