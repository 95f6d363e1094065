import FiscalCore
import HTTPTypes

/// One call out, one fiscal response in, or the reason why there is none.
struct TillExchange: Sendable {
    let transport: any HTTPTransport
    let address: ServiceAddress
    let timeout: Duration

    /// A fiscal response and its body as it came.
    struct Answer: Sendable {
        var reading: FiscalResponseReading
        var body: String
    }

    func send(_ step: FiscalStep, _ body: String) async -> Result<Answer, CallFault> {
        let (method, path) = TransactionCall.route(step)
        let response: HTTPExchangeResponse
        switch await self.exchange(method, path, Array(body.utf8)) {
        case .success(let answered): response = answered
        case .failure(let fault): return .failure(fault)
        }
        guard let reading = try? FiscalResponseReading(parsing: response.body), reading.isFiscalResponse,
            let text = String(validating: response.body, as: UTF8.self)
        else {
            return .failure(CallFault(ServiceFault(.noFiscalResponse, "HTTP \(response.head.status.code)")))
        }
        return .success(Answer(reading: reading, body: text))
    }

    /// Asks what became of a document.
    func report(on documentID: String) async -> Result<ReportedDocument, CallFault> {
        switch await self.exchange(.get, TransactionCall.statePath(of: documentID), []) {
        case .failure(let fault): return .failure(fault)
        case .success(let response):
            guard let report = ReportedDocument(parsing: response.body, documentID: documentID) else {
                return .failure(CallFault(ServiceFault(.noReport, "HTTP \(response.head.status.code)")))
            }
            return .success(report)
        }
    }

    /// A call without a usable answer.
    struct CallFault: Error {
        var fault: ServiceFault

        init(_ fault: ServiceFault) { self.fault = fault }
    }

    /// Any 2xx is an answer; every other status is as good as none.
    private func exchange(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]
    ) async -> Result<HTTPExchangeResponse, CallFault> {
        var head = self.address.head(method, path)
        head.headerFields[.accept] = "application/json"
        if !body.isEmpty { head.headerFields[.contentType] = "application/json; charset=utf-8" }
        let request = HTTPExchangeRequest(head: head, body: body, maximumAnswerBytes: 256 * 1024)
        do {
            let response = try await self.transport.exchange(request, timeout: self.timeout)
            guard response.head.status.kind == .successful else {
                return .failure(CallFault(ServiceFault(.status, "HTTP \(response.head.status.code)")))
            }
            return .success(response)
        } catch {
            let kind: ServiceFault.Kind = error.code == .notDelivered ? .notDelivered : .noAnswer
            return .failure(CallFault(ServiceFault(kind, error.detail)))
        }
    }
}
