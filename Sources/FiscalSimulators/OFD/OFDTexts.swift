import OFDKazProtocol

extension ResultCode {
    /// What the server says beside the code (section 2.4).
    var serverText: String {
        switch self {
        case .ok: "Команда выполнена успешно"
        case .unknownID: "Неизвестный ID устройства"
        case .invalidToken: "Неверный токен"
        case .protocolError: "Ошибка протокола"
        case .unknownCommand: "Неизвестная команда"
        case .unsupportedCommand: "Команда не поддерживается"
        case .invalidConfiguration: "Неверные настройки устройства"
        case .sslIsNotAllowed: "Использование SSL не разрешено"
        case .invalidRequestNumber: "Неправильный номер запроса"
        case .invalidRetryRequest: "Неправильная попытка отправки повторного запроса"
        case .openShiftTimeoutExpired: "Время открытой смены истекло"
        case .invalidLoginPassword: "Неправильное имя или пароль"
        case .incorrectRequestData: "Неверные входные данные"
        case .notEnoughCash: "Недостаточно наличных"
        case .blocked: "Касса заблокирована"
        case .sameTaxpayerAndCustomer: "Совпадает значение ИИН/БИН покупателя и продавца"
        case .deregistered: "Касса снята с учета"
        case .disconnected: "Касса отключена"
        case .serviceTemporarilyUnavailable: "Сервис временно недоступен"
        case .unknownError: "Неизвестная ошибка"
        default: "Код \(self.rawValue)"
        }
    }
}
