import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import TSEOffline
import Testing

/// `tse register`, with the service in its own process and behind an address.
@Suite("tse register", .serialized)
struct TSERegisterProgramTests {
    private static let coffee = "Beleg^2.80_0.00_0.00_0.00_0.00^2.80:Bar"

    /// A register in a folder of its own.
    private struct Till {
        let folder: TestFolder
        let way: [String]

        init(url: String? = nil) throws {
            self.folder = try TestFolder()
            self.way = url.map { ["--url", $0] } ?? ["--sim"]
        }

        func run(_ command: String, _ arguments: String..., input: String = "") async throws -> Program.Ending {
            try await Program("tse").run(
                ["register", command, "--state", self.folder.path + "/till", "--json"] + self.way + arguments,
                input: Array(input.utf8))
        }
    }

    @Test("A sale is opened, stored and signed: the receipt carries a QR code that verifies")
    func sale() async throws {
        let till = try Till()
        let opened = try await till.run("create")
        #expect(opened.status == 0, "\(opened.errors)")
        #expect(opened.json["kind"] as? String == "started")
        #expect(opened.json["outcome"] as? String == "registered")
        let number = try #require(opened.json["number"] as? Int)
        let stored = try await till.run("store", "-", input: Self.coffee + "\n")
        #expect(stored.status == 0, "\(stored.errors)")
        #expect(stored.json["outcome"] as? String == "registered")
        #expect(stored.json["document"] as? String == opened.json["document"] as? String)
        #expect(stored.json["number"] as? Int == number)
        #expect(stored.json["signature"] as? String == "valid")
        let qr = try #require(stored.json["qr"] as? String)
        #expect(qr.contains(Self.coffee))
        #expect(stored.json["print"] as? [String] == ["QR: \(qr)"])
        #expect(try await Program("tse").run("verify-qr", qr, "--json").status == 0)
        let status = try await till.run("status")
        #expect(status.status == 0)
        #expect(status.json["tse"] as? String == "connected")
        #expect((status.json["open"] as? [String])?.isEmpty == true)
        #expect(status.json["openTransactions"] as? Int == 0)
        #expect(status.json["signatures"] as? Int == 2)
        // The options of the register may stand before its command.
        let before = try await Program("tse").run(
            ["register", "--state", till.folder.path + "/till", "--sim", "status", "--json"])
        #expect(before.json["signatures"] as? Int == 2, "\(before.errors)")
    }

    @Test("With the TSE out a sale goes on, its receipt carries the mark alone, and resign has it signed")
    func outage() async throws {
        let till = try Till()
        #expect(try await till.run("pull-out").status == 0)
        let opened = try await till.run("create", "--document", "A-1")
        #expect(opened.status == 3)
        #expect(opened.json["kind"] as? String == "createFailed")
        #expect(opened.json["number"] is NSNull)
        let stored = try await till.run("store", "-", input: Self.coffee)
        #expect(stored.status == 3, "\(stored.errors)")
        #expect(stored.json["outcome"] as? String == "pending")
        #expect(stored.json["kind"] as? String == "bothFailed")
        #expect(stored.json["print"] as? [String] == ["TSE ausgefallen."])
        #expect(stored.json["qr"] is NSNull)
        #expect(stored.json["notice"] as? String == "Tse not connected.")
        let down = try await till.run("status")
        #expect(down.json["tse"] as? String == "down")
        #expect(down.json["waiting"] as? [String] == ["A-1"])
        let early = try await till.run("resign")
        #expect(early.status == 3)
        #expect(early.json["waiting"] as? [String] == ["A-1"])

        #expect(try await till.run("put-back").status == 0)
        let resigned = try await till.run("resign")
        #expect(resigned.status == 0, "\(resigned.text) \(resigned.errors)")
        #expect(resigned.json["signed"] as? [String] == ["A-1"])
        let log = try await till.run("outages")
        #expect(log.status == 0)
        let outage = try #require((log.json["outages"] as? [[String: Any]])?.first)
        #expect(outage["end"] is String)
        let document = try #require((outage["documents"] as? [[String: Any]])?.first)
        #expect(document["id"] as? String == "A-1")
        #expect(document["state"] as? String == "reSigned")
        let late = try #require((document["lateSignature"] as? [String: Any])?["qr"] as? String)
        #expect(try await Program("tse").run("verify-qr", late).status == 0)
        // What was issued stays as it was.
        let again = try await till.run("store", "-", "--document", "A-1", input: Self.coffee)
        #expect(again.status == 3)
        #expect(again.json["print"] as? [String] == ["TSE ausgefallen."])
        #expect(again.json["fromJournal"] as? Bool == true)
    }

