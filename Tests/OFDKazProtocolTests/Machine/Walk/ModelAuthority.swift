import OFDKazProtocol

/// What the server knows of a request: its header, its command, and which document it holds.
struct ModelRequest: Hashable {
    var pair: RequestPair
    var command: CommandType
    /// The number of the message in the register's own counting; nil for service requests.
    var message: Int64?

    /// TICKET, MONEY_PLACEMENT, CLOSE_SHIFT: what "previous request" means in codes 8 and 9 (decision K6).
    var isDocument: Bool {
        self.command == .ticket || self.command == .moneyPlacement || self.command == .closeShift
    }
}

/// The server's rules of TOKEN, REQNUM, repeats and blocks, written from the description of them (section 2.4;
/// decisions K6 and K7), and nothing else. It shares no rule with the register.
struct ModelAuthority: Hashable {
    /// Where the documents leave it open, what the server may do.
    enum Reading: CaseIterable {
        /// Decision K7: a repeat finds its answer before the block, the shift and the content are looked at.
        case repeatsFirst
        /// The block, the shift and the content are looked at first; a repeat may be refused.
        case refusalsFirst
        /// As the first, and code 8 whenever REQNUM is that of the last document under any other token.
        case wideCodeEight
    }

    let reading: Reading
    /// Whether INFO and NOMENCLATURE may bring a token as well (KAZ-037); few servers do.
    let rotatesOnInfo: Bool
    private(set) var issued: UInt32
    /// The last accepted document.
    private(set) var last: ModelRequest?
    private(set) var isBlocked = false

    init(reading: Reading, rotatesOnInfo: Bool, issued: UInt32) {
        self.reading = reading
        self.rotatesOnInfo = rotatesOnInfo
        self.issued = issued
    }

    struct Answer: Hashable {
        var code: ResultCode
        var token: UInt32
        /// A document was kept by this very request.
        var keepsDocument = false
    }

    /// - Parameter refusing: a code that the server has a reason of its own for, at its place in the order of checks.
    /// - Parameter rotating: whether an accepted request that may bring a new token does.
    mutating func receive(_ request: ModelRequest, refusing: ResultCode? = nil, rotating: Bool) -> Answer {
        let pair = request.pair
        func refusal(_ code: ResultCode) -> Answer { Answer(code: code, token: Self.decoy) }

        // What is wrong with the frame, the register or the link comes first, whatever the message is.
        if let refusing, !Self.isAboutContent(refusing) || self.reading == .refusalsFirst { return refusal(refusing) }
        if self.reading == .refusalsFirst && self.isBlocked { return refusal(.blocked) }
        if let last = self.last, last.pair == pair {
            return last.command == request.command
                ? Answer(code: .ok, token: self.issued) : refusal(.invalidRetryRequest)
        }
        if request.command != .report {
            let isLastNumber = self.last?.pair.reqnum == pair.reqnum
            guard pair.token == self.issued else {
                return refusal(self.reading == .wideCodeEight && isLastNumber ? .invalidRequestNumber : .invalidToken)
            }
            if request.isDocument && isLastNumber { return refusal(.invalidRequestNumber) }
        }
        if self.isBlocked { return refusal(.blocked) }
        if let refusing { return refusal(refusing) }
        if request.isDocument { self.last = request }
        let isInfo = request.command == .info || request.command == .nomenclature
        if rotating && (request.isDocument || self.rotatesOnInfo && isInfo) { self.issued &+= 1 }
        // SYSTEM and REPORT must bring no token (section 2.2); this server tempts whoever looks for one there.
        let bringsToken = request.isDocument || isInfo
        return Answer(
            code: .ok, token: bringsToken ? self.issued : Self.decoy, keepsDocument: request.isDocument)
    }

    /// Stands where no token may be taken from: whoever takes it over is out of step at once.
    static let decoy: UInt32 = 0xDEAD_0001

    private static func isAboutContent(_ code: ResultCode) -> Bool {
        code == .openShiftTimeoutExpired || code == .incorrectRequestData || code == .notEnoughCash
    }

    // What people do at the server.
    mutating func block() { self.isBlocked = true }
    mutating func unblock() { self.isBlocked = false }
    mutating func resetToken() { self.issued &+= 1 }
}
