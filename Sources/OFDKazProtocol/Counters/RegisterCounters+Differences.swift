extension RegisterCounters {
    /// Where the server's counters differ from these, in the order of a report's fields; to be asked before
    /// ``adopt(_:from:at:)``. Counters that have counted nothing yet have nothing to compare.
    /// - Parameter lastZ: The Z report of ours for the shift that was closed last, where it is kept: if the server's is of
    ///   that shift, their totals are compared as well.
    public func differences(
        from report: ZXReport, _ source: CounterSource, lastZ: ZXReport? = nil, at now: DateTime
    ) -> [CounterDifference] {
        guard self != RegisterCounters() else { return [] }
        let own = self.xReport(at: now)
        var shift: [CounterDifference] = []
        switch source {
        case .openShift:
            if !self.isShiftOpen { shift.append(Self.difference("report", .report(.z), .report(.x))) }
            if self.shiftNumberIsKnown, self.isShiftOpen, let theirs = report.shiftNumber, theirs != self.shiftNumber {
                shift.append(Self.difference("shift_number", .count(self.shiftNumber), .count(theirs)))
            }
            shift += ReportComparison.shift(local: own, server: report)
        case .noOpenShift where self.isShiftOpen:
            // The server's report is of an earlier shift than ours.
            shift.append(Self.difference("report", .report(.x), .report(.z)))
        case .noOpenShift, .closedShift:
            let theirs = Self.lastClosedShift(by: report, source)
            if self.shiftNumberIsKnown, let theirs, theirs != self.lastClosedShift {
                shift.append(Self.difference("shift_number", .count(self.lastClosedShift), .count(theirs)))
            }
            if let lastZ, report.shiftNumber == nil || lastZ.shiftNumber == report.shiftNumber {
                shift += ReportComparison.shift(local: lastZ, server: report)
            }
        }
        return shift + ReportComparison.running(local: own, server: report)
    }

    private static func difference(
        _ field: String, _ local: CounterDifference.Value, _ server: CounterDifference.Value
    ) -> CounterDifference {
        CounterDifference(field: field, local: local, server: server, weight: .incident)
    }
}
