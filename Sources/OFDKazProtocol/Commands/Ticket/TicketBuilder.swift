public import FiscalCore

/// Does the arithmetic of a receipt: lines, rounding, taxes, totals, change.
///
///     var sale = TicketBuilder(.sell, operator: cashier)
///     try sale.add("Milk", price: price, quantity: Quantity("2.5"), section: "1", unit: "796", vat: .inside(rate))
///     try sale.discount("Card", percent: Rate(percent: "5"))
///     sale.pay(cash: taken)
///     let ticket = try sale.build()
///
/// Sums are rounded half a tiyn up, once each (decision K32). What it builds keeps all rules of arithmetic.
public struct TicketBuilder: Sendable {
    public var operation: OperationType
    public var `operator`: Operator
    public var domain = Ticket.Domain.trading
    /// The regime of taxation that the taxes name.
    public var taxationType: TaxationType?
    /// VAT of the whole receipt, for one whose lines have none.
    public var vat: VAT?
    public var extensionOptions: Ticket.ExtensionOptions?
    public var parentTicket: Ticket.ParentTicket?
    public var printedTicket: String?
    /// The edition whose rules the receipt must fit.
    public var edition: Edition

    var entries: [Entry] = []
    var tenders: [Tender] = []
    var ticketModifier: TicketModifier?

    public init(
        _ operation: OperationType, operator: Operator, taxationType: TaxationType? = nil, edition: Edition = .v203
    ) {
        self.operation = operation
        self.operator = `operator`
        self.taxationType = taxationType
        self.edition = edition
    }

    /// A rate of VAT, and where the tax is.
    public struct VAT: Sendable, Hashable {
        public var rate: Rate
        /// Whether the tax is part of the price.
        public var isInTotalSum: Bool

        /// The price contains the tax.
        public static func inside(_ rate: Rate) -> Self { Self(rate: rate, isInTotalSum: true) }
        /// The tax comes on top of the price.
        public static func onTop(_ rate: Rate) -> Self { Self(rate: rate, isInTotalSum: false) }
    }

    /// A line, and what of it is not taken back yet.
    struct Entry: Sendable {
        var item: Ticket.Item
        var vat: VAT?
        /// Thousandths of a commodity; 1 for a markup or discount.
        var remaining: Int64
    }
}

/// Lines.
extension TicketBuilder {
    /// Adds goods, work or a service.
    /// - Parameters:
    ///   - price: of one unit.
    ///   - section: section or department.
    ///   - unit: the unit's code in the ESF system, such as `796` for a piece.
    ///   - fill: sets what else is known: bar codes, marking codes, labels. The sum and the taxes are computed after it.
    /// - Returns: the index of the line, for ``storno(item:quantity:)``.
    /// - Throws: `InvalidField` for a price that is negative or not in tenge, and for a sum that is too large.
    @discardableResult
    public mutating func add(
        _ name: String, price: Money, quantity: Quantity = .one, section: String, unit: String, vat: VAT? = nil,
        fill: (inout Ticket.Commodity) -> Void = { _ in }
    ) throws(InvalidField) -> Int {
        var commodity = Ticket.Commodity(
            name: name, sectionCode: section, quantity: quantity, price: price, sum: .zero(.kzt), measureUnitCode: unit)
        fill(&commodity)
        let field = self.nextField + ".commodity"
        let line = try Self.line(commodity.price, commodity.quantity, field)
        (commodity.sum, commodity.taxes) = try self.lineSum(line, vat, field)
        return self.append(.commodity(commodity), vat, remaining: commodity.quantity.thousandths)
    }

    /// Makes the last goods dearer.
    /// - Parameter sum: by how much, before VAT that comes on top.
    @discardableResult
    public mutating func markup(_ name: String, _ sum: Money) throws(InvalidField) -> Int {
        try self.modify(name, sum, "markup", Ticket.Item.markup)
    }

    /// Makes the last goods dearer by a part of their sum.
    @discardableResult
    public mutating func markup(_ name: String, percent: Rate) throws(InvalidField) -> Int {
        try self.modify(name, try self.part(percent, "markup"), "markup", Ticket.Item.markup)
    }

    /// Makes the last goods cheaper.
    /// - Parameter sum: by how much, before VAT that comes on top.
    @discardableResult
    public mutating func discount(_ name: String, _ sum: Money) throws(InvalidField) -> Int {
        try self.modify(name, sum, "discount", Ticket.Item.discount)
    }

