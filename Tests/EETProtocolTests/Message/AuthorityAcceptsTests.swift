import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

@Suite("What the till lets through, the authority's own schema lets through")
struct AuthorityAcceptsTests {
    @Test("300 random valid sales of each edition are never answered with an error", arguments: Edition.allCases)
    func neverRefused(_ edition: Edition) throws {
        let taxpayer = TillAndAuthority.taxpayer
        var authority = EETAuthority(
            edition: edition, identity: TillAndAuthority.identity, random: CountingRandomSource(seed: 5))
        var sales = RandomSales(seed: 31)
        let randomness = CountingRandomSource(seed: 32)
        for _ in 0..<300 {
            let data = try sales.data(edition, taxpayer: "CZ1212121218")
            let message = try EETMessage(
                header: sales.header(uuid: randomness.uuid()), data: data,
                codes: edition == .v3 ? SecurityCodes(for: data, by: taxpayer) : nil)
            let signed = try message.signed(by: taxpayer, validity: .notChecked)
            let request = try #require(signed.httpRequest(to: "https://127.0.0.1\(EETAuthority.path(edition))"))
            _ = authority.receive(request, at: TillAndAuthority.start)
        }
        #expect(authority.messages.count == 300)
        for message in authority.messages {
            switch message.outcome {
            case .confirmed, .verified: break
            case .refused, .httpStatus, .ignored: Issue.record("\(message.outcome): \(message.reason ?? "")")
            }
            // The random times lie anywhere, and random units of v4 are none that the authority assigned.
            #expect(Set(message.warnings).isSubset(of: edition == .v3 ? [4, 5] : [4, 5, 6]))
        }
    }
}
