extension Nomenclature.Element {
    /// - Returns: nil when the type, the title or the id is not there.
    package init?(_ pb: PBNomenclatureResponse.Element) {
        guard pb.hasType, pb.hasTitle, pb.hasID else { return nil }
        self.init(
            type: ElementType(pb.type), title: pb.title, id: pb.id,
            parentGroupID: pb.hasParentGroupID ? pb.parentGroupID : nil,
            item: pb.hasItem ? Nomenclature.Item(pb.item) : nil)
    }

    package var pb: PBNomenclatureResponse.Element {
        var pb = PBNomenclatureResponse.Element()
        pb.type = self.type.pb
        pb.title = self.title
        pb.id = self.id
        if let parent = self.parentGroupID { pb.parentGroupID = parent }
        if let item = self.item { pb.item = item.pb }
        return pb
    }
}

extension Nomenclature.Item {
    /// A price that does not fit is absent, and so is a tax that lacks a part.
    package init(_ pb: PBNomenclatureResponse.Item) {
        self.init(
            article: pb.hasArticle ? pb.article : nil, barcode: pb.hasBarcode ? pb.barcode : nil,
            ntin: pb.hasNtin ? pb.ntin : nil, description: pb.hasDescription_p ? pb.description_p : nil,
            purchasePrice: pb.hasPurchasePrice ? pb.purchasePrice.money : nil,
            sellPrice: pb.hasSellPrice ? pb.sellPrice.money : nil,
            taxes: pb.taxes.compactMap { Nomenclature.Tax($0) },
            measureCount: pb.hasMeasureCount ? pb.measureCount : nil,
            measureTitle: pb.hasMeasureTitle ? pb.measureTitle : nil,
            measureFractional: pb.hasMeasureFractional ? pb.measureFractional : nil,
            measureUnitCode: pb.hasMeasureUnitCode ? pb.measureUnitCode : nil)
    }

    package var pb: PBNomenclatureResponse.Item {
        var pb = PBNomenclatureResponse.Item()
        if let value = self.article { pb.article = value }
        if let value = self.barcode { pb.barcode = value }
        if let value = self.ntin { pb.ntin = value }
        if let value = self.description { pb.description_p = value }
        if let value = self.purchasePrice.flatMap({ PBMoney($0) }) { pb.purchasePrice = value }
        if let value = self.sellPrice.flatMap({ PBMoney($0) }) { pb.sellPrice = value }
        pb.taxes = self.taxes.map(\.pb)
        if let value = self.measureCount { pb.measureCount = value }
        if let value = self.measureTitle { pb.measureTitle = value }
        if let value = self.measureFractional { pb.measureFractional = value }
        if let value = self.measureUnitCode { pb.measureUnitCode = value }
        return pb
    }
}

extension Nomenclature.Tax {
    /// - Returns: nil when a part is not there.
    package init?(_ pb: PBNomenclatureResponse.Tax) {
        guard pb.hasTaxationType, pb.hasTaxType, pb.hasTaxPercent else { return nil }
        self.init(taxationType: TaxationType(pb.taxationType), type: TaxType(pb.taxType), percent: pb.taxPercent)
    }

    package var pb: PBNomenclatureResponse.Tax {
        var pb = PBNomenclatureResponse.Tax()
        pb.taxationType = self.taxationType.pb
        pb.taxType = self.type.pb
        pb.taxPercent = self.percent
        return pb
    }
}
