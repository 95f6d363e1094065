import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Symmetric encryption")
struct SymmetricTests {
    struct GCMVector: Sendable {
        var key, ciphertext, tag: String
    }

    /// Test cases 4, 10 and 16 of the GCM submission to NIST (McGrew, Viega): one plaintext under three key lengths.
    static let gcmVectors = [
        GCMVector(
            key: "feffe9928665731c6d6a8f9467308308",
            ciphertext:
                "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
            tag: "5bc94fbc3221a5db94fae95ae7121a47"),
        GCMVector(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c",
            ciphertext:
                "3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710",
            tag: "2519498e80f1478f37ba55bd6d27618c"),
        GCMVector(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            ciphertext:
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test("AES-GCM gives the ciphertexts and tags of the published test cases", arguments: gcmVectors)
    func gcm(_ vector: GCMVector) throws {
        let plaintext = bytes(
            hex:
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        )
        let additional = bytes(hex: "feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let nonce = bytes(hex: "cafebabefacedbaddecaf888")
        let key = bytes(hex: vector.key)
        let sealed = try AESGCM.seal(plaintext, key: key, nonce: nonce, additionalData: additional)
        #expect(hex(sealed.ciphertext) == vector.ciphertext)
        #expect(hex(sealed.tag) == vector.tag)
        let opened = try AESGCM.open(
            sealed.ciphertext, tag: sealed.tag, key: key, nonce: nonce, additionalData: additional)
        #expect(opened == plaintext)
    }

    @Test("AES-GCM opens nothing that differs in a single bit, in a length or in the key")
    func gcmRefusals() throws {
        let key = CountingRandomSource(seed: 1).bytes(count: 32)
        let nonce = CountingRandomSource(seed: 2).bytes(count: 12)
        let plaintext = CountingRandomSource(seed: 3).bytes(count: 40)
        let sealed = try AESGCM.seal(plaintext, key: key, nonce: nonce, additionalData: [1, 2])
        func code(
            _ ciphertext: [UInt8]? = nil, tag: [UInt8]? = nil, key other: [UInt8]? = nil,
            nonce otherNonce: [UInt8]? = nil,
            additional: [UInt8] = [1, 2]
        ) -> CryptoError.Code? {
            do {
                _ = try AESGCM.open(
                    ciphertext ?? sealed.ciphertext, tag: tag ?? sealed.tag, key: other ?? key,
                    nonce: otherNonce ?? nonce, additionalData: additional)
                return nil
            } catch { return error.code }
        }
        #expect(code() == nil)
        for index in sealed.ciphertext.indices {
            var flipped = sealed.ciphertext
            flipped[index] ^= 0x10
            #expect(code(flipped) == .decryptionFailed)
        }
        for index in sealed.tag.indices {
            var flipped = sealed.tag
            flipped[index] ^= 0x01
            #expect(code(tag: flipped) == .decryptionFailed)
        }
        #expect(code(Array(sealed.ciphertext.dropLast())) == .decryptionFailed)
        for length in [0, 4, 12, 15] {
            #expect(code(tag: Array(sealed.tag.prefix(length))) == .decryptionFailed)
        }
        #expect(code(tag: sealed.tag + [0]) == .decryptionFailed)
        #expect(code(additional: []) == .decryptionFailed)
        #expect(code(key: key.reversed()) == .decryptionFailed)
        #expect(code(nonce: nonce.reversed()) == .decryptionFailed)
        #expect(code(key: Array(key.dropLast())) == .malformed)
        #expect(code(nonce: nonce + [0]) == .malformed)
    }

    @Test("Empty plaintexts and empty additional data are sealed and opened too", arguments: [16, 24, 32])
    func gcmEmpty(_ keyLength: Int) throws {
        let key = CountingRandomSource(seed: 9).bytes(count: keyLength)
        let nonce = [UInt8](repeating: 0, count: 12)
        for (plaintext, additional) in [([], []), ([], [1]), ([1], [])] as [([UInt8], [UInt8])] {
            let sealed = try AESGCM.seal(plaintext, key: key, nonce: nonce, additionalData: additional)
            #expect(
                try AESGCM.open(sealed.ciphertext, tag: sealed.tag, key: key, nonce: nonce, additionalData: additional)
                    == plaintext)
        }
    }

    /// RFC 7518 appendix B.1 to B.3: the tags, which depend on the whole ciphertexts.
    static let cbcTags = [
        (AESCBCHMAC.aes128CBCHMACSHA256, "652c3fa36b0a7c5b3219fab3a30bc1c4"),
        (.aes192CBCHMACSHA384, "8490ac0e58949bfe51875d733f93ac2075168039ccc733d7"),
        (.aes256CBCHMACSHA512, "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5"),
    ]
    static let cbcPlaintext = Array(
        "A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience"
            .utf8)
    static let cbcVector = bytes(hex: "1af38c2dc2b96ffdd86694092341bc04")
    static let cbcAdditional = Array("The second principle of Auguste Kerckhoffs".utf8)

    @Test("AES-CBC with HMAC gives the tags of RFC 7518 appendix B", arguments: cbcTags)
    func cbc(_ algorithm: AESCBCHMAC, _ tag: String) throws {
        let key = (0..<algorithm.keyByteCount).map { UInt8($0) }
        let sealed = try algorithm.seal(
            Self.cbcPlaintext, key: key, initializationVector: Self.cbcVector, additionalData: Self.cbcAdditional)
        #expect(hex(sealed.tag) == tag)
        #expect(sealed.tag.count == algorithm.tagByteCount)
        if algorithm == .aes128CBCHMACSHA256 {
            #expect(hex(sealed.ciphertext.prefix(16)) == "c80edfa32ddf39d5ef00c0b468834279")
            #expect(hex(sealed.ciphertext.suffix(10)) == "f7f80074b9473c82e2db")
        }
        #expect(
            try algorithm.open(
                sealed.ciphertext, tag: sealed.tag, key: key, initializationVector: Self.cbcVector,
                additionalData: Self.cbcAdditional) == Self.cbcPlaintext)
    }

    @Test(
        "openssl encrypts and authenticates the same for any length",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence), arguments: AESCBCHMAC.allCases)
    func cbcOracle(_ algorithm: AESCBCHMAC) throws {
        let half = algorithm.keyByteCount / 2
        for length in [0, 1, 15, 16, 17, 1000] {
            let random = CountingRandomSource(seed: UInt64(length + 1))
            let key = random.bytes(count: 2 * half)
            let vector = random.bytes(count: 16)
            let plaintext = random.bytes(count: length)
            let additional = random.bytes(count: length / 3)
            let sealed = try algorithm.seal(
                plaintext, key: key, initializationVector: vector, additionalData: additional)
            let ciphertext = try OpenSSLCommand.run(
                ["enc", "-aes-\(half * 8)-cbc", "-K", hex(key.suffix(half)), "-iv", hex(vector)], input: plaintext
            ).output
            #expect(sealed.ciphertext == ciphertext)
            let bits = UInt64(additional.count * 8)
            let message =
                additional + vector + ciphertext + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
            let code = try OpenSSLCommand.run(
                ["dgst", "-sha\(half * 16)", "-mac", "HMAC", "-macopt", "hexkey:\(hex(key.prefix(half)))", "-binary"],
                input: message
            ).output
            #expect(sealed.tag == Array(code.prefix(half)))
        }
    }

