import ArgumentParser
import FiscalCore
import FiscalStore
import FiscalTransport
import Foundation
import Killing
import RemoteTSE
import TSEOffline

/// A scripted morning of a German fiscal service in a process that kills itself: proves that no moment leaves a document
/// without its one signature, or with two.
///
/// The TSE lives in another process. Started again, the till goes on with the first step that it has no line of.
@main
struct TSEKillable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tse-killable")

    @Option(
        help: "The moment at which to die, from 1; each commit, call of the TSE and line has a before and an after.")
    var dieAt: Int

    @Option(help: "HOST:PORT of the TSE.") var tse: String
    @Option(help: "The serial of the TSE.") var serial: String
    @Option(help: "How far the clock is ahead, in seconds; more at each start.") var ahead: Int64 = 0

    @Argument(help: "The folder.") var folder: String

    func run() async throws {
        let plan = KillPlan(dieAt: self.dieAt)
        let folder = URL(fileURLWithPath: self.folder, isDirectory: true)
        let clock = HurriedClock(ahead: .seconds(self.ahead))
        let transport = try AsyncHTTPTransport()
        let service = try await FiscalService.open(
            // A slow machine is no outage: those of this campaign are counted in calls.
            configuration: FiscalServiceConfiguration(
                tseSerial: self.serial, longestWait: .seconds(60), longestWaitInOutage: .seconds(60)),
            tse: KillableTSE(base: RemoteTSE(address: self.tse, transport: transport), plan: plan),
            store: KillableStore(
                base: try SQLiteStore(path: folder.appendingPathComponent("service.sqlite").path), plan: plan),
            clock: clock, randomness: SystemRandomSource.system)
        let receipts = try Receipts(folder.appendingPathComponent("receipts.jsonl"), plan: plan)
        for place in Day.steps.indices.dropFirst(receipts.lines.count) {
            clock.skip(.seconds(120))
            try await Till(service: service, receipts: receipts).carryOut(place)
            // What the service does by itself between two calls of a till.
            _ = try await service.sync()
        }
        try await Self.recover(service, clock)
        let log = try await service.outages().json
        try Data(log.bytes).write(to: folder.appendingPathComponent("outages.json"))
        try await transport.shutdown()
    }

    /// Until nothing waits.
    private static func recover(_ service: FiscalService, _ clock: HurriedClock) async throws {
        for _ in 0..<1000 {
            guard let due = try await service.sync().nextProbe else { return }
            clock.skip(due - clock.now())
        }
        throw Unexpected("the recovery does not end")
    }
}

/// The till: asks, and writes down what goes on paper.
struct Till {
    let service: FiscalService
    let receipts: Receipts

    func carryOut(_ place: Int) async throws {
        let step = Day.steps[place]
        let opening = self.receipts.opening(of: step.document)
        let answer: FiscalResponse
        switch step.kind {
        case .create: answer = try await self.service.create(step.document, register: step.register)
        case .store:
            answer = try await self.service.store(
                FiscalDocument(
                    id: step.document, register: step.register, processData: Day.processData(of: step.document)),
                answering: try Self.echo(opening))
        case .cancel:
            answer = try await self.service.cancel(
                step.document, register: step.register, answering: try Self.echo(opening))
        }
        let verdict = answer.classify(step: step.kind, afterCreateFailed: opening?.kind == "createFailed")
        guard [.started, .createFailed, .signed, .storeFailed, .bothFailed].contains(verdict.kind) else {
            throw Unexpected("step \(place) was answered \(verdict.kind)")
        }
        let echoed = answer.echoed
        try self.receipts.print(
            Receipts.Line(
                place: place, step: step.kind.rawValue, document: step.document, kind: verdict.kind.rawValue,
                number: echoed.numberValue ?? 0, revision: echoed.revisionValue ?? 0,
                startTime: echoed.startTimeValue ?? 0,
                paper: answer.paper(step: step.kind).lines, qr: answer.additionalFields.qrCodeDataString))
    }

    private static func echo(_ line: Receipts.Line?) throws -> EchoedNumbers {
        guard let line else { throw Unexpected("a document is finished that was never opened") }
        return EchoedNumbers(
            number: .integer(line.number), revision: .integer(line.revision), startTime: .integer(line.startTime))
    }
}

/// Something ended as it may not.
struct Unexpected: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
