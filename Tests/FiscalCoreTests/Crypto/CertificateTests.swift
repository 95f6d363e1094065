import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Reading certificates")
struct CertificateTests {
    @Test(
        "Everything openssl put into a certificate is read back",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence))
    func fields() throws {
        let folder = try TemporaryFolder()
        let keyFile = try folder.write(Array(try KeyPool.rsa2048.pkcs8PEM().utf8), to: "key.pem")
        let pem = try OpenSSLCommand.run([
            "req", "-x509", "-new", "-utf8", "-key", keyFile, "-days", "3", "-set_serial",
            "0x00D2F00B00C0FFEE00112233", "-subj",
            "/C=CZ/O=Česká republika, \\+ spol./2.5.4.97=NTRCZ-72080043/OU=one/OU=two/CN= Elektronická tržba#",
            "-addext", "keyUsage=critical,digitalSignature,keyCertSign,decipherOnly,keyAgreement",
            "-addext", "basicConstraints=critical,CA:TRUE,pathlen:3",
        ]).output
        let certificate = try Certificate(pem: String(decoding: pem, as: UTF8.self))

        #expect(
            certificate.subject.attributes == [
                .init(.country, "CZ"), .init(.organization, "Česká republika, + spol."),
                .init(.organizationIdentifier, "NTRCZ-72080043"), .init(.organizationalUnit, "one"),
                .init(.organizationalUnit, "two"), .init(.commonName, " Elektronická tržba#"),
            ])
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.isSelfIssued)
        #expect(certificate.subject.commonName == " Elektronická tržba#")
        #expect(certificate.subject.organization == "Česká republika, + spol.")
        #expect(certificate.subject.organizationIdentifier == "NTRCZ-72080043")
        #expect(certificate.subject.values(.organizationalUnit) == ["one", "two"])
        #expect(
            "\(certificate.subject)"
                == "CN=\\ Elektronická tržba#,OU=two,OU=one,organizationIdentifier=NTRCZ-72080043,O=Česká republika\\, \\+ spol.,C=CZ"
        )
        #expect(certificate.serialNumberHex == "D2F00B00C0FFEE00112233")
        #expect(certificate.serialNumber == bytes(hex: "D2F00B00C0FFEE00112233"))
        #expect(certificate.keyUsage == [.digitalSignature, .keyCertSign, .decipherOnly, .keyAgreement])
        #expect(certificate.isCA)
        #expect(certificate.pathLengthConstraint == 3)
        #expect(certificate.publicKey == KeyPool.rsa2048.publicKey)
        #expect(certificate.notAfter - certificate.notBefore == .seconds(3 * 86400))

        for digest in [DigestAlgorithm.sha1, .sha256] {
            let option = "-" + digest.rawValue.lowercased().replacing("-", with: "")
            let text = try OpenSSLCommand.run(["x509", "-noout", "-fingerprint", option], input: pem).text
            let theirs = text.drop { $0 != "=" }.dropFirst().filter { $0.isHexDigit }.lowercased()
            #expect(hex(certificate.fingerprint(digest)) == theirs)
        }
        #expect(certificate.der == (try OpenSSLCommand.run(["x509", "-outform", "DER"], input: pem).output))
        #expect(Array(certificate.pem.utf8) == pem)
    }

    @Test("A certificate is valid from its first second to its last, both included")
    func validity() throws {
        let certificate = Authority.leaf
        let last = Authority.end - .seconds(86400)
        #expect(certificate.notBefore == Authority.start)
        #expect(certificate.notAfter == last)
        #expect(!certificate.isValid(at: Authority.start - .milliseconds(1)))
        #expect(certificate.isValid(at: Authority.start))
        #expect(certificate.isValid(at: last))
        #expect(certificate.isValid(at: last + .milliseconds(999)))
        #expect(!certificate.isValid(at: last + .seconds(1)))
    }

    @Test("A leaf without basic constraints or key usage says neither")
    func absentExtensions() throws {
        var template = Authority.template("plain", serial: 9)
        template.keyUsage = nil
        let certificate = try Authority.root.issue(template, for: KeyPool.ecP256.publicKey)
        #expect(certificate.keyUsage == nil)
        #expect(!certificate.isCA)
        #expect(certificate.pathLengthConstraint == nil)
        #expect(Authority.leaf.keyUsage == [.digitalSignature, .nonRepudiation])
        #expect(Authority.root.certificate.pathLengthConstraint == nil)
        #expect(Authority.sub.certificate.pathLengthConstraint == 0)
    }

    @Test("Many certificates come from PEM with text, CRLF, a byte order mark and keys around them, or from DER")
    func bundles() throws {
        let all = [Authority.leaf, Authority.sub.certificate, Authority.root.certificate]
        let text =
            "\u{FEFF}subject=/CN=leaf\nissuer: whatever -----BEGIN\n\(all[0].pem)\n"
            + "\(try KeyPool.ecP256.pkcs8PEM())# the authority\n\(all[1].pem)\(all[2].pem)the end"
        #expect(try Certificate.all(pemOrDER: Array(text.utf8)) == all)
        #expect(try Certificate.all(pemOrDER: Array(text.replacing("\n", with: "\r\n").utf8)) == all)
        #expect(try Certificate.all(pemOrDER: all.flatMap(\.der)) == all)
        #expect(try Certificate.all(pemOrDER: all[0].der + [0x0D, 0x0A]) == [all[0]])
        #expect(try Certificate(pem: text) == all[0])
        #expect(try Certificate(der: all[1].der) == all[1])
    }

    @Test("Nothing, half of it, and more than it are refused")
    func refusals() throws {
        let der = Authority.leaf.der
        for length in 0..<der.count {
            #expect(throws: CryptoError.self) { try Certificate(der: Array(der.prefix(length))) }
        }
        for bad in [der + [0], der + der, [0x30]] {
            let error = #expect(throws: CryptoError.self) { try Certificate(der: bad) }
            #expect(error?.code == .malformed)
        }
        let pem = Array(Authority.leaf.pem.utf8)
        for bad in [
            [], Array("hello".utf8), Array(pem.dropLast(30)), der + [1], Array(try KeyPool.ecP256.pkcs8PEM().utf8),
        ] {
            let error = #expect(throws: CryptoError.self) { try Certificate.all(pemOrDER: bad) }
            #expect(error?.code == .malformed)
        }
    }

    @Test("Altered certificates are refused or read, and never crash")
    func damage() throws {
        let der = Authority.leaf.der
        let policy = ChainPolicy(anchors: [Authority.sub.certificate])
        for index in der.indices {
            for bit in 0..<8 {
                var altered = der
                altered[index] ^= 1 << bit
                guard let certificate = try? Certificate(der: altered) else { continue }
                _ = (certificate.subject.description, certificate.keyUsage, certificate.isCA)
                _ = (certificate.serialNumberHex, certificate.pathLengthConstraint, certificate.issuer)
                #expect(throws: ChainError.self) { try certificate.verifyChain(at: Authority.middle, policy: policy) }
            }
        }
    }

    @Test("A certificate whose key nobody knows is still read, and verifies nothing")
    func unknownKeyAlgorithm() throws {
        // id-ecPublicKey (1.2.840.10045.2.1) becomes 1.2.840.10045.2.126.
        let known = bytes(hex: "06072a8648ce3d0201")
        var der = Authority.leaf.der
        let place = try #require(der.indices.first { der[$0...].starts(with: known) })
        der[place + known.count - 1] = 0x7E
        let certificate = try Certificate(der: der)
        #expect(certificate.publicKey.kind == .other)
        #expect(!certificate.publicKey.verify([1], over: [1], .ecdsa(.sha256, .der)))
        #expect(throws: CryptoError.self) {
            try PublicKey(subjectPublicKeyInfo: certificate.publicKey.subjectPublicKeyInfo)
        }
    }
}