    /// Makes the last goods cheaper by a part of their sum.
    @discardableResult
    public mutating func discount(_ name: String, percent: Rate) throws(InvalidField) -> Int {
        try self.modify(name, try self.part(percent, "discount"), "discount", Ticket.Item.discount)
    }

    /// Takes a line back: goods wholly or in part, a markup or a discount wholly.
    /// - Parameter quantity: nil for all that is left.
    /// - Throws: `InvalidField` when there is no such line, or not so much of it left.
    @discardableResult
    public mutating func storno(item index: Int, quantity: Quantity? = nil) throws(InvalidField) -> Int {
        guard self.entries.indices.contains(index) else {
            throw InvalidField(self.nextField, .consistency, limit: "takes back a line that is there")
        }
        let entry = self.entries[index]
        let amount = quantity?.thousandths ?? entry.remaining
        guard entry.remaining > 0, amount <= entry.remaining else {
            throw InvalidField(self.nextField, .consistency, limit: "takes back what is left of a line")
        }
        let item: Ticket.Item =
            switch entry.item {
            case .commodity(let commodity): try self.storno(commodity, entry.vat, Quantity(checked: amount))
            case .markup(let modifier): .stornoMarkup(modifier)
            case .discount(let modifier): .stornoDiscount(modifier)
            case .stornoCommodity, .stornoMarkup, .stornoDiscount:
                throw InvalidField(self.nextField, .consistency, limit: "takes back a line that adds something")
            }
        self.entries[index].remaining -= amount
        return self.append(item, nil, remaining: 0)
    }

    private func storno(
        _ commodity: Ticket.Commodity, _ vat: VAT?, _ quantity: Quantity
    ) throws(InvalidField) -> Ticket.Item {
        let field = self.nextField + ".storno_commodity"
        let line = try Self.line(commodity.price, quantity, field)
        let (sum, taxes) = try self.lineSum(line, vat, field)
        return .stornoCommodity(
            Ticket.StornoCommodity(
                name: commodity.name, sectionCode: commodity.sectionCode, quantity: quantity, price: commodity.price,
                sum: sum, taxes: taxes, listExciseStamp: commodity.listExciseStamp,
                physicalLabel: commodity.physicalLabel, productID: commodity.productID, barcode: commodity.barcode,
                ntin: commodity.ntin, measureUnitCode: commodity.measureUnitCode,
                commodityType: commodity.commodityType, auxiliary: commodity.auxiliary,
                isVirtualWarehouse: commodity.isVirtualWarehouse))
    }

    private mutating func modify(
        _ name: String, _ sum: Money, _ field: String, _ make: (Ticket.Modifier) -> Ticket.Item
    ) throws(InvalidField) -> Int {
        let field = "\(self.nextField).\(field)"
        guard let goods = self.lastGoods else {
            throw InvalidField(field, .consistency, limit: "after goods")
        }
        let base = try PBMoney(sum, field: field + ".sum").exactTiyn
        let (whole, taxes) = try self.lineSum(base, goods.vat, field)
        return self.append(make(Ticket.Modifier(name: name, sum: whole, taxes: taxes)), goods.vat, remaining: 1)
    }

    /// A part of the last goods' price, before VAT that comes on top.
    private func part(_ percent: Rate, _ field: String) throws(InvalidField) -> Money {
        let field = "\(self.nextField).\(field)"
        guard let goods = self.lastGoods else { throw InvalidField(field, .consistency, limit: "after goods") }
        let line = try Self.line(goods.commodity.price, goods.commodity.quantity, field)
        return try Self.part(percent, of: line, field + ".sum")
    }

    private var lastGoods: (commodity: Ticket.Commodity, vat: VAT?)? {
        for entry in self.entries.reversed() {
            if case .commodity(let commodity) = entry.item { return (commodity, entry.vat) }
        }
        return nil
    }

    private func lineSum(_ base: Int128, _ vat: VAT?, _ field: String) throws(InvalidField) -> (Money, [Ticket.Tax]) {
        try self.sum(base, vat, sumField: field + ".sum", taxField: field + ".taxes[0].sum")
    }

    private var nextField: String { "items[\(self.entries.count)]" }

    private mutating func append(_ item: Ticket.Item, _ vat: VAT?, remaining: Int64) -> Int {
        self.entries.append(Entry(item: item, vat: vat, remaining: remaining))
        return self.entries.count - 1
    }
}
