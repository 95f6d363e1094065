public import FiscalCore

/// A TSE as a value: its key, its counters, its transactions, and every message it ever signed.
///
/// It signs for real. Time comes in with every call; the whole value can be written down and read back, which is how a
/// TSE outlives the process of a test. ``SimulatedTSE`` puts faults and slowness around it.
public struct TSEDevice: Sendable, Codable {
    public let identity: TSEIdentity
    public var rules: TSERules
    /// How far its clock is ahead of everybody else's, in milliseconds.
    public var clockOffsetMilliseconds: Int64 = 0
    /// False after a loss of power: it refuses to sign until somebody sets its clock.
    public var isTimeSet = true
    /// The counter of the last signature, 0 before the first.
    public private(set) var signatureCounter: UInt64 = 0
    /// The number of the last transaction, 0 before the first.
    public private(set) var lastTransactionNumber: UInt64 = 0
    /// Everything signed, in order.
    public private(set) var log: [TSELogEntry] = []
    private var transactions: [UInt64: TSEDeviceTransaction] = [:]
    private var openNumbers: Set<UInt64> = []

    public init(_ identity: TSEIdentity, rules: TSERules = TSERules()) {
        self.identity = identity
        self.rules = rules
    }

    // MARK: Looking

    /// What it remembers of a transaction; nil when there never was one of that number.
    public func transaction(_ number: UInt64) -> TSEDeviceTransaction? { self.transactions[number] }

    /// The open transactions, the oldest first; of one client only when it is given.
    public func openTransactions(of client: String? = nil) -> [TSEDeviceTransaction] {
        self.openNumbers.sorted().compactMap { self.transactions[$0] }
            .filter { client == nil || $0.client == client }
    }

    /// The ends of transactions, in the order of signing.
    public var finished: [TSELogEntry] { self.log.filter { $0.operation == .finish } }

    /// Its own time, on a whole second.
    public func time(at now: FiscalInstant) -> FiscalInstant {
        FiscalInstant(secondsSinceEpoch: (now + .milliseconds(self.clockOffsetMilliseconds)).secondsSinceEpoch)
    }

    // MARK: Signing

    /// Opens a transaction.
    public mutating func start(client: String, at now: FiscalInstant) throws(TSERefusal) -> TSELogEntry {
        try self.checkReadiness(for: client, at: now)
        guard self.openNumbers.count < self.rules.maximumOpenTransactions else {
            throw .openTransactionLimit
        }
        let number = self.lastTransactionNumber + 1
        let entry = try self.sign(.start, number, client: client, at: now)
        self.lastTransactionNumber = number
        self.transactions[number] = TSEDeviceTransaction(number: number, client: client, start: entry, state: .open)
        self.openNumbers.insert(number)
        return entry
    }

    /// What is done wrong when a transaction is finished.
    public enum Flaw: Sendable, Hashable {
        /// One bit of the signature is turned.
        case signature
        /// Something else is signed than was asked for.
        case processData
    }

    /// Closes a transaction. A second time is refused: the first signature stands.
    public mutating func finish(
        _ number: UInt64, client: String, processType: String, processData: String, at now: FiscalInstant,
        flaw: Flaw? = nil
    ) throws(TSERefusal) -> TSELogEntry {
        try self.checkReadiness(for: client, at: now)
        guard var transaction = self.transactions[number] else { throw .unknownTransaction }
        guard transaction.state == .open else { throw .alreadyFinished }
        guard transaction.client == client else { throw .otherClient }
        guard processData.utf8.count <= self.rules.maximumProcessDataBytes, !processType.contains(";") else {
            throw .unsuitableData
        }
        let entry = try self.sign(
            .finish, number, client: client, processType: processType,
            processData: flaw == .processData ? processData + "0" : processData, at: now,
            turnsBit: flaw == .signature)
        transaction.finish = entry
        transaction.state = .finished
        self.transactions[number] = transaction
        self.openNumbers.remove(number)
        return entry
    }

    private func checkReadiness(for client: String, at now: FiscalInstant) throws(TSERefusal) {
        guard self.isTimeSet else { throw .timeNotSet }
        guard self.identity.certificate.isValid(at: self.time(at: now)) else { throw .certificateExpired }
        guard self.signatureCounter < self.rules.maximumSignatures else { throw .memoryFull }
        // A semicolon would break the QR text.
        guard self.rules.clients?.contains(client) ?? true, !client.contains(";") else { throw .unknownClient }
    }

    private mutating func sign(
        _ operation: TSELogEntry.Operation, _ number: UInt64, client: String, processType: String = "",
        processData: String = "", at now: FiscalInstant, turnsBit: Bool = false
    ) throws(TSERefusal) -> TSELogEntry {
        let time = self.time(at: now)
        let counter = self.signatureCounter + 1
        let message = TSELogMessage(
            operation: operation == .start ? .start : .finish, client: client, processData: processData,
            processType: processType, transactionNumber: number, serial: Digest.hash(.sha256, self.identity.point),
            signatureCounter: counter, logTime: time, profile: self.identity.profile
        ).bytes
        guard var signature = try? self.identity.sign(message) else { throw .signingFailed }
        if turnsBit, let last = signature.indices.last { signature[last] ^= 1 }
        let entry = TSELogEntry(
            operation: operation, transactionNumber: number, client: client, processType: processType,
            processData: processData, signatureCounter: counter, logTime: time, messageHex: Hex.encode(message),
            signatureHex: Hex.encode(signature))
        self.signatureCounter = counter
        self.log.append(entry)
        return entry
    }

    // MARK: What befalls a TSE

    /// Signatures of others, or lost ones: the counter goes on by so many, never beyond its end.
    public mutating func jumpCounter(by count: UInt64) {
        let (sum, overflow) = self.signatureCounter.addingReportingOverflow(count)
        // The last value would leave no next one to count to.
        self.signatureCounter = overflow || sum == .max ? .max - 1 : sum
    }

    /// Its log was exported and deleted: finished transactions are known, their signatures no longer to be had.
    public mutating func deleteFinished() {
        for number in self.transactions.values.filter({ $0.state == .finished }).map(\.number) {
            self.transactions[number]?.finish = nil
            self.transactions[number]?.state = .deleted
        }
    }
}
