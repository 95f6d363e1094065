import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Digests and message authentication codes")
struct DigestTests {
    @Test("The digests of FIPS 180 of the text abc")
    func abc() {
        let text = Array("abc".utf8)
        #expect(hex(Digest.hash(.sha1, text)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hex(Digest.hash(.sha256, text)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hex(Digest.hash(.sha384, text))
                == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")
        #expect(
            hex(Digest.hash(.sha512, text))
                == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        )
    }

    @Test(
        "openssl computes the same, for any length and however the bytes are stored",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence), arguments: DigestAlgorithm.allCases)
    func anyLength(_ algorithm: DigestAlgorithm) throws {
        for length in [0, 1, 55, 56, 64, 111, 112, 128, 70_003] {
            let input = CountingRandomSource(seed: UInt64(length)).bytes(count: length)
            let option = "-" + algorithm.rawValue.lowercased().replacing("-", with: "")
            let theirs = try OpenSSLCommand.run(["dgst", option, "-binary"], input: input).output
            #expect(Digest.hash(algorithm, input) == theirs)
            #expect(Digest.hash(algorithm, ([7] + input).dropFirst()) == theirs)
            #expect(Digest.hash(algorithm, AnyCollection(input)) == theirs)
            #expect(theirs.count == algorithm.byteCount)
        }
    }

    @Test(
        "openssl computes the same HMAC, with short, long and empty keys and messages",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence), arguments: DigestAlgorithm.allCases)
    func hmac(_ algorithm: DigestAlgorithm) throws {
        for (keyLength, messageLength) in [(1, 0), (20, 50), (64, 1), (200, 1000)] {
            let key = CountingRandomSource(seed: UInt64(keyLength)).bytes(count: keyLength)
            let message = CountingRandomSource(seed: 99).bytes(count: messageLength)
            let option = "-" + algorithm.rawValue.lowercased().replacing("-", with: "")
            let theirs = try OpenSSLCommand.run(
                ["dgst", option, "-mac", "HMAC", "-macopt", "hexkey:\(hex(key))", "-binary"], input: message
            ).output
            #expect(HMAC.authenticationCode(algorithm, over: message, key: key) == theirs)
            #expect(HMAC.isValid(theirs, algorithm, over: message, key: key))
            #expect(!HMAC.isValid(Array(theirs.dropLast()), algorithm, over: message, key: key))
            #expect(!HMAC.isValid(theirs, algorithm, over: message + [0], key: key))
        }
        // RFC 2104 allows an empty key; it is the same as one of zeros.
        #expect(
            HMAC.authenticationCode(algorithm, over: [1], key: [])
                == HMAC.authenticationCode(algorithm, over: [1], key: [0]))
    }

    @Test("Secrets are equal only with the same length and bytes")
    func constantTime() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2, 4]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2]))
        #expect(!ConstantTime.equal([], [0]))
    }
}
