import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Signatures, judged by the openssl command")
struct SignatureTests {
    static let message = Array("CZ1212121218|273|/5546/RO24|0/6460/ZQ42|2016-08-05T00:30:12+02:00|34113.00".utf8)
    static let needsOpenSSL: Comment = "the openssl command is absent"

    struct Case: Sendable, CustomTestStringConvertible {
        var algorithm: SignatureAlgorithm
        var options: [String]
        var testDescription: String { "\(self.algorithm)" }
    }

    static let rsaCases: [Case] = [DigestAlgorithm.sha1, .sha256, .sha384, .sha512].flatMap { digest in
        [
            Case(algorithm: .rsaPKCS1(digest), options: []),
            Case(
                algorithm: .rsaPSS(digest),
                options: ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]),
        ]
    }

    static func dgst(_ algorithm: SignatureAlgorithm) -> String {
        "-" + algorithm.digest.rawValue.lowercased().replacing("-", with: "")
    }

    @Test(
        "openssl accepts our RSA signatures, and we accept its",
        .enabled(if: OutsideTool.exists("openssl"), needsOpenSSL),
        arguments: rsaCases)
    func rsa(_ example: Case) throws {
        try Self.judge(KeyPool.rsa2048, example)
    }

    @Test(
        "openssl accepts our ECDSA signatures on every curve, and we accept its",
        .enabled(if: OutsideTool.exists("openssl"), needsOpenSSL), arguments: NamedCurve.all,
        [DigestAlgorithm.sha256, .sha384, .sha512])
    func ecdsa(_ curve: NamedCurve, _ digest: DigestAlgorithm) throws {
        try Self.judge(try PrivateKey.generateEC(curve), Case(algorithm: .ecdsa(digest, .der), options: []))
    }

    static func judge(_ key: PrivateKey, _ example: Case) throws {
        let folder = try TemporaryFolder()
        let keyFile = try folder.write(Array(try key.pkcs8PEM().utf8), to: "key.pem")
        let publicFile = try folder.write(Array(key.publicKey.pem.utf8), to: "public.pem")
        let messageFile = try folder.write(Self.message, to: "message")

        let ours = try key.sign(Self.message, example.algorithm)
        let ourFile = try folder.write(ours, to: "ours.sig")
        let verdict = try OutsideTool.run(
            "openssl",
            ["dgst", Self.dgst(example.algorithm), "-verify", publicFile, "-signature", ourFile] + example.options
                + [messageFile])
        #expect(verdict.status == 0, "\(verdict.text) \(verdict.errorText)")

        let theirs = try OutsideTool.run(
            "openssl", ["dgst", Self.dgst(example.algorithm), "-sign", keyFile] + example.options + [messageFile])
        #expect(theirs.status == 0, "\(theirs.errorText)")
        #expect(key.publicKey.verify(theirs.output, over: Self.message, example.algorithm))
        #expect(!key.publicKey.verify(theirs.output, over: Self.message + [0], example.algorithm))
    }

    @Test(
        "PKCS#1 v1.5 is deterministic: openssl makes the very same bytes",
        .enabled(if: OutsideTool.exists("openssl"), needsOpenSSL))
    func deterministic() throws {
        let folder = try TemporaryFolder()
        let keyFile = try folder.write(Array(try KeyPool.rsa2048.pkcs8PEM().utf8), to: "key.pem")
        let theirs = try OutsideTool.run("openssl", ["dgst", "-sha256", "-sign", keyFile], input: Self.message)
        #expect(try KeyPool.rsa2048.sign(Self.message, .rsaPKCS1(.sha256)) == theirs.output)
    }

    @Test(
        "A plain ECDSA signature is r and s of the curve's length, the same numbers as in the DER form",
        arguments: NamedCurve.all)
    func plainForm(_ curve: NamedCurve) throws {
        let key = try PrivateKey.generateEC(curve)
        for _ in 0..<20 {
            let plain = try key.sign(Self.message, .ecdsa(.sha256, .plain))
            #expect(plain.count == 2 * curve.coordinateByteCount)
            #expect(key.publicKey.verify(plain, over: Self.message, .ecdsa(.sha256, .plain)))
            #expect(!key.publicKey.verify(plain, over: Self.message, .ecdsa(.sha256, .der)))
            // The DER of the two halves, written by hand.
            let halves = [plain.prefix(curve.coordinateByteCount), plain.suffix(curve.coordinateByteCount)]
            let der = DERText.sequence(halves.flatMap { DERText.integer(Array($0)) })
            #expect(key.publicKey.verify(der, over: Self.message, .ecdsa(.sha256, .der)))
        }
    }

    @Test("A signature that is too short, too long, empty, of another form or of another key does not verify")
    func refusals() throws {
        let rsa = KeyPool.rsa2048
        let ec = KeyPool.ecP256
        let signed = try rsa.sign(Self.message, .rsaPKCS1(.sha256))
        #expect(rsa.publicKey.verify(signed, over: Self.message, .rsaPKCS1(.sha256)))
        for broken in [[], Array(signed.dropLast()), signed + [0], [0] + signed, signed.reversed()] {
            #expect(!rsa.publicKey.verify(broken, over: Self.message, .rsaPKCS1(.sha256)))
        }
        #expect(!rsa.publicKey.verify(signed, over: Self.message, .rsaPKCS1(.sha1)))
        #expect(!rsa.publicKey.verify(signed, over: Self.message, .rsaPSS(.sha256)))
        #expect(!ec.publicKey.verify(signed, over: Self.message, .rsaPKCS1(.sha256)))
        let plain = try ec.sign(Self.message, .ecdsa(.sha256, .plain))
        let zeros = [UInt8](repeating: 0, count: plain.count)
        for broken in [[], Array(plain.dropLast()), plain + [0], zeros, [UInt8](repeating: 0xFF, count: plain.count)] {
            #expect(!ec.publicKey.verify(broken, over: Self.message, .ecdsa(.sha256, .plain)))
            #expect(!ec.publicKey.verify(broken, over: Self.message, .ecdsa(.sha256, .der)))
        }
    }

    @Test("A key asked for a signature of another kind says so")
    func wrongKind() throws {
        let error = #expect(throws: CryptoError.self) { try KeyPool.rsa2048.sign([], .ecdsa(.sha256, .plain)) }
        #expect(error?.code == .wrongKeyType)
        let other = #expect(throws: CryptoError.self) { try KeyPool.ecP256.sign([], .rsaPKCS1(.sha256)) }
        #expect(other?.code == .wrongKeyType)
    }

    @Test("One key signs from many tasks at once, each signature right")
    func concurrency() async throws {
        let key = KeyPool.rsa2048
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let message = Array("receipt \(number)".utf8)
                    let signature = try key.sign(message, .rsaPKCS1(.sha256))
                    return key.publicKey.verify(signature, over: message, .rsaPKCS1(.sha256))
                }
            }
            for try await verified in group { #expect(verified) }
        }
    }

    @Test("Part of a buffer and the empty message are signed as their own bytes")
    func slices() throws {
        let key = KeyPool.rsa2048
        let part = try Self.message.withUnsafeBufferPointer {
            try key.sign(UnsafeBufferPointer(rebasing: $0[3..<20]), .rsaPKCS1(.sha256))
        }
        #expect(try part == key.sign(Array(Self.message[3..<20]), .rsaPKCS1(.sha256)))
        let empty = try key.sign([], .rsaPKCS1(.sha256))
        #expect(key.publicKey.verify(empty, over: [], .rsaPKCS1(.sha256)))
        #expect(key.publicKey.verify(empty, over: UnsafeBufferPointer(start: nil, count: 0), .rsaPKCS1(.sha256)))
    }
}
