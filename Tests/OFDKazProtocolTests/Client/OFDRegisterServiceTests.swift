import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("Requests that are never queued")
struct OFDRegisterServiceTests {
    @Test("Right credentials bring code, name and roles; wrong ones change nothing; neither is kept or logged")
    func auth() async throws {
        for answersWith12 in [false, true] {
            let world = RegisterAndAuthority {
                $0.rules.answersFailedAuthWith12 = answersWith12
                $0[RegisterAndAuthority.id]?.cashiers = [
                    OFDCashier(login: "aigul", password: "құпия-5309", code: 7, name: "Айгүл", roles: [.administrator])
                ]
            }
            let log = CollectingLog()
            let register = try await world.open {
                $0.allowsPlainPassword = true
                $0.logger = log.logger
            }
            let right = try Credentials(login: "aigul", password: "құпия-5309")
            guard case .answered(let answer?) = try await register.authenticate(right) else {
                Issue.record("not signed in")
                return
            }
            #expect(answer.result == .ok && answer.operatorCode == 7 && answer.roles == [.administrator])
            let wrong = try Credentials(login: "aigul", password: "құпия-0000")
            guard case .answered(let refusal?) = try await register.authenticate(wrong) else {
                Issue.record("no answer to wrong credentials")
                return
            }
            #expect(refusal.result == .invalidLoginPassword && refusal.operatorCode == nil)
            #expect(await register.status.mode == .online)
            #expect(await register.status.queueLength == 0)
            // It opens no session: a sale needs none.
            #expect(try await register.issue(world.sale()).registration != nil)
            for line in log.lines { #expect(!line.contains("құпия") && !line.contains("aigul")) }
            for space in ["ofd.state", "ofd.service", "ofd.queue", "ofd.body", "ofd.document", "ofd.incident"] {
                let records = try await world.store.records(
                    register: "ofd.\(RegisterAndAuthority.id)", space: space, after: nil, limit: 100)
                for record in records {
                    #expect(!String(decoding: record.value, as: UTF8.self).contains("құпия"))
                }
            }
        }
    }

    @Test("A password goes over an open line only where the configuration says so")
    func plainPassword() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        await expectError(.plainPassword) {
            _ = try await register.authenticate(Credentials(login: "a", password: "b"))
        }
        #expect(world.messages.isEmpty)
    }

    @Test("The list of goods is replaced whole by another version, and kept by the same one, by none, and by no list")
    func nomenclature() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        let bread = OFDGoods.Element(
            id: 2, title: "Нан", parent: 1,
            article: .init(barcode: "4870000000014", purchasePrice: 9_000, sellPrice: 12_000))
        func goods(_ version: UInt32, _ elements: [OFDGoods.Element]) {
            world.withAccount { $0.goods = OFDGoods(version: version, elements: elements) }
        }
        // None is ready.
        #expect(try await register.loadNomenclature() == .answered(.kept(.noVersion)))
        #expect(try await register.nomenclature() == nil)
        #expect(try world.requests().last?.nomenclature.hasCurrentVersion == true)
        goods(3, [OFDGoods.Element(id: 1, title: "Тамақ"), bread])
        #expect(try await register.loadNomenclature() == .answered(.replaced(version: 3)))
        #expect(try await register.nomenclature()?.elements.count == 2)
        #expect(try await register.loadNomenclature() == .answered(.kept(.versionIsActual)))
        #expect(try await register.nomenclature()?.elements.count == 2)
        #expect(try world.requests().last?.nomenclature.currentVersion == 3)
        goods(5, [OFDGoods.Element(id: 1, title: "Тамақ")])
        world.fault(.noNomenclature)
        #expect(try await register.loadNomenclature() == .answered(.kept(nil)))
        #expect(await register.status.nomenclatureVersion == 3)
        #expect(try await register.loadNomenclature() == .answered(.replaced(version: 5)))
        #expect(try await register.nomenclature()?.elements.map(\.title) == ["Тамақ"])
        // The version travels with the next documents, after a restart too.
        _ = try await world.open().issue(world.sale())
        #expect(try world.requests().last?.service.nomenclatureVersion == 5)
    }

    @Test("A list of goods may be larger than any other answer")
    func largeNomenclature() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open { $0.answerLimit = 4_096 }
        _ = try await register.sync()
        let elements = (1...500).map { OFDGoods.Element(id: UInt64($0), title: "Группа товаров \($0)") }
        world.withAccount { $0.goods = OFDGoods(version: 1, elements: elements) }
        #expect(try await register.loadNomenclature() == .answered(.replaced(version: 1)))
        // The same bytes in answer to anything else break the connection.
        world.withAccount {
            $0.notices = [OFDNotice(.ofd, version: 1, text: String(repeating: "а", count: 4_096))]
        }
        #expect(try await register.ping() == .unanswered)
    }

    @Test("A ping is answered; without a link it is not, and SYSTEM restores the link before anything else")
    func ping() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        #expect(try await register.ping() == .answered)
        world.link(.unreachable)
        #expect(try await register.ping() == .unanswered)
        #expect(await register.status.mode == .offline(awaitingTransport: false))
        await expectError(.unavailable) { _ = try await register.ping() }
        let begin = await register.status.offlineSince
        world.link(nil)
        world.clock.advance(by: .seconds(60))
        #expect(try await register.sync().mode == .online)
        #expect(world.commands.suffix(2) == [.system, .info])
        let period = try #require(try world.requests().suffix(2).first).service.offlinePeriod
        #expect(period.beginTime.civil == begin.map { CivilDateTime($0, offset: NamedZone.almaty.offset(at: $0)) })
        #expect(period.beginTime != period.endTime)
    }

    @Test("An idle register looks for its server at the interval that the host chose, and not without one")
    func keepAlive() async throws {
        let world = RegisterAndAuthority()
        let quiet = try await world.open()
        #expect(try await quiet.sync().nextDue == nil)
        let register = try await world.open { $0.keepAliveInterval = .seconds(300) }
        for _ in 0..<3 {
            let due = try #require(try await register.sync().nextDue)
            #expect(due == world.clock.now() + .seconds(300))
            world.clock.advance(by: .seconds(300))
        }
        _ = try await register.sync()
        #expect(world.commands.filter { $0 == .system }.count == 3)
    }

    @Test("Nobody can send COMMAND_RESERVED by accident: a server that does not know it blocks the register")
    func reserved() async throws {
        let world = RegisterAndAuthority { $0.rules.answersReserved = true }
        let register = try await world.open()
        #expect(try await register.sendReserved() == .answered)
        #expect(world.commands == [.info, .reserved])
    }
}

extension OFDServiceOutcome<Void> {
    fileprivate enum Plain { case answered, refused, unanswered }

    fileprivate static func == (left: Self, right: Plain) -> Bool {
        switch left {
        case .answered: right == .answered
        case .refused: right == .refused
        case .unanswered: right == .unanswered
        }
    }
}
