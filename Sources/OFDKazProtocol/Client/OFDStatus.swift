public import FiscalCore

/// What a till shows about its register. Nothing in it is secret.
public struct OFDStatus: Sendable, Hashable {
    public var mode: RegisterMode
    /// How many messages wait.
    public var queueLength: Int
    /// When the oldest of them was issued.
    public var oldestIssuedAt: FiscalInstant?
    /// The code that stopped the message at the head of the queue.
    public var stoppedBy: ResultCode?
    /// The server may have the message that stopped the register (decision K4).
    public var outcomeIsUnknown: Bool
    /// Begin of the offline period; nil while work is online.
    public var offlineSince: FiscalInstant?
    /// No attempt before this instant.
    public var nextAttempt: FiscalInstant?
    /// The running number of the shift that is open, once the server has told it; nil when none is open.
    public var shiftNumber: UInt32?
    public var shiftIsOpen: Bool
    /// From when on the shift takes no new documents; nil when none is open, or without a limit (decision K22).
    public var shiftEndsAt: FiscalInstant?
    /// The server answered 11: only the close of the shift may be issued.
    public var shiftMustBeClosed: Bool
    /// From when on nothing new is issued unless the oldest message gets through (decision K23).
    public var offlineEndsAt: FiscalInstant?
    /// Cash in the drawer, by our own counters.
    public var cash: Money
    /// REQNUM of the last request. The token is never shown.
    public var reqnum: UInt16
    /// What the server wants shown while it blocks the register (section 5.4).
    public var infoText: String?
    /// What a till shows or prints while it may not work, the server's text included; empty while it may.
    public var notice = Paper()
    /// How far the server's times are ahead of our clock, by the last INFO; nil when they are not.
    public var clockIsBehindBy: Duration?
    /// The server's counters beside a message whose outcome is unknown, for a person to compare (decision K5).
    public var comparison: ZXReport?
    /// The version of the list of goods that is held.
    public var nomenclatureVersion: UInt32?
    /// What went wrong last, in the server's words where it spoke; nil after a success.
    public var lastError: String?
}

extension OFDStatus {
    /// What the store holds.
    init(_ memory: RegisterMemory, zone: any CivilZone) {
        let machine = memory.machine
        let rules = machine.rules
        self.mode = machine.mode
        self.queueLength = machine.queue.count
        self.oldestIssuedAt = machine.head?.issuedAt
        self.stoppedBy = machine.head?.refusal
        self.outcomeIsUnknown = machine.head?.outcomeIsUnknown ?? false
        self.offlineSince = machine.state.offlineSince
        self.nextAttempt = machine.state.nextAttempt
        self.shiftIsOpen = memory.counters.isShiftOpen
        self.shiftNumber = memory.counters.isShiftOpen ? memory.counters.frShiftNumber : nil
        self.shiftMustBeClosed = machine.state.shiftMustClose
        self.cash = memory.counters.cash
        self.reqnum = machine.state.reqnum
        self.infoText = memory.service.infoText
        switch machine.mode {
        case .online, .offline: break
        case .blocked: self.notice = TillNotice.blocked
        case .serverBlocked: self.notice = TillNotice.serverBlocked(memory.service.ads)
        }
        self.comparison = memory.service.comparison
        self.nomenclatureVersion = memory.service.nomenclatureVersion
        let opened = memory.counters.shiftOpenedAt.map { zone.instant(of: $0.civil) }
        if let opened, let limit = rules.shiftLimit { self.shiftEndsAt = opened + limit }
        let oldest = machine.queue.first { $0.kind.isDocument }?.issuedAt
        if let oldest, let limit = rules.offlineLimit { self.offlineEndsAt = oldest + limit }
    }
}
