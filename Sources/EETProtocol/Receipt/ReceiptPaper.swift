import FiscalCore

/// What a receipt must carry (§ 20 of act 112/2016, § 8 of the facts): the sale, its codes, and nothing else.
///
/// FIK or POK whenever there is one, PKP only when there is no FIK, BKP always in v3. The identifier of the message is
/// never printed.
public struct ReceiptOptions: Sendable, Hashable {
    /// Print the taxpayer's number; not obligatory since 2018-03-01.
    public var printsTaxpayer: Bool
    /// A line of the host's for receipts of v4 without a POK; v4 puts no code in its place (decision E18).
    public var pendingNotice: String?
    /// Print the unofficial QR code `EET*1.0` (v3 only).
    public var printsUnofficialQR: Bool

    public init(printsTaxpayer: Bool = false, pendingNotice: String? = nil, printsUnofficialQR: Bool = false) {
        self.printsTaxpayer = printsTaxpayer
        self.pendingNotice = pendingNotice
        self.printsUnofficialQR = printsUnofficialQR
    }
}

extension Paper {
    /// The receipt of a sale in a given state.
    /// - Parameters:
    ///   - registration: the confirmation, or nil when there is none.
    ///   - isTest: sent to the playground; the receipt says so.
    init(
        _ data: SaleData, codes: SecurityCodes?, registration: Registration?, isTest: Bool, options: ReceiptOptions
    ) {
        var items: [Item] = []
        if isTest { items.append(.text("TESTOVACÍ PROSTŘEDÍ – tržba není úředně evidována")) }
        if options.printsTaxpayer {
            items.append(.code(name: data.edition == .v3 ? "DIČ" : "EIČ", value: data.taxpayer))
        }
        if let appointing = data.attributes[WireNames(data.edition).appointing] {
            items.append(.code(name: data.edition == .v3 ? "DIČ pověřujícího" : "EIČ pověřujícího", value: appointing))
        }
        items.append(.code(name: data.edition == .v3 ? "Provozovna" : "Jednotka", value: data.premises))
        items.append(.code(name: "Pokladna", value: data.till))
        items.append(.code(name: "Účtenka", value: data.number))
        items.append(.code(name: "Datum a čas", value: data.date))
        items.append(.code(name: "Celkem", value: "\(data.total) CZK"))
        switch data.edition {
        case .v3:
            items.append(.code(name: "Režim", value: data.isSimplified ? "zjednodušený" : "běžný"))
            if let registration {
                items.append(.code(name: "FIK", value: registration.code))
            } else if let codes {
                items.append(.code(name: "PKP", value: codes.pkp))
            }
            if let codes { items.append(.code(name: "BKP", value: codes.bkp)) }
            if options.printsUnofficialQR,
                let qr = UnofficialReceiptQR.text(data, codes: codes, fik: registration?.code)
            {
                items.append(.qr(qr))
            }
        case .v4:
            if let registration {
                items.append(.code(name: "POK", value: registration.code))
            } else if let notice = options.pendingNotice {
                items.append(.text(notice))
            }
        }
        self.init(items)
    }
}
