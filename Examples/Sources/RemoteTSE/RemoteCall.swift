import FiscalCore
public import TSEOffline

/// One call of a TSE as it goes through a socket.
public enum RemoteCall: Sendable, Hashable, Codable {
    case start(client: String)
    case finish(number: UInt64, client: String, processType: String, processData: String)
    case status
    case openTransactions(client: String)
    case record(number: UInt64, client: String)

    /// Makes the call.
    public func answer(of tse: any TSE) async -> RemoteAnswer {
        do throws(TSEFailure) {
            switch self {
            case .start(let client): return .started(try await tse.start(client: client))
            case .finish(let number, let client, let processType, let processData):
                return .signed(
                    .init(
                        try await tse.finish(
                            number, client: client, processType: processType, processData: processData)))
            case .status: return .status(.init(try await tse.status()))
            case .openTransactions(let client):
                return .open(try await tse.openTransactions(client: client).map(RemoteAnswer.Open.init))
            case .record(let number, let client):
                return RemoteAnswer(try await tse.record(of: number, client: client))
            }
        } catch {
            return .failed(code: error.code, detail: error.detail)
        }
    }
}

/// What came of it.
public enum RemoteAnswer: Sendable, Hashable, Codable {
    case started(StartedTransaction)
    case signed(Signature)
    case status(Status)
    case open([Open])
    case stillOpen
    case finishedUnreadable
    case unknown
    case failed(code: TSEFailure.Code, detail: String)

    init(_ record: TransactionRecord) {
        self =
            switch record {
            case .open: .stillOpen
            case .finished(let signature): .signed(Signature(signature))
            case .finishedUnreadable: .finishedUnreadable
            case .unknown: .unknown
            }
    }

    /// A signature.
    public struct Signature: Sendable, Hashable, Codable {
        var client: String
        var transactionNumber, signatureCounter: UInt64
        var startTime, logTime: FiscalInstant
        var algorithm, timeFormat, processType, processData: String
        var signature, publicKey: [UInt8]

        init(_ value: TSESignature) {
            self.client = value.client
            self.transactionNumber = value.transactionNumber
            self.signatureCounter = value.signatureCounter
            self.startTime = value.startTime
            self.logTime = value.logTime
            self.algorithm = value.algorithm
            self.timeFormat = value.timeFormat
            self.processType = value.processType
            self.processData = value.processData
            self.signature = value.signature
            self.publicKey = value.publicKey
        }

        func value() throws(TSEFailure) -> TSESignature {
            do throws(InvalidField) {
                return try TSESignature(
                    client: self.client, transactionNumber: self.transactionNumber,
                    signatureCounter: self.signatureCounter, startTime: self.startTime, logTime: self.logTime,
                    algorithm: self.algorithm, timeFormat: self.timeFormat, processType: self.processType,
                    processData: self.processData, signature: self.signature, publicKey: self.publicKey)
            } catch { throw TSEFailure(.badSignature, "\(error)") }
        }
    }

    /// What a TSE says about itself.
    public struct Status: Sendable, Hashable, Codable {
        var serial: String
        var publicKey, certificate: [UInt8]
        var openTransactions: Int
        var maximumOpenTransactions: Int?
        var signatures: UInt64
        var maximumSignatures: UInt64?
        var time: FiscalInstant?

        init(_ value: TSEStatus) {
            self.serial = value.serial
            self.publicKey = value.publicKey
            self.certificate = value.certificate
            self.openTransactions = value.openTransactions
            self.maximumOpenTransactions = value.maximumOpenTransactions
            self.signatures = value.signatures
            self.maximumSignatures = value.maximumSignatures
            self.time = value.time
        }

        var value: TSEStatus {
            TSEStatus(
                serial: self.serial, publicKey: self.publicKey, certificate: self.certificate,
                openTransactions: self.openTransactions, maximumOpenTransactions: self.maximumOpenTransactions,
                signatures: self.signatures, maximumSignatures: self.maximumSignatures, time: self.time)
        }
    }

    /// An open transaction.
    public struct Open: Sendable, Hashable, Codable {
        var number: UInt64
        var client: String
        var startTime: FiscalInstant?

        init(_ value: OpenTransaction) {
            self.number = value.number
            self.client = value.client
            self.startTime = value.startTime
        }

        var value: OpenTransaction {
            OpenTransaction(number: self.number, client: self.client, startTime: self.startTime)
        }
    }
}
