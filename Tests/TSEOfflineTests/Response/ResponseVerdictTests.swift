import FiscalCore
import TSEOffline
import Testing

/// Decisions T2, T3 and T4.
@Suite("What an answer means") struct ResponseVerdictTests {
    /// Everything that the order of decision T2 looks at.
    struct Situation: CustomTestStringConvertible {
        var country: String
        var number: String
        var error: String
        var qr: String
        var counter: String
        var step: FiscalStep
        var afterCreateFailed: Bool

        var body: String {
            """
            {"FiscalCountry":\(self.country),"FiscalisationDocumentNumber":\(self.number),\
            "ErrorDescription":\(self.error),"AdditionalFields":{"QrCodeDataString":\(self.qr),\
            "TseSignatureCounter":\(self.counter)}}
            """
        }
        var testDescription: String { "\(self.step) \(self.afterCreateFailed) \(self.body)" }
    }

    static let countries = ["0", "null", "\"[0] = Germany\"", "9"]
    static let numbers = ["-99", "\"-99\"", "0", "\"0\"", "561", "\"561\"", "-1", "null"]
    static let errors = ["null", "\"\"", "\"Tse connection error.\"", "\"Etwas ganz anderes\""]
    static let qrs = ["null", "\"\"", "\"V0;damaged\""]
    static let counters = ["0", "\"178\"", "178", "null", "-1"]

    static func situations() -> [Situation] {
        var all: [Situation] = []
        for country in Self.countries {
            for number in Self.numbers {
                for error in Self.errors {
                    for qr in Self.qrs {
                        for counter in Self.counters {
                            for step in FiscalStep.allCases {
                                for after in [false, true] {
                                    all.append(
                                        Situation(
                                            country: country, number: number, error: error, qr: qr, counter: counter,
                                            step: step, afterCreateFailed: after))
                                }
                            }
                        }
                    }
                }
            }
        }
        return all
    }

    /// The table of decision T2 as it is written there: rows from the top, the first that fits counts.
    static func expected(_ it: Situation) -> String {
        let isMinus99 = it.number.contains("-99")
        let isZero = it.number == "0" || it.number == "\"0\""
        let isPositive = it.number.contains("561")
        let hasError = it.error.count > 4
        let isSigned = it.qr.contains("V0") && it.counter.contains("178")
        let isFinishing = it.step != .create
        let rows: [(Bool, String)] = [
            (it.country == "9", "notGermany"),
            ((isMinus99 || hasError) && isSigned, "inconsistent"),
            (isMinus99, "createFailed"),
            (isZero && hasError && !isFinishing, "createFailed"),
            (isZero && hasError && isFinishing && !it.afterCreateFailed, "storeFailed"),
            (isZero && hasError && isFinishing && it.afterCreateFailed, "bothFailed"),
            (hasError, "otherError"),
            (isSigned, "signed"),
            (!isFinishing && isPositive, "started"),
        ]
        return rows.first { $0.0 }?.1 ?? "unsigned"
    }

    @Test("every combination of marks has the kind that the table gives it, whatever the words of the error")
    func table() throws {
        var kinds: [String: Int] = [:]
        for situation in Self.situations() {
            let verdict = try FiscalResponse(parsing: situation.body.utf8)
                .classify(step: situation.step, afterCreateFailed: situation.afterCreateFailed)
            let expected = Self.expected(situation)
            kinds[expected, default: 0] += 1
            #expect(verdict.kind.rawValue == expected, "\(situation.testDescription)")
            #expect(verdict.step == situation.step)
        }
        // The walk reaches each kind.
        #expect(Set(kinds.keys) == Set(ResponseKind.allCases.map(\.rawValue)))
    }

    /// Decision T3, row by row: available, outage, may continue, issued unsigned, re-signed, QR.
    static let conclusions: [(ResponseKind, Bool?, Bool, Bool, Bool, Bool, Bool)] = [
        (.signed, true, false, true, false, false, true),
        (.started, true, false, true, false, false, false),
        (.createFailed, false, true, true, false, false, false),
        (.storeFailed, false, true, true, true, true, false),
        (.bothFailed, false, true, true, true, true, false),
        (.unsigned, false, false, true, true, false, false),
        (.inconsistent, false, false, true, true, false, false),
        (.otherError, nil, false, false, false, false, false),
        (.notGermany, nil, false, true, false, false, false),
    ]

