/// The rows of the device's error table, in the order of the source document.
enum DeviceErrorTable {
    /// The fiscal drive (FN), 1 to 41.
    static let fiscalDrive: [CodeEntry] = [
        CodeEntry(1, .sameId, "Неизвестная команда ФН", "Unknown command of the fiscal drive (FN)."),
        CodeEntry(
            2, .sameId, "Состояние ФН не соответствует присланной команде",
            "The state of the FN does not fit the command."),
        CodeEntry(3, .sameId, "Ошибка ФН", "Fault of the FN."),
        CodeEntry(4, .sameId, "Ошибка контрольной суммы команды ФН", "Checksum error of an FN command."),
        CodeEntry(5, .sameId, "Закончен срок эксплуатации ФН", "The service life of the FN has ended."),
        CodeEntry(6, .sameId, "Архив ФН переполнен", "The archive of the FN is full."),
        CodeEntry(
            7, .sameId, "Дата и время не соответствуют логике работы ФН",
            "Date and time do not fit the logic of the FN."),
        CodeEntry(
            8, .sameId, "Запрошенные данные отсутствуют в архиве ФН",
            "The requested data are not in the archive of the FN."),
        CodeEntry(9, .sameId, "Некорректные параметры команды ФН", "Wrong parameters of an FN command."),
        CodeEntry(16, .sameId, "Размер передаваемых данных превысил допустимый", "The data are larger than allowed."),
        CodeEntry(
            17, .sameId, "Нет транспортного соединения с ОФД",
            "No transport connection to the fiscal data operator (OFD)."),
        CodeEntry(
            18, .sameId, "Исчерпан ресурс криптографического сопроцессора ФН. Требуется закрыть фискальный режим",
            "The crypto-processor of the FN is used up; the fiscal mode has to be closed."),
        CodeEntry(
            20, .sameId, "Ресурс для хранения документов для ОФД исчерпан",
            "The room for documents that wait for the OFD is used up."),
        CodeEntry(
            21, .sameId, "Исчерпан ресурс ожидания хранения данных в ФН",
            "The time that data may wait in the FN is used up."),
        CodeEntry(22, .sameId, "Продолжительность смены долее 24 часов", "The shift has lasted more than 24 hours."),
        CodeEntry(
            23, .sameId, "Неверная разница во времени между 2 операциями (более 5 минут)",
            "Wrong time difference between 2 operations (more than 5 minutes)."),
        CodeEntry(32, .sameId, "Сообщение от ОФД не может быть принято", "A message of the OFD cannot be accepted."),
        CodeEntry(
            40, .sameId, "Ничего важного не изменилось, перерегистрация не нужна",
            "Nothing important has changed; registering again is not needed."),
        CodeEntry(
            41, .sameId, "ИНН и регистрационный номер не должны меняться",
            "INN and registration number must not change."),
    ]

