import OFDKazProtocol

extension OFDAuthority {
    /// The whole list when the register has another version (section 3.9).
    static func nomenclature(_ request: PBNomenclatureRequest, _ account: OFDAccount) -> PBNomenclatureResponse {
        var answer = PBNomenclatureResponse()
        guard let goods = account.goods else {
            answer.version = 0
            answer.result = .resultTypeNoVersion
            return answer
        }
        answer.version = goods.version
        if let createdAt = goods.createdAt { answer.createdTime = createdAt.wire }
        guard goods.version != request.currentVersion else {
            answer.result = .resultTypeVersionIsActual
            return answer
        }
        answer.result = .resultTypeOk
        answer.elements = goods.elements.map(Self.element)
        return answer
    }

    private static func element(_ element: OFDGoods.Element) -> PBNomenclatureResponse.Element {
        var wire = PBNomenclatureResponse.Element()
        wire.type = element.article == nil ? .group : .item
        wire.title = element.title
        if let parent = element.parent { wire.parentGroupID = parent }
        wire.id = element.id
        if let article = element.article { wire.item = Self.item(article) }
        return wire
    }

    private static func item(_ article: OFDGoods.Article) -> PBNomenclatureResponse.Item {
        var wire = PBNomenclatureResponse.Item()
        if let number = article.number { wire.article = number }
        if let barcode = article.barcode { wire.barcode = barcode }
        if let ntin = article.ntin { wire.ntin = ntin }
        if let description = article.description { wire.description_p = description }
        wire.purchasePrice = PBMoney(atLeastZero: article.purchasePrice)
        wire.sellPrice = PBMoney(atLeastZero: article.sellPrice)
        if let count = article.measureCount { wire.measureCount = count }
        if let title = article.measureTitle { wire.measureTitle = title }
        if let isFractional = article.measureIsFractional { wire.measureFractional = isFractional }
        if let code = article.measureUnitCode { wire.measureUnitCode = code }
        for taxation in article.taxes {
            for percent in taxation.percents {
                var tax = PBNomenclatureResponse.Tax()
                tax.taxationType = PBTaxationTypeEnum(rawValue: Int(taxation.regime.rawValue)) ?? .sts
                tax.taxType = .vat
                tax.taxPercent = percent
                wire.taxes.append(tax)
            }
        }
        return wire
    }
}
