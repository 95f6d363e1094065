public import FiscalCore
import Foundation
import HTTPTypes
public import TSEOffline

/// A TSE in another process, behind a socket of this machine: it lives on when this process is killed.
///
/// Each call is one POST with a ``RemoteCall`` as JSON, answered by a ``RemoteAnswer``. The example of a driver: what the way
/// to the TSE reports becomes the failure that says whether the TSE may have carried the call out.
public struct RemoteTSE: TSE {
    private let authority: String
    private let transport: any HTTPTransport
    private let timeout: Duration

    /// - Parameter address: `HOST:PORT`.
    public init(address: String, transport: any HTTPTransport, timeout: Duration = .seconds(20)) {
        self.authority = address
        self.transport = transport
        self.timeout = timeout
    }

    public func start(client: String) async throws(TSEFailure) -> StartedTransaction {
        guard case .started(let transaction) = try await self.answer(to: .start(client: client)) else {
            throw Self.misplaced
        }
        return transaction
    }

    public func finish(
        _ number: UInt64, client: String, processType: String, processData: String
    ) async throws(TSEFailure) -> TSESignature {
        let call = RemoteCall.finish(number: number, client: client, processType: processType, processData: processData)
        guard case .signed(let signature) = try await self.answer(to: call) else { throw Self.misplaced }
        return try signature.value()
    }

    public func status() async throws(TSEFailure) -> TSEStatus {
        guard case .status(let status) = try await self.answer(to: .status) else { throw Self.misplaced }
        return status.value
    }

    public func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction] {
        guard case .open(let transactions) = try await self.answer(to: .openTransactions(client: client)) else {
            throw Self.misplaced
        }
        return transactions.map(\.value)
    }

    public func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord {
        switch try await self.answer(to: .record(number: number, client: client)) {
        case .stillOpen: return .open
        case .signed(let signature): return .finished(try signature.value())
        case .finishedUnreadable: return .finishedUnreadable
        case .unknown: return .unknown
        default: throw Self.misplaced
        }
    }

    /// The answer to another question.
    private static let misplaced = TSEFailure(.answerLost, "an answer of another kind came")

    private func answer(to call: RemoteCall) async throws(TSEFailure) -> RemoteAnswer {
        let request: HTTPExchangeRequest
        do {
            request = HTTPExchangeRequest(
                head: HTTPRequest(
                    method: .post, scheme: "http", authority: self.authority, path: "/",
                    headerFields: [.contentType: "application/json"]),
                body: [UInt8](try JSONEncoder().encode(call)))
        } catch { throw TSEFailure(.unreachable, "the call could not be written") }
        let response: HTTPExchangeResponse
        do throws(TransportError) {
            response = try await self.transport.exchange(request, timeout: self.timeout)
        } catch {
            let code: TSEFailure.Code =
                switch (error.code, error.reason) {
                case (.notDelivered, _): .unreachable
                case (_, .deadline): .timedOut
                default: .answerLost
                }
            throw TSEFailure(code, error.detail)
        }
        guard response.head.status == .ok,
            let answer = try? JSONDecoder().decode(RemoteAnswer.self, from: Data(response.body))
        else { throw TSEFailure(.answerLost, "status \(response.head.status.code)") }
        if case .failed(let code, let detail) = answer { throw TSEFailure(code, detail) }
        return answer
    }
}
