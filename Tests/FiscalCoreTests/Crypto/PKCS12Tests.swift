import FiscalCore
import FiscalTestSupport
import Testing

@Suite("PKCS#12 key files")
struct PKCS12Tests {
    static func code(_ bytes: [UInt8], _ password: String, withLegacyAlgorithms: Bool = true) -> PKCS12Error.Code? {
        do {
            _ = try PKCS12.read(bytes, password: password, withLegacyAlgorithms: withLegacyAlgorithms)
            return nil
        } catch { return error.code }
    }

    /// A file made by openssl of the test chain, whose leaf has the P-256 key.
    static func export(_ options: [String], password: String = "eet") throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let keyFile = try folder.write(Array(try KeyPool.ecP256.pkcs8PEM().utf8), to: "key.pem")
        // Authorities before the leaf: openssl too finds the leaf by its key.
        let certificates = [Authority.root.certificate, Authority.sub.certificate, Authority.leaf]
        let certificateFile = try folder.write(Array(certificates.map(\.pem).joined().utf8), to: "all.pem")
        return try OpenSSLCommand.run(
            ["pkcs12", "-export", "-inkey", keyFile, "-in", certificateFile, "-passout", "pass:\(password)"] + options
        ).output
    }

    static func expectChain(
        _ bytes: [UInt8], _ password: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = try PKCS12.read(bytes, password: password)
        #expect(file.leaf == Authority.leaf, sourceLocation: sourceLocation)
        #expect(
            file.chain == [Authority.sub.certificate, Authority.root.certificate], sourceLocation: sourceLocation)
        let signature = try file.key.sign([1, 2], .ecdsa(.sha256, .der))
        #expect(
            Authority.leaf.publicKey.verify(signature, over: [1, 2], .ecdsa(.sha256, .der)),
            sourceLocation: sourceLocation)
    }

    @Test(
        "Files that openssl made in every usual encryption are read",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence),
        arguments: [
            [], ["-legacy"], ["-descert"], ["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC"], ["-certpbe", "NONE"],
            ["-certpbe", "NONE", "-keypbe", "NONE"], ["-nomac"], ["-nomac", "-certpbe", "NONE", "-keypbe", "NONE"],
            ["-legacy", "-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-RC2-40"], ["-macalg", "sha384"],
            ["-macalg", "sha512"], ["-macalg", "sha1"], ["-iter", "1", "-nomaciter"],
            ["-legacy", "-keypbe", "PBE-SHA1-RC4-128"], ["-keypbe", "PBE-SHA1-2DES"],
            ["-name", "till 1", "-caname", "CA"],
        ])
    func encryptions(_ options: [String]) throws {
        let bytes = try Self.export(options)
        try Self.expectChain(bytes, "eet")
        let isEncrypted = options.filter { $0 == "NONE" }.count < 2
        if isEncrypted || !options.contains("-nomac") {
            #expect(Self.code(bytes, "wrong") == .wrongPassword)
            #expect(Self.code(bytes, "") == .wrongPassword)
        }
    }

    @Test(
        "Passwords of any script are read, by both readings of an empty one too",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence),
        arguments: ["", " ", "žluťoučký kůň", "пароль", "密码", "🔑🔑"], [["-legacy"], []])
    func passwords(_ password: String, _ options: [String]) throws {
        let bytes = try Self.export(options, password: password)
        try Self.expectChain(bytes, password)
        #expect(Self.code(bytes, password + "x") == .wrongPassword)
        #expect(Self.code(bytes, "zlutoucky kun") == .wrongPassword)
    }

    @Test("An empty password opens what was closed with it, and what was closed with no bytes at all")
    func emptyPassword() throws {
        for (encryption, password) in [(PKCS12.Encryption.modern, ""), (.legacyRC2, ""), (.legacyRC2, nil)] {
            let bytes = try PKCS12.write(
                key: KeyPool.ecP256, leaf: Authority.leaf, password: password, encryption: encryption)
            #expect(Self.code(bytes, "") == nil)
            #expect(Self.code(bytes, "x") == .wrongPassword)
        }
    }

    @Test(
        "What we write, openssl opens", .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence),
        arguments: PKCS12.Encryption.allCases)
    func writing(_ encryption: PKCS12.Encryption) throws {
        let bytes = try PKCS12.write(
            key: KeyPool.ecP256, leaf: Authority.leaf, chain: [Authority.sub.certificate, Authority.root.certificate],
            password: "čísla", encryption: encryption)
        try Self.expectChain(bytes, "čísla")
        let folder = try TemporaryFolder()
        let file = try folder.write(bytes, to: "file.p12")
        let arguments = ["pkcs12", "-legacy", "-in", file, "-passin", "pass:čísla", "-nodes", "-info"]
        let theirs = try OpenSSLCommand.run(arguments)
        #expect(try PrivateKey(pem: theirs.text).publicKey == KeyPool.ecP256.publicKey)
        #expect(try Certificate.all(pemOrDER: theirs.output).count == 3)
        let expected =
            switch encryption {
            case .modern: ["MAC: sha256", "PBES2, PBKDF2, AES-256-CBC"]
            case .legacyRC2: ["MAC: sha1", "pbeWithSHA1And40BitRC2-CBC", "pbeWithSHA1And3-KeyTripleDES-CBC"]
            case .legacyOpenCertificates: ["MAC: sha1", "pbeWithSHA1And3-KeyTripleDES-CBC"]
            }
        for text in expected { #expect(theirs.errorText.contains(text), "\(theirs.errorText)") }
        #expect(theirs.errorText.contains("RC2") == (encryption == .legacyRC2))
    }

    @Test("Without the legacy provider RC2-40 is named as the obstacle, never the password; the rest still opens")
    func withoutLegacyProvider() throws {
        func write(_ encryption: PKCS12.Encryption) throws -> [UInt8] {
            try PKCS12.write(key: KeyPool.ecP256, leaf: Authority.leaf, password: "eet", encryption: encryption)
        }
        let old = try write(.legacyRC2)
        let error = #expect(throws: PKCS12Error.self) {
            try PKCS12.read(old, password: "eet", withLegacyAlgorithms: false)
        }
        #expect(error?.code == .unsupportedEncryption)
        #expect(error?.detail.contains("pbeWithSHA1And40BitRC2-CBC") == true)
        #expect(Self.code(old, "wrong", withLegacyAlgorithms: false) == .wrongPassword)
        #expect(try Self.code(write(.modern), "eet", withLegacyAlgorithms: false) == nil)
        #expect(try Self.code(write(.legacyOpenCertificates), "eet", withLegacyAlgorithms: false) == nil)
    }

    @Test("White space after the end is passed over, other bytes are not")
    func trailingBytes() throws {
        let file = try PKCS12.write(key: KeyPool.ecP256, leaf: Authority.leaf, password: "eet")
        for tail in [[0x0D, 0x0A], [0x0A, 0x0A, 0x20], [0x00], [0x1A]] as [[UInt8]] {
            #expect(Self.code(file + tail, "eet") == nil)
            #expect(Self.code(file + tail, "wrong") == .wrongPassword)
        }
        #expect(Self.code(file + [0x0D, 0x0A, 0x30], "eet") == .damaged)
        #expect(Self.code(file + file, "eet") == .damaged)
    }

    @Test("The leaf is the certificate of the key, wherever it stands; a renewed one wins over the old")
    func leafByKey() throws {
        let key = HandmadePKCS12.keyBag(try KeyPool.ecP256.pkcs8DER())
        let bags = [Authority.root.certificate, Authority.leaf, Authority.sub.certificate].map {
            HandmadePKCS12.certificateBag($0.der)
        }
        for arrangement in [
            [key] + bags, bags + [key], [bags[1], key, bags[2], bags[0]], [HandmadePKCS12.nested([key] + bags)],
        ] {
            try Self.expectChain(HandmadePKCS12.file(arrangement), "")
        }
        var template = Authority.leafTemplate
        template.serialNumber = [9]
        template.notAfter = Authority.end
        let renewed = try Authority.sub.issue(template, for: KeyPool.ecP256.publicKey)
        for order in [[Authority.leaf, renewed], [renewed, Authority.leaf]] {
            let file = HandmadePKCS12.file([key] + order.map { HandmadePKCS12.certificateBag($0.der) })
            let opened = try PKCS12.read(file, password: "")
            #expect(opened.leaf == renewed)
            #expect(opened.chain == [Authority.leaf])
        }
    }

    @Test("A file without a key, or without the key's certificate, says which")
    func incomplete() throws {
        let key = HandmadePKCS12.keyBag(try KeyPool.ecP256.pkcs8DER())
        let foreign = HandmadePKCS12.certificateBag(Authority.root.certificate.der)
        #expect(Self.code(HandmadePKCS12.file([foreign]), "") == .noKey)
        #expect(Self.code(HandmadePKCS12.file([]), "") == .noKey)
        #expect(Self.code(HandmadePKCS12.file([key]), "") == .noCertificateForKey)
        #expect(Self.code(HandmadePKCS12.file([key, foreign]), "") == .noCertificateForKey)
        let broken = HandmadePKCS12.keyBag(DERText.sequence(DERText.integer([0])))
        #expect(Self.code(HandmadePKCS12.file([broken, foreign]), "") == .damaged)
    }

    @Test("A private key that does not belong to its own public half is damaged, although its certificate fits")
    func brokenPrivateHalf() throws {
        let whole = try KeyPool.ecP256.pkcs8DER()
        // ECPrivateKey: version 1, then the private number in an OCTET STRING of 32 bytes.
        let mark = bytes(hex: "0201010420")
        let place = try #require(whole.indices.first { whole[$0...].starts(with: mark) })
        var broken = whole
        broken[place + mark.count + 31] ^= 1
        let bags = [HandmadePKCS12.keyBag(broken), HandmadePKCS12.certificateBag(Authority.leaf.der)]
        #expect(Self.code(HandmadePKCS12.file(bags), "") == .damaged)
    }

    @Test("A file cut short anywhere is damaged, whatever the password")
    func truncated() throws {
        for encryption in PKCS12.Encryption.allCases {
            let file = try PKCS12.write(
                key: KeyPool.ecP256, leaf: Authority.leaf, password: "eet", encryption: encryption, iterations: 1)
            for length in 0..<file.count {
                #expect(Self.code(Array(file.prefix(length)), "eet") == .damaged)
            }
        }
        for bytes in [Array("not a key file".utf8), [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x80, 0x00, 0x00]] {
            #expect(Self.code(bytes, "eet") == .damaged)
        }
    }

    @Test("A file with any one bit flipped is damaged or unsupported, never a matter of the password")
    func flipped() throws {
        let file = try PKCS12.write(
            key: KeyPool.ecP256, leaf: Authority.leaf, password: "eet", encryption: .legacyRC2, iterations: 1)
        for index in file.indices {
            // Every bit of the MAC, which ends the file; one of each byte before.
            for bit in index >= file.count - 60 ? 0..<8 : index % 8..<index % 8 + 1 {
                var altered = file
                altered[index] ^= 1 << bit
                do {
                    let opened = try PKCS12.read(altered, password: "eet")
                    // A bit without meaning.
                    #expect(opened.leaf == Authority.leaf, "byte \(index), bit \(bit)")
                    #expect(opened.key.publicKey == KeyPool.ecP256.publicKey)
                } catch {
                    #expect(
                        [.damaged, .unsupportedEncryption].contains(error.code), "byte \(index), bit \(bit): \(error)")
                }
            }
        }
    }

    @Test("Without a MAC flipped bits may look like a wrong password, and never give another key")
    func flippedWithoutMAC() throws {
        let key = HandmadePKCS12.keyBag(try KeyPool.ecP256.pkcs8DER())
        let file = HandmadePKCS12.file([key, HandmadePKCS12.certificateBag(Authority.leaf.der)])
        for index in file.indices {
            var altered = file
            altered[index] ^= 1 << (index % 8)
            guard let opened = try? PKCS12.read(altered, password: "") else { continue }
            let signature = try opened.key.sign([1], .ecdsa(.sha256, .der))
            #expect(opened.leaf.publicKey.verify(signature, over: [1], .ecdsa(.sha256, .der)))
        }
    }

    @Test("An impossible number of iterations is damage, and costs no time")
    func iterations() throws {
        let file = try PKCS12.write(
            key: KeyPool.ecP256, leaf: Authority.leaf, password: "eet", encryption: .legacyRC2, iterations: 0x123456)
        // Made negative in the MAC and in both encrypted parts.
        let mark = bytes(hex: "0203123456")
        let places = file.indices.filter { file[$0...].starts(with: mark) }
        #expect(places.count == 3)
        var negative = file
        for place in places { negative[place + 2] = 0xFF }
        #expect(Self.code(negative, "eet") == .damaged)
    }

    @Test("Neither the file nor its errors show the password or the key")
    func redaction() throws {
        let bytes = try PKCS12.write(key: KeyPool.ecP256, leaf: Authority.leaf, password: "s3cret")
        let file = try PKCS12.read(bytes, password: "s3cret")
        #expect("\(file)".contains("PrivateKey(EC secp256r1, redacted)"))
        let error = #expect(throws: PKCS12Error.self) { try PKCS12.read(bytes, password: "s3cret2") }
        #expect(error.map { !"\($0)".contains("s3cret") } == true)
    }
}
