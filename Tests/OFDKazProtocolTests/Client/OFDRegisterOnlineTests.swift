import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("A register that has a link")
struct OFDRegisterOnlineTests {
    @Test("A sale is registered: the ticket number and the address of the server come back, INFO went before")
    func sale() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        let outcome = try await register.issue(world.sale())
        let registration = try #require(outcome.registration)
        let document = try #require(world.account.documents.first)
        #expect(registration.ticketNumber == document.ticketNumber)
        #expect(registration.qr?.hasPrefix("http://consumer.test-oofd.kz") == true)
        #expect(registration.isFromJournal == false)
        #expect(world.commands == [.info, .ticket])
        #expect(await register.status.mode == .online)
        #expect(try await register.status.cash == world.money("1000.00"))
        #expect(await register.status.queueLength == 0)
    }
}
