import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

@testable import EETProtocol

@Suite("An error of the authority is never sealed, so it counts only for the message that it names")
struct EETExchangeTests {
    /// What becomes of an error with these attributes.
    private func judge(
        uuid: String?, bkp: String? = nil, isTest: String? = "true", environment: EETEnvironment = .playground,
        namespace: String = Edition.v3.namespace
    ) throws -> EETExchange.Reply {
        let message = try SignedMessageTests.message(by: TestTaxpayers.main)
        let exchange = EETExchange(
            transport: SimulatedTransport(
                EETAuthority(
                    edition: .v3, identity: TillAndAuthority.identity, random: CountingRandomSource()),
                clock: ManualClock(TillAndAuthority.start)),
            endpoint: "https://127.0.0.1/", environment: environment, trust: SealTrust(anchors: []),
            timeout: .seconds(2))
        let attributes = [("uuid_zpravy", uuid), ("bkp", bkp)].map { name, value in
            value.map { " \(name)=\"\($0)\"" } ?? ""
        }
        let test = isTest.map { " test=\"\($0)\"" } ?? ""
        let body = """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
            <Odpoved xmlns="\(namespace)"><Hlavicka dat_odmit="2026-12-24T17:00:01+01:00"\(attributes.joined())/>
            <Chyba kod="4"\(test)>Neplatny podpis SOAP zpravy</Chyba></Odpoved></s:Body></s:Envelope>
            """
        return exchange.judge(
            HTTPExchangeResponse(head: HTTPResponse(status: .ok), body: Array(body.utf8)), for: message)
    }

    private static let counts = EETExchange.Reply.chyba(
        .badSignature, text: "Neplatny podpis SOAP zpravy", warnings: [])

    @Test("Identifiers that are there have to be ours, in any letter case; they may be missing")
    func identifiers() throws {
        let ours = SignedMessageTests.uuid
        let bkp = try #require(try SignedMessageTests.message(by: TestTaxpayers.main).codes?.bkp)
        #expect(try self.judge(uuid: ours) == Self.counts)
        #expect(try self.judge(uuid: ours.uppercased(), bkp: bkp.lowercased()) == Self.counts)
        #expect(try self.judge(uuid: nil) == Self.counts)
        for reply in [
            try self.judge(uuid: "00000000-0000-4000-8000-000000000000"),
            try self.judge(uuid: ours, bkp: "00000000-00000000-00000000-00000000-00000000"),
        ] {
            guard case .failed(.noUsableAnswer, _) = reply else {
                Issue.record("\(reply)")
                continue
            }
        }
    }

    @Test("A playground's error does not count in production; the flag may be missing in the playground")
    func testFlag() throws {
        let ours = SignedMessageTests.uuid
        #expect(try self.judge(uuid: ours, isTest: nil) == Self.counts)
        #expect(try self.judge(uuid: ours, isTest: nil, environment: .production) == Self.counts)
        let reply = try self.judge(uuid: ours, environment: .production)
        guard case .failed(.noUsableAnswer, _) = reply else {
            Issue.record("\(reply)")
            return
        }
    }

    @Test("An error of the other edition does not count")
    func otherEdition() throws {
        let reply = try self.judge(uuid: SignedMessageTests.uuid, namespace: Edition.v4.namespace)
        guard case .failed(.noUsableAnswer, _) = reply else {
            Issue.record("\(reply)")
            return
        }
    }
}
