import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTransport
import Foundation
import SimulatorServer
import TSEOffline

/// Germany: a regular sale, then the TSE is pulled out at the first item, at payment, and for good; put back, everything
/// that was issued unsigned is signed by the service itself, and every signature is verified.
struct TSEDemo {
    private let folder: URL
    /// Documents of this demonstration; one in the same folder has others.
    private let series = SystemRandomSource.system.uuid().prefix(8)

    init(folder: URL) {
        self.folder = folder
    }

    func run(_ tally: inout Tally) async throws {
        let authorities = try await SimulatedAuthorities.start(
            state: self.folder.appendingPathComponent("authority").path)
        let office = authorities.tse
        let transport = try AsyncHTTPTransport()
        let till = try await FiscalServiceClient.open(
            configuration: FiscalServiceClientConfiguration(endpoint: authorities.ready.tse.url, register: "Kasse 7"),
            store: SQLiteStore(path: self.folder.appendingPathComponent("till.sqlite").path), transport: transport,
            clock: SystemClock.system, randomness: SystemRandomSource.system)
        let before = await office.tse.device.finished.count

        say("\n== Germany, TSE: a regular sale")
        let regular = try await self.sale("1", "11.90", at: till)
        tally.check("it is signed, and the signature is valid", Self.isValid(regular.paper.qr))
        tally.check("nothing is printed but the QR code", regular.paper.items.count == 1)

        say("\n== Germany: the TSE fails at the first item only")
        try await office.pullOut(at: .create)
        let opened = try await till.create("\(self.series)-2")
        tally.check("the sale goes on", opened.tseFailed && opened.answer.verdict.mayContinueSale)
        let mended = try await self.pay("2", "5.35", at: till)
        tally.check("it is signed at payment all the same", Self.isValid(mended.paper.qr))
        tally.check("its receipt says nothing of the failure", mended.paper.lines.allSatisfy { $0.hasPrefix("QR: ") })

        say("\n== Germany: the TSE fails at payment")
        _ = try await till.create("\(self.series)-3")
        try await office.pullOut()
        var unsigned = [try await self.pay("3", "7.00", at: till)]
        say("\n== Germany: and stays out for two more sales, one of them cancelled")
        unsigned.append(try await self.sale("4", "20.00", at: till))
        _ = try await till.create("\(self.series)-5")
        unsigned.append(try await till.cancel("\(self.series)-5"))
        self.show(unsigned[2], as: "5")
        tally.check(
            "each receipt carries the mark of the outage and nothing of the TSE",
            unsigned.allSatisfy { $0.paper.lines == ["TSE ausgefallen."] })
        let waiting = try await office.service.status().waiting
        tally.check("all three wait for their signature", waiting == (3...5).map { "\(self.series)-\($0)" })

        say("\n== Germany: the TSE is back")
        try await office.putBack()
        try await self.wait { try await office.service.status().waiting.isEmpty }
        say("  … the service has signed what was issued unsigned; the till did nothing")
        let late = try await self.lateSignatures(of: office, waiting)
        tally.check("each of them has one valid signature", late.count == 3 && late.allSatisfy { Self.isValid($0.qr) })
        tally.check("in the order of the sales", late.map(\.counter) == late.map(\.counter).sorted())
        let device = await office.tse.device
        tally.check("the TSE has signed five documents, none twice", device.finished.count == before + 5)
        tally.check("and holds nothing open", device.openTransactions().isEmpty)
        tally.check("what was printed in the outage has not changed", try await self.isUnchanged(unsigned, till))

        say("\n== Germany: the outage, as an auditor reads it")
        for line in try await office.service.outages().text(zone: NamedZone.berlin).split(separator: "\n") {
            say("    | \(line)")
        }
        let next = try await self.sale("6", "1.00", at: till)
        tally.check("the next sale is regular again", Self.isValid(next.paper.qr))
        try await transport.shutdown()
        await authorities.stop()
    }

    // MARK: The till

    private func sale(_ number: String, _ sum: String, at till: FiscalServiceClient) async throws
        -> FiscalServiceOutcome
    {
        _ = try await till.create("\(self.series)-\(number)")
        return try await self.pay(number, sum, at: till)
    }

    private func pay(_ number: String, _ sum: String, at till: FiscalServiceClient) async throws -> FiscalServiceOutcome
    {
        let outcome = try await till.store(
            "\(self.series)-\(number)", processData: "Beleg^\(sum)_0.00_0.00_0.00_0.00^\(sum):Bar")
        self.show(outcome, as: number)
        return outcome
    }

    private func isUnchanged(_ outcomes: [FiscalServiceOutcome], _ till: FiscalServiceClient) async throws -> Bool {
        for outcome in outcomes {
            let kept = try await till.state(of: outcome.documentID)
            guard kept.finished?.response == outcome.answer?.response, kept.state == .reSigned else { return false }
        }
        return true
    }

    // MARK: The service

    private func lateSignatures(of office: TSEOffice, _ ids: [String]) async throws -> [(counter: UInt64, qr: String)] {
        var found: [(counter: UInt64, qr: String)] = []
        for id in ids {
            guard case .reSigned(let signature, _) = try await office.service.state(of: id) else { continue }
            found.append((signature.signatureCounter, signature.qr))
        }
        return found
    }

    private static func isValid(_ qr: String?) -> Bool {
        qr.map { QRVerification(of: $0).verdict == .valid } ?? false
    }

    private func wait(until condition: () async throws -> Bool) async throws {
        for _ in 0..<500 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func show(_ outcome: FiscalServiceOutcome, as name: String) {
        for line in outcome.paper.lines { say("    | \(line)") }
        try? (outcome.paper.lines.joined(separator: "\n") + "\n").write(
            to: self.folder.appendingPathComponent("receipt-\(name).txt"), atomically: true, encoding: .utf8)
    }
}
