/// Requests and answers as a whole (sections 2.5, 2.6), and signing in (3.11).
extension PresenceTable {
    mutating func addMessages() {
        self.message("Request") {
            $0.schema("command")
            $0.block("ticket", when: .command(.ticket))
            $0.block("close_shift", when: .command(.closeShift))
            $0.block("report", when: .command(.report))
            $0.block("nomenclature", when: .command(.nomenclature))
            $0.block("money_placement", when: .command(.moneyPlacement))
            $0.block("auth", when: .command(.auth))
            $0.must("service", since: 203)
        }
        self.message("Response") {
            $0.schema("command", "result")
            $0.block("ticket", when: .accepted(.ticket))
            $0.block("report", when: .accepted(.report, .closeShift, .info))
            $0.block("nomenclature", when: .accepted(.nomenclature))
            $0.block("auth", when: .accepted(.auth))
            $0.must("service", since: 123, when: .accepted(.info))
        }
        self.message("Result") { $0.schema("result_code") }
        self.message("TicketResponse") { $0.filled("ticket_number", .schema) }
        self.message("ReportResponse") {
            $0.schema("report")
            $0.must("zx_report")
        }
        self.message("AuthRequest") { $0.schema("login", "password") }
        self.message("AuthResponse") {
            $0.schema("result")
            $0.must("operator_code", when: .when("result", is: AuthResult.ok.rawValue))
            $0.must("operator_name", when: .when("result", is: AuthResult.ok.rawValue))
        }
    }
}
