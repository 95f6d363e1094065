import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Public keys")
struct PublicKeyTests {
    @Test("A key goes out as SubjectPublicKeyInfo and PEM and comes back the same")
    func roundTrip() throws {
        for key in [KeyPool.rsa2048.publicKey, KeyPool.ecP256.publicKey] {
            #expect(try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo) == key)
            #expect(try PublicKey(pem: key.pem) == key)
            #expect(try PublicKey(pem: key.pem).kind == key.kind)
        }
    }

    @Test("A bare point and its curve make the key whose signatures verify", arguments: NamedCurve.all)
    func points(_ curve: NamedCurve) throws {
        let key = try PrivateKey.generateEC(curve)
        #expect(key.publicKey.kind == .ec(curve))
        let point = try #require(key.publicKey.uncompressedPoint)
        #expect(point.count == 1 + 2 * curve.coordinateByteCount)
        #expect(point.first == 0x04)
        let again = try PublicKey(point: point, curve: curve)
        #expect(again == key.publicKey)
        let signature = try key.sign([1, 2, 3], .ecdsa(.sha256, .plain))
        #expect(again.verify(signature, over: [1, 2, 3], .ecdsa(.sha256, .plain)))

        let size = curve.coordinateByteCount
        let sign: UInt8 = (point.last ?? 0).isMultiple(of: 2) ? 0x02 : 0x03
        let compressed = try PublicKey(point: [sign] + point[1...size], curve: curve)
        #expect(compressed.uncompressedPoint == point)
        #expect(compressed.isSameKey(as: key.publicKey))
        #expect(!compressed.isSameKey(as: KeyPool.rsa2048.publicKey))
    }

    @Test(
        "openssl names the same point in the key", .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence))
    func pointInKey() throws {
        let key = KeyPool.ecP256.publicKey
        let text = try OpenSSLCommand.run(["pkey", "-pubin", "-text", "-noout"], input: Array(key.pem.utf8)).text
        let digits = text.replacing(":", with: "").replacing(" ", with: "").replacing("\n", with: "")
        #expect(digits.contains(hex(try #require(key.uncompressedPoint))))
    }

    @Test("A point off the curve, of another curve or of another length is refused", arguments: NamedCurve.all)
    func badPoints(_ curve: NamedCurve) throws {
        let point = try #require(try PrivateKey.generateEC(curve).publicKey.uncompressedPoint)
        var moved = point
        moved[moved.count - 1] ^= 1
        let infinity: [UInt8] = [0x00]
        let hybrid = [0x06 | (point[point.count - 1] & 1)] + point.dropFirst()
        let zeros = [0x04] + [UInt8](repeating: 0, count: point.count - 1)
        for bad in [moved, Array(point.dropLast()), point + [0], infinity, hybrid, zeros, []] {
            let error = #expect(throws: CryptoError.self) { try PublicKey(point: bad, curve: curve) }
            #expect(error?.code == .malformed)
        }
        for other in NamedCurve.all where other != curve && other.coordinateByteCount == curve.coordinateByteCount {
            #expect(throws: CryptoError.self) { try PublicKey(point: point, curve: other) }
        }
    }

    @Test("Truncated, altered and continued encodings are refused or at least do no harm")
    func damage() throws {
        let der = KeyPool.ecP256.publicKey.subjectPublicKeyInfo
        for length in 0..<der.count {
            #expect(throws: CryptoError.self) { try PublicKey(subjectPublicKeyInfo: Array(der.prefix(length))) }
        }
        #expect(throws: CryptoError.self) { try PublicKey(subjectPublicKeyInfo: der + [0]) }
        for index in der.indices {
            for bit in 0..<8 {
                var altered = der
                altered[index] ^= 1 << bit
                guard let key = try? PublicKey(subjectPublicKeyInfo: altered) else { continue }
                _ = key.uncompressedPoint
                #expect(!key.verify([1, 2, 3], over: [], .ecdsa(.sha256, .der)))
            }
        }
    }

    @Test(
        "openssl opens what we encrypt, and we what it encrypts",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence),
        arguments: [
            (RSAEncryptionPadding.pkcs1, ["rsa_padding_mode:pkcs1"]),
            (.oaep(.sha1), ["rsa_padding_mode:oaep"]),
            (.oaep(.sha256), ["rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha256"]),
            (.oaep(.sha512), ["rsa_padding_mode:oaep", "rsa_oaep_md:sha512", "rsa_mgf1_md:sha512"]),
        ])
    func encryption(_ padding: RSAEncryptionPadding, _ options: [String]) throws {
        let key = KeyPool.rsa2048
        let folder = try TemporaryFolder()
        let keyFile = try folder.write(Array(try key.pkcs8PEM().utf8), to: "key.pem")
        let secret = CountingRandomSource().bytes(count: 32)
        let arguments = ["-inkey", keyFile] + options.flatMap { ["-pkeyopt", $0] }

        let ours = try key.publicKey.encrypt(secret, padding)
        let ourFile = try folder.write(ours, to: "ours")
        #expect(try OpenSSLCommand.run(["pkeyutl", "-decrypt", "-in", ourFile] + arguments).output == secret)

        let secretFile = try folder.write(secret, to: "secret")
        let theirs = try OpenSSLCommand.run(["pkeyutl", "-encrypt", "-in", secretFile] + arguments).output
        #expect(try key.decrypt(theirs, padding) == secret)
    }

    @Test("Whatever is wrong with a ciphertext, the error is one and the same")
    func oneError() throws {
        let key = KeyPool.rsa2048
        let sealed = try key.publicKey.encrypt([1, 2, 3], .oaep(.sha256))
        var flipped = sealed
        flipped[9] ^= 1
        let foreign = try KeyPool.otherRSA2048.publicKey.encrypt([1, 2, 3], .oaep(.sha256))
        var errors: Set<CryptoError> = []
        for bad in [flipped, Array(sealed.dropLast()), sealed + [0], [], foreign] {
            let error = #expect(throws: CryptoError.self) { try key.decrypt(bad, .oaep(.sha256)) }
            if let error { errors.insert(error) }
        }
        let otherHash = #expect(throws: CryptoError.self) { try key.decrypt(sealed, .oaep(.sha1)) }
        if let otherHash { errors.insert(otherHash) }
        #expect(errors.count == 1)
        #expect(errors.first?.code == .decryptionFailed)
    }

    @Test("A secret that is too long, and a key that cannot encrypt, are named")
    func encryptionRefusals() throws {
        let long = [UInt8](repeating: 1, count: 191)
        let error = #expect(throws: CryptoError.self) {
            try KeyPool.rsa2048.publicKey.encrypt(long, .oaep(.sha256))
        }
        #expect(error?.code == .malformed)
        let wrongKind = #expect(throws: CryptoError.self) { try KeyPool.ecP256.publicKey.encrypt([1], .pkcs1) }
        #expect(wrongKind?.code == .wrongKeyType)
    }
}
