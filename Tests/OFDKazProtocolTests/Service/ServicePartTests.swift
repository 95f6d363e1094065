import FiscalCore
import OFDKazProtocol
import Testing

@Suite("The service part of requests")
struct ServicePartTests {
    @Test("Registration data and position go with the four fiscal commands; the position with no other")
    func fiscal() throws {
        for (name, request) in try SampleRegister.requests(SampleRegister.context()) {
            #expect(request.service.hasSecurityStats == SampleRegister.fiscal.contains(name), "\(name)")
            #expect(request.service.hasRegInfo, "\(name)")
            #expect(request.service.regInfo.kkm.fnsKkmID == "111111111111", "\(name)")
            #expect(request.service.hasGetRegInfo, "\(name)")
        }
    }

    @Test("Without a position no fiscal command goes out; the others do")
    func noPosition() throws {
        var context = try SampleRegister.context()
        context.securityStats = nil
        let composer = RequestComposer(context)
        let cashier = Operator(code: 1)
        let ticket = try Ticket(wire: SampleTickets.sale())
        let placement = try MoneyPlacement(operation: .deposit, sum: .zero(.kzt), operator: cashier)
        let report = try SampleRegister.report(isClosed: true)
        for compose: () throws -> PBRequest in [
            { try composer.ticket(ticket) }, { try composer.moneyPlacement(placement) },
            { try composer.closeShift(CloseShift(operator: cashier), zReport: report) },
            { try composer.report(.z, zxReport: report) },
        ] {
            #expect(#expect(throws: InvalidField.self) { try compose() }?.field == "service.security_stats")
        }
        #expect(try !composer.info().service.hasSecurityStats)
        #expect(try !composer.system().service.hasSecurityStats)
        #expect(try !composer.auth(Credentials(login: "l", password: "p")).service.hasSecurityStats)
        #expect(try !composer.nomenclature(NomenclatureLoad()).service.hasSecurityStats)
    }

    @Test(
        "Before all registration data is known no fiscal command goes out, and nothing is invented",
        arguments: ["kkm.fns_kkm_id", "org.title", "org.address", "org.inn", "org.okved", "org.address_kz"])
    func unknownRegistration(field: String) throws {
        for missing in [String?.none, ""] {
            var context = try SampleRegister.context()
            var known = SampleRegister.registration
            switch field {
            case "kkm.fns_kkm_id": known.kkm?.fnsKkmID = missing
            case "org.title": known.org?.title = missing
            case "org.address": known.org?.address = missing
            case "org.inn": known.org?.iin = missing
            case "org.okved": known.org?.oked = missing
            default: known.org?.addressKz = missing
            }
            context.registration = known
            let composer = RequestComposer(context)
            let cashier = Operator(code: 1)
            let ticket = try Ticket(wire: SampleTickets.sale())
            let placement = try MoneyPlacement(operation: .deposit, sum: .zero(.kzt), operator: cashier)
            let report = try SampleRegister.report(isClosed: true)
            for compose: () throws -> PBRequest in [
                { try composer.ticket(ticket) }, { try composer.moneyPlacement(placement) },
                { try composer.closeShift(CloseShift(operator: cashier), zReport: report) },
                { try composer.report(.z, zxReport: report) },
            ] {
                let error = #expect(throws: InvalidField.self) { try compose() }
                #expect(error?.field == "service.reg_info." + field)
                #expect(error?.rule == .required)
            }
            #expect(try !composer.info().service.hasRegInfo)
            #expect(try !composer.system().service.hasRegInfo)
            #expect(try !composer.auth(Credentials(login: "l", password: "p")).service.hasRegInfo)
            #expect(try !composer.nomenclature(NomenclatureLoad()).service.hasRegInfo)
        }
    }

    @Test("A new register knows nothing, and still asks")
    func newborn() throws {
        let composer = RequestComposer(RequestContext(edition: .v203, now: try SampleRegister.time()))
        let info = try composer.info()
        #expect(info.service.getRegInfo)
        #expect(!info.service.hasRegInfo && !info.service.hasNomenclatureVersion && !info.service.hasCommQuality)
        #expect(!info.service.hasSoftwareInformation && info.service.ticketAdInfos.isEmpty)
    }

