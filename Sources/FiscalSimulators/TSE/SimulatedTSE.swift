public import FiscalCore
public import TSEOffline

/// A TSE in memory: a ``TSEDevice`` that signs for real, behind a way there and back that can be made to fail.
///
/// Everything it knows can be taken out with ``snapshot`` and put into another one, so that a TSE outlives the process
/// that used it. Hooks before and after each call let a test stop the world at that moment.
public actor SimulatedTSE: TSE {
    /// One call as it arrived, and the fault that was shown with it.
    public struct Call: Sendable, Hashable {
        /// 0 for the first one.
        public var index: Int
        public var kind: TSECall
        /// Nil for the question how the TSE is.
        public var client: String?
        public var transactionNumber: UInt64?
        public var fault: TSEFault?
        public var receivedAt: FiscalInstant
    }

    /// Everything that it remembers. As JSON it holds the private key, so its file belongs to its owner alone.
    public struct Snapshot: Sendable, Codable {
        public var device: TSEDevice
        public var faults: TSEFaultPlan
        var belated: [BelatedCall]

        public init(device: TSEDevice, faults: TSEFaultPlan = TSEFaultPlan()) {
            self.device = device
            self.faults = faults
            self.belated = []
        }
    }

    /// The TSE itself: counters, transactions, every signed message.
    public private(set) var device: TSEDevice
    /// What it will do wrong.
    public private(set) var faults: TSEFaultPlan
    /// Every call so far, also those that did not get through.
    public private(set) var calls: [Call] = []
    /// Somebody pulled it out: no call arrives until it is put back.
    public private(set) var isPulledOut = false
    private var belated: [BelatedCall]
    private var before: (@Sendable (Call) async -> Void)?
    private var after: (@Sendable (Call) async -> Void)?
    private var changed: (@Sendable (Snapshot) async throws -> Void)?
    private let clock: any FiscalClock

    /// A TSE as it was when the snapshot was taken.
    /// - Parameter clock: gives the time, to which ``TSEDevice/clockOffsetMilliseconds`` is added, and the slowness.
    public init(_ snapshot: Snapshot, clock: some FiscalClock) {
        self.device = snapshot.device
        self.faults = snapshot.faults
        self.belated = snapshot.belated
        self.clock = clock
    }

    /// A new TSE.
    public init(_ identity: TSEIdentity, rules: TSERules = TSERules(), clock: some FiscalClock) {
        self.init(Snapshot(device: TSEDevice(identity, rules: rules)), clock: clock)
    }

    /// Everything that it remembers now.
    public var snapshot: Snapshot {
        var snapshot = Snapshot(device: self.device, faults: self.faults)
        snapshot.belated = self.belated
        return snapshot
    }

    // MARK: Making it fail

    /// Changes what it will do wrong.
    public func planFaults<Value: Sendable>(_ body: @Sendable (inout TSEFaultPlan) -> Value) -> Value {
        body(&self.faults)
    }

    /// Changes the device: its rules, its clock, its counter.
    public func withDevice<Value: Sendable>(_ body: @Sendable (inout TSEDevice) -> Value) -> Value {
        body(&self.device)
    }

    /// Pulls it out: from now on no call arrives.
    public func pullOut() { self.isPulledOut = true }

    /// Puts it back in.
    public func putBack() { self.isPulledOut = false }

    /// Called before anything of a call happens.
    public func onBefore(_ hook: (@Sendable (Call) async -> Void)?) { self.before = hook }

    /// Called when a call is over, before its answer is returned: the TSE has signed, or not.
    public func onAfter(_ hook: (@Sendable (Call) async -> Void)?) { self.after = hook }

    /// Called after every change, before its answer goes out: a host keeps the snapshot. When it throws, the answer is
    /// lost.
    public func onChange(_ hook: (@Sendable (Snapshot) async throws -> Void)?) { self.changed = hook }

    // MARK: Calls

    public func start(client: String) async throws(TSEFailure) -> StartedTransaction {
        try await self.answer(.start(client: client)).started()
    }

    public func finish(
        _ number: UInt64, client: String, processType: String, processData: String
    ) async throws(TSEFailure) -> TSESignature {
        try await self.answer(
            .finish(number, client: client, processType: processType, processData: processData)
        ).signature()
    }

    public func status() async throws(TSEFailure) -> TSEStatus { try await self.answer(.status).status() }

    public func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction] {
        try await self.answer(.openTransactions(client: client)).open()
    }

    public func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord {
        try await self.answer(.record(number, client: client)).record()
    }

    private func answer(_ request: TSERequest) async throws(TSEFailure) -> TSEReply {
        let now = self.clock.now()
        let fault = self.isPulledOut ? .unreachable : self.faults.take(request.kind, at: now)
        let call = Call(
            index: self.calls.count, kind: request.kind, client: request.client,
            transactionNumber: request.transactionNumber, fault: fault, receivedAt: now)
        self.calls.append(call)
        await self.before?(call)
        self.carryOutBelated()
        let signatures = self.device.signatureCounter
        let result = await self.carry(request, fault)
        var isKept = true
        if self.device.signatureCounter != signatures, let changed = self.changed {
            do { try await changed(self.snapshot) } catch { isKept = false }
        }
        await self.after?(call)
        guard isKept else { throw TSEFailure(.answerLost, "the state of the simulated TSE could not be kept") }
        return try result.get()
    }

    /// Takes a call through its fault to its answer.
    private func carry(_ request: TSERequest, _ fault: TSEFault?) async -> Result<TSEReply, TSEFailure> {
        switch fault {
        case .unreachable: return .failure(TSEFailure(.unreachable, "no TSE"))
        case .requestLost: return .failure(TSEFailure(.answerLost, "the connection broke"))
        case .otherTSE: return .failure(TSEFailure(.otherTSE, "another TSE answers"))
        case .refused(let refusal): return .failure(refusal.failure)
        case .answerLost:
            _ = self.carryOut(request, nil)
            return .failure(TSEFailure(.answerLost, "the connection broke"))
        case .carriedOutLater(let calls):
            self.belated.append(BelatedCall(request: request, callsToGo: max(1, calls)))
            return .failure(TSEFailure(.timedOut, "no answer"))
        case .slow(let milliseconds):
            try? await self.clock.sleep(for: .milliseconds(max(0, milliseconds)))
            let result = self.carryOut(request, nil)
            return Task.isCancelled ? .failure(TSEFailure(.timedOut, "given up")) : result
        case .silent(let isCarriedOut):
            if isCarriedOut { _ = self.carryOut(request, nil) }
            await Self.untilCancelled()
            return .failure(TSEFailure(.timedOut, "no answer"))
        default: return self.carryOut(request, fault)
        }
    }

    private func carryOut(_ request: TSERequest, _ fault: TSEFault?) -> Result<TSEReply, TSEFailure> {
        do { return .success(try self.device.reply(to: request, fault, at: self.clock.now())) } catch {
            return .failure(error.failure)
        }
    }

    /// Carries out what was held back for so many calls.
    private func carryOutBelated() {
        for index in self.belated.indices { self.belated[index].callsToGo -= 1 }
        let due = self.belated.filter { $0.callsToGo <= 0 }
        self.belated.removeAll { $0.callsToGo <= 0 }
        for call in due { _ = self.carryOut(call.request, nil) }
    }

    private static func untilCancelled() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        // Nothing is ever yielded: the loop ends with the task.
        for await _ in stream {}
        continuation.finish()
    }
}
