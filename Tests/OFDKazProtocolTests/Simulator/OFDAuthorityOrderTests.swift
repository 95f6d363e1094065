import FiscalCore
import FiscalSimulators
import OFDKazProtocol
import Testing

/// Each request breaks two rules that follow one another in decision K7; the answer is that of the first.
@Suite("The simulated OFD: the order of its checks")
struct OFDAuthorityOrderTests {
    /// A till whose last document was sent as 0x01020304, 1; the issued token is another one.
    private func tillWithDocument(
        _ document: PBRequest = RawRequests.sale(), _ change: (inout OFDAuthority) -> Void = { _ in }
    ) throws -> RawTill {
        let till = RawTill(version: 203, change)
        till.token = try #require(try till.sendOnce(document, reqnum: 1)).token
        till.reqnum = 1
        return till
    }

    private let lastToken: UInt32 = 0x0102_0304

    @Test("A broken frame before its VERSION, and VERSION before ID")
    func frameVersionID() throws {
        let till = RawTill()
        let broken = RawTill.frame([8, 0], version: 0, id: 5, token: 1, reqnum: 1, appcode: 0x1111)
        #expect(till.authority.receive(broken, at: till.now) == .lost)
        let old = RawTill.frame([8, 0], version: 0, id: 5, token: 1, reqnum: 1)
        #expect(till.authority.receive(old, at: till.now) == .lost)
        let reasons = till.authority.ledger.messages.map(\.reason)
        #expect(reasons == ["APPCODE is not 81A2h", "VERSION 0 is none"])
        let unknown = RawTill.frame([8, 0], version: 203, id: 5, token: 1, reqnum: 1)
        #expect(till.exchange(unknown)?.code == 1)
    }

    @Test("ID (1) before what cannot be decoded, or lacks a part (3)")
    func idDecoding() throws {
        let till = RawTill()
        for payload in [[0x0A, 0xFF], []] as [[UInt8]] {
            #expect(till.exchange(RawTill.frame(payload, version: 203, id: 5, token: 1, reqnum: 1))?.code == 1)
            #expect(till.exchange(RawTill.frame(payload, version: 203, id: till.id, token: 1, reqnum: 1))?.code == 3)
        }
    }

    @Test("A missing part (3) before an unknown command (4) and a retired one (5)")
    func decodingCommand() throws {
        for (command, code) in [(9, 4), (7, 5)] as [(Int, UInt32)] {
            let request = RawRequests.system.with {
                $0.command = PBCommandTypeEnum(rawValue: command) ?? .commandSystem
            }
            #expect(try RawTill().code(request) == code)
            #expect(try RawTill().code(request.with { $0.service.offlinePeriod.clearEndTime() }) == 3)
        }
    }

    @Test("An unknown command (4, 5) before the rules of repeats (9)")
    func commandRepeat() throws {
        let till = try self.tillWithDocument()
        for (command, code) in [(9, 4), (7, 5)] as [(Int, UInt32)] {
            let request = RawRequests.sale().with {
                $0.command = PBCommandTypeEnum(rawValue: command) ?? .commandSystem
            }
            #expect(try till.sendOnce(request, token: self.lastToken, reqnum: 1)?.code == code)
        }
        #expect(try till.sendOnce(RawRequests.deposit(1), token: self.lastToken, reqnum: 1)?.code == 9)
    }

    @Test("A repeat, and code 9, before the token (2) and REQNUM (8)")
    func repeatToken() throws {
        let till = try self.tillWithDocument()
        // The token of a repeat is not the issued one any more.
        #expect(try till.sendOnce(RawRequests.sale(), token: self.lastToken, reqnum: 1)?.code == 0)
        #expect(try till.sendOnce(RawRequests.deposit(1), token: self.lastToken, reqnum: 1)?.code == 9)
        // Where tokens stay, a repeat has the issued one, and REQNUM of the last document.
        let same = try self.tillWithDocument { $0[100_001]?.tokenPolicy = .never }
        #expect(try same.sendOnce(RawRequests.sale(), token: self.lastToken, reqnum: 1)?.code == 0)
        #expect(same.account.documents.count == 1)
    }

