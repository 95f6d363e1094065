import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import Testing

/// `eet sign` as a script would use it.
@Suite struct SignProgramTests {
    private let eet = Program("eet")
    private static let uuid = "ce7c4b32-f9e6-42d0-b1f8-2e6a5a8e9f01"
    private static let sentAt = "2026-11-21T11:00:00+01:00"

    private func desk() throws -> (folder: TestFolder, key: [String]) {
        let folder = try TestFolder()
        let path = try folder.write("taxpayer.p12", SampleTaxpayer.main.pkcs12)
        return (folder, ["--p12", path, "--password", "eet"])
    }

    private func message(_ header: [String: String]?, _ data: [String: String], in folder: TestFolder) throws -> String
    {
        var object: [String: [String: String]] = ["data": data]
        object["hlavicka"] = header
        return try folder.write("M.json", [UInt8](JSONSerialization.data(withJSONObject: object)))
    }

    private static let data = [
        "dic_popl": "CZ1212121218", "id_provoz": "273", "id_pokl": "/5546/RO24", "porad_cis": "0/6460/ZQ42",
        "dat_trzby": "2016-08-05T00:30:12+02:00", "celk_trzba": "34113.00", "rezim": "0",
    ]

    @Test("The same eetin.txt with identifier and time given makes the same bytes, and the codes that openssl verifies")
    func signInput() async throws {
        let (folder, key) = try self.desk()
        let input = try folder.write("eetin.txt", SampleTaxpayer.input())
        let out = folder.url("request.xml").path
        let arguments =
            ["sign"] + key + ["--in", input, "--uuid", Self.uuid, "--sent-at", Self.sentAt, "--out", out, "--json"]
        let first = try await self.eet.run(arguments)
        #expect(first.status == 0, "\(first.errors)")
        let bytes = try folder.bytes("request.xml")
        let second = try await self.eet.run(arguments)
        #expect(try folder.bytes("request.xml") == bytes)
        #expect(first.output == second.output)
        #expect(Set(first.json.keys) == ["pkp", "bkp", "uuid", "digest", "signature"])
        #expect(first.json["uuid"] as? String == Self.uuid)
        let xml = String(decoding: bytes, as: UTF8.self)
        for member in ["pkp", "bkp", "digest", "signature"] {
            #expect(xml.contains(">\(first.json[member] as? String ?? "?")<"))
        }
        #expect(xml.contains(#"dat_odesl="2026-11-21T11:00:00+01:00""#) && xml.contains(#"prvni_zaslani="true""#))

        let openssl = try #require(Program(tool: "openssl"))
        let pkp = try #require(Base64.decode(first.json["pkp"] as? String ?? ""))
        try folder.write("signature", pkp)
        try folder.write("plain", "CZ1212121218|273|/5546/RO24|0/6460/ZQ42|2026-11-21T10:59:12+01:00|121.00")
        try folder.write("public.pem", SampleTaxpayer.main.certificate.publicKey.pem)
        let verified = try await openssl.run(
            "dgst", "-sha256", "-verify", folder.url("public.pem").path, "-signature", folder.url("signature").path,
            folder.url("plain").path)
        #expect(verified.text.contains("Verified OK"))
        let digest = try await openssl.run("dgst", "-sha1", "-r", folder.url("signature").path)
        let bkp = (first.json["bkp"] as? String ?? "").filter { $0 != "-" }.lowercased()
        #expect(digest.text.hasPrefix(bkp) && bkp.count == 40)
    }