    @Test("What the register holds and runs on travels as it is")
    func contents() throws {
        var context = try SampleRegister.context()
        context.getRegInfo = false
        context.getBindedTaxation = true
        context.nomenclatureVersion = 5
        context.ads = TicketAdType.allCases.map { TicketAdInfo(type: $0, version: 5_000_000_000) }
        context.auxiliary = [KeyValuePair(key: "a", value: "b"), KeyValuePair(key: "c")]
        context.commQuality = CommQuality(avgConnectTime: 12, avgPing: 3, lossRatio: 0)
        context.softwareInformation = SoftwareInformation(
            moduleInfos: [
                .init(
                    name: "касса", version: "1.2.3", buildInfo: "b7",
                    deviceInfo: .init(manufacturer: "M", model: "X", firmwareVersion: "9"),
                    extendedInfo: [KeyValuePair(key: "k", value: "v")], buildArch: "arm64"),
                .init(name: "fiscal", version: "2"),
            ], hardwareArch: "arm64", osFamily: "Linux", osVersion: "6.1", osExtendedInfo: "Debian",
            runtimeVersion: "Swift 6.3", partnerID: 17)
        let service = try RequestComposer(context).system().service
        #expect(service.hasGetRegInfo && !service.getRegInfo)
        #expect(service.getBindedTaxation)
        #expect(service.nomenclatureVersion == 5)
        #expect(service.ticketAdInfos.map(\.type.rawValue) == [0, 1, 2, 3, 4])
        #expect(service.ticketAdInfos.map(\.version) == Array(repeating: 5_000_000_000, count: 5))
        #expect(service.auxiliary.map(\.key) == ["a", "c"])
        #expect(service.auxiliary.map(\.hasValue) == [true, false])
        #expect(service.commQuality.avgConnectTime == 12 && service.commQuality.avgPing == 3)
        #expect(service.commQuality.hasLossRatio && service.commQuality.lossRatio == 0)
        let software = service.softwareInformation
        #expect(software.moduleInfos.map(\.name) == ["касса", "fiscal"])
        #expect(software.moduleInfos.map(\.version) == ["1.2.3", "2"])
        #expect(software.moduleInfos[0].buildInfo == "b7" && !software.moduleInfos[1].hasBuildInfo)
        #expect(software.moduleInfos[0].deviceInfo.manufacturer == "M")
        #expect(software.moduleInfos[0].deviceInfo.model == "X")
        #expect(software.moduleInfos[0].deviceInfo.firmwareVersion == "9")
        #expect(!software.moduleInfos[1].hasDeviceInfo && !software.moduleInfos[1].hasBuildArch)
        #expect(software.moduleInfos[0].extendedInfo.map(\.key) == ["k"])
        #expect(software.moduleInfos[0].buildArch == "arm64")
        #expect(software.hardwareArch == "arm64" && software.osFamily == "Linux" && software.osVersion == "6.1")
        #expect(software.osExtendedInfo == "Debian" && software.runtimeVersion == "Swift 6.3")
        #expect(software.partnerID == 17)
    }

    @Test("Two advertising texts of one type, or a sixth, are refused")
    func ads() throws {
        var context = try SampleRegister.context()
        context.ads = [TicketAdInfo(type: .ofd, version: 1), TicketAdInfo(type: .ofd, version: 2)]
        #expect(
            #expect(throws: InvalidField.self) { try RequestComposer(context).info() }?.field
                == "service.ticket_ad_infos")
        context.ads = TicketAdType.allCases.map { TicketAdInfo(type: $0, version: 1) }
        #expect(try RequestComposer(context).info().service.ticketAdInfos.count == 5)
        context.ads.append(TicketAdInfo(type: TicketAdType(rawValue: 5), version: 1))
        #expect(throws: InvalidField.self) { try RequestComposer(context).info() }
    }

    @Test("A pair without a key is refused")
    func pairs() throws {
        var request = try RequestComposer(SampleRegister.context()).info()
        request.setOfflinePeriod(begin: try SampleRegister.time(), end: try SampleRegister.time())
        request.service.auxiliary = [PBKeyValuePair()]
        #expect(PresenceCheck.issues(in: request, edition: .v203).map(\.field) == ["service.auxiliary[0].key"])
    }
}
