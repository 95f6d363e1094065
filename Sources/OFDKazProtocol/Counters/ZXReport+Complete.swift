import FiscalCore

/// The form in which a report is sent: exact-size lists with every code once, ascending, zeros included (ambiguities F10,
/// F11). Entries that are not counted are left out; of two entries with one code the first one counts.
extension ZXReport {
    package var completed: ZXReport {
        var report = self
        report.shiftNumber = self.shiftNumber ?? 0
        report.sections = Self.distinct(
            self.sections, { Array($0.sectionCode.utf8) }, { $0.lexicographicallyPrecedes($1) }
        )
        .map { Section(sectionCode: $0.sectionCode, operations: Self.completed($0.operations)) }
        report.operations = Self.completed(self.operations)
        report.discounts = Self.completed(self.discounts)
        report.markups = Self.completed(self.markups)
        report.totalResult = Self.completed(self.totalResult)
        report.taxes = Self.distinct(self.taxes, { $0.percent }, <).map { $0.completed }
        report.startShiftNonNullableSums = Self.completed(self.startShiftNonNullableSums)
        report.ticketOperations = OperationType.allCases.map { code in
            self.ticketOperations.first { $0.operation == code }.map(\.completed)
                ?? TicketOperation(operation: code).completed
        }
        report.moneyPlacements = MoneyPlacementType.allCases.map { code in
            self.moneyPlacements.first { $0.operation == code }.map(\.completed)
                ?? MoneyPlacement(operation: code).completed
        }
        report.cashSum = self.cashSum ?? .zero(.kzt)
        report.revenue = self.revenue ?? .zero(.kzt)
        report.nonNullableSums = Self.completed(self.nonNullableSums)
        return report
    }

    private static func completed(_ entries: [Operation]) -> [Operation] {
        OperationType.allCases.map { code in
            let entry = entries.first { $0.operation == code }
            return Operation(operation: code, count: entry?.count ?? 0, sum: entry?.sum ?? .zero(.kzt))
        }
    }

    private static func completed(_ entries: [NonNullableSum]) -> [NonNullableSum] {
        OperationType.allCases.map { code in
            NonNullableSum(operation: code, sum: entries.first { $0.operation == code }?.sum ?? .zero(.kzt))
        }
    }

    /// Sorted, and the first of each key.
    private static func distinct<Entry, Key: Equatable>(
        _ entries: [Entry], _ key: (Entry) -> Key, _ precedes: (Key, Key) -> Bool
    ) -> [Entry] {
        // Sorting keeps the order of equal keys.
        let sorted = entries.sorted { precedes(key($0), key($1)) }
        var result: [Entry] = []
        for entry in sorted where result.last.map({ key($0) != key(entry) }) ?? true { result.append(entry) }
        return result
    }
}

extension ZXReport.Tax {
    fileprivate var completed: Self {
        let operations = OperationType.allCases.map { code in
            let entry = self.operations.first { $0.operation == code }
            return ZXReport.TaxOperation(
                operation: code, turnover: entry?.turnover ?? .zero(.kzt),
                turnoverWithoutTax: entry?.turnoverWithoutTax ?? .zero(.kzt), sum: entry?.sum ?? .zero(.kzt))
        }
        return Self(type: self.type, percent: self.percent, operations: operations)
    }
}

extension ZXReport.TicketOperation {
    fileprivate var completed: Self {
        let payments = PaymentType.allCases.map { code in
            let entry = self.payments.first { $0.payment == code }
            return ZXReport.Payment(payment: code, sum: entry?.sum ?? .zero(.kzt), count: entry?.count ?? 0)
        }
        return Self(
            operation: self.operation, ticketsTotalCount: self.ticketsTotalCount ?? 0,
            ticketsCount: self.ticketsCount ?? 0, ticketsSum: self.ticketsSum ?? .zero(.kzt), payments: payments,
            offlineCount: self.offlineCount ?? 0, discountSum: self.discountSum ?? .zero(.kzt),
            markupSum: self.markupSum ?? .zero(.kzt), changeSum: self.changeSum ?? .zero(.kzt))
    }
}

extension ZXReport.MoneyPlacement {
    fileprivate var completed: Self {
        Self(
            operation: self.operation, operationsTotalCount: self.operationsTotalCount ?? 0,
            operationsCount: self.operationsCount ?? 0, operationsSum: self.operationsSum ?? .zero(.kzt),
            offlineCount: self.offlineCount ?? 0)
    }
}
