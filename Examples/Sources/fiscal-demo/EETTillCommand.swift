public import ArgumentParser
public import EETProtocol
import FiscalCore
import FiscalStore
import FiscalTransport
import Foundation

/// A till of its own process: opens its journal, submits a sale or runs its outbox, and prints the receipt.
struct EETTillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eet-till", abstract: "A Czech till (started by the demonstration).", shouldDisplay: false)

    @Option(help: "The ready file of the simulated authorities.") var ready: String
    @Option(help: "The journal.") var journal: String
    @Option(help: "v3 or v4.") var edition: Edition
    @Option(help: "The receipt number.") var number: String
    @Option(help: "When the sale was made.") var at: String
    @Option(help: "The total.") var total: String
    @Flag(help: "Run the outbox instead of submitting.") var sync = false

    func run() async throws {
        let access = try EETAccess(readyFile: self.ready, self.edition)
        let transport = try AsyncHTTPTransport(.init(trust: .certificates([access.tlsAuthority])))
        let client = try await EETClient.open(
            taxpayer: Taxpayer(pkcs12: access.pkcs12, password: access.password),
            configuration: EETClientConfiguration(
                edition: self.edition, environment: .playground, endpoint: access.url,
                trust: SealTrust(anchors: Certificate.all(pemOrDER: access.sealAuthority)),
                receipt: ReceiptOptions(
                    pendingNotice: "Tržba bude evidována dodatečně.", printsUnofficialQR: true)),
            store: SQLiteStore(path: self.journal), transport: transport, clock: .system, randomness: .system)
        if self.sync {
            for outcome in try await client.sync(ignoringPauses: true).outcomes { Self.show(outcome) }
        } else {
            Self.show(
                try await client.issue(
                    Sale(
                        premises: 273, till: "/5546/RO24", number: self.number, at: self.at, total: self.total)))
        }
        try await transport.shutdown()
    }

    private static func show(_ outcome: EETOutcome) {
        for line in outcome.paper.lines { say(line) }
    }
}

extension Edition: @retroactive ExpressibleByArgument {}

/// What the ready file of the simulated authorities says about EET.
struct EETAccess {
    var url: String
    var tlsAuthority: [UInt8]
    var sealAuthority: [UInt8]
    var pkcs12: [UInt8]
    var password: String

    init(readyFile: String, _ edition: Edition) throws {
        struct Ready: Decodable {
            struct EET: Decodable { var v3, v4, tls_ca, seal_ca, p12, password: String }
            var eet: EET
        }
        func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
        let eet = try JSONDecoder().decode(Ready.self, from: Data(try bytes(readyFile))).eet
        self.url = edition == .v3 ? eet.v3 : eet.v4
        self.tlsAuthority = try bytes(eet.tls_ca)
        self.sealAuthority = try bytes(eet.seal_ca)
        self.pkcs12 = try bytes(eet.p12)
        self.password = eet.password
    }
}
