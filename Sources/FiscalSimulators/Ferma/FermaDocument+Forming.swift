import FermaClient
import FiscalCore

extension FermaDocument {
    /// The document of a bill, with the numbers that the register has reached.
    init(
        _ bill: FermaBill, of register: FermaRegister, for identity: FermaRequestIdentity, request: Int,
        at now: FiscalInstant, _ rules: FermaRules
    ) {
        let clock = register.localTime(at: now)
        self.identity = identity
        self.request = request
        self.register = register.serialNumber
        self.drive = register.driveNumber
        self.number = register.lastDocument
        self.receiptNumber = register.shift?.receipts ?? 1
        self.shift = register.lastShift
        self.formedAt = now
        self.clock = clock.text
        self.type = bill.type
        self.total = bill.total
        let signed = "\(register.driveNumber) \(self.number) \(now.millisecondsSinceEpoch) \(bill.total)"
        self.sign = Digest.hash(.sha256, Array(signed.utf8)).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        let time = rules.writesSecondsInQR ? clock.compactSeconds : clock.compactMinutes
        self.qr =
            "t=\(time)&s=\(FermaPaper.roubles(bill.total))&fn=\(self.drive)&i=\(self.number)&fp=\(self.sign)"
            + "&n=\(bill.settlementSign)"
        self.taxes = Self.taxes(bill)
        self.tags = []
        self.printed = []
        self.tags = self.headTags(bill, register) + self.taxTags + bill.lines.map(Self.lineTag)
        self.printed = FermaPaper.lines(bill, self, register)
    }

    private static func taxes(_ bill: FermaBill) -> [TaxTotal] {
        var taxes: [TaxTotal] = []
        for rate in Set(bill.lines.map(\.tax)).sorted(by: { $0.rate < $1.rate }) {
            // Part of a total that was checked.
            let turnover = bill.lines.filter { $0.tax == rate }.reduce(Int64(0)) { $0 + $1.sum }
            taxes.append(TaxTotal(rate: rate.rate, turnover: turnover, tax: rate.tax(in: turnover)))
        }
        return taxes
    }

    private func headTags(
        _ bill: FermaBill, _ register: FermaRegister
    ) -> [FermaTag] {
        // Six bytes: two zeros and the sign, big endian.
        let sign = [0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: self.sign >> (24 - 8 * $0)) }
        var tags: [FermaTag] = [
            FermaTag(1000, .text("КАССОВЫЙ ЧЕК")), FermaTag(1012, .text(self.clock)),
            FermaTag(1013, .text(self.register)), FermaTag(1018, .text(register.userINN)),
            FermaTag(1020, .integer(self.total)), FermaTag(1031, .integer(bill.cashPart)),
            FermaTag(1037, .text(register.registrationNumber)), FermaTag(1038, .integer(self.shift)),
            FermaTag(1040, .integer(self.number)), FermaTag(1041, .text(self.drive)),
            FermaTag(1042, .integer(self.receiptNumber)), FermaTag(1054, .integer(bill.settlementSign)),
            FermaTag(1055, .integer(bill.taxMode)), FermaTag(1077, .text(Base64.encode(sign))),
            FermaTag(1081, .integer(bill.nonCash)), FermaTag(1187, .text(bill.place)),
        ]
        if let buyer = bill.data.phoneOrEmail { tags.append(FermaTag(1008, .text(buyer))) }
        if bill.data.agentModes != 0 { tags.append(FermaTag(1057, .integer(bill.data.agentModes))) }
        return tags.sorted { $0.number < $1.number }
    }

    /// Sums by rate. The rates of 2025 and later have no tag of their own and stand in ``taxes`` alone.
    private var taxTags: [FermaTag] {
        let tags: [(rate: Int, tag: Int)] = [(1, 1102), (2, 1103), (5, 1104), (6, 1105), (3, 1106), (4, 1107)]
        return tags.compactMap { rate, tag in
            guard let sum = self.taxes.first(where: { $0.rate == rate }) else { return nil }
            // At 0 % and without tax the turnover is what is written.
            return FermaTag(tag, .integer(rate == 5 || rate == 6 ? sum.turnover : sum.tax))
        }
    }

    private static func lineTag(_ line: FermaBill.Line) -> FermaTag {
        var tags: [FermaTag] = [
            FermaTag(1023, .integer(line.quantity)), FermaTag(1043, .integer(line.sum)),
            FermaTag(1079, .integer(line.price)), FermaTag(1199, .integer(Int64(line.tax.rate))),
            FermaTag(1212, .integer(line.lineAttribute)), FermaTag(1214, .integer(line.payAttribute)),
        ]
        if line.tax.isTaxed { tags.append(FermaTag(1200, .integer(line.tax.tax(in: line.sum)))) }
        // An advance has no name of goods.
        if line.payAttribute != 3 { tags.append(FermaTag(1030, .text(line.text))) }
        if line.agentModes != 0 { tags.append(FermaTag(1222, .integer(line.agentModes))) }
        if !line.data.agentData.isEmpty {
            tags.append(FermaTag(1223, .group(line.data.agentData.map { FermaTag($0.tag, .text($0.text)) })))
        }
        let supplier = [(1171, line.data.supplierPhone), (1225, line.data.supplierName)]
            .compactMap { tag, text in text.map { FermaTag(tag, .text($0)) } }
        if !supplier.isEmpty { tags.append(FermaTag(1224, .group(supplier))) }
        if let inn = line.data.supplierINN { tags.append(FermaTag(1226, .text(inn))) }
        return FermaTag(1059, .group(tags.sorted { $0.number < $1.number }))
    }
}

extension FermaDocument {
    /// ``clock`` in its parts.
    var localTime: CivilDateTime? { CivilDateTime(compactSeconds: self.clock.filter { $0 != "-" && $0 != ":" }) }
}

extension CivilDateTime {
    /// `2026-11-20T15:00:00`.
    fileprivate var text: String {
        let time = self.compactSeconds.dropFirst(9)
        return "\(self.date.iso8601)T\(time.prefix(2)):\(time.dropFirst(2).prefix(2)):\(time.suffix(2))"
    }
}

extension FermaRegister {
    /// What its clock on the wall shows.
    func localTime(at instant: FiscalInstant) -> CivilDateTime {
        CivilDateTime(self.clock(at: instant), offset: UTCOffset(minutes: self.zoneMinutes) ?? .zero)
    }
}