    @Test("Whatever differs, AES-CBC with HMAC fails in one and the same way", arguments: AESCBCHMAC.allCases)
    func cbcRefusals(_ algorithm: AESCBCHMAC) throws {
        let key = CountingRandomSource(seed: 4).bytes(count: algorithm.keyByteCount)
        let vector = CountingRandomSource(seed: 5).bytes(count: 16)
        let sealed = try algorithm.seal([1, 2, 3], key: key, initializationVector: vector, additionalData: [9])
        func error(
            _ ciphertext: [UInt8]? = nil, tag: [UInt8]? = nil, key other: [UInt8]? = nil,
            vector otherVector: [UInt8]? = nil,
            additional: [UInt8] = [9]
        ) -> CryptoError? {
            do {
                _ = try algorithm.open(
                    ciphertext ?? sealed.ciphertext, tag: tag ?? sealed.tag, key: other ?? key,
                    initializationVector: otherVector ?? vector, additionalData: additional)
                return nil
            } catch { return error }
        }
        #expect(error() == nil)
        var errors: Set<CryptoError?> = []
        for index in sealed.ciphertext.indices {
            var flipped = sealed.ciphertext
            flipped[index] ^= 0x80
            errors.insert(error(flipped))
        }
        for index in sealed.tag.indices {
            var flipped = sealed.tag
            flipped[index] ^= 0x80
            errors.insert(error(tag: flipped))
        }
        errors.insert(error([]))
        errors.insert(error(Array(sealed.ciphertext.dropLast())))
        errors.insert(error(tag: []))
        errors.insert(error(tag: Array(sealed.tag.dropLast())))
        errors.insert(error(key: key.reversed()))
        errors.insert(error(vector: vector.reversed()))
        errors.insert(error(additional: []))
        #expect(errors.count == 1)
        #expect(errors.first??.code == .decryptionFailed)
        #expect(error(key: Array(key.dropLast()))?.code == .malformed)
        #expect(error(vector: [])?.code == .malformed)
    }

