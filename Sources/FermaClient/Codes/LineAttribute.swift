/// The sign of the subject of settlement (`LineAttribute`, FFD tag 1212; section 2.3 of the source document, which is
/// missing there: the values are those of the fiscal data format, order ЕД-7-20/662@).
///
/// Open: a number that is not in the table survives, but is sent only where ``ReceiptRules`` allow it.
public struct LineAttribute: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Товар
    public static let goods = Self(rawValue: 1)
    /// Подакцизный товар
    public static let excisableGoods = Self(rawValue: 2)
    /// Работа
    public static let work = Self(rawValue: 3)
    /// Услуга
    public static let service = Self(rawValue: 4)
    /// Ставка азартной игры
    public static let gamblingBet = Self(rawValue: 5)
    /// Выигрыш азартной игры
    public static let gamblingWin = Self(rawValue: 6)
    /// Лотерейный билет
    public static let lotteryTicket = Self(rawValue: 7)
    /// Выигрыш лотереи
    public static let lotteryWin = Self(rawValue: 8)
    /// Предоставление РИД: a right to the results of intellectual work.
    public static let intellectualProperty = Self(rawValue: 9)
    /// Платёж: an advance, a deposit, a prepayment, a credit.
    public static let payment = Self(rawValue: 10)
    /// Агентское вознаграждение
    public static let agentFee = Self(rawValue: 11)
    /// Составной предмет расчёта; since FFD 1.2 выплата.
    public static let compositeOrPayout = Self(rawValue: 12)
    /// Иной предмет расчёта
    public static let other = Self(rawValue: 13)
    /// Имущественное право
    public static let propertyRight = Self(rawValue: 14)
    /// Внереализационный доход: `Description` is the number of the income, `1` to `25` (section 2.5).
    public static let nonOperatingIncome = Self(rawValue: 15)
    /// Страховые взносы: `Description` is the number of the contribution, `26` to `31` (section 2.5).
    public static let insuranceContributions = Self(rawValue: 16)
    /// Торговый сбор
    public static let tradeFee = Self(rawValue: 17)
    /// Курортный сбор
    public static let resortFee = Self(rawValue: 18)
    /// Залог
    public static let pledge = Self(rawValue: 19)
    /// Расход
    public static let expense = Self(rawValue: 20)
    /// Взносы на ОПС ИП
    public static let pensionContributionOfEntrepreneur = Self(rawValue: 21)
    /// Взносы на ОПС
    public static let pensionContribution = Self(rawValue: 22)
    /// Взносы на ОМС ИП
    public static let healthContributionOfEntrepreneur = Self(rawValue: 23)
    /// Взносы на ОМС
    public static let healthContribution = Self(rawValue: 24)
    /// Взносы на ОСС
    public static let socialContribution = Self(rawValue: 25)
    /// Платёж казино
    public static let casinoPayment = Self(rawValue: 26)
    /// Выдача денежных средств
    public static let cashPayout = Self(rawValue: 27)
    /// АТНМ: excisable, to be marked, without a code (FFD 1.2).
    public static let excisableMarkedWithoutCode = Self(rawValue: 30)
    /// АТМ: excisable, marked (FFD 1.2); this interface has no field for the code.
    public static let excisableMarked = Self(rawValue: 31)
    /// ТНМ: to be marked, without a code (FFD 1.2).
    public static let markedWithoutCode = Self(rawValue: 32)
    /// ТМ: marked (FFD 1.2); this interface has no field for the code.
    public static let marked = Self(rawValue: 33)

    /// The wording of the fiscal data format, or nil for a number that is not in its table.
    public var words: String? { Self.table[self.rawValue] }

    /// The numbers that `Description` may hold instead of a name, or nil where it holds a name (decision F12; the
    /// source document gives 1–25 and 1–31 for the same field, we send what is valid under both).
    public var descriptionNumbers: ClosedRange<Int>? {
        switch self {
        case .nonOperatingIncome: 1...25
        case .insuranceContributions: 26...31
        default: nil
        }
    }

    private static let table: [Int64: String] = [
        1: "товар", 2: "подакцизный товар", 3: "работа", 4: "услуга", 5: "ставка азартной игры",
        6: "выигрыш азартной игры", 7: "лотерейный билет", 8: "выигрыш лотереи", 9: "предоставление РИД",
        10: "платёж", 11: "агентское вознаграждение", 12: "составной предмет / выплата", 13: "иной предмет",
        14: "имущественное право", 15: "внереализационный доход", 16: "страховые взносы / иные платежи",
        17: "торговый сбор", 18: "курортный сбор", 19: "залог", 20: "расход", 21: "взносы на ОПС ИП",
        22: "взносы на ОПС", 23: "взносы на ОМС ИП", 24: "взносы на ОМС", 25: "взносы на ОСС",
        26: "платёж казино", 27: "выдача денежных средств",
        30: "АТНМ", 31: "АТМ", 32: "ТНМ", 33: "ТМ",
    ]
}

extension LineAttribute: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { Self.table.keys.sorted().map { Self(rawValue: $0) } }
}
