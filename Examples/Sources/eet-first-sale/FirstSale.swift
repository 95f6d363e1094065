import EETProtocol
import FiscalCore
import FiscalStore
import FiscalTransport
import Foundation

@main struct FirstSale {
    static func main() async throws {  // arguments: URL, its TLS CA, the seal CA, the .p12 file, its password
        let files = try CommandLine.arguments[2...4].map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
        let client = try await EETClient.open(
            taxpayer: Taxpayer(pkcs12: files[2], password: CommandLine.arguments[5]),
            configuration: .init(
                edition: .v3, environment: .playground, endpoint: CommandLine.arguments[1],
                trust: SealTrust(anchors: Certificate.all(pemOrDER: files[1]))),
            store: SQLiteStore(path: "till.sqlite"),
            transport: AsyncHTTPTransport(.init(trust: .certificates([files[0]]))), clock: .system, randomness: .system)
        let now = OffsetDateTime(SystemClock().now(), zone: NamedZone.prague).iso8601Seconds
        let outcome = try await client.issue(
            Sale(premises: 273, till: "/5546/RO24", number: "0/6460/ZQ42", at: now, total: "34113.00"))
        print(outcome.paper.lines.joined(separator: "\n"))  // FIK and BKP, or PKP and BKP while the link is down
        print(outcome.confirmationCode ?? "kept; client.sync() sends it again")
    }
}
