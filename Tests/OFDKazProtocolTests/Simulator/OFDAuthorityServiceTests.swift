import FiscalSimulators
import OFDKazProtocol
import Testing

@Suite("The simulated OFD: service part, goods, cashiers")
struct OFDAuthorityServiceTests {
    @Test("INFO brings registration, bound taxation, every new text, the last document and the server's pairs")
    func information() throws {
        let till = RawTill()
        till.account.taxation = OFDTaxation(.sts, percents: [12_000, 1_500])
        till.account.notices = [
            OFDNotice(.ofd, version: 588, text: "Чек № NULL"), OFDNotice(.info, version: 1, text: "Қ"),
        ]
        var service = try #require(try till.send(RawRequests.info)).response.service
        #expect(service.ticketAds.map(\.info.type) == [.ticketAdOfd, .ticketAdInfo])
        #expect(service.ticketAds.map(\.text) == ["Чек № NULL", "Қ"])
        #expect(service.regInfo.kkm.fnsKkmID == "010101234567")
        #expect(service.regInfo.kkm.kkmID == "100001")
        #expect(!service.regInfo.kkm.serialNumber.isEmpty)
        let org = service.regInfo.org
        #expect(org.inn == "123456789012")
        #expect([org.title, org.address, org.addressKz, org.okved].allSatisfy { !$0.isEmpty })
        let pos = service.regInfo.pos
        #expect([pos.title, pos.address, pos.addressKz].allSatisfy { !$0.isEmpty })
        #expect(pos.hasLatitude)
        #expect(pos.hasLongitude)
        #expect(service.bindedTaxation.taxationType == 100)
        #expect(service.bindedTaxation.taxes.map(\.taxType) == [100, 100])
        #expect(service.bindedTaxation.taxes.map(\.percent) == [12_000, 1_500])
        #expect(service.auxiliary.map(\.key) == ["validation_policy"])
        #expect(service.auxiliary.map(\.value) == ["65535"])
        #expect(!service.hasLastDocumentInfo)
        #expect(try till.code(RawRequests.sale().with { $0.ticket.printedDocumentNumber = 5_000_000_000 }) == 0)
        service = try #require(try till.send(RawRequests.info)).response.service
        #expect(service.lastDocumentInfo.frShiftNumber == 1)
        #expect(service.lastDocumentInfo.printedDocumentNumber == 5_000_000_000)
        till.account.registration.pointOfSale = nil
        #expect(try !#require(try till.send(RawRequests.info)).response.service.regInfo.hasPos)
    }