    @Test("The TSE can be out at one call only: at the first item, at payment, at the cancellation")
    func outageAtOneStep() async throws {
        let till = try Till()
        _ = try await till.run("pull-out", "--at", "create")
        #expect(try await till.run("create").json["kind"] as? String == "createFailed")
        let mended = try await till.run("store", "-", input: Self.coffee)
        #expect(mended.json["kind"] as? String == "signed", "\(mended.text)")
        #expect((mended.json["print"] as? [String])?.allSatisfy { $0.hasPrefix("QR: ") } == true)
        for (step, command) in [("store", ["store", "-"]), ("cancel", ["cancel"])] {
            #expect(try await till.run("create").status == 0)
            _ = try await till.run("pull-out", "--at", step)
            let failed =
                command.count == 1
                ? try await till.run("cancel") : try await till.run("store", "-", input: Self.coffee)
            #expect(failed.json["kind"] as? String == "storeFailed", "\(failed.text)")
            #expect(failed.json["step"] as? String == step)
            #expect(failed.status == 3)
        }
        #expect(try await till.run("resign").status == 0)
        #expect(try await till.run("status").json["openTransactions"] as? Int == 0)
    }

    @Test("Bad input is status 2 with one line, and nothing is signed")
    func badInput() async throws {
        let till = try Till()
        #expect(try await till.run("create", "--document", "A").status == 0)
        for data in [
            "", "Beleg", "Beleg^1.00_0.00_0.00_0.00_0.00^2.00:Bar", "Beleg^1,000.00_0.00_0.00_0.00_0.00^1,000.00:Bar",
            "{}",
        ] {
            let ending = try await till.run("store", "-", input: data)
            #expect(ending.status == 2, "\(data): \(ending.text)")
            #expect(ending.output.isEmpty, "\(data)")
            #expect(ending.errors.split(separator: "\n").count == 1, "\(data): \(ending.errors)")
        }
        #expect(try await till.run("create", "--document", "B").status == 0)
        // Which of the two is not said.
        let unclear = try await till.run("cancel")
        #expect(unclear.status == 2)
        #expect(unclear.errors.contains("A, B"))
        #expect(try await till.run("cancel", "--document", "C").status == 2)
        #expect(try await till.run("pull-out", "--at", "lunch").status == 2)
        let neither = try await Program("tse").run("register", "status", "--state", till.folder.path)
        #expect(neither.status == 2)
        #expect(try await till.run("cancel", "--document", "A").status == 0)
        #expect(try await till.run("cancel", "--document", "B").status == 0)
        #expect(try await till.run("cancel").status == 2)
        #expect(try await till.run("status").json["signatures"] as? Int == 4)
    }

    @Test("Behind an address: the same commands, the service signs by itself, and its silence is no outage of the TSE")
    func remote() async throws {
        let state = try TestFolder()
        let authorities = try await SimulatedAuthorities.start(state: state.path)
        let till = try Till(url: authorities.ready.tse.url)
        let opened = try await till.run("create")
        #expect(opened.status == 0, "\(opened.errors)")
        try await authorities.tse.pullOut()
        let stored = try await till.run("store", "-", input: Self.coffee)
        #expect(stored.status == 3, "\(stored.errors)")
        #expect(stored.json["kind"] as? String == "storeFailed")
        #expect(try await till.run("status").json["tse"] as? String == "down")
        #expect(try await till.run("pull-out").status == 2)
        try await authorities.tse.putBack()
        // The service looks by itself, several times a second.
        while try await !authorities.tse.service.status().waiting.isEmpty { await Task.yield() }
        let resigned = try await till.run("resign")
        #expect(resigned.status == 0, "\(resigned.text) \(resigned.errors)")
        #expect((resigned.json["waiting"] as? [String])?.isEmpty == true)
        #expect(await authorities.tse.tse.device.finished.count == 1)
        await authorities.stop()

        let silent = try await till.run("create")
        #expect(silent.status == 3)
        #expect(silent.json["outcome"] as? String == "pending", "\(silent.text)")
        #expect(silent.errors.contains("serviceNotReached"), "\(silent.errors)")
    }
}
