import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// Confirmations and errors as outside tools and the official samples see them.
@Suite("The simulated tax office: answers")
struct EETAuthoritySealTests {
    private func confirmation(_ edition: Edition, _ environment: EETEnvironment = .playground, _ fault: EETFault? = nil)
        throws -> [UInt8]
    {
        var office = try SimulatedOffice.authority(edition, environment)
        office.faults.add(fault)
        return try #require(try office.post(HandmadeMessage(edition)).response).body
    }

    @Test(
        "xmlsec1 verifies the seal, openssl its chain",
        .enabled(if: OutsideTool.exists("xmlsec1") && OutsideTool.exists("openssl"), "xmlsec1 or openssl is absent"),
        arguments: Edition.allCases)
    func outsideTools(_ edition: Edition) throws {
        let folder = try TemporaryFolder()
        // A text that has to be escaped and has letters beyond ASCII, to make canonicalisation worth its name.
        let warning = EETFault.warn([EETWarning(code: 999, text: "Příliš <žluťoučký> & \"kůň\"\n\r–\u{1F600}")])
        let answer = try self.confirmation(edition, .playground, warning)
        let file = try folder.write(answer, to: "answer.xml")
        let identity = try SimulatedOffice.identity.get()
        let seal = try folder.write(identity.sealCertificate.der, to: "seal.der")
        let soap = "http://schemas.xmlsoap.org/soap/envelope/"
        let arguments = ["--verify", "--pubkey-cert-der", seal, "--id-attr:Id", "\(soap):Body"]
        #expect(try OutsideTool.run("xmlsec1", arguments + [file]).status == 0)

        let changed = String(decoding: answer, as: UTF8.self).replacing("test=\"true\"", with: "test=\"1\"")
        let changedFile = try folder.write(Array(changed.utf8), to: "changed.xml")
        #expect(try OutsideTool.run("xmlsec1", arguments + [changedFile]).status == 1)

        let authority = try folder.write(Array(identity.sealAuthorityCertificate.pem.utf8), to: "ca.pem")
        let leaf = try folder.write(Array(identity.sealCertificate.pem.utf8), to: "seal.pem")
        let time = String(SimulatedOffice.now.secondsSinceEpoch)
        let verdict = try OutsideTool.run("openssl", ["verify", "-attime", time, "-CAfile", authority, leaf])
        #expect(verdict.status == 0)
        let name = try OutsideTool.run(
            "openssl", ["x509", "-in", leaf, "-noout", "-subject", "-nameopt", "utf8,sep_multiline"])
        #expect(
            name.text.contains("organizationIdentifier=NTRCZ-72080043") || name.text.contains("2.5.4.97=NTRCZ-72080043")
        )
    }

    @Test(
        "The official schemas allow every Odpoved",
        .enabled(
            if: SharedFixtures.exist && OutsideTool.exists("xmllint"), "the official schemas or xmllint are absent"),
        arguments: Edition.allCases)
    func schema(_ edition: Edition) throws {
        var office = try SimulatedOffice.authority(edition)
        var verification = HandmadeMessage(edition)
        verification.header["overeni"] = "true"
        var bodies: [[UInt8]] = []
        for fault: EETFault? in [
            nil, .warn((1...12).map { EETWarning(code: $0) }), .refuse(code: -999), .refuse(code: -1),
            .refuse(code: 999),
        ] {
            office.faults.add(fault, times: 2)
            bodies.append(try #require(try office.post(HandmadeMessage(edition)).response).body)
            bodies.append(try #require(try office.post(verification).response).body)
        }
        let folder = try TemporaryFolder()
        let schema = try SharedFixtures.path("eet/schema/\(edition.rawValue)/EETXMLSchema.xsd")
        for (index, body) in bodies.enumerated() {
            let text = String(decoding: body, as: UTF8.self)
            let odpoved = try #require(text.firstMatch(of: /<eet:Odpoved>.*<\/eet:Odpoved>/)).output
                .replacing(
                    "<eet:Odpoved>", with: "<eet:Odpoved xmlns:eet=\"\(edition.namespace)\">", maxReplacements: 1)
            let file = try folder.write(Array(odpoved.utf8), to: "\(index).xml")
            let result = try OutsideTool.run("xmllint", ["--noout", "--schema", schema, file])
            #expect(result.status == 0, "\(result.errorText)")
        }
    }

    @Test(
        "A sealed answer differs from the official one in its values only",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"),
        arguments: [
            (Edition.v3, "v3/pg-2021-09-27.ok.signed.xml"), (.v4, "v4/pg-2026-09-26.ok.signed.xml"),
        ])
    func shape(_ edition: Edition, _ sample: String) throws {
        func shape(_ bytes: [UInt8]) -> String {
            var text = String(decoding: bytes, as: UTF8.self)
            let uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/
            text = text.replacing(/(Body|SecurityToken)-[0-9a-f-]{36}/) { "\($0.output.1)-ID" }
            text = text.replacing(uuid, with: "UUID")
            text = text.replacing(/bkp="[0-9A-F-]*"/, with: "bkp=\"\"")
            text = text.replacing(/dat_prij="[0-9T:+-]*"/, with: "dat_prij=\"\"")
            // The one sample ends with a line feed.
            return text.replacing(/>[A-Za-z0-9+\/=]+</, with: "><").trimmingSuffix { $0.isWhitespace }
        }
        #expect(shape(try self.confirmation(edition)) == shape(try SharedFixtures.bytes("eet/responses/\(sample)")))
    }

    @Test(
        "An error differs from the official ones in its values only",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func errorShape() throws {
        var production = try SimulatedOffice.authority(.v3, .production)
        var playground = try SimulatedOffice.authority(.v3, .playground)
        production.faults.add(.refuse(code: 3))
        playground.faults.add(.refuse(code: 0))
        playground.faults.add(.refuse(code: -1))
        func shape(_ bytes: [UInt8]) -> String {
            String(decoding: bytes, as: UTF8.self)
                .replacing(/uuid_zpravy="[^"]*"/, with: "").replacing(/dat_odmit="[^"]*"/, with: "")
                .replacing("?>\n", with: "?>")
                // The one sample is of another year and declares two namespaces more.
                .replacing(#/ xmlns:(ds|soap)="[^"]*"/#, with: "").trimmingSuffix { $0.isWhitespace }
        }
        for sample in ["prod.error-3", "pg.verify-code0", "pg.error-minus1"] {
            let reply =
                sample == "prod.error-3"
                ? try production.post(HandmadeMessage()) : try playground.post(HandmadeMessage())
            let official = try SharedFixtures.bytes("eet/responses/v3/\(sample).unsigned.xml")
            #expect(shape(try #require(reply.response).body) == shape(official))
        }
    }

    @Test("The till's own verifier accepts the confirmation", arguments: Edition.allCases, EETEnvironment.allCases)
    func accepted(_ edition: Edition, _ environment: EETEnvironment) throws {
        let answer = try EETAnswer(
            bytes: try self.confirmation(edition, environment), edition: edition,
            expecting: .init(uuid: HandmadeMessage().header["uuid_zpravy"], test: environment.isTest),
            trust: try SimulatedOffice.trust())
        #expect(answer.accepted)
        #expect(answer.problems == [])
        let code = try #require(answer.code)
        let device = environment == .production ? "03" : edition == .v3 ? "fa" : "ff"
        let uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
        #expect(try code.wholeMatch(of: Regex("\(uuid)-\(device)")) != nil)
        // Czech local time: winter in November, summer in July.
        #expect(answer.header.datPrij?.text == "2026-11-20T13:00:00+01:00")
        var office = try SimulatedOffice.authority(edition, environment)
        let summer = FiscalInstant(secondsSinceEpoch: 1_814_000_000)
        #expect(
            try office.post(HandmadeMessage(edition), at: summer).answer().header.datPrij?.text.hasSuffix("+02:00")
                == true)
    }

    @Test("Every answer names a transaction, no two the same")
    func transactions() throws {
        var office = try SimulatedOffice.authority()
        let name = try #require(HTTPField.Name("X-Global-Transaction-Id"))
        let ids = try (0..<3).map { _ in
            try #require(try office.post(HandmadeMessage()).response).head.headerFields[name]
        }
        #expect(Set(ids).count == 3)
        #expect(ids == office.messages.map(\.transactionID))
        #expect(ids.allSatisfy { (1...64).contains($0?.count ?? 0) })
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ isUnwanted: (Character) -> Bool) -> String {
        var text = Substring(String(self))
        while let last = text.last, isUnwanted(last) { text.removeLast() }
        return String(text)
    }
}
