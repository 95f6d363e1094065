import FermaClient

/// The texts that go with codes when no other is given: those of the source document.
enum FermaTexts {
    static func service(_ code: Int) -> String { ServiceError(code: code).text ?? "Ошибка сервиса \(code)" }

    static func register(_ code: Int) -> String { DeviceError(code: code).text ?? "Ошибка устройства \(code)" }
}
