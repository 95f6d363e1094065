import Foundation
import ProgramTestSupport
import Testing

/// `crk seal` and `crk open` where something is wrong: what is said, and that nothing is written.
@Suite struct SealProgramTests {
    private static let keys = Task { try await JOSEProgramOracle() }
    private static let profile = #"{"compression":"none"}"#
    private static let document = #"{"content":[{"JPKID":1}]}"#

    private let folder: TestFolder

    init() throws { self.folder = try TestFolder() }

    private func seal(
        _ keys: JOSEProgramOracle, profile: String = Self.profile, signer: String = "signer-RSA",
        certificate: String = "signer-RSA", recipient: String? = nil, content: String? = nil
    ) async throws -> Program.Ending {
        try await Program("crk").run(
            "seal", "--profile", try self.folder.write("profile.json", profile), "--signer", keys.key(signer),
            "--signer-cert", keys.certificate(certificate), "--recipient-cert",
            recipient ?? keys.certificate("recipient-RSA"), "--in",
            try self.folder.write("document.json", content ?? Self.document), "--out",
            self.folder.url("sealed").path)
    }

    private func open(
        _ keys: JOSEProgramOracle, _ sealed: [UInt8], profile: String = Self.profile,
        recipient: String = "recipient-RSA", signer: String = "signer-RSA"
    ) async throws -> Program.Ending {
        try await Program("crk").run(
            "open", "--profile", try self.folder.write("profile.json", profile), "--recipient", keys.key(recipient),
            "--signer-cert", keys.certificate(signer), "--in", try self.folder.write("in", sealed), "--out",
            self.folder.url("opened").path)
    }

    /// One line, status as expected, nothing written.
    private func expect(_ ending: Program.Ending, _ status: Int32, _ word: String, _ file: String = "opened") {
        #expect(ending.status == status && ending.output.isEmpty, "\(word): \(ending.text)\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1 && ending.errors.contains(word), "\(ending.errors)")
        #expect(!self.folder.exists(file))
    }

    @Test("What was sealed comes out again; both files belong to their owner alone")
    func roundTrip() async throws {
        let keys = try await Self.keys.value
        #expect(try await self.seal(keys).status == 0)
        let ending = try await self.open(keys, try self.folder.bytes("sealed"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try String(decoding: self.folder.bytes("opened"), as: UTF8.self) == Self.document)
        for name in ["sealed", "opened"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: self.folder.url(name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("A seal that does not hold is status 1 and nothing is written, whatever the cause")
    func broken() async throws {
        let keys = try await Self.keys.value
        #expect(try await self.seal(keys).status == 0)
        let sealed = try self.folder.bytes("sealed")
        var lines: Set<String> = []
        for (recipient, signer) in [("recipient-RSA", "stranger-RSA"), ("stranger-RSA", "signer-RSA")] {
            let ending = try await self.open(keys, sealed, recipient: recipient, signer: signer)
            self.expect(ending, 1, "the seal does not hold")
            lines.insert(ending.errors)
        }
        // Any letter of the ciphertext or the tag.
        let segments = sealed.split(separator: UInt8(ascii: "."))
        for segment in [3, 4] {
            var damaged = segments.map(Array.init)
            damaged[segment][5] = damaged[segment][5] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let ending = try await self.open(keys, Array(damaged.joined(separator: [UInt8(ascii: ".")])))
            self.expect(ending, 1, "the seal does not hold")
            lines.insert(ending.errors)
        }
        #expect(lines.count == 1, "one message for every cause")
        // The header says other algorithms than the profile allows.
        self.expect(try await self.open(keys, sealed, profile: #"{"content":"A128GCM"}"#), 1, "seal")
    }

    @Test("What is no packet is status 2, and nothing is written", arguments: ["", "text", "a.b.c.d.e", "{}", "...."])
    func unreadable(_ text: String) async throws {
        let keys = try await Self.keys.value
        self.expect(try await self.open(keys, Array(text.utf8)), 2, "unreadable")
        self.expect(try await self.open(keys, [0xFF, 0xFE]), 2, "--in")
    }

    @Test("A bad profile names its member, a bad key its option: status 2, nothing is written")
    func badInput() async throws {
        let keys = try await Self.keys.value
        for (profile, word) in [
            (#"{"sign":"HS256"}"#, "sign"), (#"{"encrypt":"RSA1_5"}"#, "encrypt"), (#"{"nestign":"x"}"#, "nestign"),
            (#"{"content":"A512GCM"}"#, "content"), (#"{"signerReference":"kid"}"#, "kid"), ("[]", "profile"),
            ("{", "--profile"),
        ] {
            self.expect(try await self.seal(keys, profile: profile), 2, word, "sealed")
        }
        self.expect(try await self.seal(keys, signer: "nobody"), 2, "--signer", "sealed")
        self.expect(try await self.seal(keys, certificate: "nobody"), 2, "--signer-cert", "sealed")
        let text = try self.folder.write("text", "no certificate")
        self.expect(try await self.seal(keys, recipient: text), 2, "--recipient-cert", "sealed")
        // A key that is not the certificate's, and one that the profile cannot use.
        self.expect(try await self.seal(keys, signer: "signer-ES256"), 2, "seal", "sealed")
    }
}
