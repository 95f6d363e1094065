import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import Testing

/// `ferma receipt` against the simulated Ferma behind real mutual TLS.
@Suite struct FermaReceiptProgramTests {
    /// A till with a folder of its own.
    private struct Till {
        let folder: TestFolder
        let ferma: FermaOnSocket

        init(_ ferma: FermaOnSocket) throws {
            self.folder = try TestFolder()
            self.ferma = ferma
        }

        /// The register of these tests has two taxation systems; the apples are sold under the second.
        func run(
            _ command: String = "receipt", _ arguments: [String] = ["-"], body: String = "", url: String? = nil
        ) async throws -> Program.Ending {
            try await Program("ferma").run(
                [command] + arguments + ["--state", self.folder.path + "/till", "--json"]
                    + self.ferma.options(url: url), input: Array(body.utf8))
        }

        func sell(_ requestID: String, _ changes: [String: String] = [:], url: String? = nil) async throws
            -> Program.Ending
        {
            try await self.run(
                body: FermaRequests.sale(changes).replacing("order-1001-sale", with: requestID), url: url)
        }

        func documents(_ requestID: String) -> [FermaDocument] {
            self.ferma.authority.ledger.documents(
                of: FermaRequestIdentity(requestID: requestID, clientID: "shop"))
        }
    }

    private func withTill(_ body: (Till, FermaOnSocket) async throws -> Void) async throws {
        let ferma = try await FermaOnSocket.start()
        ferma.openBooks()
        do { try await body(try Till(ferma), ferma) } catch { Issue.record(error) }
        await ferma.stop()
    }

    @Test("A sale: number, QR text and paper are those of the document; once more, the same answer and no second one")
    func sale() async throws {
        try await self.withTill { till, ferma in
            let ending = try await till.sell("A-1")
            #expect(ending.status == 0, "\(ending.text)\(ending.errors)")
            let document = try #require(till.documents("A-1").first)
            #expect(document.total == 25_000 && document.type == 0)
            #expect(ending.json["outcome"] as? String == "registered")
            #expect(ending.json["requestID"] as? String == "A-1")
            #expect(ending.json["number"] as? String == "\(document.number)")
            #expect(ending.json["sign"] as? Int == Int(document.sign))
            #expect(ending.json["qr"] as? String == document.qr)
            let lines = try #require(ending.json["print"] as? [String])
            #expect(lines.contains { $0.contains("\(document.number)") })
            #expect(lines.contains { $0.contains(document.qr) })
            let again = try await till.sell("A-1")
            #expect(again.status == 0 && again.output == ending.output, "\(again.text)")
            #expect(ferma.authority.requests.count == 1, "what is known is not asked again")
        }
    }

