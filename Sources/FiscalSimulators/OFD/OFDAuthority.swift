/// An operator's server of the Kazakh protocol, for many registers, as a value.
///
/// It reads the bytes of requests by means of its own, checks what the real one would in the order of decision K7, keeps
/// the ledger and the counters of every register by its own arithmetic, and answers. ``faults`` makes it fail in every
/// way a register has to live with. The whole value can be written down and read back.
public struct OFDAuthority: Sendable, Hashable, Codable {
    public var rules = OFDRules()
    /// What it will do wrong.
    public var faults = FaultPlan<OFDFault>()
    /// What it has seen.
    public internal(set) var ledger = OFDLedger()
    /// The registers by ID.
    public internal(set) var accounts: [UInt32: OFDAccount] = [:]
    private var lastTicketNumber: UInt64
    /// Where the sequence of tokens stands.
    private var tokenState: UInt64

    /// - Parameters:
    ///   - seed: from which the tokens follow.
    ///   - firstTicketNumber: ten digits or more, as the operators give them.
    public init(seed: UInt64 = 1, firstTicketNumber: UInt64 = 4_228_000_001) {
        self.tokenState = seed
        self.lastTicketNumber = max(firstTicketNumber, 1_000_000_000) - 1
    }

    /// A register by its ID; setting it registers, changes or removes one.
    public subscript(id: UInt32) -> OFDAccount? {
        get { self.accounts[id] }
        set { self.accounts[id] = newValue }
        _modify { yield &self.accounts[id] }
    }

    /// Registers a device of an invented shop, ready for its first INFO.
    @discardableResult
    public mutating func testRegister(id: UInt32 = 100_001, token: UInt32 = 0x0102_0304) -> OFDAccount {
        let account = OFDAccount(id: id, token: token, registration: .test())
        self.accounts[id] = account
        return account
    }

    /// Issues another token to a register, as the operator's desk does after code 2.
    /// - Returns: the token to be typed in; nil for an ID that is not registered.
    public mutating func resetToken(of id: UInt32) -> UInt32? {
        guard self.accounts[id] != nil else { return nil }
        let token = self.newToken()
        self.accounts[id]?.token = token
        return token
    }

    /// The next token: of the full width, never 0.
    mutating func newToken() -> UInt32 {
        while true {
            self.tokenState &+= 0x9E37_79B9_7F4A_7C15
            var mixed = self.tokenState
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            let token = UInt32(truncatingIfNeeded: mixed ^ (mixed >> 31))
            if token != 0 { return token }
        }
    }

    mutating func newTicketNumber() -> String {
        self.lastTicketNumber &+= 1
        return String(self.lastTicketNumber)
    }
}
