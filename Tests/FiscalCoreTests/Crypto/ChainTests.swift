import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Chains of certificates")
struct ChainTests {
    let leaf = Authority.leaf
    let sub = Authority.sub.certificate
    let root = Authority.root.certificate

    func error(_ certificate: Certificate, at instant: FiscalInstant, _ policy: ChainPolicy) -> ChainError? {
        do {
            _ = try certificate.verifyChain(at: instant, policy: policy)
            return nil
        } catch { return error }
    }

    @Test("A chain leads from the leaf over an intermediate to the root")
    func whole() throws {
        let policy = ChainPolicy(anchors: [self.root], intermediates: [self.sub])
        #expect(try self.leaf.verifyChain(at: Authority.middle, policy: policy) == [self.leaf, self.sub, self.root])
    }

    @Test("Any anchor may end a chain or stand inside one, in any order, also twice")
    func anchors() throws {
        let time = Authority.middle
        #expect(try self.leaf.verifyChain(at: time, policy: .init(anchors: [self.sub])) == [self.leaf, self.sub])
        #expect(try self.leaf.verifyChain(at: time, policy: .init(anchors: [self.leaf])) == [self.leaf])
        #expect(try self.root.verifyChain(at: time, policy: .init(anchors: [self.root])) == [self.root])
        for anchors in [[self.root, self.sub], [self.sub, self.root], [self.sub, self.root, self.sub]] {
            let chain = try self.leaf.verifyChain(at: time, policy: .init(anchors: anchors))
            #expect(chain.prefix(2) == [self.leaf, self.sub])
        }
    }

