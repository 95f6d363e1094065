public import FiscalCore

extension Ticket {
    /// Goods, work or a service (section 3.3.2, `TicketRequest::Item::Commodity`).
    public struct Commodity: Sendable, Hashable {
        /// Only where the register works with the operator's nomenclature.
        public var code: UInt64?
        public var name: String
        /// Section or department; also the number of the pump, the kind of service.
        public var sectionCode: String
        public var quantity: Quantity
        /// Of one unit.
        public var price: Money
        /// Price times quantity, half a tiyn up, and the taxes that come on top.
        public var sum: Money
        /// Only where the receipt has no taxes as a whole; each percent once.
        public var taxes: [Tax]
        /// DataMatrix codes of the marking system, for goods of one bar code.
        public var listExciseStamp: [String]
        /// Series and number of the excise stamp.
        public var physicalLabel: String?
        /// The number of the goods in the ESF system: digits, up to 2^63-1.
        public var productID: String?
        /// GTIN.
        public var barcode: String?
        public var ntin: String?
        /// The unit's code in the ESF system, such as `796` for a piece; mandatory since 2.0.3.
        public var measureUnitCode: String?
        /// Sent since 2.0.4.
        public var commodityType: CommodityType?
        public var auxiliary: [KeyValuePair]
        /// Goods of the ESF Virtual Warehouse need one of `productID`, `barcode` and `ntin`. Only the host knows which
        /// goods these are: it is not sent.
        public var isVirtualWarehouse: Bool

        public init(
            code: UInt64? = nil, name: String, sectionCode: String, quantity: Quantity, price: Money, sum: Money,
            taxes: [Tax] = [], listExciseStamp: [String] = [], physicalLabel: String? = nil, productID: String? = nil,
            barcode: String? = nil, ntin: String? = nil, measureUnitCode: String?, commodityType: CommodityType? = nil,
            auxiliary: [KeyValuePair] = [], isVirtualWarehouse: Bool = false
        ) {
            self.code = code
            self.name = name
            self.sectionCode = sectionCode
            self.quantity = quantity
            self.price = price
            self.sum = sum
            self.taxes = taxes
            self.listExciseStamp = listExciseStamp
            self.physicalLabel = physicalLabel
            self.productID = productID
            self.barcode = barcode
            self.ntin = ntin
            self.measureUnitCode = measureUnitCode
            self.commodityType = commodityType
            self.auxiliary = auxiliary
            self.isVirtualWarehouse = isVirtualWarehouse
        }
    }
}

extension Ticket.Commodity: TicketPart {
    init(_ pb: PBTicketRequest.Item.Commodity, field: String) throws(InvalidField) {
        self.init(
            code: pb.hasCode ? pb.code : nil, name: pb.name, sectionCode: pb.sectionCode,
            quantity: try Quantity(pb.quantity, field: field + ".quantity"),
            price: try Money(pb.price, field: field + ".price"), sum: try Money(pb.sum, field: field + ".sum"),
            taxes: try [Ticket.Tax](pb.taxes, field: field + ".taxes"), listExciseStamp: pb.listExciseStamp,
            physicalLabel: pb.hasPhysicalLabel ? pb.physicalLabel : nil,
            productID: pb.hasProductID ? pb.productID : nil, barcode: pb.hasBarcode ? pb.barcode : nil,
            ntin: pb.hasNtin ? pb.ntin : nil, measureUnitCode: pb.hasMeasureUnitCode ? pb.measureUnitCode : nil,
            commodityType: pb.hasCommodityType ? CommodityType(pb.commodityType) : nil,
            auxiliary: pb.auxiliary.compactMap(KeyValuePair.init))
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Item.Commodity {
        var pb = PBTicketRequest.Item.Commodity()
        if let code { pb.code = code }
        pb.name = self.name
        pb.sectionCode = self.sectionCode
        pb.quantity = self.quantity.pb
        pb.price = try PBMoney(self.price, field: field + ".price")
        pb.sum = try PBMoney(self.sum, field: field + ".sum")
        pb.taxes = try self.taxes.pb(field: field + ".taxes")
        pb.listExciseStamp = self.listExciseStamp
        if let physicalLabel { pb.physicalLabel = physicalLabel }
        if let productID { pb.productID = productID }
        if let barcode { pb.barcode = barcode }
        if let ntin { pb.ntin = ntin }
        if let measureUnitCode { pb.measureUnitCode = measureUnitCode }
        if let commodityType { pb.commodityType = commodityType.pb }
        pb.auxiliary = self.auxiliary.map(\.pb)
        return pb
    }
}
