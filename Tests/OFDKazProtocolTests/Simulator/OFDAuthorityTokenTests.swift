import FiscalSimulators
import OFDKazProtocol
import Testing

@Suite("The simulated OFD: tokens, request numbers and repeats")
struct OFDAuthorityTokenTests {
    @Test(
        "A document under the issued token is accepted, and its answer brings another token",
        arguments: RawCommand.documents)
    func acceptance(document: RawCommand) throws {
        let till = RawTill()
        let answer = try #require(try till.send(document.request))
        #expect(answer.code == 0)
        #expect(answer.token != 0x0102_0304)
        #expect(answer.token != 0)
        #expect(till.account.token == answer.token)
        #expect(till.account.documents.count == 1)
        // And the next one must carry the new one.
        let next = try #require(try till.send(document.request))
        #expect(next.code == 0)
        #expect(next.token != answer.token)
    }

    @Test("The pair of the last document with its command: the stored answer, the current token, counted once")
    func repeats() throws {
        let till = RawTill()
        let first = try #require(try till.sendOnce(RawRequests.sale(10_000), reqnum: 1))
        let again = try #require(try till.sendOnce(RawRequests.sale(10_000), reqnum: 1))
        #expect(again.response == first.response)
        #expect(again.token == first.token)
        #expect(!first.response.ticket.ticketNumber.isEmpty)
        // The body is not compared: it may have got an offline number meanwhile.
        let changed = try #require(
            try till.sendOnce(RawRequests.sale(77_700).with { $0.ticket.offlineTicketNumber = 5 }, reqnum: 1))
        #expect(changed.response == first.response)
        #expect(till.account.documents.count == 1)
        #expect(till.account.books.cash == 10_000)
        #expect(till.authority.ledger.messages.map(\.outcome) == [.accepted, .repeated, .repeated])
    }

    @Test("A repeat gets the token that is issued now, also when the desk has issued another one since")
    func repeatAfterReset() throws {
        let till = RawTill()
        let first = try #require(try till.sendOnce(RawRequests.sale(), reqnum: 1))
        let issued = till.authority.resetToken(of: till.id)
        let token = try #require(issued)
        #expect(token != first.token)
        let again = try #require(try till.sendOnce(RawRequests.sale(), reqnum: 1))
        #expect(again.response == first.response)
        #expect(again.token == token)
    }

    @Test("The pair of the last document with another document's command: code 9")
    func otherCommand() throws {
        for (first, second) in [(0, 1), (1, 2), (2, 0)] {
            let till = RawTill()
            #expect(try till.sendOnce(RawCommand.documents[first].request, reqnum: 1)?.code == 0)
            let answer = try #require(try till.sendOnce(RawCommand.documents[second].request, reqnum: 1))
            #expect(answer.code == 9)
            #expect(answer.token == 0x0102_0304)
            #expect(till.account.documents.count == 1)
        }
    }

    @Test("REQNUM of the last document with the token issued since: code 8")
    func sameNumber() throws {
        for document in RawCommand.documents {
            let till = RawTill()
            let issued = try #require(try till.sendOnce(RawRequests.sale(), reqnum: 7)).token
            let answer = try #require(try till.sendOnce(document.request, token: issued, reqnum: 7))
            #expect(answer.code == 8)
            #expect(answer.token == issued)
            #expect(till.account.documents.count == 1)
        }
    }

    @Test("A token that was never issued: code 2, whatever REQNUM says", arguments: RawCommand.documents)
    func neverIssued(document: RawCommand) throws {
        let till = RawTill()
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 7)?.code == 0)
        for reqnum in [UInt16(7), 8] {
            let answer = try #require(try till.sendOnce(document.request, token: 0xDEAD_BEEF, reqnum: reqnum))
            #expect(answer.code == 2)
            #expect(answer.token == 0xDEAD_BEEF)
        }
        // A token that was issued once, but is not the last document's.
        #expect(try till.sendOnce(document.request, token: 0x0102_0304, reqnum: 8)?.code == 2)
        #expect(till.account.documents.count == 1)
    }

    @Test("Token 0 is never right", arguments: RawCommand.allCases.filter { $0 != .report })
    func zero(command: RawCommand) throws {
        let till = RawTill { $0[100_001]?.token = 0 }
        #expect(try till.sendOnce(command.request, token: 0, reqnum: 1)?.code == 2)
    }

    @Test("SYSTEM, INFO, NOMENCLATURE and AUTH want the issued token and do not move it; REQNUM is not looked at")
    func questions() throws {
        for question in RawCommand.questions {
            let till = RawTill()
            let issued = try #require(try till.sendOnce(RawRequests.sale(), reqnum: 7)).token
            for reqnum in [UInt16(7), 8, 8] {
                let answer = try #require(try till.sendOnce(question.request, token: issued, reqnum: reqnum))
                #expect(answer.code == 0)
                #expect(answer.token == issued)
            }
            #expect(try till.sendOnce(question.request, token: 0x0102_0304, reqnum: 7)?.code == 2)
            #expect(till.account.token == issued)
        }
    }

    @Test("REPORT is answered under any token, and the answer has the issued one")
    func report() throws {
        let till = RawTill()
        let issued = try #require(try till.sendOnce(RawRequests.sale(), reqnum: 7)).token
        for token in [issued, 0x0102_0304, 0xDEAD_BEEF] {
            let answer = try #require(try till.sendOnce(RawRequests.report(.reportX), token: token, reqnum: 7))
            #expect(answer.code == 0)
            #expect(answer.token == issued)
        }
        // It is not the last document: the repeat of the sale still finds its answer.
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 7)?.code == 0)
        #expect(till.account.documents.count == 1)
    }

    @Test("A refusal sends back the token that came, for every command", arguments: RawCommand.allCases)
    func refusals(command: RawCommand) throws {
        let till = RawTill { $0[100_001]?.block = .blocked }
        for token in [UInt32(0x0102_0304), 0xFEDC_BA98] {
            let answer = try #require(try till.sendOnce(command.request, token: token, reqnum: 1))
            #expect(answer.code != 0)
            #expect(answer.token == token)
        }
        #expect(till.account.token == 0x0102_0304)
    }

    @Test("A refused document does not become the last one")
    func refusedIsNotLast() throws {
        let till = RawTill()
        #expect(try till.sendOnce(RawRequests.withdrawal(1), reqnum: 1)?.code == 14)
        #expect(try till.sendOnce(RawRequests.sale(), reqnum: 1)?.code == 0)
    }

    @Test("A register may be left with its token: the same ten times, and a repeat is still told apart")
    func neverPolicy() throws {
        let till = RawTill { $0[100_001]?.tokenPolicy = .never }
        for _ in 0..<10 {
            let answer = try #require(try till.send(RawRequests.sale(100)))
            #expect(answer.code == 0)
            #expect(answer.token == 0x0102_0304)
        }
        #expect(try till.sendOnce(RawRequests.sale(100))?.code == 0)
        #expect(till.account.documents.count == 10)
        #expect(try till.sendOnce(RawRequests.deposit(100))?.code == 9)
    }

    @Test("In a special mode INFO and NOMENCLATURE move the token too; SYSTEM, AUTH and REPORT never do")
    func informationPolicy() throws {
        let till = RawTill { $0[100_001]?.tokenPolicy = .documentsAndInformation }
        for question in [RawRequests.info, RawRequests.nomenclature()] {
            let before = till.token
            #expect(try till.code(question) == 0)
            #expect(till.token != before)
        }
        for request in [RawRequests.system, RawRequests.auth(), RawRequests.report(.reportX)] {
            let before = till.token
            #expect(try till.code(request) == 0)
            #expect(till.token == before)
        }
        #expect(try till.code(RawRequests.sale()) == 0)
    }

    @Test("Who does not read the answers to SYSTEM, REPORT and AUTH loses nothing")
    func unread() throws {
        let till = RawTill()
        for command in [RawCommand.system, .report, .auth] {
            _ = try till.reply(command.request)
            #expect(try till.code(RawRequests.sale()) == 0)
        }
    }

    @Test("COMMAND_RESERVED moves the token where it is served")
    func reserved() throws {
        let till = RawTill { $0.rules.answersReserved = true }
        let before = till.token
        #expect(try till.code(RawRequests.reserved) == 0)
        #expect(till.token != before)
        #expect(try till.sendOnce(RawRequests.reserved, token: before)?.code == 2)
        #expect(try till.code(RawRequests.sale()) == 0)
    }

    @Test("Any REQNUM may begin, numbers may leap, and 0 follows 65535")
    func numbers() throws {
        let till = RawTill()
        for reqnum in [UInt16(500), 3, 65_535, 0, 1] {
            let answer = try #require(try till.sendOnce(RawRequests.sale(), reqnum: reqnum))
            #expect(answer.code == 0)
            #expect(answer.reqnum == UInt32(reqnum))
            till.token = answer.token
        }
        #expect(till.account.documents.map(\.reqnum) == [500, 3, 65_535, 0, 1])
    }

    @Test("Tokens are of the full width and do not come back")
    func manyTokens() throws {
        let till = RawTill()
        var tokens: Set<UInt32> = []
        for _ in 0..<200 {
            #expect(try till.code(RawRequests.deposit(1)) == 0)
            tokens.insert(till.token)
        }
        #expect(tokens.count == 200)
        #expect(tokens.contains { $0 > UInt32(Int32.max) })
    }
}