    @Test("Without a way to an anchor there is no trust")
    func untrusted() throws {
        let time = Authority.middle
        let stranger = try CertificateIssuer.root(Authority.template("Stranger", serial: 8), key: KeyPool.rsa2048)
        #expect(self.error(self.leaf, at: time, .init(anchors: [])) == .untrusted)
        #expect(self.error(self.leaf, at: time, .init(anchors: [self.root])) == .untrusted)
        #expect(
            self.error(
                self.leaf, at: time, .init(anchors: [stranger.certificate], intermediates: [self.sub, self.root]))
                == .untrusted)
        #expect(self.error(self.root, at: time, .init(anchors: [])) == .untrusted)
    }

    @Test("The time is the caller's: every member must be valid at it, to the last second")
    func time() throws {
        let policy = ChainPolicy(anchors: [self.root], intermediates: [self.sub])
        let last = self.leaf.notAfter
        #expect(self.error(self.leaf, at: Authority.start, policy) == nil)
        #expect(self.error(self.leaf, at: Authority.start - .seconds(1), policy) == .notYetValid)
        #expect(self.error(self.leaf, at: last, policy) == nil)
        #expect(self.error(self.leaf, at: last + .milliseconds(999), policy) == nil)
        #expect(self.error(self.leaf, at: last + .seconds(1), policy) == .expired)
        #expect(self.error(self.leaf, at: .init(millisecondsSinceEpoch: .max), policy) == .expired)
        #expect(self.error(self.leaf, at: .init(millisecondsSinceEpoch: .min), policy) == .notYetValid)
    }

    @Test("An expired authority ends the trust in its certificates, unless an anchor stands below it")
    func expiredAuthority() throws {
        var template = Authority.leafTemplate
        template.notAfter = Authority.end + .seconds(30 * 86400)
        let long = try Authority.sub.issue(template, for: KeyPool.ecP256.publicKey)
        let after = Authority.end + .seconds(3600)
        #expect(self.error(long, at: after, .init(anchors: [self.root], intermediates: [self.sub])) == .expired)
        #expect(self.error(long, at: after, .init(anchors: [self.sub])) == .expired)
        #expect(self.error(long, at: after, .init(anchors: [long])) == nil)
    }

    @Test("An authority renewed with the same key serves the certificates of the old one, whichever comes first")
    func renewedAuthority() throws {
        var template = Authority.template("Test sub", serial: 22)
        template.notBefore = Authority.end
        template.notAfter = Authority.end + .seconds(365 * 86400)
        let renewed = try Authority.root.authority(template, key: KeyPool.otherRSA2048).certificate
        for anchors in [[renewed, self.sub], [self.sub, renewed]] {
            let chain = try self.leaf.verifyChain(at: Authority.middle, policy: .init(anchors: anchors))
            #expect(chain == [self.leaf, self.sub])
        }
    }

    @Test("An altered certificate has a bad signature; one by an impostor of the issuer's name is not trusted either")
    func badSignature() throws {
        var der = self.leaf.der
        der[der.count - 1] ^= 1
        let altered = try Certificate(der: der)
        #expect(self.error(altered, at: Authority.middle, .init(anchors: [self.sub])) == .badSignature)
        let impostor = try CertificateIssuer.root(Authority.template("Test sub", serial: 66), key: KeyPool.ecP256)
        let forged = try impostor.issue(Authority.leafTemplate, for: KeyPool.ecP256.publicKey)
        for intermediates in [[], [impostor.certificate]] {
            let policy = ChainPolicy(anchors: [self.sub, self.root], intermediates: intermediates)
            #expect(self.error(forged, at: Authority.middle, policy) == .untrusted)
        }
    }

    @Test("Many tasks check chains of the same certificates at once")
    func concurrency() async throws {
        // Freshly read, so that what OpenSSL remembers of a certificate is made at the same moment.
        let certificates = try [self.leaf, self.sub, self.root].map { try Certificate(der: $0.der) }
        let policy = ChainPolicy(anchors: [certificates[2]], intermediates: [certificates[1]])
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<32 {
                group.addTask { try certificates[0].verifyChain(at: Authority.middle, policy: policy).count }
            }
            for try await count in group { #expect(count == 3) }
        }
    }

    @Test("What is no authority, or is one too many, cannot issue")
    func notAnAuthority() throws {
        var template = Authority.template("Test leaf as issuer", serial: 31)
        template.keyUsage = [.digitalSignature]
        let noCA = try Authority.sub.issue(template, for: KeyPool.ecP256.publicKey)
        let byLeaf = try CertificateIssuer(certificate: noCA, key: KeyPool.ecP256)
            .issue(Authority.template("below", serial: 32), for: KeyPool.rsa2048.publicKey)
        let policy = ChainPolicy(anchors: [self.root], intermediates: [self.sub, noCA])
        guard case .other = self.error(byLeaf, at: Authority.middle, policy) else {
            Issue.record("a leaf issued a certificate")
            return
        }
        // The sub allows no further authority below it.
        let subSub = try Authority.sub.authority(Authority.template("sub sub", serial: 33), key: KeyPool.ecP256)
        let deep = try subSub.issue(Authority.template("deep", serial: 34), for: KeyPool.rsa2048.publicKey)
        let deepPolicy = ChainPolicy(anchors: [self.root], intermediates: [self.sub, subSub.certificate])
        let tooDeep = try #require(self.error(deep, at: Authority.middle, deepPolicy))
        #expect("\(tooDeep)".contains("path length"))
    }

    @Test("A critical extension that nobody can judge is refused, and passed over when told so")
    func criticalExtension() throws {
        var template = Authority.template("Marks its key identifier critical", serial: 41)
        template.marksSubjectKeyIdentifierCritical = true
        let issuer = try CertificateIssuer.root(template, key: KeyPool.rsa2048)
        let leaf = try issuer.issue(Authority.leafTemplate, for: KeyPool.ecP256.publicKey)
        var policy = ChainPolicy(anchors: [issuer.certificate])
        #expect(
            self.error(leaf, at: Authority.middle, policy)
                == .other(code: 34, text: "unhandled critical extension"))
        policy.ignoresUnhandledCriticalExtensions = true
        #expect(self.error(leaf, at: Authority.middle, policy) == nil)
    }

    @Test("A signature over SHA-1 carries no trust")
    func weakDigest() throws {
        var template = Authority.leafTemplate
        template.digest = .sha1
        let weak = try Authority.sub.issue(template, for: KeyPool.ecP256.publicKey)
        guard case .other(let code, _) = self.error(weak, at: Authority.middle, .init(anchors: [self.sub])) else {
            Issue.record("a SHA-1 signature was accepted")
            return
        }
        #expect(code == 68)
    }

    @Test(
        "openssl verify agrees, at each of the times",
        .enabled(if: OpenSSLCommand.exists, OpenSSLCommand.absence))
    func oracle() throws {
        let folder = try TemporaryFolder()
        let leafFile = try folder.write(Array(self.leaf.pem.utf8), to: "leaf.pem")
        let subFile = try folder.write(Array(self.sub.pem.utf8), to: "sub.pem")
        let rootFile = try folder.write(Array(self.root.pem.utf8), to: "root.pem")
        for offset in [-10, 0, 10, 364 * 86400 - 1, 364 * 86400 + 1, 500 * 86400] {
            let time = Authority.start + .seconds(offset)
            let seconds = "\(time.secondsSinceEpoch)"
            for (anchors, file, arguments) in [
                ([self.root], rootFile, ["-untrusted", subFile]), ([self.sub], subFile, ["-partial_chain"]),
            ] {
                let theirs = try OutsideTool.run(
                    "openssl", ["verify", "-attime", seconds, "-no-CApath", "-CAfile", file] + arguments + [leafFile])
                let ours = self.error(self.leaf, at: time, .init(anchors: anchors, intermediates: [self.sub]))
                #expect((theirs.status == 0) == (ours == nil), "\(offset): \(theirs.errorText)")
            }
        }
    }
}
