import FiscalCore

/// Compares a report of ours with one of the server, counter by counter.
///
/// What the server does not tell is not compared; the rules for entries that it leaves out are those of
/// ``RegisterCounters/adopt(_:from:at:)``. Times and checksums are no counters.
struct ReportComparison {
    private let local: ZXReport
    private let server: ZXReport
    private var differences: [CounterDifference] = []

    private init(local: ZXReport, server: ZXReport) {
        self.local = local
        self.server = server
    }

    /// Differences in what is counted from the begin of a shift to its end.
    static func shift(local: ZXReport, server: ZXReport) -> [CounterDifference] {
        var comparison = Self(local: local, server: server)
        comparison.compareShift()
        return comparison.differences
    }

    /// Differences in what runs on from shift to shift.
    static func running(local: ZXReport, server: ZXReport) -> [CounterDifference] {
        var comparison = Self(local: local, server: server)
        comparison.compareRunning()
        return comparison.differences
    }

    private mutating func compareShift() {
        if self.server.tellsTheShift {
            self.compareSections()
            self.compareTaxes()
        }
        self.compare("operations", self.local.operations, self.server.operations)
        self.compare("discounts", self.local.discounts, self.server.discounts)
        self.compare("markups", self.local.markups, self.server.markups)
        self.compare("total_result", self.local.totalResult, self.server.totalResult)
        self.compare(
            "start_shift_non_nullable_sums", self.local.startShiftNonNullableSums,
            self.server.startShiftNonNullableSums)
        self.compareTickets()
        self.comparePlacements()
        self.sum("revenue", self.local.revenue, self.server.revenue)
    }

    private mutating func compareRunning() {
        self.sum("cash_sum", self.local.cashSum, self.server.cashSum)
        self.compare("non_nullable_sums", self.local.nonNullableSums, self.server.nonNullableSums)
        for entry in self.server.ticketOperations.firstOfEach(\.operation) {
            let own = self.local.ticketOperations.first { $0.operation == entry.operation }
            self.count(
                "ticket_operations[\(entry.operation.documentName)].tickets_total_count", own?.ticketsTotalCount,
                entry.ticketsTotalCount)
        }
        for entry in self.server.moneyPlacements.firstOfEach(\.operation) {
            let own = self.local.moneyPlacements.first { $0.operation == entry.operation }
            self.count(
                "money_placements[\(entry.operation.documentName)].operations_total_count", own?.operationsTotalCount,
                entry.operationsTotalCount)
        }
    }

    private mutating func compare(_ list: String, _ local: [ZXReport.Operation], _ server: [ZXReport.Operation]) {
        guard !server.isEmpty else { return }
        for (code, own, theirs) in pairs(local, server, \.operation) {
            let field = "\(list)[\(code.documentName)]"
            self.count(field + ".count", own?.count, theirs == nil ? 0 : theirs?.count)
            self.sum(field + ".sum", own?.sum, theirs == nil ? .zero(.kzt) : theirs?.sum)
        }
    }

    private mutating func compare(
        _ list: String, _ local: [ZXReport.NonNullableSum], _ server: [ZXReport.NonNullableSum]
    ) {
        for entry in server.firstOfEach(\.operation) {
            let own = local.first { $0.operation == entry.operation }?.sum ?? .zero(.kzt)
            let isRunning = list == "non_nullable_sums"
            let hasFallen = isRunning && (entry.sum?.minorUnits ?? .max) < own.minorUnits
            self.sum(
                "\(list)[\(entry.operation.documentName)].sum", own, entry.sum,
                hasFallen ? .fallenNonNullableSum : .incident)
        }
    }

    private mutating func compareSections() {
        for (code, own, theirs) in pairs(self.local.sections, self.server.sections, \.sectionCode) {
            // A section without entries has nothing in it.
            let empty = [ZXReport.Operation(operation: .sell, count: 0, sum: .zero(.kzt))]
            let entries = theirs?.operations ?? []
            self.compare("sections[\(code)].operations", own?.operations ?? [], entries.isEmpty ? empty : entries)
        }
    }

    private mutating func compareTaxes() {
        for (percent, own, theirs) in pairs(self.local.taxes, self.server.taxes, \.percent) {
            for (code, own, theirs) in pairs(own?.operations ?? [], theirs?.operations ?? [], \.operation) {
                let field = "taxes[\(percent)].operations[\(code.documentName)]"
                let absent: Money? = theirs == nil ? .zero(.kzt) : nil
                self.sum(field + ".turnover", own?.turnover, theirs?.turnover ?? absent)
                self.sum(
                    field + ".turnover_without_tax", own?.turnoverWithoutTax, theirs?.turnoverWithoutTax ?? absent)
                self.sum(field + ".sum", own?.sum, theirs?.sum ?? absent)
            }
        }
    }

