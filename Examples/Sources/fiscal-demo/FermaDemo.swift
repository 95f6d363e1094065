import FermaClient
import FermaTillFolder
import FiscalCore
import FiscalSimulators
import Foundation
import SimulatorServer

/// Russia: a sale online, one whose answer is lost on the way, and its return.
struct FermaDemo {
    private let folder: URL
    private let clock = HurriedClock()

    init(folder: URL) {
        self.folder = folder
    }

    func run(_ tally: inout Tally) async throws {
        let authorities = try await SimulatedAuthorities.start(
            state: self.folder.appendingPathComponent("authority").path)
        let (ready, office) = (authorities.ready.ferma, authorities.ferma)
        func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
        let access = TillAccess(
            url: ready.url, identity: try PKCS12.read(bytes(ready.p12), password: ready.password),
            tlsAuthority: try bytes(ready.tls_ca))
        let till = TillFolder(self.folder.appendingPathComponent("till").path)
        var result = tally
        try await till.withClient(access, FermaClientConfiguration(environment: .test), clock: self.clock) { client in
            // A second demonstration in the same folder has payments of its own.
            let payment = office.authority.documents.count
            try await self.online(client, office, "payment-\(payment)-a", &result)
            try await self.lostAnswer(client, office, "payment-\(payment)-b", &result)
            try await self.takenBack(client, office, "payment-\(payment)-b-return", &result)
        }
        tally = result
        await authorities.stop()
    }

    private func online(
        _ client: FermaClient, _ office: FermaOffice, _ payment: String, _ tally: inout Tally
    ) async throws {
        say("\n== Russia, Ferma: a sale online, the client certificate is the only login")
        let outcome = try await client.issue(try Self.receipt(.income), requestID: payment)
        self.show(outcome, as: "online")
        let documents = Self.documents(office, payment)
        tally.check("the register made one document", documents.count == 1)
        tally.check(
            "its number and sign are on the receipt",
            documents.first.map { outcome.document?.number == $0.number && outcome.document?.sign == $0.sign } ?? false)
        tally.check("so is its QR text", documents.first.map { outcome.paper.qr == $0.qr } ?? false)
    }

    private func lostAnswer(
        _ client: FermaClient, _ office: FermaOffice, _ payment: String, _ tally: inout Tally
    ) async throws {
        say("\n== Russia, Ferma: the register makes the document, and the answer is lost")
        office.withAuthority { $0.faults.add(.lost(formed: true)) }
        let first = try await client.issue(try Self.receipt(.income), requestID: payment)
        tally.check("the till does not know; nothing is handed out", Self.isUnknown(first) && first.paper.lines.isEmpty)
        tally.check(
            "a second receipt for the payment is refused", try await Self.refusesCorrection(client, first, payment))
        self.clock.skip(.seconds(60))
        say("  … a minute later the same request is sent again")
        _ = try await client.sync()
        guard let outcome = try await client.outcome(requestID: payment) else { return }
        self.show(outcome, as: "recovered")
        let documents = Self.documents(office, payment)
        tally.check("there is one document, not two", documents.count == 1)
        tally.check(
            "the till has learnt its number", outcome.document.map { $0.number == documents.first?.number } ?? false)
        let bodies = office.authority.requests.filter { $0.identity?.requestID == payment }.map(\.body)
        tally.check("both requests were the same to the byte", bodies.count == 2 && bodies[0] == bodies[1])
    }

    private func takenBack(
        _ client: FermaClient, _ office: FermaOffice, _ payment: String, _ tally: inout Tally
    ) async throws {
        say("\n== Russia, Ferma: the sale is taken back")
        let outcome = try await client.issue(try Self.receipt(.returnOfIncome), requestID: payment)
        self.show(outcome, as: "return")
        tally.check("the return is a document of its own", Self.documents(office, payment).map(\.type) == [2])
        tally.check("its QR text says so", outcome.paper.qr?.hasSuffix("&n=2") ?? false)
        tally.check("nothing is left open", try await client.openSubmissions().isEmpty)
    }

    private static func receipt(_ type: DocumentType) throws -> Receipt {
        var receipt = ReceiptBuilder(type)
        receipt.add(
            "Яблоки", quantity: try Quantity("2.5"), price: try Money(parsing: "100.00", currency: .rub), vat: .rate10)
        receipt.add("Доставка", price: try Money(parsing: "299.00", currency: .rub), vat: .rate20)
        receipt.contact = try PhoneOrEmail("buyer@shop.example")
        try receipt.payNonCash()
        return try receipt.receipt()
    }

    private static func documents(_ office: FermaOffice, _ payment: String) -> [FermaDocument] {
        office.authority.ledger.documents(of: FermaRequestIdentity(requestID: payment))
    }

    private static func isUnknown(_ outcome: FermaOutcome) -> Bool {
        if case .unknown = outcome.state { true } else { false }
    }

    private static func refusesCorrection(
        _ client: FermaClient, _ outcome: FermaOutcome, _ payment: String
    ) async throws -> Bool {
        do {
            _ = try await client.correct(
                outcome.facts.identity, with: try Self.receipt(.income), requestID: "\(payment)-again", by: "demo",
                because: "no answer came")
            return false
        } catch let error as FermaError { return error.code == .documentMayExist }
    }

    private func show(_ outcome: FermaOutcome, as name: String) {
        for line in outcome.paper.lines { say("    | \(line)") }
        try? (outcome.paper.lines.joined(separator: "\n") + "\n").write(
            to: self.folder.appendingPathComponent("receipt-\(name).txt"), atomically: true, encoding: .utf8)
    }
}
