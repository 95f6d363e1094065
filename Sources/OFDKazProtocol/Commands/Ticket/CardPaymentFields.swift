extension Ticket {
    /// What the bank's terminal says of a card payment; sent since 2.0.3 (section 3.3.2, `CardPaymentFields`).
    ///
    /// The protocol has numbers where banks have texts. A text that is no plain number (one with letters, or a leading
    /// zero) is left out, and reported as a ``TicketWarning``; it is never altered.
    public struct CardPaymentFields: Sendable, Hashable {
        public var posTerminalID: String?
        public var posCardType: String?
        /// Up to 2147483647.
        public var posAutorizationCode: String?
        /// The reference number of the operation, at banks twelve digits; up to 2^63-1.
        public var posRRN: String?
        /// The number of the receipt in the bank's system; up to 2147483647.
        public var posReceiptNumber: String?

        public init(
            posTerminalID: String? = nil, posCardType: String? = nil, posAutorizationCode: String? = nil,
            posRRN: String? = nil, posReceiptNumber: String? = nil
        ) {
            self.posTerminalID = posTerminalID
            self.posCardType = posCardType
            self.posAutorizationCode = posAutorizationCode
            self.posRRN = posRRN
            self.posReceiptNumber = posReceiptNumber
        }

        /// The number that a text is, if the same text can be made from it again.
        private static func number(_ text: String?, upTo largest: UInt64) -> UInt64? {
            guard let text, let number = UInt64(text), number <= largest, String(number) == text else { return nil }
            return number
        }

        private static let largestUInt32: UInt64 = 0x7FFF_FFFF
        private static let largestUInt64: UInt64 = 0x7FFF_FFFF_FFFF_FFFF

        /// The names of the fields that are given but cannot be sent.
        var unsendable: [String] {
            let fields = [
                ("pos_autorization_code", self.posAutorizationCode, Self.largestUInt32),
                ("pos_rrn", self.posRRN, Self.largestUInt64),
                ("pos_receipt_number", self.posReceiptNumber, Self.largestUInt32),
            ]
            return fields.filter { $0.1 != nil && Self.number($0.1, upTo: $0.2) == nil }.map(\.0)
        }
    }
}

extension Ticket.CardPaymentFields {
    init(_ pb: PBTicketRequest.Payment.CardPaymentFields) {
        self.init(
            posTerminalID: pb.hasPosTerminalID ? pb.posTerminalID : nil,
            posCardType: pb.hasPosCardType ? pb.posCardType : nil,
            posAutorizationCode: pb.hasPosAutorizationCode ? String(pb.posAutorizationCode) : nil,
            posRRN: pb.hasPosRrn ? String(pb.posRrn) : nil,
            posReceiptNumber: pb.hasPosReceiptNumber ? String(pb.posReceiptNumber) : nil)
    }

    var pb: PBTicketRequest.Payment.CardPaymentFields {
        var pb = PBTicketRequest.Payment.CardPaymentFields()
        if let posTerminalID { pb.posTerminalID = posTerminalID }
        if let posCardType { pb.posCardType = posCardType }
        if let code = Self.number(self.posAutorizationCode, upTo: Self.largestUInt32) {
            pb.posAutorizationCode = UInt32(code)
        }
        if let rrn = Self.number(self.posRRN, upTo: Self.largestUInt64) { pb.posRrn = rrn }
        if let number = Self.number(self.posReceiptNumber, upTo: Self.largestUInt32) {
            pb.posReceiptNumber = UInt32(number)
        }
        return pb
    }
}
