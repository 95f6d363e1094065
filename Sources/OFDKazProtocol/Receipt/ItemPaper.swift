import FiscalCore

/// The goods of a receipt, and what changes their prices.
enum ItemPaper {
    static func items(_ item: PBTicketRequest.Item) -> [Paper.Item] {
        switch item.type {
        case .itemTypeCommodity:
            let line = item.commodity
            return Self.goods(
                line.name, Self.count(line.quantity, line.price, line.sum), line.taxes, stamps: line.listExciseStamp)
        case .itemTypeStornoCommodity:
            let line = item.stornoCommodity
            return Self.goods(
                "\(ReceiptText.storno) \(line.name)", Self.count(line.quantity, line.price, line.sum), line.taxes,
                stamps: line.listExciseStamp)
        case .itemTypeMarkup: return Self.markup(item.markup)
        case .itemTypeStornoMarkup: return Self.markup(item.stornoMarkup, prefix: "\(ReceiptText.storno) ")
        case .itemTypeDiscount: return Self.discount(item.discount)
        case .itemTypeStornoDiscount: return Self.discount(item.stornoDiscount, prefix: "\(ReceiptText.storno) ")
        case .itemTypeUnspecified, .UNRECOGNIZED: return []
        }
    }

    static func markup(_ modifier: PBTicketRequest.Modifier, prefix: String = "") -> [Paper.Item] {
        Self.modifier(modifier, prefix + ReceiptText.markup)
    }

    static func discount(_ modifier: PBTicketRequest.Modifier, prefix: String = "") -> [Paper.Item] {
        Self.modifier(modifier, prefix + ReceiptText.discount)
    }

    static func taxes(_ taxes: [PBTicketRequest.Tax]) -> [Paper.Item] {
        taxes.map { tax in
            let kind = ReceiptText.tax(TaxType(rawValue: tax.taxType))
            let place = tax.isInTotalSum ? "в т.ч. / оның ішінде " : ""
            return .code(
                name: "\(place)\(kind) \(PrintedNumber.thousandths(UInt64(tax.percent)))%",
                value: PrintedNumber.amount(tax.sum))
        }
    }

    private static func modifier(_ modifier: PBTicketRequest.Modifier, _ kind: String) -> [Paper.Item] {
        let name = PrintedText.line(modifier.name)
        return [.code(name: name.isEmpty ? kind : "\(kind): \(name)", value: PrintedNumber.amount(modifier.sum))]
            + Self.taxes(modifier.taxes)
    }

    private static func goods(
        _ name: String, _ count: String, _ taxes: [PBTicketRequest.Tax], stamps: [String]
    ) -> [Paper.Item] {
        [.text(PrintedText.line(name)), .text(count)] + Self.taxes(taxes)
            + stamps.map { .code(name: ReceiptText.mark, value: PrintedText.line($0)) }
    }

    private static func count(_ quantity: UInt64, _ price: PBMoney, _ sum: PBMoney) -> String {
        "\(PrintedNumber.thousandths(quantity)) x \(PrintedNumber.amount(price)) = \(PrintedNumber.amount(sum))"
    }
}
