import FiscalCore
import TSEOffline
import Testing

@Suite("Regular answers") struct RegularResponseTests {
    @Test("a finished document: every copy agrees with the QR text, and nothing says error")
    func regular() throws {
        let response = try SignedSample.response()
        let fields = response.additionalFields
        #expect(response.number == 561)
        #expect(response.errorDescription.isEmpty && response.printMessage.isEmpty && response.userMessage.isEmpty)
        #expect(fields.qrCodeDataString == SyntheticQR.generalizedTime.text)
        #expect(fields.tseSerial == SyntheticQR.generalizedTime.serial)
        #expect(fields.tseSignatureCounter == 255)
        // 2026-02-03T04:05:06Z
        #expect(fields.transactionStartTime == 1_770_091_506 && fields.transactionEndTime == 1_770_091_506)
        #expect(response.signatureBytes == (try SignedSample.signature().signature))
        #expect(response.classify(step: .store).kind == .signed)
        #expect(try FiscalResponse(parsing: response.bytes) == response)
    }

    @Test("a started document: a number, a start time and no signature")
    func started() throws {
        let time = try #require(ServiceTime("2026-02-03T05:05:06.1234567+01:00"))
        let response = FiscalResponse.started(
            number: 12, register: "KASSE-1", tseSerial: "ab", startTime: time.instant, requestTime: time,
            completionTime: time)
        let verdict = response.classify(step: .create)
        #expect(verdict.kind == .started)
        #expect(verdict.storeWith == EchoedNumbers(number: 12, revision: 0, startTime: 1_770_091_506))
        #expect(verdict.inconsistencies == [])
        #expect(response.json.members?.count == 13)
        #expect(response.json["AdditionalFields"]?.members?.count == 11)
    }
}