    @Test("Token (2) and REQNUM (8) before the block (15)")
    func tokenBlock() throws {
        let till = try self.tillWithDocument()
        till.account.block = .blocked
        #expect(try till.sendOnce(RawRequests.sale(), token: 77, reqnum: 2)?.code == 2)
        #expect(try till.sendOnce(RawRequests.system, token: 77, reqnum: 2)?.code == 2)
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 1)?.code == 8)
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 2)?.code == 15)
        // REPORT has no token to be wrong, but its register is blocked.
        #expect(try till.sendOnce(RawRequests.report(.reportX), token: 77, reqnum: 2)?.code == 15)
    }

    @Test("The block (15) before an old shift (11)")
    func blockShift() throws {
        let till = try self.tillWithDocument()
        till.account.ageShift(by: .seconds(24 * 3600))
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 2)?.code == 11)
        till.account.block = .blocked
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 2)?.code == 15)
    }

    @Test("An old shift (11) before everything that the content can be refused for (13, 14, 15, 17)")
    func shiftContent() throws {
        let requests: [(PBRequest, UInt32)] = [
            (RawRequests.sale().with { $0.ticket.items[0].commodity.clearName() }, 15),
            (RawRequests.sale().with { $0.ticket.payments += $0.ticket.payments }, 13),
            (RawRequests.sale().with { $0.ticket.extensionOptions.customerIinOrBin = "123456789012" }, 17),
            (RawRequests.withdrawal(10_001), 14),
        ]
        for (request, code) in requests {
            let till = try self.tillWithDocument()
            #expect(try till.sendOnce(request, reqnum: 2)?.code == code)
            till.account.ageShift(by: .seconds(24 * 3600))
            #expect(try till.sendOnce(request, reqnum: 2)?.code == 11)
        }
    }

    @Test("Of the content what is missing (15) comes first, then what is incorrect (13), the buyer (17), the cash (14)")
    func content() throws {
        var request = RawRequests.ticket([RawRequests.commodity(10_000)], total: 10_000, .operationBuy)
        request.ticket.items[0].commodity.clearName()
        request.ticket.taxes = [RawRequests.tax(12_000, 1_071), RawRequests.tax(12_000, 1_071)]
        request.ticket.extensionOptions.customerIinOrBin = "123456789012"
        #expect(try RawTill().code(request) == 15)
        request.ticket.items[0].commodity.name = "Нан"
        #expect(try RawTill().code(request) == 13)
        request.ticket.taxes.removeLast()
        #expect(try RawTill().code(request) == 17)
        request.ticket.extensionOptions.customerIinOrBin = "210987654321"
        #expect(try RawTill().code(request) == 14)
    }

    @Test("The stored answer comes before every later check: block, old shift, missing, incorrect, too little cash")
    func storedAnswer() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.deposit(20_000)) == 0)
        let sent = (token: till.token, reqnum: till.reqnum &+ 1)
        var purchase = RawRequests.ticket([RawRequests.commodity(20_000)], total: 20_000, .operationBuy)
        let first = try #require(try till.send(purchase))
        #expect(first.code == 0)
        till.account.block = .blocked
        till.account.ageShift(by: .seconds(48 * 3600))
        purchase.ticket.items[0].commodity.clearName()
        purchase.ticket.payments += purchase.ticket.payments
        purchase.ticket.extensionOptions.customerIinOrBin = "123456789012"
        let again = try #require(try till.sendOnce(purchase, token: sent.token, reqnum: sent.reqnum))
        #expect(again.response == first.response)
        #expect(till.account.books.cash == 0)
        #expect(try till.sendOnce(RawRequests.deposit(1), token: sent.token, reqnum: sent.reqnum)?.code == 9)
    }
}
