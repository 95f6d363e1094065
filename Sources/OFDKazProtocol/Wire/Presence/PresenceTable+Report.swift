/// X and Z reports (section 3.8).
extension PresenceTable {
    mutating func addReport() {
        let operations = OperationType.allCases.map(\.rawValue)
        self.message("ZXReport") {
            $0.schema("date_time", "shift_number", "cash_sum", "revenue")
            $0.must("open_shift_time", since: 200)
            $0.must("close_shift_time", since: 202, when: .reportIsZ)
            $0.filled("checksum", since: 202)
            $0.list("operations", each: "operation", of: operations)
            $0.list("discounts", each: "operation", of: operations)
            $0.list("markups", each: "operation", of: operations)
            $0.list("total_result", each: "operation", of: operations)
            $0.list("start_shift_non_nullable_sums", each: "operation", of: operations)
            $0.list("ticket_operations", each: "operation", of: operations)
            $0.list("money_placements", each: "operation", of: MoneyPlacementType.allCases.map(\.rawValue))
            $0.list("non_nullable_sums", each: "operation", of: operations)
            $0.unsent("annulled_tickets")
        }
        self.message("ZXReport.Section") {
            $0.schema("section_code")
            $0.list("operations", each: "operation", of: operations)
        }
        self.message("ZXReport.Operation") { $0.schema("operation", "count", "sum") }
        self.message("ZXReport.Tax") {
            $0.schema("tax_type", "percent")
            $0.list("operations", each: "operation", of: operations)
        }
        self.message("ZXReport.Tax.TaxOperation") {
            $0.schema("operation", "turnover", "sum")
            $0.must("turnover_without_tax", since: 200)
        }
        self.message("ZXReport.NonNullableSum") { $0.schema("operation", "sum") }
        self.message("ZXReport.TicketOperation") {
            $0.schema("operation", "tickets_total_count", "tickets_count", "tickets_sum")
            // Since 2.0.1 there are three kinds of payment (history of the document).
            $0.list("payments", each: "payment", of: PaymentType.allCases.map(\.rawValue), since: 201)
            $0.must("offline_count", since: 202)
            $0.custom("discount_sum", since: 125)
            $0.custom("markup_sum", since: 125)
            $0.custom("change_sum", since: 125)
        }
        self.message("ZXReport.TicketOperation.Payment") {
            $0.schema("payment", "sum")
            $0.must("count", since: 202)
        }
        self.message("ZXReport.MoneyPlacement") {
            $0.schema("operation", "operations_total_count", "operations_count", "operations_sum")
            $0.must("offline_count", since: 202)
        }
        self.message("ZXReport.Revenue") { $0.schema("sum", "is_negative") }
    }
}
