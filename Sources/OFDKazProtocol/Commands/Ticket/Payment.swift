public import FiscalCore

extension Ticket {
    /// A payment (section 3.3.2, `TicketRequest::Payment`); each type once in a receipt.
    public enum Payment: Sendable, Hashable {
        /// The cash that is kept: what was taken less the change.
        case cash(Money)
        case card(Money, CardPaymentFields? = nil)
        case mobile(Money, MobilePaymentFields? = nil)

        public var type: PaymentType {
            switch self {
            case .cash: .cash
            case .card: .card
            case .mobile: .mobile
            }
        }

        public var sum: Money {
            switch self {
            case .cash(let sum), .card(let sum, _), .mobile(let sum, _): sum
            }
        }
    }

    /// What a QR payment says of itself; sent since 2.0.3.
    public struct MobilePaymentFields: Sendable, Hashable {
        public var qrType: String?
        public var qrID: String?

        public init(qrType: String? = nil, qrID: String? = nil) {
            self.qrType = qrType
            self.qrID = qrID
        }
    }
}

extension Ticket.Payment: TicketPart {
    init(_ pb: PBTicketRequest.Payment, field: String) throws(InvalidField) {
        let sum = try Money(pb.sum, field: field + ".sum")
        switch pb.type {
        case .paymentCash: self = .cash(sum)
        case .paymentCard: self = .card(sum, pb.hasCardPaymentFields ? .init(pb.cardPaymentFields) : nil)
        case .paymentMobile: self = .mobile(sum, pb.hasMobilePaymentFields ? .init(pb.mobilePaymentFields) : nil)
        case .UNRECOGNIZED: throw InvalidField(field + ".type", .oneOf, limit: "0, 1, 4")
        }
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Payment {
        var pb = PBTicketRequest.Payment()
        pb.type = self.type.pb
        pb.sum = try PBMoney(self.sum, field: field + ".sum")
        switch self {
        case .cash: break
        case .card(_, let fields): if let fields { pb.cardPaymentFields = fields.pb }
        case .mobile(_, let fields): if let fields { pb.mobilePaymentFields = fields.pb }
        }
        return pb
    }
}

extension Ticket.MobilePaymentFields {
    init(_ pb: PBTicketRequest.Payment.MobilePaymentFields) {
        self.init(qrType: pb.hasQrType ? pb.qrType : nil, qrID: pb.hasQrID ? pb.qrID : nil)
    }

    var pb: PBTicketRequest.Payment.MobilePaymentFields {
        var pb = PBTicketRequest.Payment.MobilePaymentFields()
        if let qrType { pb.qrType = qrType }
        if let qrID { pb.qrID = qrID }
        return pb
    }
}
