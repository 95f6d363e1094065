import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import Testing

@Suite("TOKEN and REQNUM of a register")
struct OFDRegisterTokenTests {
    private func tokens(_ world: RegisterAndAuthority) -> [UInt32?] { world.messages.map(\.token) }
    private func numbers(_ world: RegisterAndAuthority) -> [UInt16?] { world.messages.map(\.reqnum) }

    /// The tokens that the authority held to be issued when each message came.
    private func recordIssued(_ world: RegisterAndAuthority) -> IssuedTokens {
        let issued = IssuedTokens()
        world.transport.onBefore { _ in issued.add(world.account.token) }
        return issued
    }

    @Test("A token that came with a ticket, a close or a money placement goes out with the next request")
    func rotation() async throws {
        let world = RegisterAndAuthority()
        let issued = self.recordIssued(world)
        let register = try await world.open()
        _ = try await register.issue(world.sale())
        _ = try await register.place(world.deposit("10.00"))
        _ = try await register.closeShift(world.close())
        _ = try await register.xReport()
        #expect(world.commands == [.info, .ticket, .moneyPlacement, .closeShift, .report])
        #expect(self.tokens(world) == issued.all)
        // Three documents brought three tokens; INFO and REPORT none.
        #expect(Set(issued.all).count == 4)
    }

    @Test("The same over COMMAND_RESERVED, INFO and NOMENCLATURE, about which the document is silent")
    func rotationElsewhere() async throws {
        let world = RegisterAndAuthority { authority in
            authority.rules.answersReserved = true
            authority[RegisterAndAuthority.id]?.tokenPolicy = .documentsAndInformation
        }
        let issued = self.recordIssued(world)
        let register = try await world.open()
        _ = try await register.loadInfo()
        _ = try await register.loadNomenclature()
        guard case .answered = try await register.sendReserved() else {
            Issue.record("COMMAND_RESERVED was not answered")
            return
        }
        _ = try await register.issue(world.sale())
        #expect(world.commands == [.info, .nomenclature, .reserved, .ticket])
        #expect(self.tokens(world) == issued.all)
        #expect(Set(issued.all).count == 4)
    }

    @Test("A token in an answer to SYSTEM, REPORT or AUTH is never adopted, and is told as an anomaly")
    func neverAdopted() async throws {
        let world = RegisterAndAuthority { authority in
            authority[RegisterAndAuthority.id]?.tokenPolicy = .never
        }
        let register = try await world.open { $0.allowsPlainPassword = true }
        _ = try await register.loadInfo()
        var events = register.events.makeAsyncIterator()
        for command in [CommandType.system, .report, .auth] {
            world.fault(.foreignToken)
            switch command {
            case .system: _ = try await register.ping()
            case .report: _ = try await register.xReport()
            default: _ = try await register.authenticate(Credentials(login: "a", password: "b"))
            }
            var isTold = false
            while !isTold, let event = await events.next() {
                guard case .anomalies(let anomalies) = event else { continue }
                isTold = anomalies.contains { $0.kind == .token }
                #expect(isTold, "\(command): \(anomalies)")
            }
        }
        let sale = try await register.issue(world.sale())
        #expect(sale.registration != nil)
        #expect(Set(self.tokens(world)) == [RegisterAndAuthority.firstToken])
    }

    @Test("A token in a refusal is never adopted: the next sale has the old one and is registered")
    func refusalMovesNothing() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.loadInfo()
        world.fault(.refuseUnderForeignToken(code: 13))
        #expect(try await register.issue(world.sale()).refusal?.code == .incorrectRequestData)
        #expect(try await register.issue(world.sale()).registration != nil)
    }

    @Test("Ten tickets answered with the same token: all accepted")
    func unchanged() async throws {
        let world = RegisterAndAuthority { $0[RegisterAndAuthority.id]?.tokenPolicy = .never }
        let register = try await world.open()
        for _ in 0..<10 { #expect(try await register.issue(world.sale()).registration != nil) }
        #expect(Set(self.tokens(world)) == [RegisterAndAuthority.firstToken])
        #expect(world.account.tickets.count == 10)
    }

    @Test("After a restart the first request carries the token that came last, and the number that follows")
    func restart() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale())
        let token = world.account.token
        let reopened = try await world.open()
        _ = try await reopened.ping()
        #expect(self.tokens(world).last == token)
        #expect(self.numbers(world) == [1, 2, 3, 4])
        #expect(world.commands == [.info, .ticket, .info, .system])
    }

    @Test("Ten requests have ten numbers in a row, the first of all is 1; each is in the store before its first byte")
    func numbersInARow() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.loadInfo()
        for _ in 0..<4 { _ = try await register.issue(world.sale()) }
        for _ in 0..<5 { _ = try await register.ping() }
        #expect(self.numbers(world) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        #expect(await register.status.reqnum == 10)
    }

    @Test("65535 is followed by 0 and 1")
    func wrap() async throws {
        let world = RegisterAndAuthority()
        _ = try await world.open().loadInfo()
        // The next one would be 2.
        try await world.changeStored("ofd.state", "state") { text in
            text.replacingOccurrences(of: "\"reqnum\":1,", with: "\"reqnum\":65533,")
        }
        let register = try await world.open()
        _ = try await register.issue(world.sale())
        _ = try await register.issue(world.sale())
        _ = try await register.ping()
        #expect(self.numbers(world) == [1, 65_534, 65_535, 0, 1])
        #expect(world.account.tickets.count == 2)
    }

    @Test("An answer with another ID, REQNUM or command is none: the connection is dropped, the pair repeated")
    func foreignAnswers() async throws {
        for fault in [OFDFault.wrongID, .wrongReqnum, .wrongCommand, .noCommand, .noResult, .truncatedResult] {
            let world = RegisterAndAuthority()
            let register = try await world.open()
            _ = try await register.loadInfo()
            world.fault(fault)
            let outcome = try await register.issue(world.sale())
            #expect(outcome.registration?.ticketNumber == world.account.tickets.first?.ticketNumber, "\(fault)")
            let tickets = world.messages.filter { $0.command == .ticket }
            #expect(tickets.map(\.outcome) == [.accepted, .repeated], "\(fault)")
            #expect(Set(tickets.map(\.reqnum)).count == 1)
            #expect(world.transport.authority.ledger.connections == 3, "\(fault)")
        }
    }

    @Test("Nobody sees the token: not in status, errors, events, descriptions or log")
    func secrecy() async throws {
        let world = RegisterAndAuthority()
        let log = CollectingLog()
        let register = try await world.open { $0.logger = log.logger }
        var texts: [String] = []
        texts.append("\(try world.configuration())")
        texts.append("\(try world.configuration().identity)")
        _ = try await register.issue(world.sale())
        world.fault(.refuse(code: 2))
        texts.append("\(try await register.issue(world.sale()))")
        texts.append("\(await register.status)")
        do { _ = try await register.issue(world.sale()) } catch { texts.append("\(error)") }
        texts.append("\(try await register.incidents())")
        texts += log.lines
        #expect(!log.lines.isEmpty)
        let secrets = Set(world.messages.compactMap(\.token) + [world.account.token])
        for text in texts {
            for secret in secrets { #expect(!text.contains(String(secret)), "\(text)") }
        }
    }
}
