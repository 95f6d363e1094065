import EETProtocol
import FiscalCore
import Foundation

/// Signed EET messages per second on one core, beside `openssl speed rsa2048` of the same moment.
///
/// A message of v3 takes two RSA signatures (PKP and the Body's), one of v4 takes one. The bound is therefore half, or
/// all, of what openssl signs; both are measured in turns, several times, because machines are noisy, and the middle
/// ratio counts.
@main
struct EETSigning {
    static let rounds = 9

    static func main() throws {
        let taxpayer = try Self.taxpayer()
        var percents: [Edition: [Int]] = [:]
        for round in 1...Self.rounds {
            let openssl = try Self.opensslSignsPerSecond()
            for edition in Edition.allCases {
                let rate = try Self.messagesPerSecond(edition, by: taxpayer)
                let bound = edition == .v3 ? openssl / 2 : openssl
                let percent = rate * 100 / max(1, bound)
                percents[edition, default: []].append(percent)
                print(
                    "round \(round) \(edition): \(rate) messages/s, openssl rsa2048 \(openssl) signs/s,",
                    "\(percent) % of the bound \(bound)")
            }
        }
        for edition in Edition.allCases {
            let sorted = (percents[edition] ?? []).sorted()
            print("\(edition): \(sorted[sorted.count / 2]) % of the bound (middle of \(sorted.count) rounds)")
        }
    }

    /// Messages of one second, from a checked sale to the bytes on the wire.
    private static func messagesPerSecond(_ edition: Edition, by taxpayer: Taxpayer) throws -> Int {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(1)
        guard let date = OffsetDateTime(iso8601Seconds: "2026-12-24T17:00:00+01:00") else { return 0 }
        let uuid = "b9bd618a-7d3d-4a15-a405-bc9d0aba4e9b"
        var count = 0
        while clock.now < end {
            let amounts: [SaleAmount: String] =
                edition == .v3
                ? [.zakl_dan1: "100.00", .dan1: "21.00", .zakl_dan2: "100.00", .dan2: "15.00"] : [:]
            let sale = try Sale(
                premises: 141, till: "1patro-vpravo", number: "141-\(count)", at: "2026-12-24T16:59:58+01:00",
                total: "236.00", amounts: amounts)
            let data = try SaleData(sale, edition: edition, certificateDIC: taxpayer.dic)
            let message = try EETMessage(
                header: Hlavicka(uuid: uuid, sentAt: date, isFirstAttempt: true), data: data,
                codes: edition == .v3 ? SecurityCodes(for: data, by: taxpayer) : nil)
            guard try message.signed(by: taxpayer).bytes.count > 3000 else { return 0 }
            count += 1
        }
        return count
    }

    private static func opensslSignsPerSecond() throws -> Int {
        let lines = try Self.run(["speed", "-seconds", "1", "rsa2048"])
        // "rsa 2048 bits 0.000228s 0.000007s   4385.0 149022.0"
        guard let line = lines.split(separator: "\n").last(where: { $0.hasPrefix("rsa 2048 bits") }) else { return 0 }
        let columns = line.split(separator: " ")
        guard columns.count >= 2, let whole = columns[columns.count - 2].split(separator: ".").first else { return 0 }
        return Int(whole) ?? 0
    }

    private static func taxpayer() throws -> Taxpayer {
        let text = try Self.run([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "-", "-subj", "/CN=CZ1212121218", "-days",
            "3650",
        ])
        return try Taxpayer(signer: PrivateKey(pem: text), certificate: Certificate(pem: text))
    }

    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
