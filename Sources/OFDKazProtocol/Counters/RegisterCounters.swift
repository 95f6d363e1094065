public import FiscalCore

/// The counters of one register, kept by the register itself (sections 3.6 to 3.8): what reports are made from when the
/// server cannot be asked, and what its own reports are compared with.
///
/// A document is counted whole or not at all. All sums are in tiyn and exact; a sum that does not fit is an error, and
/// nothing has changed.
public struct RegisterCounters: Sendable, Hashable, Codable {
    /// Nil while no shift is open.
    var shift: ShiftTotals?
    /// The number of the shift that was closed last, 0 for none; the next one has the following number.
    var lastClosedShift: UInt32 = 0
    /// Whether the server has told the number of a shift (decision K34).
    public internal(set) var shiftNumberIsKnown = false
    /// Below zero only where the server has accepted an expense that this cash did not cover.
    var cashTiyn: Int64 = 0
    var nonNullable = PerOperation<Int64>(repeating: 0)
    var ticketsTotal = PerOperation<UInt32>(repeating: 0)
    var placementsTotal = PerPlacement<UInt32>(repeating: 0)

    /// Of a register that has never worked.
    public init() {}

    /// Whether a shift is open. The first receipt or movement of cash opens one.
    public var isShiftOpen: Bool { self.shift != nil }

    /// When the open shift got its first document; nil while none is open.
    // Inlined into an optimised caller it crashes the compiler (Swift 6.3.1, copy propagation).
    @inline(never)
    public var shiftOpenedAt: DateTime? { self.shift?.openedAt.dateTime }

    /// The number of the open shift, or of the one that the next document opens.
    public var shiftNumber: UInt32 {
        if let shift = self.shift { return shift.number }
        return self.lastClosedShift == .max ? .max : self.lastClosedShift + 1
    }

    /// What goes into `fr_shift_number`: the shift's number, or nil until the server has told one (decision K34).
    public var frShiftNumber: UInt32? { self.shiftNumberIsKnown ? self.shiftNumber : nil }

    /// Cash in the register.
    public var cash: Money { Money(minorUnits: self.cashTiyn, currency: .kzt) }

    /// All receipts of a kind since registration, in money: this sum never falls and is never set to zero.
    public func nonNullableSum(_ operation: OperationType) -> Money? {
        guard let counted = CountedOperation(rawValue: operation.rawValue) else { return nil }
        return Money(minorUnits: self.nonNullable[counted], currency: .kzt)
    }
}

/// What happens when an expense takes out more cash than there is.
public enum CashRule: Sendable, Hashable {
    /// It is refused. So it must be offline, where nobody else looks (3.7, ambiguity F17).
    case neverBelowZero
    /// It is counted: the server guards the cash (code 14), and what it has accepted, or may have, has happened.
    case serverDecides
}
