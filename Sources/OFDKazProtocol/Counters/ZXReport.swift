public import FiscalCore

/// An X or Z report (section 3.8): the totals of one shift, and the sums that run on. Both kinds have this one form.
///
/// Reports of our own are complete: every exact-size list holds each code once, in ascending order, zeros included. A
/// report of a server is kept as it came, so whatever a server may leave out is optional here: nil and an empty list
/// mean "not told", which is something else than zero.
public struct ZXReport: Sendable, Hashable {
    /// When the report was made.
    public var dateTime: DateTime?
    public var openShiftTime: DateTime?
    /// On Z reports only: an open shift has no end.
    public var closeShiftTime: DateTime?
    /// Running number of the shift since registration.
    public var shiftNumber: UInt32?
    /// Totals by section, before discounts and markups; none or more, each section code once.
    public var sections: [Section]
    /// Totals by kind of receipt over all sections, before discounts and markups; four entries.
    public var operations: [Operation]
    /// Totals of discounts; four entries.
    public var discounts: [Operation]
    /// Totals of markups; four entries.
    public var markups: [Operation]
    /// Final totals, with discounts and markups; four entries.
    public var totalResult: [Operation]
    /// Totals by tax; none or more, each percentage once.
    public var taxes: [Tax]
    /// The sums that are never set to zero, at the begin of the shift; four entries.
    public var startShiftNonNullableSums: [NonNullableSum]
    /// Totals by kind of receipt, counted in receipts; four entries.
    public var ticketOperations: [TicketOperation]
    /// Totals of cash put in and taken out; two entries.
    public var moneyPlacements: [MoneyPlacement]
    /// Cash in the register.
    public var cashSum: Money?
    /// Takings of the shift, negative when more went out than came in (on the wire a sum and `is_negative`).
    public var revenue: Money?
    /// The sums that are never set to zero, when the report was made; four entries.
    public var nonNullableSums: [NonNullableSum]
    /// See ``ReportChecksum``.
    public var checksum: String?

    /// A report that tells nothing yet.
    public init() {
        self.sections = []
        self.operations = []
        self.discounts = []
        self.markups = []
        self.totalResult = []
        self.taxes = []
        self.startShiftNonNullableSums = []
        self.ticketOperations = []
        self.moneyPlacements = []
        self.nonNullableSums = []
    }
}