    @Test("the conclusions that each kind allows")
    func conclusions() throws {
        var verdict = FiscalResponse().classify(step: .store)
        try #require(Self.conclusions.map(\.0) == ResponseKind.allCases)
        for (kind, available, outage, continues, unsigned, resigned, qr) in Self.conclusions {
            verdict.kind = kind
            #expect(verdict.tseAvailable == available, "\(kind)")
            #expect(verdict.tseOutage == outage, "\(kind)")
            #expect(verdict.mayContinueSale == continues, "\(kind)")
            #expect(verdict.receiptIssuedUnsigned == unsigned, "\(kind)")
            #expect(verdict.resignByService == resigned, "\(kind)")
            #expect(verdict.printQr == qr, "\(kind)")
        }
    }

    @Test("the three cases of the source document")
    func cases() throws {
        let create = try FiscalResponse(parsing: OutageBodyTests.failedAtCreate.utf8)
        let finish = try FiscalResponse(parsing: OutageBodyTests.failedAtFinish.utf8)
        #expect(create.classify(step: .create).kind == .createFailed)
        #expect(finish.classify(step: .store).kind == .storeFailed)
        #expect(finish.classify(step: .cancel).kind == .storeFailed)
        #expect(finish.classify(step: .store, afterCreateFailed: true).kind == .bothFailed)
        #expect(finish.classify(step: .cancel, afterCreateFailed: true).kind == .bothFailed)
        for (response, step) in [(create, FiscalStep.create), (finish, .store), (finish, .cancel)] {
            let verdict = response.classify(step: step)
            #expect(verdict.printMessage == "TSE ausgefallen.")
            #expect(verdict.signatureVerdict == nil)
            #expect(verdict.inconsistencies == [])
            #expect(verdict.country == .germany)
        }
    }

    @Test("a failed createDocument that answers 0 is an offline start, and 0 is what goes back")
    func zeroAtCreate() throws {
        let response = try FiscalResponse(parsing: OutageBodyTests.failedAtFinish.utf8)
        let verdict = response.classify(step: .create)
        #expect(verdict.kind == .createFailed)
        #expect(verdict.storeWith == EchoedNumbers(number: 0, revision: 0, startTime: 0))
        #expect(verdict.inconsistencies.count == 1)
    }

    @Test("the values to send back are there while the document is open, and only then")
    func valuesToSendBack() throws {
        let create = try FiscalResponse(parsing: OutageBodyTests.failedAtCreate.utf8)
        #expect(create.classify(step: .create).storeWith == EchoedNumbers(number: -99, revision: 0, startTime: 0))
        let started = try FiscalResponse(
            parsing: #"{"fiscalDocumentNumber":"12","fiscalDocumentStartTime":"1683289833"}"#.utf8)
        let verdict = started.classify(step: .create)
        #expect(verdict.kind == .started)
        #expect(verdict.storeWith == EchoedNumbers(number: "12", revision: 0, startTime: "1683289833"))
        let finish = try FiscalResponse(parsing: OutageBodyTests.failedAtFinish.utf8)
        #expect(finish.classify(step: .store).storeWith == nil)
        #expect(started.classify(step: .store).storeWith == nil)
    }

    @Test("an error beside a regular number is none of the TSE's")
    func otherError() throws {
        let response = try FiscalResponse(
            parsing: #"{"FiscalisationDocumentNumber":561,"ErrorDescription":"Given transaction not started"}"#.utf8)
        for step in FiscalStep.allCases { #expect(response.classify(step: step).kind == .otherError) }
        let noNumber = try FiscalResponse(parsing: #"{"ErrorDescription":"Licence expired"}"#.utf8)
        #expect(noNumber.classify(step: .store).kind == .otherError)
    }

    @Test("an answer without QR text or without a counter is unsigned, whatever else it says")
    func unsigned() throws {
        let bodies = [
            #"{"FiscalisationDocumentNumber":561,"Signature":"AAAA"}"#, "{}",
            #"{"FiscalisationDocumentNumber":561,"AdditionalFields":{"QrCodeDataString":"V0;","TseSignatureCounter":0}}"#,
            #"{"FiscalisationDocumentNumber":561,"AdditionalFields":{"TseSignatureCounter":5}}"#,
        ]
        for body in bodies {
            let response = try FiscalResponse(parsing: body.utf8)
            #expect(response.classify(step: .store).kind == .unsigned, "\(body)")
            #expect(response.signatureBytes == nil, "\(body)")
        }
    }

    @Test("a text in PrintMessage is no sign of an outage")
    func testMode() throws {
        var response = try SignedSample.response()
        response.printMessage = "***Test***"
        let verdict = response.classify(step: .store)
        #expect(verdict.kind == .signed)
        #expect(verdict.printMessage == "***Test***")
        #expect(verdict.signatureVerdict == .valid)
        #expect(verdict.inconsistencies == [])
    }
}
