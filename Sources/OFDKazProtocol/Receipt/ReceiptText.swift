/// What stands on paper besides values, in Russian and in Kazakh: receipts are printed in both.
///
/// The source document prescribes that an offline receipt carries a mark and a request to the customer (section 5.2),
/// and that a till shows the server's text while it is blocked (section 5.4); it prescribes no words. The words here are
/// ours. Those for the parts of a receipt are what receipts in Kazakhstan usually say.
public enum ReceiptText {
    /// The mark of an offline receipt: the register works without the fiscalisation mode. Section 5.2 wants it; the
    /// words follow the document's own, and the Kazakh ones are our translation.
    public static let offlineMark = [
        "УСТРОЙСТВО РАБОТАЕТ БЕЗ РЕЖИМА ФИСКАЛИЗАЦИИ", "ҚҰРЫЛҒЫ ФИСКАЛДАУ РЕЖИМІНСІЗ ЖҰМЫС ІСТЕЙДІ",
    ]
    /// The request to the customer to check whether the receipt was registered. Section 5.2 wants it where the printer
    /// allows; the words are ours.
    public static let checkRequest = [
        "Пожалуйста, проверьте позднее, зарегистрирован ли чек", "Чектің тіркелгенін кейінірек тексеруіңізді сұраймыз",
    ]
    /// What a till shows while it is BLOCKED (section 5.3); the words are ours.
    public static let blocked = [
        "КАССА ЗАБЛОКИРОВАНА. Обратитесь в службу поддержки", "КАССА БҰҒАТТАЛҒАН. Қолдау қызметіне хабарласыңыз",
    ]
    /// What a till shows while it is SERVER-BLOCKED (section 5.4), before the server's own text; the words are ours.
    public static let serverBlocked = ["КАССА ЗАБЛОКИРОВАНА ОПЕРАТОРОМ", "КАССАНЫ ОПЕРАТОР БҰҒАТТАДЫ"]

    /// The name under which the server's number of a receipt is printed.
    public static let fiscalSign = "ФИСКАЛЬНЫЙ ПРИЗНАК / ФИСКАЛДЫҚ БЕЛГІ"
    /// The name under which the register's own number of an offline receipt is printed.
    public static let offlineSign = "АВТОНОМНЫЙ ФИСКАЛЬНЫЙ ПРИЗНАК / АВТОНОМДЫ ФИСКАЛДЫҚ БЕЛГІ"

    static let organisationNumber = "БИН/ИИН / БСН/ЖСН"
    static let registrationNumber = "РНМ / МТН"
    static let serialNumber = "ЗНМ / МЗН"
    static let shift = "Смена / Ауысым"
    static let document = "Документ / Құжат"
    static let parentTicket = "Чек-основание / Негіздеме чек"
    static let total = "ИТОГО / БАРЛЫҒЫ"
    static let taken = "Получено / Алынды"
    static let change = "Сдача / Қайтарым"
    static let discount = "Скидка / Жеңілдік"
    static let markup = "Наценка / Үстеме"
    static let storno = "СТОРНО"
    static let mark = "КМ / ТК"
    static let time = "Дата и время / Күні мен уақыты"
    static let cashier = "Кассир"
    static let customer = "БИН/ИИН покупателя / Сатып алушының БСН/ЖСН"
    static let fiscalOperator = "Оператор фискальных данных / Фискалдық деректер операторы"
    static let check = "Проверка чека / Чекті тексеру"
    static let shiftClosed = "ЗАКРЫТИЕ СМЕНЫ / АУЫСЫМДЫ ЖАБУ"
    static let reportX = "X-ОТЧЁТ / X-ЕСЕП"
    static let reportZ = "Z-ОТЧЁТ / Z-ЕСЕП"
    static let opened = "Открыта / Ашылды"
    static let closed = "Закрыта / Жабылды"
    static let ofThemOffline = "из них автономно / оның ішінде автономды"
    static let turnover = "Оборот / Айналым"
    static let atShiftStart = "НА НАЧАЛО СМЕНЫ / АУЫСЫМ БАСЫНДА"
    static let nonNullable = "НЕОБНУЛЯЕМАЯ СУММА / НӨЛДЕНБЕЙТІН СОМА"
    static let revenue = "ВЫРУЧКА / ТҮСІМ"
    static let cash = "НАЛИЧНЫЕ В КАССЕ / КАССАДАҒЫ АҚША"
    static let checksum = "Контрольная сумма / Бақылау сомасы"

    // MARK: Codes, in words; one that is not in its table by its number

    static func operation(_ operation: OperationType) -> String {
        switch operation {
        case .buy: "ПОКУПКА / САТЫП АЛУ"
        case .buyReturn: "ВОЗВРАТ ПОКУПКИ / САТЫП АЛУДЫ ҚАЙТАРУ"
        case .sell: "ПРОДАЖА / САТУ"
        case .sellReturn: "ВОЗВРАТ ПРОДАЖИ / САТУДЫ ҚАЙТАРУ"
        default: "ОПЕРАЦИЯ \(operation.rawValue)"
        }
    }

    static func payment(_ type: PaymentType) -> String {
        switch type {
        case .cash: "Наличные / Қолма-қол ақша"
        case .card: "Банковская карта / Банк картасы"
        case .mobile: "Мобильный платёж / Мобильді төлем"
        default: "Оплата / Төлем \(type.rawValue)"
        }
    }

    static func placement(_ type: MoneyPlacementType) -> String {
        switch type {
        case .deposit: "ВНЕСЕНИЕ ДЕНЕГ / АҚША САЛУ"
        case .withdrawal: "ИЗЪЯТИЕ ДЕНЕГ / АҚША АЛУ"
        default: "ДВИЖЕНИЕ ДЕНЕГ / АҚША ҚОЗҒАЛЫСЫ \(type.rawValue)"
        }
    }

    static func tax(_ type: TaxType) -> String {
        switch type {
        case .vat: "НДС / ҚҚС"
        default: "Налог / Салық \(type.rawValue)"
        }
    }
}
