import FiscalCore
import TSEOffline

/// A call to the TSE as a value, so that it can be held back and carried out later.
enum TSERequest: Sendable, Hashable, Codable {
    case start(client: String)
    case finish(UInt64, client: String, processType: String, processData: String)
    case status
    case openTransactions(client: String)
    case record(UInt64, client: String)

    var kind: TSECall {
        switch self {
        case .start: .start
        case .finish(_, _, _, let data): data.hasPrefix("AVBelegabbruch") ? .cancel : .finish
        case .status: .status
        case .openTransactions: .openTransactions
        case .record: .record
        }
    }

    var client: String? {
        switch self {
        case .start(let client), .finish(_, let client, _, _), .openTransactions(let client), .record(_, let client):
            client
        case .status: nil
        }
    }

    var transactionNumber: UInt64? {
        switch self {
        case .finish(let number, _, _, _), .record(let number, _): number
        case .start, .status, .openTransactions: nil
        }
    }
}

/// A call whose caller has gone, and which is still to be carried out.
struct BelatedCall: Sendable, Hashable, Codable {
    var request: TSERequest
    var callsToGo: Int
}

/// The answer to any call.
enum TSEReply: Sendable {
    case start(StartedTransaction)
    case finish(TSESignature)
    case status(TSEStatus)
    case openTransactions([OpenTransaction])
    case record(TransactionRecord)

    func started() throws(TSEFailure) -> StartedTransaction {
        if case .start(let started) = self { return started }
        throw Self.mixedUp
    }

    func signature() throws(TSEFailure) -> TSESignature {
        if case .finish(let signature) = self { return signature }
        throw Self.mixedUp
    }

    func status() throws(TSEFailure) -> TSEStatus {
        if case .status(let status) = self { return status }
        throw Self.mixedUp
    }

    func open() throws(TSEFailure) -> [OpenTransaction] {
        if case .openTransactions(let open) = self { return open }
        throw Self.mixedUp
    }

    func record() throws(TSEFailure) -> TransactionRecord {
        if case .record(let record) = self { return record }
        throw Self.mixedUp
    }

    private static let mixedUp = TSEFailure(.answerLost, "an answer to another call")
}
