import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("A sealed packet")
struct SealTests {
    private let parties: SealParties
    private let content = Array(#"{"content":[{"paragon":{"JPKID":1,"nazwa":"Żółty ser"}}]}"#.utf8)

    init() throws { self.parties = try SealParties.shared.get() }

    private func expectNotOpened(
        _ sealed: String, _ profile: SealingProfile = .unverified, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: SealError.self, sourceLocation: sourceLocation) {
            try self.parties.open(sealed, profile)
        }
        #expect(error?.code == .notOpened || error?.code == .unreadable, sourceLocation: sourceLocation)
    }

    @Test("opens to what was sealed, and shows nothing of it")
    func whole() throws {
        let sealed = try self.parties.seal(self.content, .unverified)
        #expect(sealed.split(separator: ".", omittingEmptySubsequences: false).count == 5)
        #expect(!sealed.contains("JPKID"))
        #expect(try self.parties.open(sealed, .unverified) == self.content)
        #expect(try self.parties.open(Base64.encode(sealed.utf8), .unverified) == self.content)
        #expect(try self.parties.seal(self.content, .unverified) != sealed)
        #expect(try self.parties.open(self.parties.seal([], .unverified), .unverified) == [])
    }

    @Test("does not open when one bit of it is another, wherever it is")
    func bits() throws {
        let sealed = try self.parties.seal(self.content, .unverified)
        var generator = SeededGenerator(seed: 7516)
        for part in 0..<5 {
            for _ in 0..<40 {
                var parts = sealed.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
                var bytes = try #require(Base64URL.decode(parts[part]))
                let bit = Int.random(in: 0..<(bytes.count * 8), using: &generator)
                bytes[bit / 8] ^= 1 << (bit % 8)
                parts[part] = Base64URL.encode(bytes)
                self.expectNotOpened(parts.joined(separator: "."))
            }
        }
    }