    @Test(
        "xmlsec1 verifies the written message, in both editions",
        .enabled(if: Program(tool: "xmlsec1") != nil, "xmlsec1 is not installed"), arguments: ["v3", "v4"])
    func xmlsec(edition: String) async throws {
        let (folder, key) = try self.desk()
        let input = try folder.write("eetin.txt", SampleTaxpayer.input([1: "FALSE", 2: "true"]))
        let out = folder.url("request.xml").path
        let ending = try await self.eet.run(
            ["sign"] + key + ["--in", input, "--edition", edition, "--out", out, "--json"])
        #expect(ending.status == 0, "\(ending.errors)")
        try folder.write("certificate.der", SampleTaxpayer.main.certificate.der)
        let xmlsec = try #require(Program(tool: "xmlsec1"))
        let verified = try await xmlsec.run(
            "--verify", "--pubkey-cert-der", folder.url("certificate.der").path, "--id-attr:Id",
            "http://schemas.xmlsoap.org/soap/envelope/:Body", out)
        #expect(verified.status == 0)
        let xml = String(decoding: try folder.bytes("request.xml"), as: UTF8.self)
        #expect(xml.contains(#"prvni_zaslani="false""#) && xml.contains(#"overeni="true""#))
        if edition == "v4" { #expect(ending.json["pkp"] is NSNull && ending.json["bkp"] is NSNull) }
    }

    @Test("A message from JSON is sent exactly as given; options win over its header, what is missing is new")
    func signMessage() async throws {
        let (folder, key) = try self.desk()
        let out = folder.url("request.xml").path
        let header = ["uuid_zpravy": Self.uuid, "dat_odesl": Self.sentAt, "prvni_zaslani": "0", "overeni": "false"]
        let given = try await self.eet.run(
            ["sign"] + key + ["--message", self.message(header, Self.data, in: folder), "--out", out, "--json"])
        #expect(given.status == 0, "\(given.errors)")
        #expect(given.json["uuid"] as? String == Self.uuid)
        let xml = String(decoding: try folder.bytes("request.xml"), as: UTF8.self)
        #expect(xml.contains(#"prvni_zaslani="0""#) && xml.contains(#"overeni="false""#))
        #expect(!xml.contains("zakl_dan1"))

        let other = "1e7c4b32-f9e6-42d0-b1f8-2e6a5a8e9f02"
        let option = try await self.eet.run(
            ["sign"] + key + ["--message", folder.url("M.json").path, "--uuid", other, "--out", out, "--json"])
        #expect(option.json["uuid"] as? String == other)

        let fresh = try self.message(nil, Self.data, in: folder)
        let first = try await self.eet.run(["sign"] + key + ["--message", fresh, "--out", out, "--json"])
        let second = try await self.eet.run(["sign"] + key + ["--message", fresh, "--out", out, "--json"])
        #expect(first.status == 0 && second.status == 0)
        #expect(first.json["uuid"] as? String != second.json["uuid"] as? String)
        #expect(first.json["pkp"] as? String == second.json["pkp"] as? String)
    }

    @Test("Bad messages are refused with status 2 and the name of the attribute; nothing is written")
    func badMessages() async throws {
        let (folder, key) = try self.desk()
        let out = folder.url("request.xml").path
        func refused(_ data: [String: String], _ name: String) async throws {
            let ending = try await self.eet.run(
                ["sign"] + key + ["--message", self.message(nil, data, in: folder), "--out", out, "--json"])
            #expect(ending.status == 2)
            #expect(ending.errors.contains(name), "\(ending.errors)")
            #expect(ending.errors.split(separator: "\n").count == 1)
            #expect(ending.output.isEmpty && !folder.exists("request.xml"))
        }
        var data = Self.data
        data["rezim"] = nil
        try await refused(data, "rezim: required")
        try await refused(Self.data.merging(["celk_trzba": "1,00"]) { $1 }, "celk_trzba: pattern")
        try await refused(Self.data.merging(["pok": "1"]) { $1 }, "pok: notAllowed")
        try await refused(
            Self.data.merging(["porad_cis": String(repeating: "9", count: 26)]) { $1 }, "porad_cis: length")
        let number = try folder.write("N.json", #"{"data":{"id_provoz":273}}"#)
        let ending = try await self.eet.run(["sign"] + key + ["--message", number, "--out", out])
        #expect(ending.status == 2 && ending.errors.contains("id_provoz"))
    }

    @Test("25 characters of receipt number in a message, 20 in an eetin.txt")
    func longNumber() async throws {
        let (folder, key) = try self.desk()
        let out = folder.url("request.xml").path
        let number = String(repeating: "9", count: 25)
        let message = try self.message(nil, Self.data.merging(["porad_cis": number]) { $1 }, in: folder)
        #expect(try await self.eet.run(["sign"] + key + ["--message", message, "--out", out]).status == 0)
        let input = try folder.write("eetin.txt", SampleTaxpayer.input([7: number]))
        let ending = try await self.eet.run(["sign"] + key + ["--in", input, "--out", out])
        #expect(ending.status == 2 && ending.errors.contains("row 7 porad_cis: length"))
    }

    @Test("Another taxpayer's number is signed, with a line on the standard error")
    func foreignNumber() async throws {
        let (folder, key) = try self.desk()
        let input = try folder.write("eetin.txt", SampleTaxpayer.input([3: "CZ00000019"]))
        let ending = try await self.eet.run(
            ["sign"] + key + ["--in", input, "--out", folder.url("request.xml").path, "--json"])
        #expect(ending.status == 0)
        #expect(ending.errors.contains("dic_popl"))
    }

    @Test("An expired certificate signs only when that is allowed")
    func expired() async throws {
        let folder = try TestFolder()
        let key = ["--p12", try folder.write("old.p12", SampleTaxpayer.expired.pkcs12), "--password", "eet"]
        let input = try folder.write("eetin.txt", SampleTaxpayer.input())
        let arguments = ["sign"] + key + ["--in", input, "--out", folder.url("request.xml").path]
        let refused = try await self.eet.run(arguments)
        #expect(refused.status == 2 && refused.errors.contains("certificateExpired"))
        #expect(try await self.eet.run(arguments + ["--allow-expired"]).status == 0)
    }

    @Test("A path of - reads the standard input")
    func standardInput() async throws {
        let (folder, key) = try self.desk()
        let ending = try await self.eet.run(
            ["sign"] + key + ["--in", "-", "--out", folder.url("request.xml").path],
            input: Array(SampleTaxpayer.input().utf8))
        #expect(ending.status == 0, "\(ending.errors)")
    }

    @Test("PKP and BKP of every official vector", .enabled(if: OfficialSamples.exist, "\(OfficialSamples.absence)"))
    func vectors() async throws {
        let folder = try TestFolder()
        for vector in try OfficialSamples.vectors() {
            let message = try self.message(vector.hlavicka, vector.attributes, in: folder)
            let ending = try await self.eet.run(
                "sign", "--p12", OfficialSamples.path(vector.p12), "--password", vector.password, "--message", message,
                "--out", folder.url("request.xml").path, "--json", "--allow-expired")
            #expect(ending.json["pkp"] as? String == vector.pkp)
            #expect(ending.json["bkp"] as? String == vector.bkp)
        }
    }
}
