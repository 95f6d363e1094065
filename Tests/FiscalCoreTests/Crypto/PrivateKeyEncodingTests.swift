import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Private keys in files")
struct PrivateKeyEncodingTests {
    static let message = Array("a receipt".utf8)

    /// The key of the text signs what openssl, given the same text, verifies.
    static func expectSameKey(_ key: PrivateKey, as pem: String, password: String = "") throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array(pem.utf8), to: "key.pem")
        let theirs = try OpenSSLCommand.run(
            ["pkey", "-in", file, "-passin", "pass:\(password)", "-pubout", "-outform", "DER"])
        #expect(key.publicKey.subjectPublicKeyInfo == theirs.output)
    }

    static func make(_ arguments: [String], input: String = "") throws -> String {
        try OpenSSLCommand.run(arguments, input: Array(input.utf8)).text
    }

    @Test(
        "Keys that openssl wrote are read: PKCS#8 and the older forms, RSA and EC",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence))
    func plainForms() throws {
        let texts = [
            try Self.make(["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
            try Self.make(["genrsa", "-traditional", "2048"]),
            try Self.make(["ecparam", "-genkey", "-name", "prime256v1"]),
            try Self.make(["genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "group:brainpoolP384r1"]),
        ]
        #expect(texts[1].contains("RSA PRIVATE KEY") && texts[2].contains("EC PARAMETERS"))
        for text in texts {
            try Self.expectSameKey(try PrivateKey(pem: text), as: text)
            try Self.expectSameKey(try PrivateKey(pem: text.replacing("\n", with: "\r\n")), as: text)
        }
        #expect(try PrivateKey(pem: texts[0]).publicKey.kind == .rsa(bits: 2048))
        #expect(try PrivateKey(pem: texts[2]).publicKey.kind == .ec(.secp256r1))
        #expect(try PrivateKey(pem: texts[3]).publicKey.kind == .ec(.brainpoolP384r1))
    }

    @Test(
        "Encrypted keys open with their password, and say so when it is wrong or missing",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence),
        arguments: [
            ["pkcs8", "-topk8", "-v2", "aes-256-cbc"], ["pkcs8", "-topk8", "-v2", "des3"],
            ["pkcs8", "-topk8", "-scrypt"], ["pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES"],
            ["pkcs8", "-topk8", "-v1", "PBE-SHA1-RC2-40", "-provider", "legacy", "-provider", "default"],
            ["pkcs8", "-topk8", "-v1", "PBE-MD5-DES", "-provider", "legacy", "-provider", "default"],
            ["rsa", "-traditional", "-aes128"], ["rsa", "-traditional", "-des3"],
        ])
    func encrypted(_ command: [String]) throws {
        let password = "heslo s mezerou"
        let text = try Self.make(
            command + ["-passout", "pass:\(password)"], input: try KeyPool.rsa2048.pkcs8PEM())
        #expect(try PrivateKey(pem: text, password: password).publicKey == KeyPool.rsa2048.publicKey)
        for wrong in ["wrong", "", nil] {
            let error = #expect(throws: CryptoError.self) { try PrivateKey(pem: text, password: wrong) }
            #expect(error?.code == .decryptionFailed)
            #expect(!"\(error as Any)".contains(password))
        }
    }

    @Test("What we write, openssl reads", .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence))
    func export() throws {
        for key in [KeyPool.rsa2048, KeyPool.ecP256] {
            let pem = try key.pkcs8PEM()
            #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
            try Self.expectSameKey(key, as: pem)
            let der = try OpenSSLCommand.run(
                ["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], input: Array(pem.utf8))
            #expect(try key.pkcs8DER() == der.output)
            #expect(try PrivateKey(pkcs8DER: der.output).publicKey == key.publicKey)
        }
    }

    @Test("A key stands among certificates and text; the first one counts")
    func surroundings() throws {
        let text = """
            Bag Attributes
                friendlyName: till 1
            \(Authority.root.certificate.pem)
            \(try KeyPool.ecP256.pkcs8PEM())
            \(try KeyPool.rsa2048.pkcs8PEM())
            """
        #expect(try PrivateKey(pem: text).publicKey == KeyPool.ecP256.publicKey)
    }

    @Test("No key, half a key and a key with more after it are refused")
    func refusals() throws {
        let der = try KeyPool.ecP256.pkcs8DER()
        for length in 0..<der.count {
            #expect(throws: CryptoError.self) { try PrivateKey(pkcs8DER: Array(der.prefix(length))) }
        }
        #expect(throws: CryptoError.self) { try PrivateKey(pkcs8DER: der + [0]) }
        let pem = try KeyPool.ecP256.pkcs8PEM()
        for text in ["", "nothing", String(pem.dropLast(40)), Authority.root.certificate.pem] {
            let error = #expect(throws: CryptoError.self) { try PrivateKey(pem: text) }
            #expect(error?.code == .malformed)
        }
    }

    @Test("A private key says nothing of itself in any description")
    func redaction() throws {
        let key = KeyPool.rsa2048
        #expect("\(key)" == "PrivateKey(RSA 2048, redacted)")
        #expect(String(reflecting: key) == "PrivateKey(RSA 2048, redacted)")
        #expect("\([key])".contains("redacted"))
        var dumped = ""
        dump(key, to: &dumped)
        let secret = hex(try key.pkcs8DER().suffix(64))
        #expect(!dumped.contains(secret))
    }

    @Test("RSA keys below 2048 bits are not made")
    func weak() {
        let error = #expect(throws: CryptoError.self) { try PrivateKey.generateRSA(bits: 1024) }
        #expect(error?.code == .unsupported)
    }
}