    @Test("does not open for another recipient, and not as from another signer")
    func otherParties() throws {
        let sealed = try self.parties.seal(self.content, .unverified)
        let (stranger, randomness) = (self.parties.stranger, self.parties.randomness)
        for (recipient, signer) in [(stranger, self.parties.rsa), (self.parties.rsaRecipient, stranger)] {
            let error = #expect(throws: SealError.self) {
                try SealingProfile.unverified.open(
                    sealed, with: recipient.key, from: signer.certificate, randomness: randomness)
            }
            #expect(error?.code == .notOpened)
        }
    }

    @Test("A signer who brings his own certificate is not believed")
    func ownCertificate() throws {
        let stranger = self.parties.stranger
        let sealed = try SealingProfile.unverified.seal(
            self.content, signer: stranger.key, certificate: stranger.certificate,
            for: self.parties.rsaRecipient.certificate, randomness: self.parties.randomness)
        self.expectNotOpened(sealed)
    }

    @Test("The algorithms are the profile's word, never the header's")
    func algorithms() throws {
        let profile = SealingProfile.unverified
        let sealed = try self.parties.seal(self.content, profile)
        for change: (inout SealingProfile) -> Void in [
            { $0.signature = .ps256 }, { $0.keyEncryption = .rsaOAEP }, { $0.contentEncryption = .a128GCM },
            { $0.compression = .zipDEF }, { $0.signerReference = .x5tS256 }, { $0.nesting = .jweInJWS },
            { $0.compression = .gzipBeforeSign },
        ] {
            var other = profile
            change(&other)
            self.expectNotOpened(sealed, other)
        }
    }

    @Test("`none`, demands that we do not know, and members that stand twice are refused")
    func headers() throws {
        var profile = SealingProfile()
        profile.nesting = .jweInJWS
        let sealed = try self.parties.seal(self.content, profile)
        let parts = sealed.split(separator: ".").map(String.init)
        for header in [
            #"{"alg":"none"}"#, #"{"alg":"HS256"}"#, #"{}"#, #"[]"#, #"{"alg":"RS256","crit":["exp"]}"#,
            #"{"alg":"RS256","b64":false}"#, #"{"alg":"RS256","alg":"none"}"#, "no JSON",
        ] {
            let forged = ([Base64URL.encode(header.utf8)] + parts.dropFirst()).joined(separator: ".")
            self.expectNotOpened(forged, profile)
            self.expectNotOpened(([Base64URL.encode(header.utf8), parts[1], ""]).joined(separator: "."), profile)
        }
    }

    @Test("RSA1_5 is neither made nor read unless the profile says so aloud")
    func rsa15() throws {
        var profile = SealingProfile()
        profile.keyEncryption = .rsa15
        #expect(throws: InvalidField.self) { try profile.check() }
        profile.allowsUnsafeRSA15 = true
        let sealed = try self.parties.seal(self.content, profile)
        #expect(try self.parties.open(sealed, profile) == self.content)
        profile.allowsUnsafeRSA15 = false
        self.expectNotOpened(sealed, profile)
    }

    @Test("Content that unpacks to more than the limit is refused by its size, whichever way it was packed")
    func limit() throws {
        for compression in SealingProfile.Compression.allCases {
            var profile = SealingProfile()
            profile.compression = compression
            profile.outputLimit = 100_000
            let fits = [UInt8](repeating: 0, count: 100_000 - 200)
            // What is signed inside a compressed JWE is larger than the content.
            if compression != .zipDEF {
                #expect(try self.parties.open(self.parties.seal(fits, profile), profile) == fits)
            }
            let bomb = try self.parties.seal([UInt8](repeating: 0, count: 10_000_000), profile)
            let error = #expect(throws: SealError.self) { try self.parties.open(bomb, profile) }
            #expect(error?.code == .outputTooLarge)
        }
    }

    @Test("Commands come without compression, or with `zip`, and one profile reads both")
    func commands() throws {
        var plain = SealingProfile()
        plain.compression = .none
        var zipped = SealingProfile()
        zipped.compression = .zipDEF
        #expect(try self.parties.open(self.parties.seal(self.content, plain), plain) == self.content)
        #expect(try self.parties.open(self.parties.seal(self.content, zipped), plain) == self.content)
        self.expectNotOpened(try self.parties.seal(self.content, plain), zipped)
    }

    @Test("Metadata of the host stand in the outer protected header, and what is protected is authentic")
    func metadata() throws {
        for nesting in SealingProfile.Nesting.allCases {
            var profile = SealingProfile()
            profile.nesting = nesting
            profile.metadata = [JSON.Member("packageNr", 3), JSON.Member("unit", "ZTE1701000901")]
            let sealed = try self.parties.seal(self.content, profile)
            let header = try JSON(parsing: #require(Base64URL.decode(String(sealed.prefix { $0 != "." }))))
            #expect(header["packageNr"]?.integer == 3 && header["unit"] == "ZTE1701000901")
            #expect(try self.parties.open(sealed, profile) == self.content)
        }
        var profile = SealingProfile()
        profile.metadata = [JSON.Member("alg", "none")]
        #expect(throws: InvalidField.self) { try profile.check() }
    }

    @Test("A key that does not fit the profile seals nothing")
    func unsuitable() throws {
        for change: (inout SealingProfile) -> Void in [
            { $0.signature = .es256 }, { $0.keyEncryption = .ecdhESA256KW },
        ] {
            var profile = SealingProfile()
            change(&profile)
            let (rsa, recipient, randomness) = (self.parties.rsa, self.parties.rsaRecipient, self.parties.randomness)
            let error = #expect(throws: SealError.self) {
                try profile.seal(
                    self.content, signer: rsa.key, certificate: rsa.certificate, for: recipient.certificate,
                    randomness: randomness)
            }
            #expect(error?.code == .unsuitableKey)
        }
        let (rsa, stranger, randomness) = (self.parties.rsa, self.parties.stranger, self.parties.randomness)
        let error = #expect(throws: SealError.self) {
            try SealingProfile.unverified.seal(
                self.content, signer: rsa.key, certificate: stranger.certificate, for: stranger.certificate,
                randomness: randomness)
        }
        #expect(error?.code == .unsuitableKey)
    }

    @Test(
        "What is no packet is unreadable",
        arguments: ["", ".", "a.b.c.d", "....", "a.b.c.d.e", "{}", "e30.e30.e30.e30.e30.e30", "ŻÓŁĆ....", "YWJj"])
    func unreadable(text: String) {
        let error = #expect(throws: SealError.self) { try self.parties.open(text, .unverified) }
        #expect(error?.code == .unreadable)
    }

    @Test("Random bytes and damaged packets never open, and never trap")
    func garbage() throws {
        var generator = SeededGenerator(seed: 3)
        let sealed = Array(try self.parties.seal(self.content, .unverified).utf8)
        for _ in 0..<500 {
            var bytes = sealed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x21...0x7E, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8(ascii: "."), at: place)
                }
            }
            guard bytes != sealed else { continue }
            self.expectNotOpened(String(decoding: bytes, as: UTF8.self))
        }
    }
}
