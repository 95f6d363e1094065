import ArgumentParser
import FermaClient
import FermaTillFolder
import FiscalCore
import Foundation
import Killing

/// A till that sells through Ferma in a process that kills itself: proves that no moment loses or doubles a receipt.
///
/// Started again, it goes on with the first sale that it has not written down, under the same request identifier; so
/// does a till.
@main
struct FermaKillable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ferma-killable")

    @Option(
        help: "The moment at which to die, from 1: each commit, exchange and line of the book has one before and after."
    )
    var dieAt: Int

    @Option(help: "What is sold depends on this number and the place of the sale.") var seed: Int
    @Option(help: "The first sale.") var first: Int
    @Option(help: "The last sale.") var last: Int
    @Option(help: "Address of the simulated Ferma.") var url: String
    @Option(help: "The client's key file.") var p12: String
    @Option(help: "Its password.") var password: String
    @Option(name: .customLong("tls-ca"), help: "Who vouches for the server.") var tlsAuthority: String

    @Argument(help: "The folder.") var folder: String

    func run() async throws {
        guard self.first <= self.last else { throw ValidationError("--first is after --last") }
        func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
        let access = TillAccess(
            url: self.url, identity: try PKCS12.read(try bytes(self.p12), password: self.password),
            tlsAuthority: try bytes(self.tlsAuthority))
        // Silence is long enough after two seconds.
        let configuration = FermaClientConfiguration(environment: .test, timeout: .seconds(2))
        let plan = KillPlan(dieAt: self.dieAt)
        let clock = ShopClock()
        let folder = TillFolder(self.folder)
        try await folder.withClient(access, configuration, clock: clock) { store, transport in
            (KillableStore(base: store, plan: plan), KillableTransport(base: transport, plan: plan))
        } _: { client in
            let book = try SalesBook(folder.url.appendingPathComponent("receipts.jsonl"), plan: plan)
            let cashier = Cashier(client: client, clock: clock, seed: self.seed)
            for place in self.first...self.last where !book.places.contains(place) {
                try book.write(try await cashier.sell(place), place)
            }
        }
    }
}
