public import FiscalCore

extension Nomenclature {
    /// A group or an item of the list of goods.
    public struct Element: Sendable, Hashable {
        public var type: ElementType
        public var title: String
        public var id: UInt64
        /// The group it lies in; nil for a root.
        public var parentGroupID: UInt64?
        /// What is sold; mandatory when the type is ``ElementType/item``.
        public var item: Item?

        public init(type: ElementType, title: String, id: UInt64, parentGroupID: UInt64? = nil, item: Item? = nil) {
            self.type = type
            self.title = title
            self.id = id
            self.parentGroupID = parentGroupID
            self.item = item
        }
    }

    /// What can be sold.
    public struct Item: Sendable, Hashable {
        public var article: String?
        /// GTIN. Mandatory without ``ntin``.
        public var barcode: String?
        /// Number in the national catalogue. Mandatory without ``barcode``.
        public var ntin: String?
        public var description: String?
        /// Mandatory in the document, but not sent by every server.
        public var purchasePrice: Money?
        /// Mandatory in the document, but not sent by every server.
        public var sellPrice: Money?
        public var taxes: [Tax]
        /// How much of ``measureTitle`` one piece holds, in thousandths: 100 g are 100000 of "грамм".
        public var measureCount: UInt32?
        public var measureTitle: String?
        /// Whether parts of the unit are sold: kilograms yes, pieces no.
        public var measureFractional: Bool?
        public var measureUnitCode: String?

        public init(
            article: String? = nil, barcode: String? = nil, ntin: String? = nil, description: String? = nil,
            purchasePrice: Money? = nil, sellPrice: Money? = nil, taxes: [Tax] = [], measureCount: UInt32? = nil,
            measureTitle: String? = nil, measureFractional: Bool? = nil, measureUnitCode: String? = nil
        ) {
            self.article = article
            self.barcode = barcode
            self.ntin = ntin
            self.description = description
            self.purchasePrice = purchasePrice
            self.sellPrice = sellPrice
            self.taxes = taxes
            self.measureCount = measureCount
            self.measureTitle = measureTitle
            self.measureFractional = measureFractional
            self.measureUnitCode = measureUnitCode
        }
    }

    /// A tax on an item.
    public struct Tax: Sendable, Hashable {
        public var taxationType: TaxationType
        public var type: TaxType
        /// In thousandths of a percent.
        public var percent: UInt32

        public init(taxationType: TaxationType, type: TaxType, percent: UInt32) {
            self.taxationType = taxationType
            self.type = type
            self.percent = percent
        }
    }
}
