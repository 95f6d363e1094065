import FiscalCore
import HTTPTypes

/// One message out, one answer in, and what the answer is worth (decisions E11, E23–E25).
struct EETExchange: Sendable {
    var transport: any HTTPTransport
    var endpoint: String
    var environment: EETEnvironment
    var trust: SealTrust
    var timeout: Duration

    enum Reply: Sendable, Hashable {
        case confirmed(Registration)
        case chyba(Chyba, text: String, warnings: [Warning])
        case failed(AttemptFailure, detail: String)
    }

    func send(_ signed: SignedMessage) async -> Reply {
        guard let request = signed.httpRequest(to: self.endpoint) else {
            return .failed(.unreachable, detail: "the endpoint is no https URL")
        }
        let response: HTTPExchangeResponse
        do { response = try await self.transport.exchange(request, timeout: self.timeout) } catch {
            return .failed(AttemptFailure(error), detail: error.description)
        }
        return self.judge(response, for: signed.message)
    }

    /// What an answer means for the message. An answer is judged by its body whatever the HTTP status: the seal
    /// guards a confirmation, and errors of the authority come with 200 as well as with 500.
    func judge(_ response: HTTPExchangeResponse, for message: EETMessage) -> Reply {
        let status = response.head.status.code
        let answer: EETAnswer
        do {
            answer = try EETAnswer(
                bytes: response.body, edition: message.edition,
                expecting: .init(
                    uuid: message.header.uuid, bkp: message.codes?.bkp, test: self.environment.isTest),
                trust: self.trust)
        } catch {
            return .failed(.noUsableAnswer, detail: "HTTP \(status): \(error)")
        }
        switch answer.content {
        case .confirmation:
            guard let code = answer.code else {
                return .failed(
                    .noUsableAnswer,
                    detail: "confirmation does not count: seal \(answer.signature); "
                        + answer.problems.joined(separator: "; "))
            }
            return .confirmed(
                Registration(
                    code: code, edition: message.edition, uuid: message.header.uuid,
                    receivedAt: answer.header.datPrij?.text ?? "", isTest: self.environment.isTest,
                    warnings: answer.warnings))
        case .chyba(let chyba, let text, let isTest):
            if let problem = self.mismatch(answer, isTest: isTest, message) {
                return .failed(.noUsableAnswer, detail: problem)
            }
            return .chyba(chyba, text: text, warnings: answer.warnings)
        case .unclear:
            return .failed(.noUsableAnswer, detail: answer.problems.joined(separator: "; "))
        }
    }

    /// An error is never sealed and repeats the identifiers only as far as the authority could read them; those that
    /// are there have to be ours. Answers of the playground may leave the test flag out.
    private func mismatch(_ answer: EETAnswer, isTest: Bool, _ message: EETMessage) -> String? {
        if answer.edition != message.edition { return "an error of edition \(answer.edition)" }
        if let uuid = answer.header.uuid, uuid.lowercased() != message.header.uuid.lowercased() {
            return "an error that belongs to another message (uuid_zpravy)"
        }
        if let bkp = answer.header.bkp, let codes = message.codes, bkp.uppercased() != codes.bkp.uppercased() {
            return "an error that belongs to another sale (bkp)"
        }
        if isTest, !self.environment.isTest { return "an error of the playground (test)" }
        return nil
    }
}

extension AttemptFailure {
    /// Decision E11: the deadline in any phase, then no connection or no TLS, then everything after.
    init(_ error: TransportError) {
        let mayHaveArrived = error.code == .outcomeUnknown
        self =
            switch error.reason {
            case .deadline: mayHaveArrived ? .deadline : .deadlineBeforeSending
            default: mayHaveArrived ? .noUsableAnswer : .unreachable
            }
    }
}
