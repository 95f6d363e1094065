import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import Testing

/// What the simulated tax office remembers.
@Suite("The simulated tax office: ledger")
struct EETLedgerTests {
    private func message(uuid: Int = 0, _ edit: (inout HandmadeMessage) -> Void = { _ in }) -> HandmadeMessage {
        var message = HandmadeMessage()
        message.header["uuid_zpravy"] = "f582b3e5-51c3-4a6d-aaac-00000000000\(uuid)"
        edit(&message)
        return message
    }

    @Test("A sale sent twice is one sale with two codes")
    func repeated() throws {
        var office = try SimulatedOffice.authority()
        let first = try office.post(self.message(uuid: 1)).answer().code
        let second = try office.post(self.message(uuid: 2) { $0.header["prvni_zaslani"] = "false" }).answer().code
        #expect(first != second)
        let sale = try #require(office.sales.first)
        #expect(office.sales.count == 1)
        #expect(sale.confirmations.map(\.code) == [first, second])
        #expect(sale.confirmations.map(\.isFirst) == [true, false])
        #expect(sale.conflicts.isEmpty)
        #expect(office.ledger.repeatedSales == 1)
        #expect(office.messages.map(\.uuid?.last) == ["1", "2"])
    }

    @Test("Another spelling of time and number is the same sale; another number or time is another one")
    func identity() throws {
        var office = try SimulatedOffice.authority()
        _ = try office.post(self.message())
        _ = try office.post(self.message { $0.data["dat_trzby"] = "2026-11-20T11:59:58Z" })
        _ = try office.post(self.message { $0.data["id_provoz"] = "0273" })
        #expect(office.sales.count == 1)
        for (name, value) in [
            ("dic_popl", "CZ00000019"), ("id_provoz", "274"), ("id_pokl", "2"), ("porad_cis", "2"),
            ("dat_trzby", "2026-11-20T12:59:59+01:00"),
        ] {
            _ = try office.post(self.message { $0.data[name] = value })
        }
        #expect(office.sales.count == 6)
        #expect(office.ledger.sales(of: "CZ00000019").count == 1)
    }

    @Test("The same sale with other amounts is confirmed, and seen as a conflict")
    func conflict() throws {
        var office = try SimulatedOffice.authority()
        _ = try office.post(self.message())
        #expect(try office.post(self.message { $0.data["celk_trzba"] = "1.00" }).answer().accepted)
        let sale = try #require(office.ledger.conflictingSales.first)
        #expect(sale.first.total == "34113.00")
        #expect(sale.conflicts.map(\.total) == ["1.00"])
        #expect(office.sales.count == 1)
        let identity = sale.identity
        #expect(office.ledger.sale(identity) == sale)
    }

    @Test("Refused and verified messages are seen, not recorded")
    func messages() throws {
        var office = try SimulatedOffice.authority()
        _ = try office.post(self.message { $0.data["rezim"] = "2" })
        _ = try office.post(self.message { $0.header["overeni"] = "true" })
        _ = office.post(bytes: Array("<a>".utf8))
        #expect(office.messages.map(\.outcome) == [.refused(code: 3), .verified, .httpStatus(500)])
        #expect(office.messages.map(\.number) == [1, 2, 3])
        #expect(office.messages.map(\.isVerification) == [nil, true, nil])
        #expect(office.messages[0].data?["rezim"] == "2")
        #expect(office.messages[2].body == Array("<a>".utf8))
        #expect(office.sales.isEmpty)
    }

    @Test("A snapshot and a replay of the messages bring the whole ledger back")
    func snapshot() throws {
        var office = try SimulatedOffice.authority()
        _ = try office.post(self.message())
        office.faults.add(.lost(recorded: true))
        _ = try office.post(self.message { $0.data["celk_trzba"] = "1.00" })
        let read = try JSONDecoder().decode(EETLedger.self, from: JSONEncoder().encode(office.ledger))
        #expect(read == office.ledger)
        #expect(EETLedger(replaying: office.messages) == office.ledger)

        var restarted = EETAuthority(
            edition: .v3, identity: office.identity, ledger: read, random: CountingRandomSource(seed: 99))
        _ = try restarted.post(self.message())
        #expect(restarted.sales.count == 1)
        #expect(restarted.messages.last?.number == 3)
    }
}
