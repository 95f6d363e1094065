/// An error of the service (`FCEError`, `fceerror`; table 3 of the source document, which it calls 3.1 elsewhere).
///
/// Not to be mixed with the device's codes of the same number. Open: a number that is not in the table survives, and
/// counts as one after which a receipt may exist.
public struct ServiceError: Sendable, Hashable {
    public var code: Int

    public init(code: Int) {
        self.code = code
    }

    /// Whether the source document lists the code.
    public var isListed: Bool { Self.table[self.code] != nil }
    /// What a repeat is good for (decision F3).
    public var word: RetryWord { Self.table[self.code]?.word ?? .unknownStateSameIdOnly }
    /// The wording of the source document, or nil for a code that it does not list.
    public var text: String? { Self.table[self.code]?.text }
    public var englishText: String? { Self.table[self.code]?.englishText }

    /// Whether a person has to know of it at once, because a receipt may exist that nobody has seen.
    public var raisesAlarm: Bool { [6, 16, 19, 20].contains(self.code) }

    /// Whether the library may repeat a request by itself at all: after 19 and 20 it is the cache, which makes a repeat
    /// harmless, that has failed (decision F4).
    var allowsAutomaticRepeat: Bool { ![19, 20].contains(self.code) }

    /// The codes of the table, in ascending order.
    public static let listed: [Self] = Self.table.keys.sorted().map { Self(code: $0) }

    private static let table = CodeEntry.table([
        CodeEntry(
            1, .never,
            """
            Ошибка чтения запроса. Сервер не смог прочитать тело запроса, пришедшего от клиента. \
            Необходимо проверить, правильно ли указана длина запроса в заголовке
            """,
            "The server could not read the body of the request; check the length in the header."),
        CodeEntry(
            2, .never,
            """
            Ошибка распознавания JSON. Сервер не смог правильно преобразовать JSON в свои внутренние \
            структуры данных. Необходимо проверить правильность переданного JSON, а также соответствие \
            типов полей сервера указанным в документации.
            """,
            "The JSON could not be recognised; check the JSON and the types of its fields."),
        CodeEntry(3, .never, "Отсутствует поле Device", "The field Device is missing."),
        CodeEntry(4, .never, "Отсутствует поле Duration или QueueLen", "The field Duration or QueueLen is missing."),
        CodeEntry(
            5, .laterSameId,
            """
            Нет подходящих устройств (согласно выбранной стратегии). Сервер попытался найти подходящее \
            устройство за TryCount попыток. Необходимо изменить условия стратегии, либо увеличить \
            значение поля TryCount.
            """,
            "No suitable device was found within TryCount attempts."),
        CodeEntry(
            6, .unknownStateSameIdOnly, "Ошибка отправки запроса устройству",
            "Sending the request to the device failed."
        ),
        CodeEntry(
            7, .never, "Значение поля Device «auto» допустимо только в пакетных командах",
            "The Device value auto is allowed in batch commands only."),
        CodeEntry(
            8, .never, "Неправильное имя (заводской номер) или адрес устройства",
            "Wrong name (factory number) or address of the device."),
        CodeEntry(9, .never, "Неправильный адрес устройства", "Wrong address of the device."),
        CodeEntry(
            10, .never, "Неправильное имя (заводской номер) устройства", "Wrong name (factory number) of the device."),
        CodeEntry(12, .sameId, "Ошибка активации устройства", "Activating the device failed."),
        CodeEntry(13, .sameId, "Устройство уже существует", "The device already exists."),
        CodeEntry(14, .sameId, "Устройство не активировано", "The device is not activated."),
        CodeEntry(
            15, .sameId, "Неправильно сформированный пароль устройства", "The password of the device is malformed."),
        CodeEntry(
            16, .unknownStateSameIdOnly,
            """
            Ошибка распознавания JSON ответа. От устройства был получен ответ, который не содержит \
            корректный JSON. При получении этой ошибки сервер переведёт устройство в неактивное \
            состояние.
            """,
            "The device's answer was no valid JSON; the server makes the device inactive."),
        CodeEntry(17, .never, "Отсутствует поле RequestId", "The field RequestId is missing."),
        CodeEntry(
            18, .laterSameId,
            """
            Устройство занято. Было выбрано устройство, которое получило другой запрос раньше, чем \
            данный. После ожидания WaitForFree секунд, сервер вернёт ошибку «Устройство занято».
            """,
            "The device is busy with an earlier request."),
        CodeEntry(19, .unknownStateSameIdOnly, "Ошибка кэша сервера", "Error of the server's cache."),
        CodeEntry(
            20, .unknownStateSameIdOnly, "Ошибка очереди асинхронных запросов",
            "Error of the queue of asynchronous requests."
        ),
        CodeEntry(
            21, .never, "Поле Callback допустимо только в командах Batch и Complex",
            "The field Callback is allowed in the commands Batch and Complex only."),
        CodeEntry(
            24, .waitSameId,
            """
            Запрос в процессе обработки. Был повторно прислан запрос с данными RequestId, Group и \
            ClientId до окончания обработки предыдущего запроса.
            """,
            "A request with the same RequestId, Group and ClientId is still being processed."),
    ])
}
