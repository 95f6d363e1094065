/// Types that many messages use (chapter 4).
extension PresenceTable {
    mutating func addTypes() {
        self.message("Date") { $0.schema("year", "month", "day") }
        self.message("Time") { $0.schema("hour", "minute") }
        self.message("DateTime") { $0.schema("date", "time") }
        self.message("Money") { $0.schema("bills", "coins") }
        self.message("Operator") { $0.schema("code") }
        self.message("TicketAdInfo") { $0.schema("type", "version") }
        self.message("KeyValuePair") { $0.schema("key") }
    }
}
