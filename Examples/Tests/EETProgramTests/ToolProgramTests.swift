import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import HTTPTypes
import ProgramTestSupport
import Testing

/// The smaller commands of `eet`: usage, key files, licences, answers, canonical form.
@Suite struct ToolProgramTests {
    private let eet = Program("eet")

    @Test("Bad usage: status 2, one line on the standard error, nothing on the standard output")
    func usage() async throws {
        for arguments in [
            ["bogus"], ["run"], ["run", "x", "--edition", "v5"], ["sign", "--p12", "x"], ["run", "x", "--bogus"],
            ["run", "x", "--licensor", "y"], ["license", "issue"], ["verify"],
            ["sign", "--p12", "x", "--password", "y", "--out", "z"],
        ] {
            let ending = try await self.eet.run(arguments)
            #expect(ending.status == 2, "\(arguments)")
            #expect(ending.output.isEmpty)
            #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
        }
        let help = try await self.eet.run("--help")
        #expect(help.status == 0)
        for command in ["run", "sync", "license", "sign", "verify", "check-p12"] {
            #expect(help.text.contains(command))
        }
        #expect(!help.text.contains("c14n"), "for comparing only")
    }

    // MARK: Key files

    @Test("A key file tells whose it is, in the old and the new encryption")
    func keyFile() async throws {
        let folder = try TestFolder()
        for credentials in [SampleTaxpayer.main, SampleTaxpayer.other] {
            let path = try folder.write("taxpayer.p12", credentials.pkcs12)
            let ending = try await self.eet.run("check-p12", "--p12", path, "--password", "eet", "--json")
            #expect(ending.status == 0)
            let subject = try #require(ending.json["subject"] as? String)
            #expect(subject.contains("CN=\(credentials.certificate.subject.commonName ?? "?")"))
            #expect(ending.json["chain"] as? Int == 1)
            // openssl reads serial number and dates of the same certificate.
            let openssl = try #require(Program(tool: "openssl"))
            let pem = try folder.write("certificate.pem", credentials.certificate.pem)
            let told = try await openssl.run(
                "x509", "-in", pem, "-noout", "-serial", "-startdate", "-enddate", "-dateopt", "iso_8601")
            func iso(_ member: String) -> String {
                (ending.json[member] as? String ?? "").replacingOccurrences(of: "T", with: " ")
            }
            #expect(
                told.text == "serial=\(ending.json["serial"] as? String ?? "")\nnotBefore=\(iso("notBefore"))\n"
                    + "notAfter=\(iso("notAfter"))\n")
        }
    }

    @Test("Wrong password, unsupported encryption and damage are told apart")
    func badKeyFiles() async throws {
        let folder = try TestFolder()
        let path = try folder.write("taxpayer.p12", SampleTaxpayer.main.pkcs12)
        let wrong = try await self.eet.run("check-p12", "--p12", path, "--password", "S3cret", "--json")
        #expect(wrong.status == 2 && wrong.errors.contains("wrongPassword") && wrong.output.isEmpty)
        #expect(!wrong.errors.contains("S3cret"))

        let cut = try folder.write("cut.p12", Array(SampleTaxpayer.main.pkcs12.prefix(700)))
        let damaged = try await self.eet.run("check-p12", "--p12", cut, "--password", "eet", "--json")
        #expect(damaged.status == 2 && damaged.errors.contains("damaged"))

        let missing = try await self.eet.run("check-p12", "--p12", folder.path + "/none", "--password", "eet")
        #expect(missing.status == 2 && missing.errors.contains("--p12"))

        // Without a MAC, and with the name of the cipher changed to one that nobody has.
        let openssl = try #require(Program(tool: "openssl"))
        let key = try folder.write("key.pem", SampleTaxpayer.main.key.pkcs8PEM())
        let certificate = try folder.write("certificate.pem", SampleTaxpayer.main.certificate.pem)
        let made = try await openssl.run(
            "pkcs12", "-export", "-nomac", "-inkey", key, "-in", certificate, "-passout", "pass:eet", "-out",
            folder.url("plain.p12").path)
        #expect(made.status == 0)
        var bytes = try folder.bytes("plain.p12")
        let aes256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2A]
        for start in bytes.indices.dropLast(aes256.count) where Array(bytes[start..<(start + 9)]) == aes256 {
            bytes[start + 8] = 0x7F
        }
        let strange = try folder.write("strange.p12", bytes)
        let unsupported = try await self.eet.run("check-p12", "--p12", strange, "--password", "eet")
        #expect(
            unsupported.status == 2 && unsupported.errors.contains("unsupportedEncryption"), "\(unsupported.errors)")
    }

    @Test("The official key files open", .enabled(if: OfficialSamples.exist, "\(OfficialSamples.absence)"))
    func officialKeyFiles() async throws {
        for (file, password, dic, chain) in [
            ("v3/01000003.p12", "eet", "CZ1212121218", 0),
            ("v3/EET_CA1_Playground-CZ1212121218.2019-08.p12", "eet", "CZ1212121218", 1),
            ("v4/CA_EET-Playground-CZ00000019.p12", "aaaa1111", "CZ00000019", 2),
        ] {
            let path = OfficialSamples.path("certs/\(file)")
            let ending = try await self.eet.run("check-p12", "--p12", path, "--password", password, "--json")
            #expect((ending.json["subject"] as? String)?.contains("CN=\(dic)") == true)
            #expect(ending.json["chain"] as? Int == chain)
        }
        // The quotes around the password in the source document are none of it.
        let path = OfficialSamples.path("certs/v3/01000003.p12")
        let quoted = try await self.eet.run("check-p12", "--p12", path, "--password", "„eet“")
        #expect(quoted.status == 2 && quoted.errors.contains("wrongPassword"))
    }

    @Test(
        "A list of processes does not show the password",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/cmdline")))
    func processTitle() async throws {
        for option in [["--password", "S3cret-1"], ["--password=S3cret-1"]] {
            // Waits for the end of its standard input, which stays open.
            let running = try Running(self.eet.path, ["check-p12", "--p12", "-"] + option, input: nil)
            defer { running.process.terminate() }
            let title = "/proc/\(running.process.processIdentifier)/cmdline"
            let deadline = ContinuousClock.now + .seconds(120)
            var text = "S3cret-1"
            while text.contains("S3cret-1") || !text.contains("check-p12"), ContinuousClock.now < deadline {
                text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: title)), as: UTF8.self)
                await Task.yield()
            }
            #expect(text.contains("check-p12") && !text.contains("S3cret-1"))
        }
    }

    // MARK: Licences

    @Test("A licence that was issued is valid; openssl verifies its signature over rows 1 to 3 joined by LF")
    func licence() async throws {
        let folder = try TestFolder()
        let openssl = try #require(Program(tool: "openssl"))
        let key = folder.url("vendor.pem").path
        let vendor = folder.url("vendor.pub").path
        _ = try await openssl.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
        _ = try await openssl.run("pkey", "-in", key, "-pubout", "-out", vendor)
        let file = folder.url("eet-licence.txt").path
        let issued = try await self.eet.run(
            "license", "issue", "--vendor-key", key, "--licence", "KLÍČ-7", "--ico", "27082440", "--out", file)
        #expect(issued.status == 0, "\(issued.errors)")
        let rows = String(decoding: try folder.bytes("eet-licence.txt"), as: UTF8.self).components(separatedBy: "\r\n")
        #expect(rows.count == 5 && Array(rows[0...2]) == ["KLÍČ-7", "27082440", "1"] && rows[4] == "")
        try folder.write("signature", try #require(Base64.decode(rows[3])))
        let plain = try folder.write("plain", "KLÍČ-7\n27082440\n1")
        let verified = try await openssl.run(
            "dgst", "-sha256", "-verify", vendor, "-signature", folder.url("signature").path, plain)
        #expect(verified.text.contains("Verified OK"))

        func check(_ rows: [String]) async throws -> (status: Int32, valid: Bool?, code: Int?) {
            let path = try folder.write("checked.txt", rows.map { $0 + "\r\n" }.joined())
            let ending = try await self.eet.run("license", "check", path, "--vendor-pub", vendor, "--json")
            #expect(Set(ending.json.keys) == ["valid", "code"])
            return (ending.status, ending.json["valid"] as? Bool, ending.json["code"] as? Int)
        }
        let good = Array(rows[0...3])
        #expect(try await check(good) == (0, true, nil))
        #expect(try await check(Array(rows[0...2])) == (1, false, 1004))
        #expect(try await check(good + [""]) == (1, false, 1004))
        #expect(try await check([good[0], good[1], "2", good[3]]) == (1, false, 1004))
        #expect(try await check(["KLÍČ-8", good[1], "1", good[3]]) == (1, false, 1002))
        #expect(try await check([good[0], good[1], "1", "x" + good[3].dropFirst()]) == (1, false, 1002))
        #expect(try await check([good[0], good[1], "1", ""]) == (1, false, 1006))
        let missing = try await self.eet.run(
            "license", "check", folder.path + "/none", "--vendor-pub", vendor, "--json")
        #expect(missing.status == 2 && missing.output.isEmpty)
        let badICO = try await self.eet.run(
            "license", "issue", "--vendor-key", key, "--licence", "A", "--ico", "123", "--out", file)
        #expect(badICO.status == 2 && badICO.errors.contains("ico"))
    }

    // MARK: Answers

    @Test(
        "Answers of the simulated office: accepted under its seal, untrusted without, refused when something differs",
        arguments: Edition.allCases)
    func answers(edition: Edition) async throws {
        let folder = try TestFolder()
        let key = try folder.write("taxpayer.p12", SampleTaxpayer.main.pkcs12)
        let seal = try folder.write("seal.pem", SampleTaxpayer.office.sealAuthorityCertificate.pem)
        let input = try folder.write("eetin.txt", SampleTaxpayer.input())
        let signed = try await self.eet.run(
            "sign", "--p12", key, "--password", "eet", "--in", input, "--edition", edition.rawValue, "--out",
            folder.url("request.xml").path, "--json")
        let uuid = try #require(signed.json["uuid"] as? String)
        var office = EETAuthority(edition: edition, identity: SampleTaxpayer.office, random: SystemRandomSource())
        func answer(_ fault: EETFault? = nil) throws -> String {
            office.faults.add(fault)
            var request = HTTPExchangeRequest(
                head: .init(method: .post, scheme: "https", authority: "localhost", path: office.path), body: [])
            request.head.headerFields[.contentType] = "text/xml; charset=utf-8"
            request.head.headerFields[try #require(HTTPField.Name("SOAPAction"))] = edition.soapAction
            request.body = try folder.bytes("request.xml")
            guard case .answer(let response) = office.receive(request, at: SystemClock().now()) else { return "" }
            return try folder.write("answer.xml", response.body)
        }
        let good = try answer()
        let code = try #require(office.sales.first?.first.code)
        let accepted = try await self.eet.run(
            "verify", "--response", good, "--ca", seal, "--expect-uuid", uuid, "--json")
        #expect(accepted.status == 0)
        #expect(
            Set(accepted.json.keys) == [
                "accepted", "fik", "pok", "test", "error", "warnings", "signature", "problems",
            ])
        #expect(accepted.json[edition == .v3 ? "fik" : "pok"] as? String == code)
        #expect(accepted.json[edition == .v3 ? "pok" : "fik"] is NSNull)
        #expect(accepted.json["signature"] as? String == "valid" && accepted.json["test"] as? Bool == true)

        let untrusted = try await self.eet.run("verify", "--response", good, "--json")
        #expect(untrusted.status == 1)
        #expect(untrusted.json["signature"] as? String == "untrusted" && untrusted.json["fik"] is NSNull)

        let otherUUID = "1e7c4b32-f9e6-42d0-b1f8-2e6a5a8e9f02"
        let foreign = try await self.eet.run(
            "verify", "--response", good, "--ca", seal, "--expect-uuid", otherUUID, "--json")
        #expect(foreign.status == 1 && foreign.json["accepted"] as? Bool == false)
        let other = edition == .v3 ? "v4" : "v3"
        let wrongEdition = try await self.eet.run(
            "verify", "--response", good, "--ca", seal, "--edition", other, "--json")
        #expect(wrongEdition.status == 1)
        let late = try await self.eet.run(
            "verify", "--response", good, "--ca", seal, "--at", "2099-01-01T00:00:00Z", "--json")
        #expect(late.status == 1 && late.json["signature"] as? String == "untrusted")
        #expect(try await self.eet.run("verify", "--response", good, "--at", "tomorrow").status == 2)

        let refused = try await self.eet.run("verify", "--response", answer(.refuse(code: 4)), "--ca", seal, "--json")
        #expect(refused.status == 1)
        #expect((refused.json["error"] as? [String: Any])?["code"] as? Int == 4)
        #expect(refused.json["signature"] as? String == "absent")
        for fault in [EETFault.garbage, .soapFault, .documentType, .malformed] {
            let ending = try await self.eet.run("verify", "--response", answer(fault), "--ca", seal, "--json")
            #expect(ending.status == 2 && ending.output.isEmpty, "\(fault)")
        }
    }

    // MARK: Canonical form

    @Test(
        "xmllint agrees on the canonical form of a document",
        .enabled(if: Program(tool: "xmllint") != nil, "xmllint is not installed"))
    func canonicalForm() async throws {
        let document =
            "<?xml version=\"1.0\"?>\r\n<a:r xmlns:a=\"urn:a\" xmlns:b=\"urn:b\"  z='1' b:y=\"&lt;&#9;\"  ><c/>\r\n</a:r>"
        let folder = try TestFolder()
        let path = try folder.write("document.xml", document)
        let ours = try await self.eet.run("c14n", input: Array(document.utf8))
        let theirs = try await #require(Program(tool: "xmllint")).run("--exc-c14n", path)
        #expect(ours.status == 0)
        #expect(ours.output == theirs.output)
        let broken = try await self.eet.run("c14n", input: Array("<a>".utf8))
        #expect(broken.status == 2 && broken.output.isEmpty)
        #expect(try await self.eet.run("c14n", "--id", "none", input: Array("<a/>".utf8)).status == 2)
    }

    @Test(
        "The canonical Bodies of the official messages",
        .enabled(if: OfficialSamples.exist, "\(OfficialSamples.absence)"))
    func officialCanonicalForms() async throws {
        for (message, name, prefixes) in [
            ("requests/v3/CZ1212121218.v3.valid.v3.1.1.xml", "CZ1212121218.v3.1.1", ""),
            ("requests/v3/CZ1212121218.valid.v3.1.xml", "CZ1212121218.v3.1", ""),
        ] {
            let bytes = try OfficialSamples.bytes(message)
            let xml = String(decoding: bytes, as: UTF8.self)
            let reference = try #require(xml.firstMatch(of: /Reference[^>]*URI="#([^"]+)"/)?.1)
            let list = xml.firstMatch(of: /<ds:Transform [^>]*>\s*<ec:InclusiveNamespaces[^>]*PrefixList="([^"]*)"/)?.1
            let ending = try await self.eet.run(
                ["c14n", "--id", String(reference), "--prefix-list", list.map(String.init) ?? prefixes], input: bytes)
            #expect(try ending.output == OfficialSamples.bytes("c14n/\(name).body.c14n"), "\(message)")
        }
    }
}