    private mutating func compareTickets() {
        guard !self.server.ticketOperations.isEmpty else { return }
        for (code, own, entry) in pairs(self.local.ticketOperations, self.server.ticketOperations, \.operation) {
            let field = "ticket_operations[\(code.documentName)]"
            let theirs = entry ?? Self.nothing(code)
            self.count(field + ".tickets_count", own?.ticketsCount, theirs.ticketsCount)
            self.sum(field + ".tickets_sum", own?.ticketsSum, theirs.ticketsSum)
            self.count(field + ".offline_count", own?.offlineCount, theirs.offlineCount, .note)
            self.sum(field + ".discount_sum", own?.discountSum, theirs.discountSum)
            self.sum(field + ".markup_sum", own?.markupSum, theirs.markupSum)
            self.sum(field + ".change_sum", own?.changeSum, theirs.changeSum)
            guard !theirs.payments.isEmpty else { continue }
            for (code, own, theirs) in pairs(own?.payments ?? [], theirs.payments, \.payment) {
                let field = "\(field).payments[\(code.documentName)]"
                self.count(field + ".count", own?.count, theirs == nil ? 0 : theirs?.count)
                self.sum(field + ".sum", own?.sum, theirs == nil ? .zero(.kzt) : theirs?.sum)
            }
        }
    }

    private mutating func comparePlacements() {
        guard !self.server.moneyPlacements.isEmpty else { return }
        for (code, own, entry) in pairs(self.local.moneyPlacements, self.server.moneyPlacements, \.operation) {
            let field = "money_placements[\(code.documentName)]"
            let nothing = ZXReport.MoneyPlacement(
                operation: code, operationsCount: 0, operationsSum: .zero(.kzt), offlineCount: 0)
            let theirs = entry ?? nothing
            self.count(field + ".operations_count", own?.operationsCount, theirs.operationsCount)
            self.sum(field + ".operations_sum", own?.operationsSum, theirs.operationsSum)
            self.count(field + ".offline_count", own?.offlineCount, theirs.offlineCount, .note)
        }
    }

    /// The entry of a kind of receipt that was not issued, where the server leaves it out.
    private static func nothing(_ operation: OperationType) -> ZXReport.TicketOperation {
        let payments = PaymentType.allCases.map { ZXReport.Payment(payment: $0, sum: .zero(.kzt), count: 0) }
        return ZXReport.TicketOperation(
            operation: operation, ticketsCount: 0, ticketsSum: .zero(.kzt), payments: payments, offlineCount: 0,
            discountSum: .zero(.kzt), markupSum: .zero(.kzt), changeSum: .zero(.kzt))
    }

    private mutating func count(
        _ field: String, _ local: UInt32?, _ server: UInt32?, _ weight: CounterDifference.Weight = .incident
    ) {
        guard let server, server != local ?? 0 else { return }
        self.differences.append(
            CounterDifference(field: field, local: .count(local ?? 0), server: .count(server), weight: weight))
    }

    private mutating func sum(
        _ field: String, _ local: Money?, _ server: Money?, _ weight: CounterDifference.Weight = .incident
    ) {
        let own = local?.minorUnits ?? 0
        guard let server, server.minorUnits != own else { return }
        self.differences.append(
            CounterDifference(
                field: field, local: .sum(tiyn: own), server: .sum(tiyn: server.minorUnits), weight: weight))
    }
}

/// The entries of two lists by their code: first in the order of ours, then what only the server has. Of entries with
/// one code the first counts.
private func pairs<Entry, Code: Hashable>(
    _ local: [Entry], _ server: [Entry], _ code: KeyPath<Entry, Code>
) -> [(code: Code, local: Entry?, server: Entry?)] {
    let own = local.firstOfEach(code)
    let theirs = server.firstOfEach(code)
    let byCode = Dictionary(uniqueKeysWithValues: theirs.map { ($0[keyPath: code], $0) })
    let known = Set(own.map { $0[keyPath: code] })
    var result: [(code: Code, local: Entry?, server: Entry?)] = []
    for entry in own { result.append((entry[keyPath: code], entry, byCode[entry[keyPath: code]])) }
    for entry in theirs where !known.contains(entry[keyPath: code]) {
        result.append((entry[keyPath: code], nil, entry))
    }
    return result
}

extension Array {
    fileprivate func firstOfEach<Code: Hashable>(_ code: KeyPath<Element, Code>) -> [Element] {
        var seen: Set<Code> = []
        return self.filter { seen.insert($0[keyPath: code]).inserted }
    }
}
