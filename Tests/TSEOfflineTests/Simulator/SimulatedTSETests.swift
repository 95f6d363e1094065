import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import TSEOffline
import Testing

/// A TSE in memory, asked as the fiscal service asks it.
@Suite("The simulated TSE: calls and faults")
struct SimulatedTSETests {
    static let start = FiscalInstant(secondsSinceEpoch: 1_770_091_506)
    static let identity: Result<TSEIdentity, any Error> = Result {
        try TSEIdentity(at: start, random: CountingRandomSource(seed: 5))
    }
    let clock = ManualClock(Self.start)
    private let client = "3656-1"
    private let type = "Kassenbeleg-V1"
    private let data = "Beleg^2.00_0.00_0.00_0.00_0.00^2.00:Bar"
    private let abort = "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^"

    private func tse(_ rules: TSERules = TSERules()) throws -> SimulatedTSE {
        SimulatedTSE(try Self.identity.get(), rules: rules, clock: self.clock)
    }

    /// What a call failed with; nil when it went well.
    private func failure<Answer>(_ call: () async throws -> Answer) async -> TSEFailure? {
        do {
            _ = try await call()
            return nil
        } catch { return error as? TSEFailure }
    }

    private func finish(_ tse: SimulatedTSE, _ number: UInt64, _ data: String? = nil) async throws(TSEFailure)
        -> TSESignature
    {
        try await tse.finish(number, client: self.client, processType: self.type, processData: data ?? self.data)
    }

    // MARK: A good TSE

    @Test("The library's own verification and openssl both find the answers right, on every curve and layout")
    func twoWriters() async throws {
        for curve in TSEProfile.curves {
            for layout in TSEProfile.Layout.allCases {
                for format in TSEProfile.TimeFormat.allCases {
                    let digest: DigestAlgorithm =
                        switch curve.coordinateByteCount {
                        case 32: .sha256
                        case 48: .sha384
                        default: .sha512
                        }
                    let profile = TSEProfile(curve: curve, digest: digest, timeFormat: format, layout: layout)
                    let identity = try TSEIdentity(profile, at: Self.start, random: CountingRandomSource(seed: 6))
                    let tse = SimulatedTSE(identity, clock: self.clock)
                    let started = try await tse.start(client: self.client)
                    let signature = try await self.finish(tse, started.number)
                    let verification = signature.verify()
                    #expect(verification.verdict == .valid, "\(profile)")
                    let entry = try #require(await tse.device.finished.first)
                    #expect(verification.message == entry.message)
                    #expect(signature.serial == identity.serial)
                    let judge = try TSESignatureJudge(identity)
                    #expect(try judge.verifies(entry.message, signature.signature))
                }
            }
        }
    }

    @Test("Numbers, counters and times go up; starts are counted; a client sees its own open transactions only")
    func counting() async throws {
        let tse = try self.tse()
        let first = try await tse.start(client: self.client)
        self.clock.advance(by: .milliseconds(1999))
        let second = try await tse.start(client: "3656-2")
        #expect([first.number, second.number] == [1, 2])
        #expect([first.signatureCounter, second.signatureCounter] == [1, 2])
        #expect(second.logTime - first.logTime == .seconds(1))
        let signature = try await self.finish(tse, 1)
        #expect(signature.signatureCounter == 3)
        #expect(signature.startTime == first.logTime)
        #expect(signature.transactionNumber == 1)
        #expect(try await tse.openTransactions(client: self.client).isEmpty)
        let open = try await tse.openTransactions(client: "3656-2")
        #expect(open == [OpenTransaction(number: 2, client: "3656-2", startTime: second.logTime)])
        let status = try await tse.status()
        #expect(status.openTransactions == 1)
        #expect(status.signatures == 3)
        #expect(status.serial == signature.serial)
        #expect(try Certificate(der: status.certificate).publicKey.uncompressedPoint == status.publicKey)
    }

