import FiscalCore
import TSEOffline
import Testing

@Suite("Members that contradict each other") struct ResponseInconsistencyTests {
    struct Found {
        var kind: ResponseKind
        var texts: [String]
        /// Kind and number of texts.
        var summary: String { "\(self.kind) \(self.texts.count)" }
    }

    /// What is said about a regular answer after a change.
    static func found(step: FiscalStep = .store, _ change: (inout FiscalResponse) -> Void) throws -> Found {
        var response = try SignedSample.response()
        change(&response)
        let verdict = response.classify(step: step)
        return Found(kind: verdict.kind, texts: verdict.inconsistencies)
    }

    @Test("a regular answer has none")
    func none() throws {
        let found = try Self.found { _ in }
        #expect(found.kind == .signed)
        #expect(found.texts == [])
    }

    @Test("each copy that differs from the QR text is named, and does not undo the signature")
    func copies() throws {
        let changes: [(String, (inout FiscalResponse) -> Void)] = [
            ("CashRegisterId", { $0.cashRegisterID = "KASSE-2" }),
            ("Signature", { $0.signature = "AAAA" }),
            ("ProcessData", { $0.additionalFields.processData += " " }),
            ("ProcessType", { $0.additionalFields.processType = "Kassenbeleg-v1" }),
            ("TseTimeFormat", { $0.additionalFields.tseTimeFormat = "unixTime" }),
            ("TseHashAlgorithm", { $0.additionalFields.tseHashAlgorithm = "ecdsa-plain-SHA384" }),
            ("TsePublicKey", { $0.additionalFields.tsePublicKey = "BA==" }),
            ("TseSerial", { $0.additionalFields.tseSerial = String(repeating: "0", count: 64) }),
            ("TransactionStartTime", { $0.additionalFields.transactionStartTime += 1 }),
            ("TransactionEndTime", { $0.additionalFields.transactionEndTime -= 1 }),
            ("TseSignatureCounter", { $0.additionalFields.tseSignatureCounter = 254 }),
        ]
        for (member, change) in changes {
            let found = try Self.found(change)
            #expect(found.kind == .signed, "\(member)")
            #expect(found.texts.count == 1, "\(member)")
            #expect(found.texts.first?.hasPrefix(member + " ") == true, "\(member)")
        }
    }

    @Test("copies that are not there, or differ in letter case where it does not count, are no contradiction")
    func absentCopies() throws {
        let found = try Self.found {
            let fields = $0.additionalFields
            $0.additionalFields = AdditionalFields(
                qrCodeDataString: fields.qrCodeDataString, tseSerial: fields.tseSerial.uppercased(),
                tseTimeFormat: "GeneralizedTime", tseSignatureCounter: fields.tseSignatureCounter)
            $0.signature = ""
            $0.cashRegisterID = ""
        }
        #expect(found.kind == .signed)
        #expect(found.texts == [])
    }

    @Test("numbers that do not fit the step or the signature are named")
    func numbers() throws {
        #expect(try Self.found { $0.fiscalisationDocumentNumber = 0 }.summary == "signed 1")
        #expect(try Self.found { $0.fiscalisationDocumentNumber = -5 }.summary == "signed 1")
        #expect(try Self.found(step: .create) { _ in }.summary == "signed 1")
        #expect(try Self.found { $0.fiscalDocumentNumber = "562" }.summary == "signed 1")
        #expect(try Self.found { $0.fiscalDocumentNumber = "561" }.summary == "signed 0")
        let late = try FiscalResponse(parsing: OutageBodyTests.failedAtCreate.utf8).classify(step: .store)
        #expect(late.kind == .createFailed && late.inconsistencies.count == 1)
    }

    @Test("a failure beside a signature is named and counts as unsigned")
    func failureBesideSignature() throws {
        let changes: [(inout FiscalResponse) -> Void] = [
            { $0.errorDescription = "x" }, { $0.fiscalisationDocumentNumber = -99 },
            { $0.fiscalisationDocumentNumber = "-99" },
        ]
        for change in changes {
            let found = try Self.found(change)
            #expect(found.kind == .inconsistent)
            #expect(found.texts.contains { $0.contains("mark of failure") })
        }
    }

    @Test("a QR text that is none, a counter that it lacks and times in the wrong order are named")
    func others() throws {
        let damaged = try Self.found { $0.additionalFields.qrCodeDataString = "V0;damaged" }
        #expect(damaged.summary == "signed 1")
        let noCounter = try Self.found { $0.additionalFields.tseSignatureCounter = 0 }
        #expect(noCounter.summary == "unsigned 1")
        let times = try Self.found { swap(&$0.requestTime, &$0.requestCompletionTime) }
        #expect(times.summary == "signed 1")
    }

    @Test("the answer of another country is not judged")
    func otherCountry() throws {
        let found = try Self.found {
            $0.fiscalCountry = FiscalCountry(number: 9)
            $0.cashRegisterID = "other"
        }
        #expect(found.summary == "notGermany 0")
    }
}
