import FiscalCore
import TSEOffline
import Testing

/// The three bodies of the source document, member by member. Its remarks (`-- empty`) are documentation.
@Suite("Bodies of an outage") struct OutageBodyTests {
    /// Typed from the document: the answer to `createDocument`.
    static let failedAtCreate = """
        {"FiscalCountry":0,"FiscalisationDocumentNumber":-99,"FiscalisationDocumentRevision":0,\
        "FiscalDocumentStartTime":0,"ProcessStartTime":0,"ErrorDescription":"Tse connection error.",\
        "CashRegisterId":"3656-1","Signature":"Tse not connected.","UserMessage":"Tse not connected.",\
        "PrintMessage":"TSE ausgefallen.","RequestTime":"2021-09-07T07:07:09.5139728+02:00",\
        "RequestCompletionTime":"2021-09-07T07:07:09.7981746+02:00","AdditionalFields":{"QrCodeDataString":"",\
        "TransactionStartTime":0,"TransactionEndTime":1630991229,"ProcessData":"","ProcessType":"Kassenbeleg-V1",\
        "TseSerial":"7eeda69cb6fa8e78970150675ad03716fad85394447d6947d7a863b6cb6e5b3c","TseTimeFormat":"unixTime",\
        "TseHashAlgorithm":"ecdsa-plain-SHA256","TsePublicKey":"","TseSignatureCounter":0,\
        "TseCertificate":"Tse not connected."}}
        """
    /// Typed from the document: the answer to `storeDocument` or `cancelDocument`, whatever `createDocument` had said.
    static let failedAtFinish = """
        {"FiscalCountry":0,"FiscalisationDocumentNumber":0,"FiscalisationDocumentRevision":0,\
        "FiscalDocumentStartTime":0,"ProcessStartTime":0,"ErrorDescription":"Tse connection error.",\
        "CashRegisterId":"3656-1","Signature":"Tse not connected.","UserMessage":"Tse not connected.",\
        "PrintMessage":"TSE ausgefallen.","RequestTime":"2021-09-07T07:07:09.5139728+02:00",\
        "RequestCompletionTime":"2021-09-07T07:07:09.7981746+02:00","AdditionalFields":{"QrCodeDataString":"",\
        "TransactionStartTime":0,"TransactionEndTime":1630991229,"ProcessData":"","ProcessType":"Kassenbeleg-V1",\
        "TseSerial":"7eeda69cb6fa8e78970150675ad03716fad85394447d6947d7a863b6cb6e5b3c","TseTimeFormat":"unixTime",\
        "TseHashAlgorithm":"ecdsa-plain-SHA256","TsePublicKey":"","TseSignatureCounter":0,\
        "TseCertificate":"Tse not connected."}}
        """

