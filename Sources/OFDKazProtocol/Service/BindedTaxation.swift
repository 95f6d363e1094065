/// A taxation regime that the server has bound to the register (section 3.10).
public struct BindedTaxation: Sendable, Hashable, Codable {
    public var type: TaxationType
    public var taxes: [BindedTax]

    public init(type: TaxationType, taxes: [BindedTax]) {
        self.type = type
        self.taxes = taxes
    }

    /// A tax of the regime.
    public struct BindedTax: Sendable, Hashable, Codable {
        public var type: TaxType
        /// In thousandths of a percent: 1500 is 1.5 %.
        public var percent: UInt32

        public init(type: TaxType, percent: UInt32) {
            self.type = type
            self.percent = percent
        }
    }
}

extension BindedTaxation {
    /// - Returns: nil without a type. A tax that lacks its type or percent is left out.
    package init?(_ pb: PBBindedTaxation) {
        guard pb.hasTaxationType else { return nil }
        self.init(type: TaxationType(rawValue: pb.taxationType), taxes: pb.taxes.compactMap { BindedTax($0) })
    }
}

extension BindedTaxation.BindedTax {
    init?(_ pb: PBBindedTaxation.BindedTax) {
        guard pb.hasTaxType, pb.hasPercent else { return nil }
        self.init(type: TaxType(rawValue: pb.taxType), percent: pb.percent)
    }
}
