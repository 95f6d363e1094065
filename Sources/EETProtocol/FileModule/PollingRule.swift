import FiscalCore

/// How a caller that cannot watch the process learns that a run has ended.
///
/// Before each start he deletes `eetout.txt` (``outputName``); then he looks, from time to time, whether the marker
/// `pracuji.txt` (``markerName``) and a new output are there, and asks this rule. The absence of the marker alone says
/// nothing: right after the start it is not there yet. And a marker that a crash left behind blocks nobody for ever.
public struct PollingRule: Sendable, Hashable {
    /// The file that exists while the module works.
    public static let markerName = "pracuji.txt"
    /// The file that the module reads at its start.
    public static let inputName = FileRowError.File.eetin.rawValue
    /// The file that it leaves behind.
    public static let outputName = FileRowError.File.eetout.rawValue

    /// After this time from the start nothing more is expected.
    public var bound: Duration

    /// - Parameters:
    ///   - timeout: row 2 of `eet.txt`.
    ///   - margin: for starting, signing and storing.
    public init(timeout: Duration, margin: Duration = .seconds(10)) {
        self.bound = timeout + margin
    }

    /// What the caller sees when he looks.
    public struct Sight: Sendable, Hashable {
        /// `pracuji.txt` exists.
        public var markerExists: Bool
        /// The bytes of `eetout.txt`, or nil when there is none.
        public var output: [UInt8]?
        /// The output was made since the start: the caller had deleted the old one and seen it gone.
        public var outputIsFresh: Bool
        /// Time since the start.
        public var elapsed: Duration

        public init(markerExists: Bool, output: [UInt8]?, outputIsFresh: Bool, elapsed: Duration) {
            self.markerExists = markerExists
            self.output = output
            self.outputIsFresh = outputIsFresh
            self.elapsed = elapsed
        }
    }

    public enum Verdict: Sendable, Hashable {
        /// Look again.
        case wait
        /// The run has ended.
        case finished(FileModuleResult)
        /// Nothing is certain: the sale may or may not be recorded. Submit the same receipt again, with row 1 FALSE.
        case outcomeUnknown(Reason)
    }

    /// Why nothing is certain.
    public enum Reason: Sendable, Hashable {
        /// The marker is still there after the bound: the module hangs or has crashed.
        case markerStays
        /// No marker and no new output after the bound: the module did not start, or crashed.
        case noOutput
        /// The output belongs to another receipt; it was discarded.
        case otherReceipt
        /// The output cannot be read.
        case unreadable(FileRowError)
    }

    /// What the caller is to make of what he sees.
    public func verdict(
        _ sight: Sight, submitted: EETInFile, edition: Edition, isTest: Bool,
        options: ReceiptOptions = ReceiptOptions()
    ) -> Verdict {
        let isLate = sight.elapsed >= self.bound
        if sight.markerExists { return isLate ? .outcomeUnknown(.markerStays) : .wait }
        guard let bytes = sight.output, sight.outputIsFresh else { return isLate ? .outcomeUnknown(.noOutput) : .wait }
        let output: EETOutFile
        do { output = try EETOutFile(bytes: bytes) } catch { return .outcomeUnknown(.unreadable(error)) }
        do {
            return .finished(
                try FileModuleResult(
                    output, submitted: submitted, edition: edition, isTest: isTest, options: options))
        } catch {
            return .outcomeUnknown(.otherReceipt)
        }
    }
}