    /// The register itself, 51 to 255. The details behind the links at 51 and 57 are missing in the source document.
    static let register: [CodeEntry] = [
        CodeEntry(
            51, .fixThenNewId, "Параметр команды содержит неверные данные.",
            "A parameter of the command holds wrong data."),
        CodeEntry(52, .fixThenNewId, "Отсутствуют данные для команды", "Data for the command are missing."),
        CodeEntry(55, .fixThenNewId, "Команда не реализована", "The command is not implemented."),
        CodeEntry(57, .unknownStateSameIdOnly, "Внутренняя ошибка устройства.", "Internal error of the device."),
        CodeEntry(60, .sameId, "Смена открыта", "The shift is open."),
        CodeEntry(61, .sameId, "Смена не открыта", "The shift is not open."),
        CodeEntry(
            69, .fixThenNewId, "Сумма всех оплат меньше итога чека",
            "The sum of all payments is less than the total of the receipt."),
        CodeEntry(70, .sameId, "Не хватает наличности в кассе", "Not enough cash in the drawer."),
        CodeEntry(
            73, .fixThenNewId, "Неверный тип документа для данной команды", "Wrong document type for this command."),
        CodeEntry(74, .sameId, "Чек открыт", "A receipt is open."),
        CodeEntry(
            77, .fixThenNewId, "Сумма безналичных видов оплаты больше итога чека",
            "The sum of non-cash payments exceeds the total of the receipt."),
        CodeEntry(79, .sameId, "Неверный пароль для данной команды", "Wrong password for this command."),
        CodeEntry(80, .laterSameId, "Данные печатаются", "Data are being printed."),
        CodeEntry(85, .sameId, "Чек закрыт", "The receipt is closed."),
        CodeEntry(90, .sameId, "Скидка больше итога по строке", "The discount exceeds the total of the line."),
        CodeEntry(94, .fixThenNewId, "Неверная команда", "Wrong command."),
        CodeEntry(95, .sameId, "Сторно больше итога чека", "The void exceeds the total of the receipt."),
        CodeEntry(109, .sameId, "Не хватает оборота по налогу", "Not enough turnover for the tax."),
        CodeEntry(114, .sameId, "Команда не допустима в этом подрежиме", "The command is not allowed in this submode."),
        CodeEntry(
            115, .sameId, "Команда не допустима в этом состоянии устройства",
            "The command is not allowed in this state of the device."),
        CodeEntry(124, .sameId, "Ошибочная дата", "Erroneous date."),
        CodeEntry(125, .sameId, "Неверно сформированная дата", "Malformed date."),
        CodeEntry(142, .fixThenNewId, "Нулевой итог чека", "The total of the receipt is zero."),
        CodeEntry(192, .sameId, "Ожидание подтверждения даты", "Waiting for confirmation of the date."),
        CodeEntry(
            196, .sameId, "Номер смены в ФН не соответствует номеру смены в устройстве",
            "The shift number in the FN differs from that in the device."),
        CodeEntry(200, .unknownStateSameIdOnly, "Тайм-аут принтера", "Time-out of the printer."),
        CodeEntry(207, .sameId, "Неправильная дата/время", "Wrong date or time."),
        CodeEntry(208, .fixThenNewId, "Документ не содержит товарных позиций", "The document has no goods positions."),
        CodeEntry(
            238, .fixThenNewId, "Номер группы, пришедший от сервера FCE не соответствует группе устройства",
            "The group number sent by the FCE server does not match the device's group."),
        CodeEntry(239, .sameId, "Истёк срок аренды устройства", "The rental period of the device has expired."),
        CodeEntry(
            240, .unknownStateSameIdOnly, "Ошибка при выполнении API-запроса", "Error while executing an API request."),
        CodeEntry(241, .fixThenNewId, "Неизвестная команда в пакете", "Unknown command in the package."),
        CodeEntry(242, .fixThenNewId, "Пустой запрос", "Empty request."),
        CodeEntry(
            243, .fixThenNewId, "Отсутствует идентификатор запроса RequestId",
            "The request identifier RequestId is missing."),
        CodeEntry(244, .unknownStateSameIdOnly, "Ошибка при конвертации в JSON", "Error while converting to JSON."),
        CodeEntry(
            245, .fixThenNewId, "Отсутствует идентификатор пакетного запроса RequestId",
            "The identifier RequestId of the package request is missing."),
        CodeEntry(246, .fixThenNewId, "Ошибка при конвертации из JSON", "Error while converting from JSON."),
        CodeEntry(247, .sameId, "Несуществующая смена", "The shift does not exist."),
        CodeEntry(248, .sameId, "Изменены регистрационные параметры", "The registration parameters have changed."),
        CodeEntry(
            249, .sameId, "Ошибка транспортного уровня при получении данных из архива ФН",
            "Transport error while reading data from the archive of the FN."),
        CodeEntry(
            250, .unknownStateSameIdOnly, "Основная плата устройства не отвечает",
            "The main board of the device does not answer."),
        CodeEntry(252, .sameId, "Неверная контрольная сумма файла", "Wrong checksum of a file."),
        CodeEntry(253, .sameId, "Прочие ошибки принтера", "Other errors of the printer."),
        CodeEntry(254, .sameId, "Принтер в оффлайне", "The printer is offline."),
        CodeEntry(255, .unknownStateSameIdOnly, "Фатальная ошибка устройства", "Fatal error of the device."),
    ]
}
