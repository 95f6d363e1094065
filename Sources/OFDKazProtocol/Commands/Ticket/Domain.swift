public import FiscalCore

extension Ticket {
    /// The trade of the seller, with what it must say (section 3.3.1, `TicketRequest::Domain`). The document names the
    /// blocks but not their fields; these are the ones of the servers' schema.
    public enum Domain: Sendable, Hashable {
        case trading
        case services(accountNumber: String)
        case gasoil(GasOil)
        case hotels(accountNumber: String)
        case taxi(Taxi)
        case parking(Parking)

        public struct GasOil: Sendable, Hashable {
            public var correctionNumber: String?
            public var correctionSum: Money?
            public var cardNumber: String?

            public init(correctionNumber: String? = nil, correctionSum: Money? = nil, cardNumber: String? = nil) {
                self.correctionNumber = correctionNumber
                self.correctionSum = correctionSum
                self.cardNumber = cardNumber
            }
        }

        public struct Taxi: Sendable, Hashable {
            public var carNumber: String
            public var isOrder: Bool
            public var currentFee: Money

            public init(carNumber: String, isOrder: Bool, currentFee: Money) {
                self.carNumber = carNumber
                self.isOrder = isOrder
                self.currentFee = currentFee
            }
        }

        public struct Parking: Sendable, Hashable {
            public var beginTime: DateTime
            public var endTime: DateTime

            public init(beginTime: DateTime, endTime: DateTime) {
                self.beginTime = beginTime
                self.endTime = endTime
            }
        }

        public var type: DomainType {
            switch self {
            case .trading: .trading
            case .services: .services
            case .gasoil: .gasoil
            case .hotels: .hotels
            case .taxi: .taxi
            case .parking: .parking
            }
        }
    }
}

extension Ticket.Domain: TicketPart {
    /// Reads the block that belongs to the type; the others are ignored. No type is trading, which asks for nothing.
    init(_ pb: PBTicketRequest.Domain, field: String) throws(InvalidField) {
        switch pb.type {
        case .domainTrading: self = .trading
        case .domainServices: self = .services(accountNumber: pb.services.accountNumber)
        case .domainHotels: self = .hotels(accountNumber: pb.services.accountNumber)
        case .domainGasoil: self = .gasoil(try GasOil(pb.gasoil, field: field + ".gasoil"))
        case .domainTaxi: self = .taxi(try Taxi(pb.taxi, field: field + ".taxi"))
        case .domainParking: self = .parking(try Parking(pb.parking, field: field + ".parking"))
        case .UNRECOGNIZED: throw InvalidField(field + ".type", .oneOf, limit: "0...5")
        }
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Domain {
        var pb = PBTicketRequest.Domain()
        pb.type = self.type.pb
        switch self {
        case .trading: break
        case .services(let accountNumber), .hotels(let accountNumber): pb.services.accountNumber = accountNumber
        case .gasoil(let block): pb.gasoil = try block.pb(field: field + ".gasoil")
        case .taxi(let block): pb.taxi = try block.pb(field: field + ".taxi")
        case .parking(let block): pb.parking = block.pb(field: field + ".parking")
        }
        return pb
    }
}

extension Ticket.Domain.GasOil: TicketPart {
    init(_ pb: PBTicketRequest.Domain.GasOil, field: String) throws(InvalidField) {
        self.init(
            correctionNumber: pb.hasCorrectionNumber ? pb.correctionNumber : nil,
            correctionSum: pb.hasCorrectionSum ? try Money(pb.correctionSum, field: field + ".correction_sum") : nil,
            cardNumber: pb.hasCardNumber ? pb.cardNumber : nil)
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Domain.GasOil {
        var pb = PBTicketRequest.Domain.GasOil()
        if let correctionNumber { pb.correctionNumber = correctionNumber }
        if let correctionSum { pb.correctionSum = try PBMoney(correctionSum, field: field + ".correction_sum") }
        if let cardNumber { pb.cardNumber = cardNumber }
        return pb
    }
}

extension Ticket.Domain.Taxi: TicketPart {
    init(_ pb: PBTicketRequest.Domain.Taxi, field: String) throws(InvalidField) {
        self.init(
            carNumber: pb.carNumber, isOrder: pb.isOrder,
            currentFee: try Money(pb.currentFee, field: field + ".current_fee"))
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Domain.Taxi {
        var pb = PBTicketRequest.Domain.Taxi()
        pb.carNumber = self.carNumber
        pb.isOrder = self.isOrder
        pb.currentFee = try PBMoney(self.currentFee, field: field + ".current_fee")
        return pb
    }
}

extension Ticket.Domain.Parking: TicketPart {
    init(_ pb: PBTicketRequest.Domain.Parking, field: String) throws(InvalidField) {
        self.init(
            beginTime: try DateTime(pb.beginTime, field: field + ".begin_time"),
            endTime: try DateTime(pb.endTime, field: field + ".end_time"))
    }

    func pb(field: String) -> PBTicketRequest.Domain.Parking {
        var pb = PBTicketRequest.Domain.Parking()
        pb.beginTime = PBDateTime(self.beginTime)
        pb.endTime = PBDateTime(self.endTime)
        return pb
    }
}
