/// What was lived with when a report was read, beyond what the tables of presence and range tell of any message: amounts
/// that do not fit, which are left out, and sections and taxes that come twice, of which the first counts.
extension ZXReport {
    /// - Parameter path: the way to the report in the answer.
    package static func anomalies(in pb: PBZXReport, at path: String = "report.zx_report") -> [Anomaly] {
        var reading = Reading(path: path)
        reading.read(pb)
        return reading.anomalies
    }

    private struct Reading {
        let path: String
        var anomalies: [Anomaly] = []

        mutating func amount(_ amount: PBMoney, _ field: String) {
            guard amount.money == nil else { return }
            self.anomalies.append(Anomaly(.damaged, field: "\(self.path).\(field)", "the amount does not fit"))
        }

        mutating func twice(_ field: String) {
            self.anomalies.append(Anomaly(.list, field: "\(self.path).\(field)", "came before; the first one counts"))
        }

        mutating func read(_ pb: PBZXReport) {
            self.amount(pb.cashSum, "cash_sum")
            self.amount(pb.revenue.sum, "revenue.sum")
            self.read(pb.operations, "operations")
            self.read(pb.discounts, "discounts")
            self.read(pb.markups, "markups")
            self.read(pb.totalResult, "total_result")
            self.read(pb.startShiftNonNullableSums, "start_shift_non_nullable_sums")
            self.read(pb.nonNullableSums, "non_nullable_sums")
            self.read(pb.sections)
            self.read(pb.taxes)
            for (index, entry) in pb.ticketOperations.enumerated() { self.read(entry, "ticket_operations[\(index)]") }
            for (index, entry) in pb.moneyPlacements.enumerated() {
                self.amount(entry.operationsSum, "money_placements[\(index)].operations_sum")
            }
        }

        private mutating func read(_ entries: [PBZXReport.Operation], _ list: String) {
            for (index, entry) in entries.enumerated() { self.amount(entry.sum, "\(list)[\(index)].sum") }
        }

        private mutating func read(_ entries: [PBZXReport.NonNullableSum], _ list: String) {
            for (index, entry) in entries.enumerated() { self.amount(entry.sum, "\(list)[\(index)].sum") }
        }

        private mutating func read(_ sections: [PBZXReport.Section]) {
            var codes: Set<[UInt8]> = []
            for (index, section) in sections.enumerated() {
                if !codes.insert(Array(section.sectionCode.utf8)).inserted { self.twice("sections[\(index)]") }
                self.read(section.operations, "sections[\(index)].operations")
            }
        }

        private mutating func read(_ taxes: [PBZXReport.Tax]) {
            var percents: Set<UInt32> = []
            for (index, tax) in taxes.enumerated() {
                if !percents.insert(tax.percent).inserted { self.twice("taxes[\(index)]") }
                for (place, entry) in tax.operations.enumerated() {
                    let field = "taxes[\(index)].operations[\(place)]"
                    self.amount(entry.turnover, field + ".turnover")
                    self.amount(entry.turnoverWithoutTax, field + ".turnover_without_tax")
                    self.amount(entry.sum, field + ".sum")
                }
            }
        }

        private mutating func read(_ entry: PBZXReport.TicketOperation, _ field: String) {
            self.amount(entry.ticketsSum, field + ".tickets_sum")
            self.amount(entry.discountSum, field + ".discount_sum")
            self.amount(entry.markupSum, field + ".markup_sum")
            self.amount(entry.changeSum, field + ".change_sum")
            for (index, payment) in entry.payments.enumerated() {
                self.amount(payment.sum, "\(field).payments[\(index)].sum")
            }
        }
    }
}
