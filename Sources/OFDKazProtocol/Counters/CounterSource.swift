/// Which answer brings the counters of the server, and so what its report says about the shift.
public enum CounterSource: Sendable, Hashable, CaseIterable {
    /// INFO with an X report: a shift is open, and this is its state (3.2).
    case openShift
    /// INFO with a Z report: no shift is open, and this was the last one (3.2).
    case noOpenShift
    /// CLOSE_SHIFT: the shift has just been closed (3.6).
    case closedShift

    /// - Returns: nil for an answer whose report is not for the counters: one to REPORT, a close that is answered with an
    ///   X report, a kind of report that the table does not have.
    public init?(command: CommandType, report: ReportType) {
        switch (command, report) {
        case (.info, .x): self = .openShift
        case (.info, .z): self = .noOpenShift
        case (.closeShift, .z): self = .closedShift
        default: return nil
        }
    }
}