    static func outage(
        _ step: FiscalStep, register: String = "3656-1",
        serial: String = "7eeda69cb6fa8e78970150675ad03716fad85394447d6947d7a863b6cb6e5b3c",
        at time: String = "2021-09-07T07:07:09.5139728+02:00", to end: String = "2021-09-07T07:07:09.7981746+02:00"
    ) throws -> FiscalResponse {
        .outage(
            step, register: register, tseSerial: serial, requestTime: try #require(ServiceTime(time)),
            completionTime: try #require(ServiceTime(end)))
    }

    static func member(_ name: String, of step: FiscalStep) throws -> JSON? { try Self.outage(step).json[name] }
    static func field(_ name: String, of step: FiscalStep) throws -> JSON? {
        try Self.outage(step).json["AdditionalFields"]?[name]
    }

    @Test("the bodies are written as the document shows them, in its order")
    func wholeBodies() throws {
        #expect(try Self.outage(.create).json.text == Self.failedAtCreate)
        #expect(try Self.outage(.store).json.text == Self.failedAtFinish)
        #expect(try Self.outage(.cancel).json.text == Self.failedAtFinish)
    }

    @Test("the bodies are strict JSON, without the document's remarks", arguments: FiscalStep.allCases)
    func strictJSON(step: FiscalStep) throws {
        let bytes = try Self.outage(step).bytes
        #expect(try JSON(parsing: bytes).members?.count == 13)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("--"))
    }

    @Test("register, serial and times are those of the request, not those of the samples")
    func nothingHardCoded() throws {
        let text = try Self.outage(
            .store, register: "Kasse 7", serial: String(repeating: "ab", count: 32),
            at: "2026-01-31T23:59:59.9999999+01:00", to: "2026-02-01T00:00:00.0000000+01:00"
        ).json.text
        for sample in ["3656", "7eeda69c", "2021", "1630991229"] { #expect(!text.contains(sample), "\(sample)") }
        #expect(text.contains("Kasse 7") && text.contains("abab") && text.contains("1769900399"))
    }

    @Test("FiscalisationDocumentNumber is -99 at createDocument and 0 at a finishing call")
    func documentNumber() throws {
        #expect(try Self.member("FiscalisationDocumentNumber", of: .create) == -99)
        #expect(try Self.member("FiscalisationDocumentNumber", of: .store) == 0)
        #expect(try Self.member("FiscalisationDocumentNumber", of: .cancel) == 0)
    }

    @Test("FiscalCountry is 0", arguments: FiscalStep.allCases)
    func country(step: FiscalStep) throws { #expect(try Self.member("FiscalCountry", of: step) == 0) }

    @Test("FiscalisationDocumentRevision is 0", arguments: FiscalStep.allCases)
    func revision(step: FiscalStep) throws {
        #expect(try Self.member("FiscalisationDocumentRevision", of: step) == 0)
    }

    @Test("FiscalDocumentStartTime is 0", arguments: FiscalStep.allCases)
    func startTime(step: FiscalStep) throws { #expect(try Self.member("FiscalDocumentStartTime", of: step) == 0) }

    @Test("ProcessStartTime is 0", arguments: FiscalStep.allCases)
    func processStartTime(step: FiscalStep) throws { #expect(try Self.member("ProcessStartTime", of: step) == 0) }

    @Test("ErrorDescription is the document's sentence", arguments: FiscalStep.allCases)
    func errorDescription(step: FiscalStep) throws {
        #expect(try Self.member("ErrorDescription", of: step) == "Tse connection error.")
    }

    @Test("CashRegisterId is the register that asked", arguments: FiscalStep.allCases)
    func cashRegister(step: FiscalStep) throws {
        for register in ["3656-1", "3656-2"] {
            #expect(try Self.outage(step, register: register).json["CashRegisterId"] == .string(register))
        }
    }

    @Test("Signature is a sentence, and no signature", arguments: FiscalStep.allCases)
    func signature(step: FiscalStep) throws {
        #expect(try Self.member("Signature", of: step) == "Tse not connected.")
        #expect(try Self.outage(step).signatureBytes == nil)
    }

    @Test("UserMessage is for the operator", arguments: FiscalStep.allCases)
    func userMessage(step: FiscalStep) throws {
        #expect(try Self.member("UserMessage", of: step) == "Tse not connected.")
        let response = try Self.outage(step)
        #expect(response.classify(step: step).userMessage == "Tse not connected.")
        #expect(!response.paper(step: step).lines.contains("Tse not connected."))
    }

    @Test("PrintMessage is German", arguments: FiscalStep.allCases)
    func printMessage(step: FiscalStep) throws {
        #expect(try Self.member("PrintMessage", of: step) == "TSE ausgefallen.")
    }

    @Test("RequestTime keeps its seventh digit and its offset", arguments: FiscalStep.allCases)
    func requestTime(step: FiscalStep) throws {
        #expect(try Self.member("RequestTime", of: step) == "2021-09-07T07:07:09.5139728+02:00")
        let read = try FiscalResponse(parsing: try Self.outage(step).bytes)
        #expect(read.requestTime?.time.civil.nanosecond == 513_972_800)
        #expect(read.requestTime?.time.offset.minutes == 120)
    }

    @Test("RequestCompletionTime has the same form, 0.2842018 s later in the samples", arguments: FiscalStep.allCases)
    func completionTime(step: FiscalStep) throws {
        #expect(try Self.member("RequestCompletionTime", of: step) == "2021-09-07T07:07:09.7981746+02:00")
        let read = try FiscalResponse(parsing: try Self.outage(step).bytes)
        let (start, end) = (try #require(read.requestTime), try #require(read.requestCompletionTime))
        #expect(end - start == .nanoseconds(284_201_800))
    }

    @Test("AdditionalFields has its eleven members, an absent one is read as empty", arguments: FiscalStep.allCases)
    func additionalFields(step: FiscalStep) throws {
        let names = [
            "QrCodeDataString", "TransactionStartTime", "TransactionEndTime", "ProcessData", "ProcessType",
            "TseSerial", "TseTimeFormat", "TseHashAlgorithm", "TsePublicKey", "TseSignatureCounter", "TseCertificate",
        ]
        #expect(try Self.member("AdditionalFields", of: step)?.members?.map(\.name) == names)
        let read = try FiscalResponse(parsing: #"{"AdditionalFields":{}}"#.utf8)
        #expect(read.additionalFields == AdditionalFields())
        #expect(read.json["AdditionalFields"]?.members?.map(\.name) == names)
    }

    @Test("QrCodeDataString is empty", arguments: FiscalStep.allCases)
    func qrCode(step: FiscalStep) throws { #expect(try Self.field("QrCodeDataString", of: step) == "") }

    @Test("TransactionStartTime is 0", arguments: FiscalStep.allCases)
    func transactionStart(step: FiscalStep) throws { #expect(try Self.field("TransactionStartTime", of: step) == 0) }

    @Test("TransactionEndTime is the second of the request, in UTC", arguments: FiscalStep.allCases)
    func transactionEnd(step: FiscalStep) throws {
        #expect(try Self.field("TransactionEndTime", of: step) == 1_630_991_229)
        // Cut, not rounded; and the offset is taken off.
        let late = try Self.outage(
            step, at: "2021-09-07T02:07:09.9999999-03:00", to: "2021-09-07T02:07:11.0000000-03:00")
        #expect(late.additionalFields.transactionEndTime == 1_630_991_229)
    }

    @Test("ProcessData is empty", arguments: FiscalStep.allCases)
    func processData(step: FiscalStep) throws { #expect(try Self.field("ProcessData", of: step) == "") }

    @Test("ProcessType is that of a receipt", arguments: FiscalStep.allCases)
    func processType(step: FiscalStep) throws {
        #expect(try Self.field("ProcessType", of: step) == "Kassenbeleg-V1")
    }

    @Test("TseSerial is that of the configured TSE", arguments: FiscalStep.allCases)
    func serial(step: FiscalStep) throws {
        let serial = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        #expect(try Self.outage(step, serial: serial).json["AdditionalFields"]?["TseSerial"] == .string(serial))
    }

    @Test("TseTimeFormat is unixTime", arguments: FiscalStep.allCases)
    func timeFormat(step: FiscalStep) throws { #expect(try Self.field("TseTimeFormat", of: step) == "unixTime") }

    @Test("TseHashAlgorithm is ecdsa-plain-SHA256", arguments: FiscalStep.allCases)
    func hashAlgorithm(step: FiscalStep) throws {
        #expect(try Self.field("TseHashAlgorithm", of: step) == "ecdsa-plain-SHA256")
    }

    @Test("TsePublicKey is empty", arguments: FiscalStep.allCases)
    func publicKey(step: FiscalStep) throws { #expect(try Self.field("TsePublicKey", of: step) == "") }

    @Test("TseSignatureCounter is 0", arguments: FiscalStep.allCases)
    func counter(step: FiscalStep) throws { #expect(try Self.field("TseSignatureCounter", of: step) == 0) }

    @Test("TseCertificate is a sentence that nobody decodes", arguments: FiscalStep.allCases)
    func certificate(step: FiscalStep) throws {
        #expect(try Self.field("TseCertificate", of: step) == "Tse not connected.")
        let read = try FiscalResponse(parsing: try Self.outage(step).bytes)
        #expect(read.additionalFields.tseCertificate == "Tse not connected.")
    }
}
