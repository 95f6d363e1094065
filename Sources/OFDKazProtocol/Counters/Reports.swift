import FiscalCore
import SwiftProtobuf

/// Makes the reports that are sent: `zx_report` of REPORT and `z_report` of CLOSE_SHIFT (sections 3.6, 3.8), complete and
/// with their checksum.
public struct Reports: Sendable {
    public var checksum: ReportChecksum

    public init(checksum: ReportChecksum) {
        self.checksum = checksum
    }

    /// The X report of this moment.
    /// - Throws: `CounterError` when the checksum cannot be made.
    public func x(of counters: RegisterCounters, at time: DateTime) throws(CounterError) -> ZXReport {
        try self.sealed(counters.xReport(at: time), .x)
    }

    /// The last Z report as it is sent again, or the empty one where there is none yet.
    /// - Throws: `CounterError` when the checksum cannot be made.
    public func z(last: ZXReport?, at time: DateTime) throws(CounterError) -> ZXReport {
        try self.sealed(last ?? .emptyZ(at: time), .z)
    }

    /// Closes the shift; its Z report. See ``RegisterCounters/closeShift(at:withdrawsMoney:isOffline:)``.
    /// - Throws: `CounterError` when no shift is open, the withdrawal cannot be counted, or the checksum cannot be made;
    ///   then the shift is open still.
    public func closeShift(
        of counters: inout RegisterCounters, at time: DateTime, withdrawsMoney: Bool = false, isOffline: Bool = false
    ) throws(CounterError) -> ZXReport {
        var next = counters
        let report = try next.closeShift(at: time, withdrawsMoney: withdrawsMoney, isOffline: isOffline)
        let sealed = try self.sealed(report, .z)
        counters = next
        return sealed
    }

    /// The report in the form in which it is sent, with the checksum of that form.
    private func sealed(_ report: ZXReport, _ type: ReportType) throws(CounterError) -> ZXReport {
        var sealed = report.completed
        sealed.checksum = nil
        // Serialising fails for messages of more than two gigabytes alone.
        guard let message: [UInt8] = try? sealed.pb.serializedBytes() else {
            throw CounterError(.overflow, "zx_report")
        }
        let checksum = self.checksum.text(of: ReportChecksum.Input(type: type, report: sealed, message: message))
        guard !checksum.isEmpty else { throw CounterError(.noChecksum, "zx_report.checksum") }
        sealed.checksum = checksum
        return sealed
    }
}