    @Test(
        "Other answers bring what was asked for, and no service part when that is nothing",
        arguments: RawCommand.allCases)
    func asking(command: RawCommand) throws {
        let till = RawTill()
        till.account.taxation = OFDTaxation(.rts, percents: [])
        if command != .info {
            #expect(try !#require(try till.send(command.request)).response.hasService)
        }
        let registration = try #require(try till.send(command.request.with { $0.service.getRegInfo = true })).response
        #expect(registration.command == command.request.command)
        #expect(registration.service.hasRegInfo)
        #expect(registration.service.hasBindedTaxation == (command == .info))
        let taxation = try #require(
            try till.send(command.request.with { $0.service.getBindedTaxation = true })
        ).response.service
        #expect(taxation.bindedTaxation.taxationType == 101)
        #expect(taxation.hasRegInfo == (command == .info))
        till.account.taxation = nil
        let none = try #require(try till.send(command.request.with { $0.service.getBindedTaxation = true }))
        #expect(!none.response.service.hasBindedTaxation)
    }

    @Test("A text goes to whoever holds another version of it, or none", arguments: RawCommand.allCases)
    func notices(command: RawCommand) throws {
        let till = RawTill()
        till.account.notices = [
            OFDNotice(.kkm, version: 8, text: "Новый"), OFDNotice(.org, version: 5_000_000_000, text: ""),
        ]
        func held(_ versions: [(PBTicketAdTypeEnum, UInt64)]) -> PBRequest {
            command.request.with { request in
                request.service.ticketAdInfos = versions.map { type, version in
                    var info = PBTicketAdInfo()
                    info.type = type
                    info.version = version
                    return info
                }
            }
        }
        func sent(_ versions: [(PBTicketAdTypeEnum, UInt64)]) throws -> [UInt64] {
            try #require(try till.send(held(versions))).response.service.ticketAds.map(\.info.version)
        }
        #expect(try sent([]) == [8, 5_000_000_000])
        for other in [UInt64(7), 9] { #expect(try sent([(.ticketAdKkm, other)]) == [8, 5_000_000_000]) }
        #expect(try sent([(.ticketAdKkm, 8)]) == [5_000_000_000])
        #expect(try sent([(.ticketAdKkm, 8), (.ticketAdOrg, 5_000_000_000)]) == [])
        #expect(try sent([(.ticketAdPos, 8)]) == [8, 5_000_000_000])
    }

    @Test("A register tells in SYSTEM how many records it has not sent; nobody else's pairs are looked at")
    func unsentCount() throws {
        func pair(_ key: String, _ value: String) -> PBKeyValuePair {
            var pair = PBKeyValuePair()
            pair.key = key
            pair.value = value
            return pair
        }
        let till = RawTill()
        let told = RawRequests.system.with { $0.service.auxiliary = [pair("x", "1"), pair("unsent_documents", "17")] }
        #expect(try till.code(told) == 0)
        #expect(try till.code(told.with { $0.service.auxiliary[1].value = "many" }) == 0)
        #expect(try till.code(RawRequests.info.with { $0.service = told.service }) == 0)
        #expect(till.account.announcedCounts == [17])
        till.account.block = .blocked
        #expect(try till.code(told) == 15)
        #expect(till.account.announcedCounts == [17])
        till.account.block = nil
        till.authority.rules.unsentKey = "x"
        #expect(try till.code(told) == 0)
        #expect(till.account.announcedCounts == [17, 1])
    }

    @Test("The list of goods: whole when the versions differ, either way; nothing when they agree, or there is none")
    func goods() throws {
        let till = RawTill()
        var answer = try #require(try till.send(RawRequests.nomenclature(3))).response.nomenclature
        #expect(answer.result == .resultTypeNoVersion)
        #expect(answer.elements.isEmpty)
        till.account.goods = OFDGoods(
            version: 5, createdAt: OFDTime(year: 2026, month: 1, day: 2, hour: 3, minute: 4),
            elements: [
                OFDGoods.Element(id: 1, title: "Нан"),
                OFDGoods.Element(
                    id: 9_000_000_000, title: "Бөлке", parent: 1,
                    article: OFDGoods.Article(
                        number: "А-1", ntin: "0200000000000", description: "бидай", purchasePrice: 10_050,
                        sellPrice: 15_000, taxes: [OFDTaxation(.sts, percents: [12_000])], measureCount: 100_000,
                        measureTitle: "граммы", measureIsFractional: true, measureUnitCode: "163")),
            ])
        for version in [UInt32(0), 3, 6] {
            answer = try #require(try till.send(RawRequests.nomenclature(version))).response.nomenclature
            #expect(answer.result == .resultTypeOk)
            #expect(answer.version == 5)
            #expect(answer.elements.map(\.title) == ["Нан", "Бөлке"])
        }
        #expect(answer.createdTime.date.year == 2026)
        #expect(answer.elements.map(\.type) == [.group, .item])
        #expect(!answer.elements[0].hasParentGroupID)
        #expect(!answer.elements[0].hasItem)
        let loaf = answer.elements[1]
        #expect(loaf.id == 9_000_000_000)
        #expect(loaf.parentGroupID == 1)
        #expect(loaf.item.article == "А-1")
        #expect(!loaf.item.hasBarcode)
        #expect(loaf.item.ntin == "0200000000000")
        #expect(loaf.item.purchasePrice == RawRequests.money(10_050))
        #expect(loaf.item.sellPrice == RawRequests.money(15_000))
        #expect(loaf.item.taxes.map(\.taxPercent) == [12_000])
        #expect(loaf.item.measureCount == 100_000)
        #expect(loaf.item.measureFractional)
        answer = try #require(try till.send(RawRequests.nomenclature(5))).response.nomenclature
        #expect(answer.result == .resultTypeVersionIsActual)
        #expect(answer.version == 5)
        #expect(answer.elements.isEmpty)
    }

    @Test("A cashier signs in with the right password and gets code, name and roles; otherwise result 1 under code 0")
    func auth() throws {
        let till = RawTill()
        till.account.cashiers = [
            OFDCashier(
                login: "aigul", password: "тайна", code: 12, name: "Айгүл",
                roles: [.paymaster, .chiefPaymaster, .administrator])
        ]
        var answer = try #require(try till.send(RawRequests.auth())).response
        #expect(answer.result.resultCode == 0)
        #expect(answer.auth.result == .resultTypeOk)
        #expect(answer.auth.operatorCode == 12)
        #expect(answer.auth.operatorName == "Айгүл")
        #expect(answer.auth.roles.map(\.rawValue) == [1, 2, 3])
        for request in [RawRequests.auth("aigul", "Тайна"), RawRequests.auth("nobody"), RawRequests.auth("", "")] {
            answer = try #require(try till.send(request)).response
            #expect(answer.result.resultCode == 0)
            #expect(answer.auth.result == .resultTypeInvalidLoginPassword)
            #expect(!answer.auth.hasOperatorCode)
            #expect(!answer.auth.hasOperatorName)
        }
        // It is not a session: tickets before, after and by anybody.
        #expect(try till.code(RawRequests.sale()) == 0)
        till.authority.rules.answersFailedAuthWith12 = true
        #expect(try till.code(RawRequests.auth("nobody")) == 12)
        #expect(try till.code(RawRequests.auth()) == 0)
        // No password is told to anybody who prints the cashier.
        #expect(!"\(till.account.cashiers)".contains("тайна"))
    }
}