    @Test("A finished transaction is never signed again, and its record is the signature that was given")
    func oneSignature() async throws {
        let tse = try self.tse()
        _ = try await tse.start(client: self.client)
        #expect(try await tse.record(of: 1, client: self.client) == .open)
        let signature = try await self.finish(tse, 1)
        #expect(
            await self.failure { try await self.finish(tse, 1) }?.code
                == .unknownTransaction)
        #expect(try await tse.record(of: 1, client: self.client) == .finished(signature))
        #expect(try await tse.record(of: 1, client: "3656-2") == .unknown)
        #expect(try await tse.record(of: 2, client: self.client) == .unknown)
        #expect(await tse.device.finished.count == 1)
        await tse.withDevice { $0.deleteFinished() }
        #expect(try await tse.record(of: 1, client: self.client) == .finishedUnreadable)
        #expect(await self.failure { try await self.finish(tse, 1) } != nil)
    }

    // MARK: What a TSE refuses

    @Test("At the limit of open transactions a start is refused, and allowed again after one has ended")
    func openLimit() async throws {
        var rules = TSERules()
        rules.maximumOpenTransactions = 3
        let tse = try self.tse(rules)
        for _ in 1...3 { _ = try await tse.start(client: self.client) }
        #expect(
            await self.failure { try await tse.start(client: self.client) }?.code
                == .transactionLimit)
        _ = try await self.finish(tse, 2)
        #expect(try await tse.start(client: self.client).number == 4)
        #expect(try await tse.openTransactions(client: self.client).map(\.number) == [1, 3, 4])
    }

    @Test("A TSE without signatures, certificate or time, or asked by a stranger, says no and signs nothing")
    func refusals() async throws {
        let tse = try self.tse()
        _ = try await tse.start(client: self.client)
        await tse.withDevice { $0.rules.maximumSignatures = 1 }
        #expect(
            await self.failure { try await self.finish(tse, 1) }?.code == .memoryFull)
        await tse.withDevice { $0.rules = TSERules() }
        await tse.withDevice { $0.isTimeSet = false }
        #expect(
            await self.failure { try await self.finish(tse, 1) }?.code == .clockNotSet)
        #expect(try await tse.status().time == nil)
        await tse.withDevice { $0.isTimeSet = true }
        await tse.withDevice { $0.rules.clients = ["3656-9"] }
        #expect(
            await self.failure { try await tse.start(client: self.client) }?.code
                == .unknownClient)
        await tse.withDevice { $0.rules = TSERules() }
        let long = String(repeating: "x", count: 8193)
        #expect(
            await self.failure { try await self.finish(tse, 1, long) }?.code
                == .unsuitableData)
        self.clock.advance(by: .seconds(1827 * 86_400))
        #expect(
            await self.failure { try await self.finish(tse, 1) }?.code
                == .certificateExpired)
        await tse.withDevice { $0.clockOffsetMilliseconds = -1827 * 86_400_000 }
        #expect(try await self.finish(tse, 1).logTime == Self.start)
        #expect(await tse.device.signatureCounter == 2)
    }

    // MARK: Faults

    @Test(
        "Each kind of fault has happened to the TSE, or has not, as its name says",
        arguments: [
            (TSEFault.unreachable, TSEFailure.Code.unreachable, false), (.requestLost, .answerLost, false),
            (.answerLost, .answerLost, true), (.otherTSE, .otherTSE, false),
            (.refused(.memoryFull), .memoryFull, false),
        ])
    func wayFaults(_ fault: TSEFault, _ code: TSEFailure.Code, _ isDone: Bool) async throws {
        let tse = try self.tse()
        _ = try await tse.start(client: self.client)
        await tse.planFaults { $0.add(fault, to: .finish) }
        let failure = await self.failure { try await self.finish(tse, 1) }
        #expect(failure?.code == code)
        // What the code says about it is true.
        #expect(failure?.mayHaveHappened == false ? !isDone : true)
        #expect(await tse.device.finished.count == (isDone ? 1 : 0))
        if isDone {
            guard case .finished(let signature) = try await tse.record(of: 1, client: self.client) else {
                Issue.record("no record")
                return
            }
            #expect(signature.verify().verdict == .valid)
        } else {
            _ = try await self.finish(tse, 1)
        }
    }

    @Test("A call that comes late is carried out before the one it was held back for")
    func belated() async throws {
        let tse = try self.tse()
        _ = try await tse.start(client: self.client)
        await tse.planFaults { $0.add(.carriedOutLater(calls: 2), to: .finish) }
        #expect(await self.failure { try await self.finish(tse, 1) }?.code == .timedOut)
        #expect(try await tse.record(of: 1, client: self.client) == .open)
        guard case .finished = try await tse.record(of: 1, client: self.client) else {
            Issue.record("it never came")
            return
        }
        #expect(await tse.device.finished.count == 1)
    }

    @Test("A silent TSE answers when it is given up, and has done what it was told, or not", arguments: [true, false])
    func silence(_ isDone: Bool) async throws {
        let tse = try self.tse()
        await tse.planFaults { $0.add(.silent(carriedOut: isDone), to: .start) }
        let task = Task { () async -> TSEFailure? in
            await self.failure { try await tse.start(client: self.client) }
        }
        while await tse.calls.isEmpty { await Task.yield() }
        task.cancel()
        #expect(await task.value?.code == .timedOut)
        #expect(await tse.device.openTransactions().count == (isDone ? 1 : 0))
    }

    @Test("A slow TSE takes its time, and finishes what it began when nobody waits any more")
    func slowness() async throws {
        let tse = try self.tse()
        await tse.planFaults { $0.add(.slow(milliseconds: 4000), to: .start, times: 2) }
        _ = try await tse.start(client: self.client)
        #expect(self.clock.elapsed() == .seconds(4))
        let task = Task { () async -> TSEFailure? in
            await self.failure { try await tse.start(client: self.client) }
        }
        task.cancel()
        #expect(await task.value?.code == .timedOut)
        #expect(await tse.device.openTransactions().count == 2)
    }

    @Test("Wrong signatures are wrong in the TSE's memory too")
    func wrongSignatures() async throws {
        let tse = try self.tse()
        for _ in 1...3 { _ = try await tse.start(client: self.client) }
        let good = try await self.finish(tse, 1)
        await tse.planFaults { plan in
            plan.add(.badSignature, to: .finish)
            plan.add(.otherDataSigned, to: .finish)
        }
        #expect(try await self.finish(tse, 2).verify().verdict == .signatureMismatch)
        let other = try await self.finish(tse, 3)
        #expect(other.processData == self.data)
        #expect(other.verify().verdict == .signatureMismatch)
        guard case .finished(let bad) = try await tse.record(of: 2, client: self.client) else {
            Issue.record("no record")
            return
        }
        #expect(bad.verify().verdict == .signatureMismatch)
        // A right signature of another transaction.
        await tse.planFaults { $0.add(.earlierSignature, to: .record) }
        guard case .finished(let strange) = try await tse.record(of: 1, client: self.client) else {
            Issue.record("no record")
            return
        }
        #expect(strange.transactionNumber != good.transactionNumber)
        await tse.planFaults { $0.add(.unreadable, to: .record) }
        #expect(try await tse.record(of: 1, client: self.client) == .finishedUnreadable)
    }

    @Test("The counter may jump; numbers do not, and the signature holds")
    func counterJump() async throws {
        let tse = try self.tse()
        _ = try await tse.start(client: self.client)
        await tse.planFaults { $0.add(.counterJump(by: 1000), to: .finish) }
        let signature = try await self.finish(tse, 1)
        #expect(signature.signatureCounter == 1002)
        #expect(signature.verify().verdict == .valid)
        #expect(try await tse.start(client: self.client).number == 2)
    }

    @Test("Faults hit the planned calls of one kind: the second to the fourth, a span of time, all or none")
    func plan() async throws {
        let tse = try self.tse()
        await tse.planFaults { plan in
            plan.add(nil, to: .start)
            plan.add(.unreachable, to: .start, times: 3)
        }
        var went: [Bool] = []
        for _ in 1...6 {
            let failure = await self.failure { try await tse.start(client: self.client) }
            went.append(failure == nil)
        }
        #expect(went == [true, false, false, false, true, true])

        // From 10:00 for an hour, both calls that end a transaction.
        let begin = self.clock.now() + .seconds(60)
        await tse.planFaults {
            $0.add(.unreachable, from: begin, until: begin + .seconds(3600), at: [.finish, .cancel])
        }
        _ = try await self.finish(tse, 1)
        self.clock.set(begin)
        #expect(await self.failure { try await self.finish(tse, 2) } != nil)
        #expect(await self.failure { try await self.finish(tse, 2, self.abort) } != nil)
        self.clock.set(begin + .seconds(3600))
        _ = try await self.finish(tse, 2, self.abort)

        // Ends and aborts are told apart.
        await tse.planFaults { $0.always(.unreachable, at: [.cancel]) }
        #expect(await self.failure { try await self.finish(tse, 3, self.abort) } != nil)
        _ = try await self.finish(tse, 3)

        await tse.pullOut()
        for _ in 1...2 {
            #expect(await self.failure { try await tse.status() }?.code == .unreachable)
        }
        await tse.putBack()
        _ = try await tse.status()
    }

    // MARK: Outliving a process

    @Test(
        "The whole state goes out as JSON and comes back: counters, open transactions, plans, calls held back, the key")
    func snapshot() async throws {
        let tse = try self.tse()
        for _ in 1...3 { _ = try await tse.start(client: self.client) }
        let first = try await self.finish(tse, 1)
        await tse.planFaults { plan in
            plan.add(.carriedOutLater(calls: 1), to: .finish)
            plan.add(.refused(.memoryFull), to: .start)
            plan.add(.slow(milliseconds: 5), to: .status)
        }
        _ = await self.failure { try await self.finish(tse, 2) }
        let bytes = try JSONEncoder().encode(await tse.snapshot)
        let later = SimulatedTSE(
            try JSONDecoder().decode(SimulatedTSE.Snapshot.self, from: bytes), clock: self.clock)
        #expect(await later.faults == tse.faults)
        #expect(await later.device.log == tse.device.log)
        #expect(
            await self.failure { try await later.start(client: self.client) }?.code
                == .memoryFull)
        #expect(try await later.record(of: 1, client: self.client) == .finished(first))
        // The call that was held back arrived with the first one after it.
        #expect(try await later.openTransactions(client: self.client).map(\.number) == [3])
        let signature = try await self.finish(later, 3)
        #expect(signature.publicKey == first.publicKey)
        #expect(signature.signatureCounter == 6)
        #expect(signature.verify().verdict == .valid)
        #expect("\(try Self.identity.get())".contains("redacted"))
    }

    @Test("The state is handed out before the answer; when it cannot be kept, the answer is lost")
    func keeping() async throws {
        let tse = try self.tse()
        await tse.onChange { snapshot in
            #expect(snapshot.device.lastTransactionNumber == 1)
            throw CancellationError()
        }
        #expect(
            await self.failure { try await tse.start(client: self.client) }?.code
                == .answerLost)
        #expect(await tse.device.openTransactions().count == 1)
    }
}
