import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import Testing

@Suite("tse verify-qr")
struct VerifyQRProgramTests {
    private static let program = Program("tse")

    private static let members = ["verdict", "curve", "layout", "signatureForm", "serial", "messageHex", "problems"]

    private static func status(_ verdict: String) -> Int32 {
        switch verdict {
        case "valid": 0
        case "unsupportedAlgorithm": 3
        default: 1
        }
    }

    @Test(
        "Every collected receipt gets its verdict, and a valid one shows the very bytes that were signed",
        .enabled(if: TSESamples.exist, "\(TSESamples.absence)"))
    func samples() async throws {
        let vectors = try TSESamples.list("qr-vectors.json", "vectors")
        try #require(vectors.count >= 31)
        let orders = try TSESamples.object("qr-semicolon-in-process-data.json")
        var order = orders
        order["expect"] = (orders["expect"] as? [String: Any])?
            .merging(["messageHex": orders["messageHex"] as Any]) { $1 }
        for vector in vectors + [order] {
            let name = vector["id"] as? String ?? "order data"
            let expected = try #require(vector["expect"] as? [String: Any])
            let ending = try await Self.program.run("verify-qr", try #require(vector["qr"] as? String), "--json")
            let verdict = try #require(expected["verdict"] as? String)
            #expect(ending.status == Self.status(verdict), "\(name)")
            #expect(ending.json["verdict"] as? String == verdict, "\(name)")
            for member in ["layout", "signatureForm", "messageHex"] {
                #expect(text(ending.json[member]) == text(expected[member]), "\(name) \(member)")
            }
            for (member, named) in [("curve", "curve"), ("serial", "sha256PublicPoint")] {
                guard let value = expected[named] else { continue }
                #expect(text(ending.json[member]) == text(value), "\(name) \(member)")
            }
            for member in Self.members { #expect(ending.json[member] != nil, "\(name) \(member)") }
        }
    }

    @Test("What a TSE of any kind signed is valid, and curve, layout and serial number are told")
    func simulated() async throws {
        for curve in TSEProfile.curves {
            for (layout, letter) in [(TSEProfile.Layout.a, "A"), (.b, "B"), (.bInTwoChunks, "B")] {
                let digest: DigestAlgorithm =
                    switch curve {
                    case .secp384r1, .brainpoolP384r1: .sha384
                    case .brainpoolP512r1: .sha512
                    default: .sha256
                    }
                let qr = try QRText(TSEProfile(curve: curve, digest: digest, timeFormat: .utcTime, layout: layout))
                let ending = try await Self.program.run("verify-qr", qr.text, "--json")
                let name = "\(curve.name) \(layout)"
                #expect(ending.status == 0, "\(name): \(ending.text)")
                #expect(ending.json["verdict"] as? String == "valid", "\(name)")
                #expect(ending.json["curve"] as? String == curve.name, "\(name)")
                #expect(ending.json["layout"] as? String == letter, "\(name)")
                #expect(ending.json["signatureForm"] as? String == "plain", "\(name)")
                #expect(ending.json["serial"] as? String == qr.serial, "\(name)")
                #expect(ending.json["messageHex"] as? String == qr.messageHex, "\(name)")
                #expect(ending.errors.isEmpty, "\(name)")
            }
        }
    }

    @Test("Each verdict has its exit status, and what cannot be told is null")
    func verdicts() async throws {
        let qr = try QRText()
        let mismatch = qr.with(3, "Beleg^10.01_0.00_0.00_0.00_0.00^10.01:Bar")
        let cases: [(text: String, verdict: String, nulls: Set<String>)] = [
            (mismatch, "signatureMismatch", ["layout", "signatureForm", "messageHex"]),
            (qr.with(4, "2"), "signatureMismatch", ["layout", "signatureForm", "messageHex"]),
            (qr.with(11, Base64.encode([4] + [UInt8](repeating: 7, count: 64))), "badPublicKey", ["messageHex"]),
            (qr.with(8, "ecdsa-plain-SHA3-256"), "unsupportedAlgorithm", ["layout", "signatureForm", "messageHex"]),
            (qr.with(0, "V1"), "malformed", ["messageHex"]), (qr.with(4, "one"), "malformed", ["messageHex"]),
            (qr.with(6, "yesterday"), "malformed", ["messageHex"]), (qr.with(10, "=="), "malformed", ["messageHex"]),
            ("V0;Kasse 7", "malformed", ["curve", "layout", "signatureForm", "serial", "messageHex"]),
            ("nothing", "malformed", ["curve", "layout", "signatureForm", "serial", "messageHex"]),
        ]
        for (text, verdict, nulls) in cases {
            let ending = try await Self.program.run("verify-qr", text, "--json")
            #expect(ending.json["verdict"] as? String == verdict, "\(text)")
            #expect(ending.status == Self.status(verdict), "\(text)")
            for member in Self.members {
                let value = try #require(ending.json[member], "\(text) \(member)")
                if nulls.contains(member) { #expect(value is NSNull, "\(text) \(member)") }
            }
        }
        // The key's serial number and curve are known all the same.
        let known = try await Self.program.run("verify-qr", mismatch, "--json")
        #expect(known.json["curve"] as? String == "secp256r1")
        #expect(known.json["serial"] as? String == qr.serial)
    }

    @Test("Order data keeps its semicolons, and the standard input is read for a dash")
    func orders() async throws {
        let qr = try QRText(processType: "Bestellung-V1", processData: "1;\"Eis\";3.99\r2;\"Tee\";2.50")
        let ending = try await Self.program.run("verify-qr", "-", "--json", input: Array(qr.text.utf8))
        #expect(ending.status == 0, "\(ending.text) \(ending.errors)")
        #expect(ending.json["messageHex"] as? String == qr.messageHex)
    }

    @Test("Without --json the verdict stands on one line; without a text it is bad usage")
    func plain() async throws {
        let ending = try await Self.program.run("verify-qr", try QRText().text)
        #expect(ending.status == 0)
        #expect(ending.text.hasPrefix("valid"))
        let usage = try await Self.program.run("verify-qr", "--json")
        #expect(usage.status == 2)
        #expect(usage.output.isEmpty)
        #expect(usage.errors.split(separator: "\n").count == 1)
    }
}
