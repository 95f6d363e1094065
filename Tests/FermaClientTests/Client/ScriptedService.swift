import FermaClient
import FiscalCore
import HTTPTypes
import Synchronization

/// What happens to one request on its way, and at the service.
enum ServiceStep: Sendable, Hashable {
    /// The device makes the document, or the service finds the one that it has.
    case fine
    case unreachable
    /// The connection ends without an answer, before or after the document was made.
    case lost(made: Bool)
    /// `FCEError` with status 500, and whether the document was made all the same.
    case service(Int, fatal: Bool?, made: Bool = false)
    /// `Response.Error` with status 200.
    case device(Int, fatal: Bool?, made: Bool = false)
    /// Anything, without a document.
    case raw(Int, String)
    /// The whole answer with one text in place of another.
    case damaged(String, String)
    /// The answer comes after so many seconds.
    case slow(Int)
}

/// The operator's service in a few lines: answers by a script, remembers requests by their identity, and counts what its
/// device printed. Answers are written down here as text, not by the library's own means.
final class ScriptedService: HTTPTransport {
    struct State: Sendable {
        var steps: [ServiceStep] = []
        var requests: [HTTPExchangeRequest] = []
        /// The numbers of the documents, by the identity of the request.
        var documents: [String: Int] = [:]
        var before: (@Sendable () async -> Void)?
        var after: (@Sendable () async -> Void)?
    }

    private let state = Mutex(State())

    func plan(_ steps: ServiceStep...) { self.state.withLock { $0.steps += steps } }
    func plan(_ step: ServiceStep, times: Int) {
        self.state.withLock { $0.steps += Array(repeating: step, count: times) }
    }
    func onBefore(_ hook: (@Sendable () async -> Void)?) { self.state.withLock { $0.before = hook } }
    func onAfter(_ hook: (@Sendable () async -> Void)?) { self.state.withLock { $0.after = hook } }

    var requests: [HTTPExchangeRequest] { self.state.withLock { $0.requests } }
    var bodies: [String] { self.requests.map { String(decoding: $0.body, as: UTF8.self) } }
    /// How many documents there are.
    var documentCount: Int { self.state.withLock { $0.documents.count } }

    func exchange(_ request: HTTPExchangeRequest, timeout: Duration) async throws(TransportError)
        -> HTTPExchangeResponse
    {
        await self.state.withLock { $0.before }?()
        let result = self.state.withLock { Self.receive(request, timeout, &$0) }
        await self.state.withLock { $0.after }?()
        return try result.get()
    }

    private static func receive(
        _ request: HTTPExchangeRequest, _ timeout: Duration, _ state: inout State
    ) -> Result<HTTPExchangeResponse, TransportError> {
        let step = state.steps.isEmpty ? .fine : state.steps.removeFirst()
        if step == .unreachable {
            return .failure(TransportError(.notDelivered, reason: .unreachable, detail: "no connection"))
        }
        state.requests.append(request)
        let made = Made(request, &state)
        switch step {
        case .fine: return Self.answer(200, made.success(&state))
        case .unreachable: break
        case .lost(let isMade):
            if isMade { _ = made.success(&state) }
        case .service(let code, let fatal, let isMade):
            if isMade { _ = made.success(&state) }
            return Self.answer(500, Self.error("\"FCEError\":\(code),\"ErrorDescription\":\"svc \(code)\"", fatal))
        case .device(let code, let fatal, let isMade):
            if isMade { _ = made.success(&state) }
            let response = "\"FCEError\":0,\"Response\":{\"Error\":\(code),\"ErrorMessages\":[\"dev \(code)\"]}"
            return Self.answer(200, Self.error(response, fatal))
        case .raw(let status, let body): return Self.answer(status, body)
        case .damaged(let old, let new):
            let whole = made.success(&state)
            let parts = whole.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            return Self.answer(200, parts.joined(separator: new))
        case .slow(let seconds):
            let answer = made.success(&state)
            if .seconds(seconds) < timeout { return Self.answer(200, answer) }
            return .failure(TransportError(.outcomeUnknown, reason: .deadline, detail: "no answer came"))
        }
        return .failure(TransportError(.outcomeUnknown, reason: .closed, detail: "closed without an answer"))
    }

    private static func error(_ members: String, _ fatal: Bool?) -> String {
        "{\(members)\(fatal.map { ",\"Fatal\":\($0)" } ?? "")}"
    }

    private static func answer(_ status: Int, _ body: String) -> Result<HTTPExchangeResponse, TransportError> {
        .success(HTTPExchangeResponse(head: HTTPResponse(status: .init(code: status)), body: Array(body.utf8)))
    }

    /// The document that a request makes, or has made.
    private struct Made {
        let request: JSON
        let key: String

        init(_ exchange: HTTPExchangeRequest, _ state: inout State) {
            self.request = (try? JSON(parsing: exchange.body)) ?? .null
            self.key = ["Requestid", "Group", "Clientid"].map { [request] in request[$0]?.string ?? "" }
                .joined(separator: "|")
        }

        /// The answer in the form of the source document's sample.
        func success(_ state: inout State) -> String {
            let number = state.documents[self.key] ?? 1000 + state.documents.count
            state.documents[self.key] = number
            let total = (self.request["Lines"]?.array ?? []).reduce(0) { sum, line in
                sum + ((line["Qty"]?.integer ?? 0) * (line["Price"]?.integer ?? 0) + 500) / 1000
            }
            let type = self.request["DocumentType"]?.integer ?? 0
            let kopecks = total % 100 < 10 ? "0\(total % 100)" : "\(total % 100)"
            let qr =
                "t=20261121T1010\\u0026s=\(total / 100).\(kopecks)\\u0026fn=9999078900001111"
                + "\\u0026i=\(number)\\u0026fp=\(3_000_000_000 + number)\\u0026n=\([0: 1, 1: 3, 2: 2, 3: 4][type] ?? 0)"
            return """
                {"fceerror":0,"Requestid":\(JSON.optional(self.request["Requestid"]?.string).text),\
                "Clientid":\(JSON.optional(self.request["Clientid"]?.string).text),\
                "Device":{"Name":"00000003820034472769","Address":"172.16.13.213:4444"},"Path":"/fr/api/v2/Complex",\
                "Response":{"Error":0,"ErrorMessages":null},"FiscalDocNumber":\(number),"DocNumber":58,\
                "Date":{"Date":{"Day":21,"Month":11,"Year":26},"Time":{"Hour":10,"Minute":10,"Second":57}},\
                "GrandTotal":\(total),"FiscalSign":\(3_000_000_000 + number),"DocumentType":\(type),"QR":"\(qr)",\
                "FNSerialNumber":"9999078900001111","DeviceSerialNumber":"00000003820034472769",\
                "DeviceRegistrationNumber":"0001729222014444","FCEError":0,"ErrorDescription":null,"Fatal":false,\
                "HTTPStatus":200}
                """
        }
    }
}
