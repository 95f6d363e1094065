/// How strict the simulated operator is where the document leaves a choice. The defaults are the lenient readings.
public struct OFDRules: Sendable, Hashable, Codable {
    /// A shift that is open so long takes no more online documents (code 11). In seconds; the document names no number.
    public var shiftLimitSeconds: Int64 = 24 * 3600
    /// How far the clocks of the registers are ahead of UTC, in minutes, −840 to 840; beyond, the limit counts. The
    /// document's times have no zone.
    public var offsetMinutes = 300
    /// Checks the sums of a ticket and answers 13 when they do not fit (ambiguity E10).
    public var checksArithmetic = false
    /// Insists on what a careful register does: a real offline period with every document that is marked as offline,
    /// offline numbers that differ, documents in the order of their times, document numbers that grow and shift numbers
    /// that are right when they are given. A real period without a mark is allowed: repeats within the transaction time
    /// have one (decision K24).
    public var isStrict = false
    /// The control of shifts and documents that came with OpenShift (2.0.0) and went with it: both numbers must be
    /// given, a shift is one more than its predecessor, and every document number is greater than the last.
    public var controlsNumbers = false
    /// A ticket without one of the mandatory parameters does not only get code 15: the register stays blocked.
    public var blocksAfterIncompleteTicket = false
    /// COMMAND_RESERVED is answered with OK and a new token instead of code 5.
    public var answersReserved = false
    /// A failed sign-in gets result code 12, as before ``AuthResponse`` had a result of its own.
    public var answersFailedAuthWith12 = false
    /// The report for a register that never closed a shift.
    public var firstReport = FirstReport.empty
    /// The key of `service.auxiliary` under which a register tells how many records it has not sent (section 5.4.1).
    public var unsentKey = "unsent_documents"
    /// The first part of the addresses in `qr_code`.
    public var checkAddress = "http://consumer.test-oofd.kz"
    /// Keeps every message in ``OFDLedger/messages``; long campaigns over many registers may do without.
    public var keepsMessages = true

    /// What INFO and a request for a Z say before any shift was closed.
    public enum FirstReport: String, Sendable, Hashable, Codable, CaseIterable {
        /// A Z with number 0 and all its lists, filled with zeros (section 3.8).
        case empty
        /// A Z with number 1, without lists and shift times, as a live server sent it in answer to INFO.
        case live
    }

    public init() {}

    /// ``offsetMinutes`` within its range.
    var clockOffset: Int { min(max(self.offsetMinutes, -840), 840) }

    /// Everything that the document allows an operator to mind is minded.
    public static var strict: Self {
        var rules = Self()
        rules.checksArithmetic = true
        rules.isStrict = true
        return rules
    }
}
