import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

@Suite("A till that reports its sales")
struct EETClientTests {
    @Test("Online: FIK or POK comes back, the authority has the sale once", arguments: Edition.allCases)
    func online(_ edition: Edition) async throws {
        let world = TillAndAuthority(edition)
        let till = try await world.open()
        let outcome = try await till.issue(world.sale("1"))
        guard case .registered(let registered) = outcome.state else {
            Issue.record("\(outcome)")
            return
        }
        let sale = try #require(world.transport.authority.sales.first)
        #expect(registered.registration.code == sale.first.code)
        #expect(outcome.paper.code(edition == .v3 ? "FIK" : "POK") == sale.first.code)
        #expect(outcome.paper.code("PKP") == nil)
        #expect((outcome.paper.code("BKP") != nil) == (edition == .v3))
        #expect(registered.registration.isTest && !registered.registration.isOfficiallyRecorded)
        #expect(world.header("prvni_zaslani") == ["true"])
        #expect(try await till.status().waiting == 0)
    }

    @Test("Three sales without a link, then with one: sent in their order, as later attempts, codes unchanged")
    func outage() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.transport.failAlways(.unreachable)
        var printed: [SecurityCodes?] = []
        for number in ["1", "2", "3"] {
            let outcome = try await till.issue(world.sale(number))
            guard case .pending(let pending) = outcome.state else {
                Issue.record("\(outcome)")
                return
            }
            #expect(pending.code == .module(.internetUnavailable))
            #expect(outcome.paper.code("PKP") == pending.facts.codes?.pkp)
            #expect(outcome.paper.code("BKP") == pending.facts.codes?.bkp)
            printed.append(pending.facts.codes)
            world.clock.advance(by: .seconds(1))
        }
        #expect(world.transport.authority.messages.isEmpty)
        world.transport.failAlways(nil)
        let report = try await till.sync(ignoringPauses: true)
        #expect(report.outcomes.count == 3)
        #expect(world.recorded == ["1", "2", "3"])
        #expect(world.header("prvni_zaslani") == ["false", "false", "false"])
        #expect(report.outcomes.map(\.facts.codes) == printed)
        #expect(report.nextDue == nil)
    }

    @Test("A link that is down ends the round, and the next round waits for the pause")
    func linkDown() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.transport.failAlways(.unreachable)
        for number in ["1", "2", "3"] { _ = try await till.issue(world.sale(number)) }
        let before = world.transport.exchangeCount
        world.clock.advance(by: .seconds(60))
        let report = try await till.sync()
        #expect(world.transport.exchangeCount == before + 1)
        #expect(report.linkIsDown)
        #expect(report.nextDue == world.clock.now() + .seconds(60))
    }

    @Test(
        "The answer is lost: unknown; sent again with the same data and codes, a new identifier, and one sale recorded",
        arguments: Edition.allCases)
    func lostAnswer(_ edition: Edition) async throws {
        let world = TillAndAuthority(edition)
        let till = try await world.open()
        world.fault(.lost(recorded: true))
        let outcome = try await till.issue(world.sale("1"))
        guard case .unknown(let unknown) = outcome.state else {
            Issue.record("\(outcome)")
            return
        }
        #expect(unknown.code == .module(.noAnswer))
        world.clock.advance(by: .seconds(60))
        let report = try await till.sync()
        #expect(report.outcomes.first?.confirmationCode != nil)
        let sale = try #require(world.transport.authority.sales.first)
        #expect(world.transport.authority.sales.count == 1)
        #expect(sale.confirmations.count == 2 && sale.conflicts.isEmpty)
        #expect(world.header("prvni_zaslani") == ["true", "false"])
        #expect(Set(world.header("uuid_zpravy")).count == 2)
        let entry = try #require(try await till.entry(unknown.facts.identity))
        #expect(entry.attempts.map(\.uuid) == world.header("uuid_zpravy"))
        #expect(entry.codes == unknown.facts.codes)
    }

    @Test("The time limit runs out: 1007, whether or not the authority has it; repeated until it is confirmed")
    func deadline() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.silence(recorded: true))
        world.fault(.delay(milliseconds: 2500))
        for _ in 0..<2 {
            let outcome = try await till.issue(world.sale("1"))
            #expect(outcome.code == .module(.timeout))
            #expect(outcome.paper.code("PKP") != nil)
        }
        world.fault(.delay(milliseconds: 1500))
        #expect(try await till.issue(world.sale("1")).confirmationCode != nil)
        #expect(world.recorded == ["1"])
        #expect(world.transport.exchanges.map(\.timeout) == Array(repeating: .seconds(2), count: 3))
    }

    /// Every way in which an answer can be unusable although a connection was there.
    static let unusable: [EETFault] = [
        .lost(recorded: false), .truncated, .soapFault, .status(404), .status(500), .emptyBody, .garbage, .malformed,
        .otherDocument, .documentType, .huge(bytes: 300_000), .foreignSeal, .expiredSeal, .strangerSeal,
        .brokenDigest, .brokenSignature, .noSeal, .wrongUUID, .wrongBKP, .wrongTestFlag, .otherEdition,
    ]

    @Test("An answer that is none, or a confirmation whose seal or identifiers are wrong, is 1008", arguments: unusable)
    func unusableAnswers(_ fault: EETFault) async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(fault)
        let outcome = try await till.issue(world.sale("1"))
        #expect(outcome.code == .module(.noAnswer))
        #expect(outcome.paper.code("FIK") == nil)
        #expect(outcome.paper.code("PKP") != nil)
        #expect(try await till.issue(world.sale("1")).confirmationCode != nil)
        #expect(world.recorded == ["1"])
    }

    @Test("Without the authority's certificate no confirmation counts")
    func noAnchors() async throws {
        let world = TillAndAuthority()
        let till = try await world.open { $0.trust = SealTrust(anchors: []) }
        #expect(try await till.issue(world.sale("1")).code == .module(.noAnswer))
    }

    @Test("−1: sent again by itself, the data unchanged")
    func temporaryFault() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.refuse(code: -1))
        let outcome = try await till.issue(world.sale("1"))
        #expect(outcome.code == .server(.temporaryFault))
        world.clock.advance(by: .seconds(60))
        #expect(try await till.sync().outcomes.first?.confirmationCode != nil)
        let messages = world.transport.authority.messages
        #expect(messages.map(\.isFirst) == [true, false])
        #expect(messages[0].data == messages[1].data)
    }

    @Test("8: five repeats by itself, then held for a person, and never in the way of other sales")
    func notProcessed() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.refuse(code: 8), times: 6)
        let first = try await till.issue(world.sale("1"))
        #expect(first.code == .server(.notProcessed))
        for _ in 0..<100 {
            world.clock.advance(by: .seconds(3600))
            _ = try await till.sync()
        }
        #expect(world.transport.exchangeCount == 6)
        #expect(try await till.status().held == 1)
        #expect(try await till.issue(world.sale("2")).confirmationCode != nil)
        try await till.release(first.facts.identity, by: "vedoucí", because: "chyba opravena")
        #expect(try await till.sync().outcomes.first?.confirmationCode != nil)
        #expect(world.recorded == ["2", "1"])
    }

    @Test(
        "2–7, reserved codes and an unasked 0: no resend in a day, one thing for the operator to see",
        arguments: [2, 3, 4, 5, 6, 7, 1, 9, 500, 999, -2, -999, 0])
    func notRepeated(_ code: Int) async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.refuse(code: code, text: "jiny text"))
        let outcome = try await till.issue(world.sale("1"))
        #expect(outcome.code == .server(Chyba(rawValue: code)))
        for _ in 0..<24 {
            world.clock.advance(by: .seconds(3600))
            #expect(try await till.sync().outcomes.isEmpty)
        }
        #expect(world.transport.exchangeCount == 1)
        let status = try await till.status()
        #expect(status.refused + status.held == 1)
        #expect(status.refused == ((2...7).contains(code) ? 1 : 0))
        #expect(status.lastError == "\(code): jiny text")
    }

    @Test("A refused sale is corrected under the same identity: new data, new codes, no first attempt any more")
    func correction() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.refuse(code: 3))
        let refused = try await till.issue(world.sale("1", total: "100.00"))
        let corrected = try await till.issue(world.sale("1", total: "200.00"))
        #expect(corrected.confirmationCode != nil)
        #expect(corrected.facts.codes != refused.facts.codes)
        #expect(world.header("prvni_zaslani") == ["true", "false"])
        #expect(world.transport.authority.sales.first?.first.total == "200.00")
        let entry = try #require(try await till.entry(refused.facts.identity))
        #expect(entry.superseded.map(\.codes) == [refused.facts.codes])
        #expect(entry.superseded.map(\.refusal) == [.schemaViolation])
    }

    @Test("A correction that leaves the signed fields alone keeps PKP and BKP")
    func correctionKeepsCodes() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.refuse(code: 3))
        let refused = try await till.issue(world.sale("1"))
        var sale = try world.sale("1")
        sale.amounts[.dan1] = try Money(parsing: "21.00", currency: .czk)
        #expect(try await till.issue(sale).facts.codes == refused.facts.codes)
    }

    @Test("The same identity with other amounts is refused while the first may be registered, and after")
    func identityTaken() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.silence(recorded: true))
        _ = try await till.issue(world.sale("1", total: "100.00"))
        let pending = await #expect(throws: EETError.self) { try await till.issue(world.sale("1", total: "200.00")) }
        #expect(pending?.code == .identityTaken)
        _ = try await till.issue(world.sale("1", total: "100.00"))
        let registered = await #expect(throws: EETError.self) {
            try await till.issue(world.sale("1", total: "200.00"))
        }
        #expect(registered?.code == .identityTaken)
        #expect(world.transport.authority.sales.map(\.first.total) == ["100.00"])
        #expect(world.transport.authority.sales.first?.conflicts.isEmpty == true)
    }

    @Test("A confirmed sale that is submitted again is answered from the journal; nothing is sent")
    func answeredFromJournal() async throws {
        let world = TillAndAuthority()
        let first = try await world.open().issue(world.sale("1"))
        let again = try await world.open().issue(world.sale("1"))
        #expect(again.confirmationCode == first.confirmationCode)
        #expect(again.facts.uuid == first.facts.uuid)
        #expect(again.paper == first.paper)
        #expect(world.transport.exchangeCount == 1)
        guard case .registered(let registered) = again.state else {
            Issue.record("\(again)")
            return
        }
        #expect(registered.isFromJournal)
    }

    @Test("The host knows of an earlier attempt: prvni_zaslani is false although the journal is empty")
    func hostKnowsMore() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        let data = try SaleData(world.sale("1"), edition: .v3, certificateDIC: DIC("CZ1212121218"))
        _ = try await till.issue(data, hostSaysFirst: false)
        #expect(world.header("prvni_zaslani") == ["false"])
    }

    @Test("The host learns of an earlier attempt only after the sale was kept: the first message says false")
    func hostLearnsLater() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        let data = try SaleData(world.sale("1"), edition: .v3, certificateDIC: DIC("CZ1212121218"))
        _ = try await till.issue(data, sending: .later)
        _ = try await till.issue(data, hostSaysFirst: false, sending: .now)
        #expect(world.header("prvni_zaslani") == ["false"])
    }

    @Test("The time limit runs out while connecting: 1007, but nothing can have arrived")
    func deadlineWhileConnecting() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.transport.failNext(.connectDeadline)
        guard case .pending(let pending) = try await till.issue(world.sale("1")).state else {
            Issue.record("not pending")
            return
        }
        #expect(pending.code == .module(.timeout))
        world.transport.failNext(.tls)
        #expect(try await till.issue(world.sale("1")).code == .module(.internetUnavailable))
    }

    @Test("The simplified regime: the receipt with PKP at once, the message by the outbox, as a first attempt")
    func simplified() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        let regime = Regime.simplified(SimplifiedRegimePermit(reference: "1"))
        let outcome = try await till.issue(world.sale("1", regime: regime))
        guard case .pending(let pending) = outcome.state else {
            Issue.record("\(outcome)")
            return
        }
        #expect(pending.reason == .notSentYet)
        #expect(pending.facts.deadline == world.clock.now() + .seconds(5 * 24 * 3600))
        #expect(outcome.paper.code("PKP") != nil && outcome.paper.code("Režim") == "zjednodušený")
        #expect(world.transport.exchangeCount == 0)
        #expect(try await till.sync().outcomes.first?.confirmationCode != nil)
        #expect(world.header("prvni_zaslani") == ["true"])
    }

    @Test("Deadlines: 48 hours and 5 days from the sale; overdue is said, and still sent")
    func deadlines() async throws {
        for (regime, limit) in [
            (Regime.regular, Duration.seconds(48 * 3600)),
            (.simplified(SimplifiedRegimePermit(reference: "1")), .seconds(5 * 24 * 3600)),
        ] {
            let world = TillAndAuthority()
            let till = try await world.open()
            world.transport.failAlways(.unreachable)
            let sale = try world.sale("1", regime: regime)
            let outcome = try await till.issue(sale)
            #expect(outcome.facts.deadline == world.clock.now() + limit)
            world.clock.set(TillAndAuthority.start + limit - .seconds(1))
            #expect(try await till.sync().overdue.isEmpty)
            #expect(try await till.status().overdue.isEmpty)
            world.clock.set(TillAndAuthority.start + limit + .seconds(1))
            #expect(try await till.sync().overdue == [outcome.facts.identity])
            #expect(try await till.status().overdue == [outcome.facts.identity])
            world.transport.failAlways(nil)
            #expect(try await till.sync(ignoringPauses: true).outcomes.first?.confirmationCode != nil)
            #expect(try await till.status().overdue.isEmpty)
        }
    }

    @Test("Verification mode registers nothing and leaves no trace; the sale that follows is a first attempt")
    func verification() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        let sale = try world.sale("1")
        let verification = try await till.verify(sale)
        #expect(verification.result == .passed)
        #expect(verification.code == .server(.verified))
        #expect(world.recorded.isEmpty)
        #expect(try await till.issue(sale).confirmationCode != nil)
        #expect(world.header("prvni_zaslani") == ["true", "true"])
        #expect(world.header("overeni") == ["true"])
        #expect(world.recorded == ["1"])
    }

    @Test("Verification tells the authority's error, and that no answer came")
    func verificationFails() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.refuse(code: 6))
        #expect(try await till.verify(world.sale("1")).code == .server(.badTaxpayer))
        world.fault(.silence())
        #expect(try await till.verify(world.sale("1")).code == .module(.timeout))
    }

    @Test("Warnings come with the confirmation and undo nothing")
    func warnings() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.fault(.warn([EETWarning(code: 4), EETWarning(code: 77, text: "neznámé")]))
        let outcome = try await till.issue(world.sale("1"))
        guard case .registered(let registered) = outcome.state else {
            Issue.record("\(outcome)")
            return
        }
        #expect(registered.registration.warnings.map(\.code.rawValue) == [4, 77])
        #expect(registered.registration.warnings.last?.text == "neznámé")
    }

    @Test("The certificate is renewed between sale and resend: the printed codes stay, the new key signs")
    func renewal() async throws {
        let world = TillAndAuthority()
        world.transport.failAlways(.unreachable)
        let first = try await world.open().issue(world.sale("1"))
        world.transport.failAlways(nil)
        let renewed = try await world.open(TillAndAuthority.renewedTaxpayer)
        let outcome = try #require(try await renewed.sync(ignoringPauses: true).outcomes.first)
        #expect(outcome.facts.codes == first.facts.codes)
        guard case .registered(let registered) = outcome.state else {
            Issue.record("\(outcome)")
            return
        }
        // The authority can no longer check the PKP against the certificate in the message.
        #expect(registered.registration.warnings.map(\.code) == [.badPKP])
    }

    @Test("An expired certificate refuses before anything is kept or sent, unless it was allowed")
    func expiredCertificate() async throws {
        let world = TillAndAuthority()
        let expired = try TillAndAuthority.makeTaxpayer(validDays: -400 ... -30)
        let till = try await world.open(expired)
        let error = await #expect(throws: EETError.self) { try await till.issue(world.sale("1")) }
        #expect(error?.code == .certificateExpired)
        #expect(world.transport.exchangeCount == 0)
        #expect(try await till.status().waiting == 0)
        world.transport.withAuthority { $0.rules.acceptsExpiredCertificates = true }
        let allowed = try await world.open(expired) { $0.allowsExpiredCertificate = true }
        #expect(try await allowed.issue(world.sale("1")).confirmationCode != nil)
    }

    @Test("The journal answers for a registered sale also after the certificate has expired")
    func expiredAfterwards() async throws {
        let world = TillAndAuthority()
        let taxpayer = try TillAndAuthority.makeTaxpayer(validDays: -10...10)
        let till = try await world.open(taxpayer)
        let sale = try world.sale("1")
        let first = try await till.issue(sale)
        world.clock.advance(by: .seconds(30 * 24 * 3600))
        #expect(try await till.issue(sale).confirmationCode == first.confirmationCode)
        let error = await #expect(throws: EETError.self) {
            try await till.issue(world.sale("2"), sending: .later)
        }
        #expect(error?.code == .certificateExpired)
    }

    @Test("A sale under another number than the certificate's never leaves")
    func foreignTaxpayer() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        var sale = try world.sale("1")
        sale.dic = try DIC("CZ683555118")
        let error = await #expect(throws: InvalidField.self) { try await till.issue(sale) }
        #expect(error?.field == "dic_popl")
        #expect(world.transport.exchangeCount == 0)
    }

    @Test("A timeout below two seconds, a plain http address and the other environment's address are refused")
    func badConfiguration() async throws {
        let world = TillAndAuthority()
        let changes: [(String, @Sendable (inout EETClientConfiguration) -> Void)] = [
            ("timeout", { $0.timeout = .milliseconds(1999) }),
            ("endpoint", { $0.endpoint = "http://127.0.0.1/" }),
            ("endpoint", { $0.endpoint = "https://prod.eet.cz/x" }),
            ("endpoint", { $0.endpoint = "https://TRZBYEET.gov.cz:443/x" }),
            (
                "endpoint",
                {
                    $0.environment = .production; $0.endpoint = "https://pg.eet.cz/"
                }
            ),
        ]
        for (field, change) in changes {
            let error = await #expect(throws: InvalidField.self) {
                try await world.open(TillAndAuthority.taxpayer, change)
            }
            #expect(error?.field == field)
        }
        _ = try await world.open { $0.timeout = .milliseconds(2000) }
    }

    @Test("Closing takes a sale out of the outbox with name and reason; releasing brings it back")
    func decisions() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.transport.failAlways(.unreachable)
        let identity = try await till.issue(world.sale("1")).facts.identity
        try await till.close(identity, by: "Nováková", because: "zkušební účtenka")
        world.transport.failAlways(nil)
        #expect(try await till.sync(ignoringPauses: true).outcomes.isEmpty)
        let closed = await #expect(throws: EETError.self) { try await till.issue(world.sale("1")) }
        #expect(closed?.code == .closed)
        try await till.release(identity, by: "Nováková", because: "byla pravá")
        #expect(try await till.sync().outcomes.count == 1)
        #expect(try await till.entry(identity)?.decisions.map(\.because) == ["zkušební účtenka", "byla pravá"])
        let late = await #expect(throws: EETError.self) { try await till.close(identity, by: "x", because: "y") }
        #expect(late?.code == .identityTaken)
        await #expect(throws: InvalidField.self) { try await till.close(identity, by: "", because: "y") }
    }

    @Test("Events tell outcomes and decisions as they happen")
    func events() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        var events = till.events.makeAsyncIterator()
        let outcome = try await till.issue(world.sale("1"))
        guard case .outcome(let seen) = await events.next() else {
            Issue.record("no outcome")
            return
        }
        #expect(seen == outcome)
    }

    @Test("run() drains the outbox and ends when it is cancelled")
    func run() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        world.transport.failAlways(.unreachable)
        _ = try await till.issue(world.sale("1"))
        world.transport.failAlways(nil)
        let runner = Task { try await till.run() }
        var events = till.events.makeAsyncIterator()
        while case .outcome(let outcome) = await events.next(), outcome.confirmationCode == nil {}
        runner.cancel()
        try await runner.value
        #expect(world.recorded == ["1"])
    }
}
