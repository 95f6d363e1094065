/// Closing a shift (section 3.6), moving cash (3.7), asking for a report (3.8).
extension PresenceTable {
    mutating func addShift() {
        self.message("CloseShiftRequest") {
            $0.schema("close_time")
            $0.must("z_report", since: 202)
            $0.must("operator", since: 202)
        }
        self.message("MoneyPlacementRequest") {
            $0.schema("datetime", "operation", "sum")
            $0.must("operator", since: 202)
        }
        self.message("ReportRequest") {
            $0.schema("report", "date_time")
            $0.must("zx_report", since: 125)
        }
    }
}
