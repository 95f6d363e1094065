import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("When a field must be in a request, and when it must not")
struct PresenceConditionTests {
    private func request(_ name: String) throws -> PBRequest {
        try #require(CompleteRequest.all.first { $0.name == name }).pb()
    }

    private func issues(_ request: PBRequest, _ edition: Edition = .v203) -> [String] {
        PresenceCheck.issues(in: request, edition: edition).filter { $0.rule != .notAllowed }.map(\.field)
    }

    @Test(
        "The body of a command is ignored under another command", arguments: [0, 4, 5, 8] as [UInt32])
    func strayBodies(command: UInt32) throws {
        var request = try self.request("system")
        request.command = CommandType(rawValue: command).pb
        request.ticket = PBTicketRequest()
        request.closeShift = PBCloseShiftRequest()
        request.report = PBReportRequest()
        request.moneyPlacement = PBMoneyPlacementRequest()
        if command != 4 { request.nomenclature = PBNomenclatureRequest() }
        if command != 8 { request.auth = PBAuthRequest() }
        #expect(self.issues(request) == (command == 4 ? ["nomenclature"] : command == 8 ? ["auth"] : []))
    }

    @Test("A body that is not of the line's type is ignored, and so is the block of another domain")
    func strayBlocks() throws {
        var request = try self.request("sale")
        request.ticket.items[4].commodity = .init()
        request.ticket.items[4].markup = .init()
        request.ticket.domain.services = .init()
        request.ticket.domain.taxi = .init()
        #expect(self.issues(request).isEmpty)
        request.ticket.items[0].type = .itemTypeDiscount
        #expect(self.issues(request) == ["ticket.items[0].discount"])
        request.ticket.domain.type = .domainTaxi
        #expect(
            self.issues(request) == [
                "ticket.domain.taxi.car_number", "ticket.domain.taxi.is_order", "ticket.domain.taxi.current_fee",
                "ticket.items[0].discount",
            ])
        request.ticket.domain.clearType()
        #expect(self.issues(request) == ["ticket.items[0].discount"])
    }

    @Test("A domain without a type has no conditions, and none at all is allowed: we only always send one")
    func domain() throws {
        var request = try self.request("sale")
        request.ticket.clearDomain()
        #expect(self.issues(request).isEmpty)
        #expect(PresenceCheck.omissions(in: request, edition: .v203).map(\.field) == ["ticket.domain"])
        #expect(PresenceCheck.omissions(in: request, edition: .v202).isEmpty)
    }

    @Test("With any cash in the payments, what was taken and given back must be there; without payments it need not")
    func cash() throws {
        var request = try self.request("sale")
        request.ticket.amounts.clearTaken()
        request.ticket.amounts.clearChange()
        #expect(self.issues(request) == ["ticket.amounts.taken", "ticket.amounts.change"])
        request.ticket.payments.removeFirst()
        #expect(self.issues(request).isEmpty)
        request.ticket.payments = []
        #expect(self.issues(request).isEmpty)
    }

    @Test("A return needs its base receipt from 2.0.3 on, whole; a sale and a purchase do not", arguments: 0...3)
    func parentTicket(operation: Int) throws {
        var request = try self.request("sale")
        request.ticket.operation = try #require(PBOperationTypeEnum(rawValue: operation))
        let isReturn = operation == 1 || operation == 3
        #expect(self.issues(request) == (isReturn ? ["ticket.parent_ticket"] : []))
        #expect(self.issues(request, .v202).isEmpty)
        request.ticket.parentTicket = .init()
        #expect(
            self.issues(request)
                == [
                    "parent_ticket_number", "parent_ticket_data_time", "kgd_kkm_id", "parent_ticket_total",
                    "parent_ticket_is_offline",
                ].map { "ticket.parent_ticket." + $0 })
    }

    @Test("An empty number of the base receipt or register, source of the position or checksum is as good as none")
    func emptyTexts() throws {
        var request = try self.request("return")
        request.ticket.parentTicket.parentTicketNumber = ""
        request.ticket.parentTicket.kgdKkmID = ""
        request.service.securityStats.geoPosition.source = ""
        var issues = PresenceCheck.issues(in: request, edition: .v204)
        #expect(
            issues.map(\.field) == [
                "ticket.parent_ticket.parent_ticket_number", "ticket.parent_ticket.kgd_kkm_id",
                "service.security_stats.geo_position.source",
            ])
        #expect(issues.allSatisfy { $0.rule == .length && $0.absence == .document })
        var report = try self.request("X")
        report.report.zxReport.checksum = ""
        issues = PresenceCheck.issues(in: report, edition: .v203)
        #expect(issues.map(\.field) == ["report.zx_report.checksum"])
    }

    @Test("A list of a report has each code once, in any order")
    func codesOfLists() throws {
        var request = try self.request("Z")
        request.report.zxReport.operations.reverse()
        #expect(self.issues(request).isEmpty)
        request.report.zxReport.operations[1].operation = .operationBuy
        #expect(self.issues(request) == ["report.zx_report.operations"])
        request = try self.request("Z")
        request.report.zxReport.moneyPlacements.append(request.report.zxReport.moneyPlacements[0])
        request.report.zxReport.ticketOperations[2].payments[1].payment = .UNRECOGNIZED(2)
        #expect(
            self.issues(request) == [
                "report.zx_report.money_placements", "report.zx_report.ticket_operations[2].payments",
            ])
    }

    @Test("security_stats is needed by the four fiscal commands alone", arguments: CompleteRequest.all)
    func securityStats(request: CompleteRequest) throws {
        var pb = try request.pb()
        pb.service.clearSecurityStats()
        let isFiscal = [1, 2, 3, 6].contains(pb.command.rawValue)
        #expect(self.issues(pb) == (isFiscal ? ["service.security_stats"] : []))
        #expect(self.issues(pb, .v202).isEmpty)
    }

    @Test("Registration data is needed by the four fiscal commands, and is allowed to be unknown before the first INFO")
    func registration() throws {
        for request in CompleteRequest.all {
            var pb = try request.pb()
            pb.service.clearRegInfo()
            #expect(
                self.issues(pb) == ([1, 2, 3, 6].contains(pb.command.rawValue) ? ["service.reg_info"] : []))
        }
    }

    @Test("The register's number at the tax committee is demanded for closes and reports; elsewhere only we send it")
    func fnsKkmID() throws {
        for request in CompleteRequest.all {
            var pb = try request.pb()
            pb.service.regInfo.kkm.clearFnsKkmID()
            let path = "service.reg_info.kkm.fns_kkm_id"
            let isDemanded = [2, 3].contains(pb.command.rawValue)
            #expect(self.issues(pb) == (isDemanded ? [path] : []))
            #expect(PresenceCheck.omissions(in: pb, edition: .v203).map(\.field) == (isDemanded ? [] : [path]))
        }
    }

    @Test("The offline period is demanded of what was issued offline; on everything else we send it all the same")
    func offlinePeriod() throws {
        for request in CompleteRequest.all {
            var pb = try request.pb()
            pb.service.clearOfflinePeriod()
            let isOffline = request.traits.contains("offline")
            #expect(self.issues(pb) == (isOffline ? ["service.offline_period"] : []))
            #expect(
                PresenceCheck.omissions(in: pb, edition: .v203).map(\.field)
                    == (isOffline ? [] : ["service.offline_period"]))
        }
    }

    @Test("What no server insists on, and we always send, is known by itself")
    func omissions() throws {
        var request = try self.request("Z")
        request.report.zxReport.ticketOperations[0].clearDiscountSum()
        request.report.zxReport.ticketOperations[1].clearMarkupSum()
        request.report.zxReport.ticketOperations[2].clearChangeSum()
        request.service.regInfo.kkm.clearSerialNumber()
        request.service.regInfo.kkm.clearKkmID()
        #expect(self.issues(request).isEmpty)
        #expect(
            Set(PresenceCheck.omissions(in: request, edition: .v203).map(\.field)) == [
                "report.zx_report.ticket_operations[0].discount_sum",
                "report.zx_report.ticket_operations[1].markup_sum", "report.zx_report.ticket_operations[2].change_sum",
                "service.reg_info.kkm.serial_number", "service.reg_info.kkm.kkm_id",
            ])
        var ticket = try self.request("sale")
        ticket.ticket.items[0].commodity.clearMeasureUnitCode()
        ticket.ticket.items[1].stornoCommodity.clearMeasureUnitCode()
        let paths = ["ticket.items[0].commodity", "ticket.items[1].storno_commodity"].map { $0 + ".measure_unit_code" }
        let byEdition: [(UInt16, missed: Int, omitted: ClosedRange<Int>?)] = [
            (200, 0, nil), (201, 0, 0...1), (202, 0, 0...1), (203, 1, 1...1), (204, 2, nil),
        ]
        for (number, missed, omitted) in byEdition {
            let edition = try #require(Edition(rawValue: number))
            #expect(self.issues(ticket, edition) == Array(paths.prefix(missed)))
            #expect(
                PresenceCheck.omissions(in: ticket, edition: edition).map(\.field)
                    .filter { $0.hasSuffix("measure_unit_code") } == (omitted.map { Array(paths[$0]) } ?? []))
        }
    }

    @Test("Without a command nothing else can be demanded of the body")
    func noCommand() throws {
        var request = PBRequest()
        #expect(self.issues(request) == ["command", "service"])
        request.command = .UNRECOGNIZED(7)
        #expect(self.issues(request) == ["service"])
    }
}
