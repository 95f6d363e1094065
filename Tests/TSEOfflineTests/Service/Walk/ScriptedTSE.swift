import FiscalCore
import Synchronization
import TSEOffline

/// A small TSE with a ledger of its own, whose every call does what somebody says.
///
/// It knows nothing of documents and shares no rule with the service: it counts, it signs for real, and it remembers.
final class ScriptedTSE: TSE {
    enum Call: Sendable, Hashable {
        case start(String)
        case finish(UInt64, String, String)
        case status
        case openTransactions(String)
        case record(UInt64)
    }

    /// What becomes of a call.
    enum Fate: Sendable, Hashable {
        case well
        /// It does not arrive, and the caller knows.
        case unreachable
        /// It arrives and is refused.
        case refused(TSEFailure.Code)
        /// It does not arrive, and nobody can tell.
        case lostBefore
        /// It is carried out, and the answer is lost.
        case lostAfter
        /// It is carried out before the so many-th call after it.
        case belated(Int)
        /// The signature that is given out, and remembered, does not hold.
        case badSignature
        /// It signs other data.
        case otherData
    }

    struct Ledger: Sendable {
        var time: FiscalInstant
        var counter: UInt64 = 0
        var lastNumber: UInt64 = 0
        /// Number to client.
        var open: [UInt64: String] = [:]
        var finished: [UInt64: TSESignature] = [:]
        var unreadable: Set<UInt64> = []
        var calls: [Call] = []
        var belated: [(callsToGo: Int, call: Call, type: String)] = []
        var maximumOpen: Int?
    }

    let key: PrivateKey
    let ledger: Mutex<Ledger>
    private let fate: @Sendable (Call) -> Fate

    init(key: PrivateKey, time: FiscalInstant, fate: @escaping @Sendable (Call) -> Fate = { _ in .well }) {
        self.key = key
        self.ledger = Mutex(Ledger(time: time))
        self.fate = fate
    }

    var point: [UInt8] { self.key.publicKey.uncompressedPoint ?? [] }
    var serial: String { Hex.encode(Digest.hash(.sha256, self.point)) }

    func start(client: String) async throws(TSEFailure) -> StartedTransaction {
        let result = self.carry(.start(client)) { (ledger, _) throws(TSEFailure) in
            try Self.start(client, &ledger)
        }
        return try result.get()
    }

    func finish(
        _ number: UInt64, client: String, processType: String, processData: String
    ) async throws(TSEFailure) -> TSESignature {
        let result = self.carry(.finish(number, client, processData), type: processType) {
            (ledger, fate) throws(TSEFailure) in
            try self.finish(number, client, processType, processData, &ledger, fate)
        }
        return try result.get()
    }

    func status() async throws(TSEFailure) -> TSEStatus {
        let result = self.carry(.status) { (ledger, _) throws(TSEFailure) in
            TSEStatus(
                serial: self.serial, publicKey: self.point, openTransactions: ledger.open.count,
                maximumOpenTransactions: ledger.maximumOpen, signatures: ledger.counter, time: ledger.time)
        }
        return try result.get()
    }

    func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction] {
        let result = self.carry(.openTransactions(client)) { (ledger, _) throws(TSEFailure) in
            ledger.open.filter { $0.value == client }.map { OpenTransaction(number: $0.key, client: client) }
        }
        return try result.get()
    }

    func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord {
        let result = self.carry(.record(number)) { (ledger, _) throws(TSEFailure) -> TransactionRecord in
            if ledger.open[number] == client { return .open }
            if ledger.unreadable.contains(number) { return .finishedUnreadable }
            if let signature = ledger.finished[number], signature.client == client { return .finished(signature) }
            return .unknown
        }
        return try result.get()
    }

    // MARK: Carrying out

    private func carry<Answer: Sendable>(
        _ call: Call, type: String = "", _ body: (inout Ledger, Fate) throws(TSEFailure) -> Answer
    ) -> Result<Answer, TSEFailure> {
        let fate = self.fate(call)
        return self.ledger.withLock { ledger in
            ledger.calls.append(call)
            self.carryOutBelated(&ledger)
            switch fate {
            case .unreachable: return .failure(TSEFailure(.unreachable))
            case .refused(let code): return .failure(TSEFailure(code))
            case .lostBefore: return .failure(TSEFailure(.answerLost))
            case .belated(let calls):
                ledger.belated.append((calls, call, type))
                return .failure(TSEFailure(.timedOut))
            case .well, .lostAfter, .badSignature, .otherData:
                let result = Result { () throws(TSEFailure) in try body(&ledger, fate) }
                return fate == .lostAfter ? .failure(TSEFailure(.answerLost)) : result
            }
        }
    }

    private func carryOutBelated(_ ledger: inout Ledger) {
        for index in ledger.belated.indices { ledger.belated[index].callsToGo -= 1 }
        let due = ledger.belated.filter { $0.callsToGo <= 0 }
        ledger.belated.removeAll { $0.callsToGo <= 0 }
        for (_, call, type) in due {
            switch call {
            case .start(let client): _ = try? Self.start(client, &ledger)
            case .finish(let number, let client, let data):
                _ = try? self.finish(number, client, type, data, &ledger, .well)
            case .status, .openTransactions, .record: break
            }
        }
    }

    private static func start(_ client: String, _ ledger: inout Ledger) throws(TSEFailure) -> StartedTransaction {
        if let maximum = ledger.maximumOpen, ledger.open.count >= maximum { throw TSEFailure(.transactionLimit) }
        ledger.counter += 1
        ledger.lastNumber += 1
        ledger.open[ledger.lastNumber] = client
        ledger.time = ledger.time + .seconds(1)
        return StartedTransaction(
            number: ledger.lastNumber, logTime: ledger.time, signatureCounter: ledger.counter)
    }

    private func finish(
        _ number: UInt64, _ client: String, _ type: String, _ data: String, _ ledger: inout Ledger, _ fate: Fate
    ) throws(TSEFailure) -> TSESignature {
        guard ledger.open[number] == client else { throw TSEFailure(.unknownTransaction) }
        ledger.counter += 1
        ledger.time = ledger.time + .seconds(1)
        let signed = fate == .otherData ? "AVSonstige^0.00_0.00_0.00_0.00_0.00^" : data
        let signature: TSESignature
        do { signature = try self.sign(number, client, type, signed, ledger, fate) } catch {
            throw TSEFailure(.refused, "\(error)")
        }
        ledger.open[number] = nil
        ledger.finished[number] = signature
        return signature
    }

    private func sign(
        _ number: UInt64, _ client: String, _ type: String, _ data: String, _ ledger: Ledger, _ fate: Fate
    ) throws -> TSESignature {
        let algorithm = TSEAlgorithm(name: "ecdsa-plain-SHA256")
        guard let algorithm else { throw TSEFailure(.refused, "no algorithm") }
        let message = LogMessage.bytes(
            client: client, processType: type, processData: Array(data.utf8), transactionNumber: number,
            signatureCounter: ledger.counter, logTime: ledger.time, timeFormat: .unixTime, algorithm: algorithm,
            serial: Digest.hash(.sha256, self.point))
        var bytes = try self.key.sign(message ?? [], .ecdsa(.sha256, .plain))
        if fate == .badSignature { bytes[bytes.count - 1] ^= 1 }
        return try TSESignature(
            client: client, transactionNumber: number, signatureCounter: ledger.counter, startTime: ledger.time,
            logTime: ledger.time, processType: type, processData: data, signature: bytes, publicKey: self.point)
    }
}
