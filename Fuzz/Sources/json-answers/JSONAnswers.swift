import CRKProtocol
import FermaClient
import FiscalCore
import HTTPTypes
import TSEOffline

/// What libFuzzer calls with every input: bodies that the services of Germany, Poland and Russia may answer with, QR
/// texts of strangers, and requests that `ferma check` may be given.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let problem = JSONAnswers.violation(bytes) { fatalError(problem) }
    return 0
}

/// What must hold for any bytes at all. That nothing traps is the half of it.
enum JSONAnswers {
    static func violation(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        self.read(text)
        self.readPolish(bytes, text)
        return self.json(bytes) ?? self.ferma(bytes) ?? self.tse(bytes)
    }

    /// What was read is written, and read again as the same.
    private static func json(_ bytes: [UInt8]) -> String? {
        guard let json = try? JSON(parsing: bytes) else { return nil }
        _ = RequestReport(checking: json)
        _ = RequestReport(checking: json, dialect: .nativeCheckOnline)
        return (try? JSON(parsing: json.bytes)) == json ? nil : "JSON is read otherwise than it was written"
    }

    /// No status makes a receipt out of a body that has none.
    private static func ferma(_ bytes: [UInt8]) -> String? {
        let answers = [200, 404, 500].map { FermaAnswer(status: $0, body: bytes) }
        let outcomes = Set(answers.map(\.outcome))
        guard outcomes.count == 1 else { return "the status of an answer changed its outcome" }
        return nil
    }

    /// Nothing counts as signed without a signature.
    private static func tse(_ bytes: [UInt8]) -> String? {
        guard let response = try? FiscalResponse(parsing: bytes) else { return nil }
        for step in FiscalStep.allCases {
            let verdict = response.classify(step: step, afterCreateFailed: false)
            if verdict.kind == .signed, response.additionalFields.qrCodeDataString.isEmpty {
                return "signed without a QR text"
            }
        }
        return nil
    }

    private static func read(_ text: String) {
        _ = QRReading(text)
        _ = QRVerification(of: text)
        _ = try? ProcessDataReading(parsing: text)
        _ = try? OrderData(parsing: text)
    }

    private static func readPolish(_ bytes: [UInt8], _ text: String) {
        _ = IdentifierCheck(text)
        guard let unit = try? UniqueNumber("ZTE1701000901") else { return }
        let response = HTTPExchangeResponse(head: HTTPResponse(status: .ok), body: bytes)
        let time = FiscalInstant(secondsSinceEpoch: 0)
        _ = FetchOrders().reply(response)
        _ = FetchEventHubToken().reply(response)
        _ = FetchRepositoryState(unit, at: time).reply(response)
        _ = FetchRepositoryKeys(unit, at: time).reply(response)
        _ = FetchSharedKeys(unit).reply(response)
    }
}
