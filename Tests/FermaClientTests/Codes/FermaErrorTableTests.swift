import FermaClient
import Testing

@Suite("The two error tables of the Ferma document")
struct FermaErrorTableTests {
    @Test("Every line of table 3 is there with its wording, and no other")
    func serviceLines() {
        let lines = ErrorTableLines.rows(ErrorTableLines.service)
        #expect(lines.count == 21)
        #expect(ServiceError.listed.map(\.code) == lines.map(\.code))
        for line in lines {
            let error = ServiceError(code: line.code)
            #expect(error.text == line.text && error.isListed, "service code \(line.code)")
            #expect(error.englishText?.isEmpty == false)
        }
    }

    @Test("Every line of the device's table is there with its wording, and no other")
    func deviceLines() {
        let lines = ErrorTableLines.rows(ErrorTableLines.device)
        #expect(lines.count == 64)
        #expect(DeviceError.listed.map(\.code) == lines.map(\.code))
        for line in lines {
            let error = DeviceError(code: line.code)
            // The links behind two of the wordings lead nowhere any more.
            let text = line.text.replacing(" Подробнее здесь.", with: "")
            #expect(error.text == text && error.isListed, "device code \(line.code)")
            #expect(error.englishText?.isEmpty == false)
        }
    }

    @Test("Every listed code has exactly the word of decision F3")
    func words() {
        var service: [Int: String] = [:]
        for (word, codes) in ErrorTableLines.serviceWords {
            for code in ErrorTableLines.numbers(codes) { service[code] = word }
        }
        #expect(service.keys.sorted() == ServiceError.listed.map(\.code))
        for (code, word) in service { #expect(ServiceError(code: code).word.rawValue == word, "service code \(code)") }
        var device: [Int: String] = [:]
        for (word, codes) in ErrorTableLines.deviceWords {
            for code in ErrorTableLines.numbers(codes) { device[code] = word }
        }
        #expect(device.keys.sorted() == DeviceError.listed.map(\.code))
        for (code, word) in device { #expect(DeviceError(code: code).word.rawValue == word, "device code \(code)") }
    }

    @Test("A code that no table has is kept with its number, and a receipt may exist")
    func unlisted() {
        let listedByService = Set(ErrorTableLines.rows(ErrorTableLines.service).map(\.code))
        let listedByDevice = Set(ErrorTableLines.rows(ErrorTableLines.device).map(\.code))
        for code in Array(-5...400) + [.min, .max] where code != 0 {
            if !listedByService.contains(code) {
                let error = ServiceError(code: code)
                #expect(error.code == code && !error.isListed && error.text == nil)
                #expect(error.word == .unknownStateSameIdOnly)
            }
            if !listedByDevice.contains(code) {
                let error = DeviceError(code: code)
                #expect(error.code == code && !error.isListed && error.text == nil)
                #expect(error.word == .unknownStateSameIdOnly)
            }
        }
    }

    @Test("A number means one thing to the service and another to the device")
    func twoTables() {
        #expect(ServiceError(code: 5).word == .laterSameId)
        #expect(DeviceError(code: 5).word == .sameId)
        #expect(DeviceError(code: 5).englishText == "The service life of the FN has ended.")
    }

    @Test("The alarms are those of decision F4")
    func alarms() {
        #expect((1...300).filter { ServiceError(code: $0).raisesAlarm } == [6, 16, 19, 20])
        #expect((1...300).filter { DeviceError(code: $0).raisesAlarm } == [57, 255])
    }
}
