import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("What a register learns from the server")
struct OFDRegisterInfoTests {
    @Test("Work begins with INFO, which has nothing but the service part")
    func first() async throws {
        let world = RegisterAndAuthority()
        let report = try await world.open().sync()
        #expect(report.nextDue == nil && report.mode == .online)
        let request = try #require(try world.requests().first)
        #expect(world.commands == [.info])
        #expect(request.hasService && request.service.getRegInfo && request.service.getBindedTaxation)
        #expect(!request.hasTicket && !request.hasReport && !request.hasCloseShift && !request.hasMoneyPlacement)
        #expect(!request.hasNomenclature && !request.hasAuth)
    }

    @Test("Counters, texts, registration data, taxation and last document are taken from it")
    func everything() async throws {
        let world = RegisterAndAuthority()
        let other = try await world.open { $0.register = "the same register, before" }
        _ = try await other.issue(world.sale("250.00"))
        world.withAccount {
            $0.notices = [OFDNotice(.ofd, version: 7, text: "Рахмет!")]
            $0.taxation = OFDTaxation(.rts, percents: [12_000])
        }
        // A register that comes new to the same account.
        let token = world.account.token
        let register = try await world.open {
            $0.identity = try OFDIdentity(
                id: RegisterAndAuthority.id, token: token, registrationNumber: "010101234567")
        }
        _ = try await register.sync()
        let status = await register.status
        #expect(try status.cash == world.money("250.00"))
        #expect(status.shiftIsOpen && status.shiftNumber == 1)
        let information = await register.information
        #expect(information.registration.org?.iin == "123456789012")
        #expect(information.registration.kkm?.serialNumber == "SWK00000001")
        #expect(information.ads.map(\.text) == ["Рахмет!"])
        #expect(information.taxation?.type == .rts)
        #expect(information.lastDocument?.printedDocumentNumber == 1)
        // The first figures of a server are no incident.
        #expect(try await register.incidents().isEmpty)
    }

    @Test("A Z says that no shift is open, an X that one is")
    func shiftState() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        #expect(await register.status.shiftIsOpen == false)
        _ = try await register.issue(world.sale())
        _ = try await register.loadInfo()
        #expect(await register.status.shiftIsOpen)
        _ = try await register.closeShift(world.close())
        _ = try await register.loadInfo()
        #expect(await register.status.shiftIsOpen == false)
        #expect(try await register.incidents().isEmpty)
    }

    @Test("An answer without registration, report or service completes, is told, and takes nothing away")
    func incomplete() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale("250.00"))
        let known = await register.information.registration
        for fault in [OFDFault.noService, .noReport, .truncatedService, .truncatedBody, .foreignBodies] {
            var events = register.events.makeAsyncIterator()
            world.fault(fault)
            guard case .answered = try await register.loadInfo() else {
                Issue.record("\(fault)")
                continue
            }
            guard case .anomalies(let anomalies) = await events.next() else {
                Issue.record("\(fault): nothing was told")
                continue
            }
            #expect(!anomalies.isEmpty)
            #expect(await register.information.registration == known)
            #expect(try await register.status.cash == world.money("250.00"), "\(fault)")
        }
    }

    @Test("Texts are replaced by their versions, one per type; the versions held are told; empty ones are withdrawn")
    func ads() async throws {
        let world = RegisterAndAuthority {
            $0[RegisterAndAuthority.id]?.notices = [
                OFDNotice(.ofd, version: 7, text: "seven"), OFDNotice(.org, version: 1, text: "ours"),
            ]
        }
        let register = try await world.open()
        _ = try await register.sync()
        world.withAccount { $0.notices[0] = OFDNotice(.ofd, version: 8, text: "eight") }
        let eight = try await register.issue(world.sale())
        #expect(eight.paper.lines.contains("eight") && eight.paper.lines.contains("ours"))
        #expect(!eight.paper.lines.contains("seven"))
        let held = try world.requests()[1].service.ticketAdInfos
        #expect(held.map(\.version) == [7, 1])
        world.withAccount { $0.notices[0] = OFDNotice(.ofd, version: 9, text: "") }
        _ = try await register.issue(world.sale())
        _ = try await register.issue(world.sale())
        #expect(try world.requests()[3].service.ticketAdInfos.map(\.version) == [9, 1])
        #expect(await register.information.ads.map(\.text) == ["", "ours"])
    }

    @Test("Counters that differ are taken over and written down; a sum that falls by itself (decision K26)")
    func differences() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale("100.00"))
        world.withAccount { $0.books.cash = 5_000 }
        _ = try await register.loadInfo()
        #expect(try await register.status.cash == world.money("50.00"))
        #expect(try await register.incidents().map(\.kind) == [.countersDiffer])
        world.withAccount { $0.books.sumsEver[2] = 1 }
        _ = try await register.loadInfo()
        #expect(try await register.incidents().map(\.kind) == [.countersDiffer, .sumFell])
    }

    @Test("Before INFO, and without what the host gives, no receipt: the field that is missing is named (decision K35)")
    func unknownRegistration() async throws {
        let world = RegisterAndAuthority()
        world.link(.unreachable)
        let register = try await world.open()
        let error = await #expect(throws: OFDError.self) { try await register.issue(world.sale()) }
        #expect(error?.code == .registrationUnknown)
        #expect(error?.detail.contains("service.reg_info.org") == true)
        #expect(await register.status.queueLength == 0)
        let informed = try await world.open {
            $0.registration = RegistrationInfo(
                org: OrgRegInfo(
                    title: "ТОО", address: "Алматы", addressKz: "Алматы қ.", iin: "123456789012", oked: "47301"))
        }
        #expect(try await informed.issue(world.sale()).pending != nil)
    }

    @Test("Without a position of its own the register sends that of the point of sale, once it is told (ambiguity H8)")
    func position() async throws {
        let world = RegisterAndAuthority()
        world.link(.unreachable)
        let register = try await world.open {
            $0.securityStats = nil
            $0.registration = RegistrationInfo(
                org: OrgRegInfo(
                    title: "ТОО", address: "Алматы", addressKz: "Алматы қ.", iin: "123456789012", oked: "47301"))
        }
        let error = await #expect(throws: InvalidField.self) { try await register.issue(world.sale()) }
        #expect(error?.field.hasPrefix("service.security_stats") == true)
        world.link(nil)
        world.clock.advance(by: .seconds(60))
        #expect(try await register.issue(world.sale()).registration != nil)
        let position = try #require(try world.requests().last).service.securityStats.geoPosition
        #expect(position.latitude == 432_380 && position.longitude == 769_450)
    }

    @Test("A buyer with the seller's own number is refused here, before anything is sent")
    func sameTaxpayer() async throws {
        let world = RegisterAndAuthority {
            $0.testRegister(id: RegisterAndAuthority.id, token: RegisterAndAuthority.firstToken)
            $0[RegisterAndAuthority.id]?.registration = .test(iin: "950840000013")
        }
        let register = try await world.open()
        _ = try await register.sync()
        let iin = try #require(try? IINBIN("950840000013"))
        let error = await #expect(throws: InvalidField.self) {
            try await register.issue(world.sale(customer: iin))
        }
        #expect(error?.field == "ticket.extension_options.customer_iin_or_bin")
        #expect(world.commands == [.info])
    }

    @Test("The server's times ahead of our clock are told; a right clock is not")
    func clock() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale())
        _ = try await register.loadInfo()
        #expect(await register.status.clockIsBehindBy == nil)
        world.clock.advance(by: .seconds(-90))
        _ = try await register.loadInfo()
        #expect(await register.status.clockIsBehindBy == .seconds(90))
    }
}
