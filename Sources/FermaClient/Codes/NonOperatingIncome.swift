/// The wordings that a receipt prints for the numbers in `Description` of lines with `LineAttribute` 15 and 16 (section
/// 2.5 of the source document, which is missing there).
///
/// A table of data: a host that has the operator's own wordings makes another one. A missing wording is shown as a
/// neutral label with the number, never as the bare number.
public struct NonOperatingIncome: Sendable, Hashable {
    public var wordings: [Int: String]

    public init(wordings: [Int: String]) {
        self.wordings = wordings
    }

    /// What the receipt prints for a number.
    public func label(for number: Int) -> String {
        self.wordings[number] ?? "Доход или взнос № \(number)"
    }

    /// Incomes 1–25 by article 250 of the Tax Code, contributions 26–31 by article 346.21; from public descriptions of
    /// the device's protocol, shortened.
    public static let standard = Self(wordings: Self.incomes.merging(Self.contributions) { income, _ in income })

    private static let incomes: [Int: String] = [
        1: "долевое участие", 2: "курсовая разница при покупке или продаже валюты", 3: "штрафы, пени, санкции",
        4: "аренда имущества", 5: "предоставление прав на РИД", 6: "проценты по займам",
        7: "восстановленные резервы", 8: "безвозмездно полученное имущество", 9: "доход от простого товарищества",
        10: "доход прошлых лет", 11: "положительная курсовая разница",
        12: "основные средства и НМА, безвозмездно полученные АЭС", 13: "материалы при ликвидации ОС",
        14: "нецелевое использование имущества", 15: "нецелевое использование резервов безопасности производств",
        16: "уменьшение уставного капитала", 17: "возврат взносов от НКО",
        18: "списанная кредиторская задолженность", 19: "производные финансовые инструменты",
        20: "излишки запасов при инвентаризации", 21: "стоимость СМИ и книг при возврате или списании",
        22: "корректировка прибыли", 23: "возврат денежного эквивалента целевого капитала НКО",
        24: "разница вычетов и акциза", 25: "прибыль КИК",
    ]

    private static let contributions: [Int: String] = [
        26: "взносы на ОПС", 27: "ОСС по временной нетрудоспособности", 28: "взносы на ОМС",
        29: "ОСС от несчастных случаев", 30: "пособия по нетрудоспособности",
        31: "платежи по добровольному личному страхованию",
    ]
}