    @Test("A return is a document of its own type, and its QR text has the sign 2")
    func returned() async throws {
        try await self.withTill { till, _ in
            #expect(try await till.sell("A-1").status == 0)
            let ending = try await till.sell("A-1-return", [#""DocumentType":0"#: #""DocumentType":2"#])
            #expect(ending.status == 0, "\(ending.text)\(ending.errors)")
            #expect(till.documents("A-1-return").map(\.type) == [2])
            #expect((ending.json["qr"] as? String)?.hasSuffix("&n=2") == true)
        }
    }

    @Test("The answer is lost: unknown, status 3, nothing to print; the same command again finds the document")
    func lostAnswer() async throws {
        try await self.withTill { till, ferma in
            ferma.plan([.lost(formed: true)])
            let first = try await till.sell("A-1")
            #expect(first.status == 3 && first.json["outcome"] as? String == "unknown", "\(first.text)\(first.errors)")
            #expect(first.json["number"] is NSNull && first.json["qr"] is NSNull)
            let second = try await till.sell("A-1")
            #expect(second.status == 0 && second.json["outcome"] as? String == "registered", "\(second.text)")
            #expect(till.documents("A-1").count == 1)
            let bodies = ferma.authority.requests.map(\.body)
            #expect(bodies.count == 2 && bodies[0] == bodies[1])
        }
    }

    @Test("Nobody listens: pending, status 3; when Ferma is back the same command makes the document")
    func outage() async throws {
        try await self.withTill { till, _ in
            // Nobody listens on port 9.
            let first = try await till.sell("A-1", url: "https://127.0.0.1:9/api/kkt/cloud/sync/receipt")
            #expect(first.status == 3 && first.json["outcome"] as? String == "pending", "\(first.text)\(first.errors)")
            #expect(try await till.sell("A-1").status == 0)
            #expect(till.documents("A-1").count == 1)
        }
    }

    @Test("The same identifier with another content is refused before anything is sent")
    func otherContent() async throws {
        try await self.withTill { till, ferma in
            #expect(try await till.sell("A-1").status == 0)
            let other = try await till.sell("A-1", ["Яблоки": "Груши"])
            #expect(other.status == 2 && other.output.isEmpty, "\(other.text)")
            #expect(other.errors.split(separator: "\n").count == 1)
            #expect(ferma.authority.requests.count == 1)
        }
    }

    @Test("A definite refusal: status 1 and its code; a person's correction under a new identifier gets the document")
    func refusedAndCorrected() async throws {
        try await self.withTill { till, _ in
            // The register does not know which of its two taxation systems is meant.
            let refused = try await till.sell("A-1", [#","TaxMode":2"#: ""])
            #expect(refused.status == 1 && refused.json["outcome"] as? String == "refused", "\(refused.text)")
            #expect(refused.json["code"] as? Int == 52)
            #expect(refused.json["source"] as? String == "device")
            let word = ["--by", "Иванова", "--why", "система налогообложения"]
            let corrected = try await till.run(
                "correct", ["A-1", "-", "--client", "shop"] + word, body: FermaRequests.sale("A-1b"))
            #expect(corrected.status == 0, "\(corrected.text)\(corrected.errors)")
            #expect(till.documents("A-1").isEmpty && till.documents("A-1b").count == 1)
            let again = try await till.run(
                "correct", ["A-1", "-", "--client", "shop"] + word, body: FermaRequests.sale("A-1c"))
            #expect(again.status == 2 && again.output.isEmpty, "one correction is enough: \(again.text)")
            #expect(till.documents("A-1c").isEmpty)
            // The first command once more: what it asked for is still refused, and the answer says where to look.
            let first = try await till.sell("A-1", [#","TaxMode":2"#: ""])
            #expect(first.status == 1 && first.json["correctedBy"] as? String == "A-1b", "\(first.text)")
        }
    }

    @Test("While a document may exist, a correction is refused; a person's word repeats the same request")
    func personsWord() async throws {
        try await self.withTill { till, ferma in
            ferma.plan([.device(code: 255, formed: true, fatal: true)])
            let first = try await till.sell("A-1")
            #expect(first.status == 3 && first.json["outcome"] as? String == "unknown", "\(first.text)")
            #expect(first.json["code"] as? Int == 255 && first.json["needsPerson"] as? Bool == true)
            let word = ["--client", "shop", "--by", "Иванова", "--why", "терминал починен"]
            let corrected = try await till.run("correct", ["A-1", "-"] + word, body: FermaRequests.sale("A-1b"))
            #expect(corrected.status == 2 && corrected.output.isEmpty, "\(corrected.text)")
            // By itself the command does not send what a person has to look at.
            #expect(try await till.sell("A-1").status == 3)
            #expect(ferma.authority.requests.count == 1)
            let status = try await till.run("status", [])
            let open = try #require(status.json["open"] as? [[String: Any]])
            #expect(open.map { $0["requestID"] as? String } == ["A-1"])
            let repeated = try await till.run("repeat", ["A-1"] + word)
            #expect(repeated.status == 0, "\(repeated.text)\(repeated.errors)")
            #expect(till.documents("A-1").count == 1 && till.documents("A-1b").isEmpty)
            #expect((try await till.run("status", []).json["open"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("A sale that is closed by a person is not sent again by itself")
    func closed() async throws {
        try await self.withTill { till, ferma in
            ferma.plan([.service(code: 14)])
            let first = try await till.sell("A-1")
            #expect(first.status == 3 && first.json["outcome"] as? String == "pending", "\(first.text)")
            let word = ["--client", "shop", "--by", "Иванова", "--why", "покупатель ушёл"]
            #expect(try await till.run("close", ["A-1"] + word).status != 2)
            #expect(try await till.run("sync", []).status == 0)
            #expect(ferma.authority.requests.count == 1 && till.documents("A-1").isEmpty)
        }
    }

    @Test("The register can make no further document: new receipts are kept, and go out by a person's word")
    func stopped() async throws {
        try await self.withTill { till, ferma in
            ferma.plan([.device(code: 6)])
            #expect(try await till.sell("A-1").status == 3)
            let kept = try await till.sell("A-2")
            #expect(kept.status == 3 && kept.json["outcome"] as? String == "pending", "\(kept.text)")
            #expect(ferma.authority.requests.count == 1)
            let status = try await till.run("status", [])
            #expect((status.json["stop"] as? [String: Any])?["code"] as? Int == 6, "\(status.text)")
            #expect(try await till.run("resume", ["--by", "Иванова", "--why", "накопитель заменён"]).status == 0)
            #expect(try await till.run("status", []).json["stop"] is NSNull)
            #expect(try await till.sell("A-2").status == 0)
            #expect(till.documents("A-2").count == 1 && till.documents("A-1").isEmpty)
        }
    }

    @Test("sync sends what waits, and says what became of it")
    func sync() async throws {
        try await self.withTill { till, ferma in
            ferma.plan([.lost(formed: true), .lost(formed: false)])
            #expect(try await till.sell("A-1").status == 3)
            #expect(try await till.sell("A-2").status == 3)
            let ending = try await till.run("sync", ["--now"])
            #expect(ending.status == 0, "\(ending.text)\(ending.errors)")
            #expect((ending.json["sent"] as? [Any])?.count == 2)
            #expect(till.documents("A-1").count == 1 && till.documents("A-2").count == 1)
        }
    }

    @Test("Bad input is status 2 and one line that names field and rule; nothing is sent, nothing is kept")
    func badInput() async throws {
        try await self.withTill { till, ferma in
            let cases: [(changes: [String: String], field: String)] = [
                ([#""Taxid":3"#: #""Taxid":11"#], "Lines[0].Taxid"), (["[25000]": "[24999]"], "NonCash"),
                (["Яблоки": ""], "Lines[0].Description"), (["order-1001-sale": ""], "Requestid"),
                ([#""auto""#: #""x""#], "Device"),
            ]
            for (changes, field) in cases {
                let ending = try await till.sell("A-1", changes)
                #expect(ending.status == 2 && ending.output.isEmpty, "\(field): \(ending.text)")
                #expect(ending.errors.contains(field), "\(ending.errors)")
                #expect(ending.errors.split(separator: "\n").count == 1)
            }
            #expect(ferma.authority.requests.isEmpty)
            #expect(try await till.sell("A-1").status == 0, "the identifier is still free")
        }
    }

    @Test("Without the right certificate nothing is registered; a wrong password is told, and no secret is shown")
    func certificate() async throws {
        try await self.withTill { till, ferma in
            let ready = ferma.ready
            let options = ["receipt", "-", "--state", till.folder.path + "/till", "--json", "--url", ready.url]
            let body = Array(FermaRequests.sale("A-1").utf8)
            let wrong = try await Program("ferma").run(
                options + ["--p12", ready.p12, "--password", "S3cret", "--tls-ca", ready.tls_ca], input: body)
            #expect(wrong.status == 2 && wrong.errors.contains("wrongPassword"), "\(wrong.errors)")
            #expect(!wrong.errors.contains("S3cret"))
            // A server that nobody vouches for: the client's own authority did not issue its certificate.
            let untrusted = try await Program("ferma").run(
                options + ["--p12", ready.p12, "--password", ready.password, "--tls-ca", try self.foreignCA(till)],
                input: body)
            #expect(untrusted.status == 3 && untrusted.json["outcome"] as? String == "pending", "\(untrusted.text)")
            #expect(ferma.authority.requests.isEmpty)
            let stranger = try await Program("ferma").run(
                options + ["--p12", ready.p12_stranger, "--password", ready.password, "--tls-ca", ready.tls_ca],
                input: body)
            #expect(stranger.status != 0 && ferma.authority.documents.isEmpty, "\(stranger.text)")
        }
    }

    /// A certification authority that has nothing to do with the server.
    private func foreignCA(_ till: Till) throws -> String {
        let openssl = try #require(Program(tool: "openssl"))
        let path = till.folder.path + "/foreign.pem"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: openssl.path)
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", till.folder.path + "/foreign.key", "-out", path,
            "-days", "2", "-subj", "/CN=foreign", "-addext", "basicConstraints=critical,CA:TRUE",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return path
    }

    @Test("The journal belongs to its owner alone, and the buyer's telephone stands on paper only")
    func privacy() async throws {
        try await self.withTill { till, _ in
            let ending = try await till.sell("A-1")
            #expect(ending.status == 0 && !ending.errors.contains("79878985623"))
            let status = try await till.run("status", [])
            #expect(!status.text.contains("79878985623") && !status.errors.contains("79878985623"))
            let files = try FileManager.default.contentsOfDirectory(atPath: till.folder.path + "/till")
            #expect(!files.isEmpty)
            for file in files {
                let attributes = try FileManager.default.attributesOfItem(atPath: till.folder.path + "/till/" + file)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
            }
        }
    }
}