    /// RFC 3394 §4.1, §4.2 and §4.6: key under which, key, result.
    static let wrapVectors = [
        (16, "00112233445566778899AABBCCDDEEFF", "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"),
        (24, "00112233445566778899AABBCCDDEEFF", "96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D"),
        (
            32, "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
            "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21"
        ),
    ]

    @Test("AES key wrap gives the results of RFC 3394 and takes them back", arguments: wrapVectors)
    func wrap(_ length: Int, _ key: String, _ wrapped: String) throws {
        let wrappingKey = (0..<length).map { UInt8($0) }
        #expect(try hex(AESKeyWrap.wrap(bytes(hex: key), under: wrappingKey)) == wrapped.lowercased())
        #expect(try AESKeyWrap.unwrap(bytes(hex: wrapped), under: wrappingKey) == bytes(hex: key))
    }

    @Test("A wrapped key with a flipped bit, a wrong length or under another key does not open")
    func wrapRefusals() throws {
        let wrappingKey = CountingRandomSource(seed: 6).bytes(count: 16)
        let wrapped = try AESKeyWrap.wrap(CountingRandomSource(seed: 7).bytes(count: 32), under: wrappingKey)
        #expect(wrapped.count == 40)
        var bad: [[UInt8]] = [
            [], Array(wrapped.dropLast()), Array(wrapped.dropLast(8)), Array(wrapped.prefix(16)), wrapped + [0],
        ]
        for index in wrapped.indices {
            var flipped = wrapped
            flipped[index] ^= 1
            bad.append(flipped)
        }
        for bytes in bad {
            let error = #expect(throws: CryptoError.self) { try AESKeyWrap.unwrap(bytes, under: wrappingKey) }
            #expect(error?.code == .decryptionFailed)
        }
        #expect(throws: CryptoError.self) { try AESKeyWrap.unwrap(wrapped, under: wrappingKey.reversed()) }
        for length in [0, 8, 17, 20] {
            let error = #expect(throws: CryptoError.self) {
                try AESKeyWrap.wrap([UInt8](repeating: 0, count: length), under: wrappingKey)
            }
            #expect(error?.code == .malformed)
        }
    }
}
