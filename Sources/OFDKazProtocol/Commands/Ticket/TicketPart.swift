import FiscalCore

/// A part of a receipt: as a value, and as it travels. `field` is the way from the receipt to the part, for errors.
protocol TicketPart {
    associatedtype PB
    init(_ pb: PB, field: String) throws(InvalidField)
    func pb(field: String) throws(InvalidField) -> PB
}

extension Array where Element: TicketPart {
    init(_ pb: [Element.PB], field: String) throws(InvalidField) {
        self = []
        for (index, part) in pb.enumerated() { self.append(try Element(part, field: "\(field)[\(index)]")) }
    }

    func pb(field: String) throws(InvalidField) -> [Element.PB] {
        var pb: [Element.PB] = []
        for (index, part) in self.enumerated() { pb.append(try part.pb(field: "\(field)[\(index)]")) }
        return pb
    }
}

extension Money {
    /// - Throws: `InvalidField` naming `field` for an amount that is larger than any that can be reckoned with.
    init(_ pb: PBMoney, field: String) throws(InvalidField) {
        guard let money = pb.money else {
            throw InvalidField(field, .range, limit: "at most \(Money(minorUnits: .max, currency: .kzt).text)")
        }
        self = money
    }
}

extension DateTime {
    /// - Throws: `InvalidField` naming `field` for a time that is incomplete, or that no calendar has.
    init(_ pb: PBDateTime, field: String) throws(InvalidField) {
        guard let dateTime = pb.dateTime else {
            throw InvalidField(field, .range, limit: "a day and a time that exist")
        }
        self = dateTime
    }
}

extension Quantity {
    init(_ thousandths: UInt64, field: String) throws(InvalidField) {
        try self.init(thousandths: Int64(clamping: thousandths), field: field)
    }

    /// Never negative, by having been made.
    var pb: UInt64 { self.thousandths.magnitude }
}
