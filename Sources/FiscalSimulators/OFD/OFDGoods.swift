/// The list of goods of a register, of one version (section 3.9).
public struct OFDGoods: Sendable, Hashable, Codable {
    public var version: UInt32
    public var createdAt: OFDTime?
    public var elements: [Element]

    public init(version: UInt32, createdAt: OFDTime? = nil, elements: [Element]) {
        self.version = version
        self.createdAt = createdAt
        self.elements = elements
    }

    /// A group, or an article.
    public struct Element: Sendable, Hashable, Codable {
        public var id: UInt64
        public var title: String
        /// The group it belongs to; nil at the root.
        public var parent: UInt64?
        /// Nil for a group.
        public var article: Article?

        public init(id: UInt64, title: String, parent: UInt64? = nil, article: Article? = nil) {
            self.id = id
            self.title = title
            self.parent = parent
            self.article = article
        }
    }

    public struct Article: Sendable, Hashable, Codable {
        public var number: String?
        public var barcode: String?
        public var ntin: String?
        public var description: String?
        /// In tiyn.
        public var purchasePrice: Int64
        /// In tiyn.
        public var sellPrice: Int64
        /// Regimes and percents of VAT, in thousandths.
        public var taxes: [OFDTaxation]
        /// In thousandths of the unit.
        public var measureCount: UInt32?
        public var measureTitle: String?
        public var measureIsFractional: Bool?
        public var measureUnitCode: String?

        public init(
            number: String? = nil, barcode: String? = nil, ntin: String? = nil, description: String? = nil,
            purchasePrice: Int64, sellPrice: Int64, taxes: [OFDTaxation] = [], measureCount: UInt32? = nil,
            measureTitle: String? = nil, measureIsFractional: Bool? = nil, measureUnitCode: String? = nil
        ) {
            self.number = number
            self.barcode = barcode
            self.ntin = ntin
            self.description = description
            self.purchasePrice = purchasePrice
            self.sellPrice = sellPrice
            self.taxes = taxes
            self.measureCount = measureCount
            self.measureTitle = measureTitle
            self.measureIsFractional = measureIsFractional
            self.measureUnitCode = measureUnitCode
        }
    }
}
