import FiscalSimulators
import OFDKazProtocol
import SwiftProtobuf
import Testing

/// One thing is taken out of a request that lacks nothing; the code says what the server thinks of that.
@Suite("The simulated OFD: what must be there")
struct OFDAuthorityPresenceTests {
    typealias Change = (inout PBRequest) -> Void

    /// The code for a request from a register with enough cash.
    private func code(_ request: PBRequest, version: UInt16 = 203, _ change: Change = { _ in }) throws -> UInt32? {
        let till = RawTill(version: version) { $0[100_001]?.books.cash = 1_000_000 }
        return try till.code(request.with(change))
    }

    private func expect(
        _ code: UInt32, _ request: PBRequest, version: UInt16 = 203, _ changes: [(String, Change)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try self.code(request, version: version) == 0, sourceLocation: sourceLocation)
        for (name, change) in changes {
            #expect(
                try self.code(request, version: version, change) == code, "\(name)", sourceLocation: sourceLocation)
        }
    }

    private static var rich: PBRequest {
        var request = RawRequests.ticket(
            [
                RawRequests.commodity(11_200, taxes: [RawRequests.tax(12_000, 1_200)]), RawRequests.discount(200),
                RawRequests.stornoCommodity(1_000),
            ], total: 10_000, .operationSellReturn)
        request.ticket.extensionOptions.auxiliary = [PBKeyValuePair.with { $0.key = "a" }]
        request.service.ticketAdInfos = [
            PBTicketAdInfo.with {
                $0.type = .ticketAdOfd
                $0.version = 1
            }
        ]
        request.service.commQuality.avgConnectTime = 1
        request.service.softwareInformation.moduleInfos = [
            PBServiceRequest.SoftwareInformation.ModuleInformation.with {
                $0.name = "till"
                $0.version = "1.0"
            }
        ]
        return request
    }

    @Test("A command, and the body that belongs to it")
    func bodies() throws {
        try self.expect(3, RawRequests.system, [("command", { $0.clearCommand() })])
        try self.expect(3, RawRequests.sale(), [("ticket", { $0.clearTicket() })])
        try self.expect(3, RawRequests.closeShift(), [("close_shift", { $0.clearCloseShift() })])
        try self.expect(3, RawRequests.report(.reportX), [("report", { $0.clearReport() })])
        try self.expect(3, RawRequests.nomenclature(), [("nomenclature", { $0.clearNomenclature() })])
        try self.expect(3, RawRequests.deposit(1), [("money_placement", { $0.clearMoneyPlacement() })])
        try self.expect(3, RawRequests.auth(), [("auth", { $0.clearAuth() })])
    }

    @Test("Bodies of other commands are ignored, whatever they hold", arguments: RawCommand.allCases)
    func otherBodies(command: RawCommand) throws {
        let till = RawTill()
        var request = command.request
        if command != .ticket { request.ticket = RawRequests.sale(700).ticket }
        if command != .closeShift { request.closeShift = PBCloseShiftRequest() }
        if command != .report { request.report.report = .reportZ }
        if command != .nomenclature { request.nomenclature = PBNomenclatureRequest() }
        if command != .moneyPlacement { request.moneyPlacement.operation = .moneyPlacementWithdrawal }
        if command != .auth { request.auth = PBAuthRequest() }
        let answer = try #require(try till.send(request))
        #expect(answer.code == 0)
        #expect(
            till.account.documents.map(\.command.rawValue)
                == (RawCommand.documents.contains(command) ? [UInt32(command.request.command.rawValue)] : []))
        #expect(till.account.books.cash == [.ticket: 10_000, .moneyPlacement: 5_000][command, default: 0])
        #expect(till.account.isShiftOpen == [.ticket, .moneyPlacement].contains(command))
        #expect(answer.response.hasTicket == (command == .ticket))
        #expect(answer.response.hasReport == [.closeShift, .report, .info].contains(command))
        #expect(answer.response.hasNomenclature == (command == .nomenclature))
        #expect(answer.response.hasAuth == (command == .auth))
    }

    @Test("What every schema requires of a ticket: code 3")
    func ticketSchema() throws {
        try self.expect(
            3, Self.rich,
            [
                ("operation", { $0.ticket.clearOperation() }),
                ("date_time", { $0.ticket.clearDateTime() }),
                ("date", { $0.ticket.dateTime.clearDate() }),
                ("time", { $0.ticket.dateTime.clearTime() }),
                ("year", { $0.ticket.dateTime.date.clearYear() }),
                ("month", { $0.ticket.dateTime.date.clearMonth() }),
                ("day", { $0.ticket.dateTime.date.clearDay() }),
                ("hour", { $0.ticket.dateTime.time.clearHour() }),
                ("minute", { $0.ticket.dateTime.time.clearMinute() }),
                ("operator", { $0.ticket.clearOperator() }),
                ("operator.code", { $0.ticket.operator.clearCode() }),
                ("item type", { $0.ticket.items[0].clearType() }),
                ("section_code", { $0.ticket.items[0].commodity.clearSectionCode() }),
                ("quantity", { $0.ticket.items[0].commodity.clearQuantity() }),
                ("price", { $0.ticket.items[0].commodity.clearPrice() }),
                ("sum", { $0.ticket.items[0].commodity.clearSum() }),
                ("bills", { $0.ticket.items[0].commodity.sum.clearBills() }),
                ("coins", { $0.ticket.items[0].commodity.sum.clearCoins() }),
                ("tax type", { $0.ticket.items[0].commodity.taxes[0].clearTaxType() }),
                ("tax percent", { $0.ticket.items[0].commodity.taxes[0].clearPercent() }),
                ("tax sum", { $0.ticket.items[0].commodity.taxes[0].clearSum() }),
                ("is_in_total_sum", { $0.ticket.items[0].commodity.taxes[0].clearIsInTotalSum() }),
                ("modifier sum", { $0.ticket.items[1].discount.clearSum() }),
                ("storno section_code", { $0.ticket.items[2].stornoCommodity.clearSectionCode() }),
                ("storno quantity", { $0.ticket.items[2].stornoCommodity.clearQuantity() }),
                ("storno price", { $0.ticket.items[2].stornoCommodity.clearPrice() }),
                ("storno sum", { $0.ticket.items[2].stornoCommodity.clearSum() }),
                ("payment type", { $0.ticket.payments[0].clearType() }),
                ("payment sum", { $0.ticket.payments[0].clearSum() }),
                ("amounts", { $0.ticket.clearAmounts() }),
                ("total", { $0.ticket.amounts.clearTotal() }),
                ("parent number", { $0.ticket.parentTicket.clearParentTicketNumber() }),
                ("parent time", { $0.ticket.parentTicket.clearParentTicketDataTime() }),
                ("parent register", { $0.ticket.parentTicket.clearKgdKkmID() }),
                ("parent total", { $0.ticket.parentTicket.clearParentTicketTotal() }),
                ("parent offline", { $0.ticket.parentTicket.clearParentTicketIsOffline() }),
                ("key", { $0.ticket.extensionOptions.auxiliary[0].clearKey() }),
                ("ad type", { $0.service.ticketAdInfos[0].clearType() }),
                ("ad version", { $0.service.ticketAdInfos[0].clearVersion() }),
                ("avg_connect_time", { $0.service.commQuality.clearAvgConnectTime() }),
                ("module name", { $0.service.softwareInformation.moduleInfos[0].clearName() }),
                ("module version", { $0.service.softwareInformation.moduleInfos[0].clearVersion() }),
                ("latitude", { $0.service.securityStats.geoPosition.clearLatitude() }),
                ("longitude", { $0.service.securityStats.geoPosition.clearLongitude() }),
                ("begin_time", { $0.service.offlinePeriod.clearBeginTime() }),
                ("end_time", { $0.service.offlinePeriod.clearEndTime() }),
            ])
    }

    @Test("What only the document calls mandatory for a ticket: code 15, the register is blocked at once or not")
    func ticketDocument() throws {
        let changes: [(String, Change)] = [
            ("items", { $0.ticket.items = [] }),
            ("name", { $0.ticket.items[0].commodity.clearName() }),
            ("measure_unit_code", { $0.ticket.items[0].commodity.clearMeasureUnitCode() }),
            ("modifier name", { $0.ticket.items[1].discount.clearName() }),
            ("commodity", { $0.ticket.items[0].clearCommodity() }),
            ("storno_commodity", { $0.ticket.items[2].clearStornoCommodity() }),
            ("discount", { $0.ticket.items[1].clearDiscount() }),
            ("markup", { $0.ticket.items[1].type = .itemTypeMarkup }),
            ("storno_markup", { $0.ticket.items[1].type = .itemTypeStornoMarkup }),
            ("storno_discount", { $0.ticket.items[1].type = .itemTypeStornoDiscount }),
            ("taken", { $0.ticket.amounts.clearTaken() }),
            ("change", { $0.ticket.amounts.clearChange() }),
            ("parent_ticket", { $0.ticket.clearParentTicket() }),
            (
                "parent_ticket of a purchase",
                {
                    $0.ticket.operation = .operationBuyReturn; $0.ticket.clearParentTicket()
                }
            ),
            ("services", { $0.ticket.domain.type = .domainServices }),
            ("services of a hotel", { $0.ticket.domain.type = .domainHotels }),
            ("gasoil", { $0.ticket.domain.type = .domainGasoil }),
            ("taxi", { $0.ticket.domain.type = .domainTaxi }),
            ("parking", { $0.ticket.domain.type = .domainParking }),
            ("service", { $0.clearService() }),
            ("security_stats", { $0.service.clearSecurityStats() }),
            ("geo_position", { $0.service.securityStats.clearGeoPosition() }),
            ("geo source", { $0.service.securityStats.geoPosition.clearSource() }),
            ("empty geo source", { $0.service.securityStats.geoPosition.source = "" }),
            ("get_reg_info", { $0.service.clearGetRegInfo() }),
            ("reg_info", { $0.service.clearRegInfo() }),
            ("kkm", { $0.service.regInfo.clearKkm() }),
            ("org", { $0.service.regInfo.clearOrg() }),
            ("title", { $0.service.regInfo.org.clearTitle() }),
            ("address", { $0.service.regInfo.org.clearAddress() }),
            ("address_kz", { $0.service.regInfo.org.clearAddressKz() }),
            ("iin", { $0.service.regInfo.org.clearInn() }),
            ("oked", { $0.service.regInfo.org.clearOkved() }),
        ]
        try self.expect(15, Self.rich, changes)

        let lenient = RawTill()
        #expect(try lenient.code(RawRequests.sale().with { $0.ticket.items = [] }) == 15)
        #expect(try lenient.code(RawRequests.sale()) == 0)
        let severe = RawTill { $0.rules.blocksAfterIncompleteTicket = true }
        #expect(try severe.code(RawRequests.sale().with { $0.ticket.items = [] }) == 15)
        #expect(try severe.code(RawRequests.sale()) == 15)
        #expect(severe.account.block == .blocked)
    }

    @Test("What may be absent from a ticket")
    func ticketOptional() throws {
        try self.expect(
            0, Self.rich,
            [
                ("domain", { $0.ticket.clearDomain() }),
                ("domain.type", { $0.ticket.domain.clearType() }),
                ("services with trade", { $0.ticket.domain.services = PBTicketRequest.Domain.Services() }),
                ("gasoil with trade", { $0.ticket.domain.gasoil = PBTicketRequest.Domain.GasOil() }),
                ("taxi with trade", { $0.ticket.domain.taxi = PBTicketRequest.Domain.Taxi() }),
                ("parking with trade", { $0.ticket.domain.parking = PBTicketRequest.Domain.Parking() }),
                ("commodity under a discount", { $0.ticket.items[1].commodity.code = 5 }),
                ("payments", { $0.ticket.payments = [] }),
                (
                    "taken and change without cash",
                    {
                        $0.ticket.payments[0].type = .paymentCard
                        $0.ticket.amounts.clearTaken()
                        $0.ticket.amounts.clearChange()
                    }
                ),
                (
                    "storno name and unit",
                    {
                        $0.ticket.items[2].stornoCommodity.clearName()
                        $0.ticket.items[2].stornoCommodity.clearMeasureUnitCode()
                    }
                ),
                ("taxation_type", { $0.ticket.items[0].commodity.taxes[0].clearTaxationType() }),
                ("second", { $0.ticket.dateTime.time.clearSecond() }),
                ("value", { $0.ticket.extensionOptions.auxiliary[0].clearValue() }),
                ("extension_options", { $0.ticket.clearExtensionOptions() }),
                ("operator.name", { $0.ticket.operator.clearName() }),
                ("offline_period online", { $0.service.clearOfflinePeriod() }),
                ("kkm fields", { $0.service.regInfo.kkm = PBKkmRegInfo() }),
                ("comm_quality", { $0.service.clearCommQuality() }),
                ("software_information", { $0.service.clearSoftwareInformation() }),
                (
                    "parent of a sale",
                    {
                        $0.ticket.operation = .operationSell
                        $0.ticket.clearParentTicket()
                    }
                ),
            ])
        // Domain blocks that are there.
        try self.expect(
            0, Self.rich,
            [
                (
                    "services",
                    {
                        $0.ticket.domain.type = .domainHotels
                        $0.ticket.domain.services.accountNumber = "7"
                    }
                ),
                (
                    "parking",
                    {
                        $0.ticket.domain.type = .domainParking
                        $0.ticket.domain.parking.beginTime = RawRequests.time(9)
                        $0.ticket.domain.parking.endTime = RawRequests.time(10)
                    }
                ),
            ])
    }

    @Test("A close lacks something: code 3")
    func close() throws {
        try self.expect(
            3, RawRequests.closeShift(),
            [
                ("close_time", { $0.closeShift.clearCloseTime() }),
                ("z_report", { $0.closeShift.clearZReport() }),
                ("operator", { $0.closeShift.clearOperator() }),
                ("operator.code", { $0.closeShift.operator.clearCode() }),
                ("fns_kkm_id", { $0.service.regInfo.kkm.clearFnsKkmID() }),
                ("security_stats", { $0.service.clearSecurityStats() }),
                ("reg_info", { $0.service.clearRegInfo() }),
                ("service", { $0.clearService() }),
            ])
        try self.expect(
            0, RawRequests.closeShift(),
            [
                ("serial_number", { $0.service.regInfo.kkm.clearSerialNumber() }),
                ("kkm_id", { $0.service.regInfo.kkm.clearKkmID() }),
                ("fr_shift_number 7", { $0.closeShift.frShiftNumber = 7 }),
                ("withdraw_money", { $0.closeShift.withdrawMoney = false }),
                ("printed_document_number", { $0.closeShift.printedDocumentNumber = 5_000_000_000 }),
            ])
    }

    @Test("A movement of cash lacks something, or is none: code 3")
    func placement() throws {
        try self.expect(
            3, RawRequests.deposit(1),
            [
                ("datetime", { $0.moneyPlacement.clearDatetime() }),
                ("operation", { $0.moneyPlacement.clearOperation() }),
                ("operation 2", { $0.moneyPlacement.operation = .UNRECOGNIZED(2) }),
                ("sum", { $0.moneyPlacement.clearSum() }),
                ("operator", { $0.moneyPlacement.clearOperator() }),
                ("security_stats", { $0.service.clearSecurityStats() }),
                ("reg_info", { $0.service.clearRegInfo() }),
            ])
        try self.expect(
            0, RawRequests.deposit(1), [("fns_kkm_id", { $0.service.regInfo.kkm.clearFnsKkmID() })])
    }

    @Test("A request for a report lacks something, in itself or in the register's own report: code 3")
    func report() throws {
        try self.expect(
            3, RawRequests.report(.reportZ),
            [
                ("report", { $0.report.clearReport() }),
                ("report 2", { $0.report.report = .UNRECOGNIZED(2) }),
                ("date_time", { $0.report.clearDateTime() }),
                ("zx_report", { $0.report.clearZxReport() }),
                ("fns_kkm_id", { $0.service.regInfo.kkm.clearFnsKkmID() }),
                ("security_stats", { $0.service.clearSecurityStats() }),
                ("zx date_time", { $0.report.zxReport.clearDateTime() }),
                ("open_shift_time", { $0.report.zxReport.clearOpenShiftTime() }),
                ("close_shift_time", { $0.report.zxReport.clearCloseShiftTime() }),
                ("shift_number", { $0.report.zxReport.clearShiftNumber() }),
                ("cash_sum", { $0.report.zxReport.clearCashSum() }),
                ("revenue", { $0.report.zxReport.clearRevenue() }),
                ("revenue.sum", { $0.report.zxReport.revenue.clearSum() }),
                ("is_negative", { $0.report.zxReport.revenue.clearIsNegative() }),
                ("checksum", { $0.report.zxReport.clearChecksum() }),
                ("empty checksum", { $0.report.zxReport.checksum = "" }),
                ("operations", { $0.report.zxReport.operations.removeLast() }),
                ("an operation twice", { $0.report.zxReport.operations[0].operation = .operationSell }),
                ("discounts", { $0.report.zxReport.discounts = [] }),
                ("markups", { $0.report.zxReport.markups.removeLast() }),
                ("total_result", { $0.report.zxReport.totalResult.removeLast() }),
                ("start sums", { $0.report.zxReport.startShiftNonNullableSums.removeLast() }),
                ("sums", { $0.report.zxReport.nonNullableSums.removeLast() }),
                ("ticket_operations", { $0.report.zxReport.ticketOperations.removeLast() }),
                ("money_placements", { $0.report.zxReport.moneyPlacements.removeLast() }),
                ("payments", { $0.report.zxReport.ticketOperations[0].payments.removeLast() }),
                ("payment count", { $0.report.zxReport.ticketOperations[0].payments[0].clearCount() }),
                ("offline_count", { $0.report.zxReport.ticketOperations[0].clearOfflineCount() }),
                ("placement offline_count", { $0.report.zxReport.moneyPlacements[0].clearOfflineCount() }),
                ("operation count", { $0.report.zxReport.operations[0].clearCount() }),
                ("non-nullable sum", { $0.report.zxReport.nonNullableSums[0].clearSum() }),
            ])
        try self.expect(
            0, RawRequests.report(.reportZ),
            [
                ("discount_sum", { $0.report.zxReport.ticketOperations[0].clearDiscountSum() }),
                ("markup_sum", { $0.report.zxReport.ticketOperations[0].clearMarkupSum() }),
                ("change_sum", { $0.report.zxReport.ticketOperations[0].clearChangeSum() }),
            ])
        try self.expect(
            0, RawRequests.report(.reportX), [("close_shift_time", { $0.report.zxReport.clearCloseShiftTime() })])
    }

    @Test("SYSTEM, INFO, NOMENCLATURE and AUTH need a service part, but neither place nor registration")
    func questions() throws {
        for command in RawCommand.questions {
            try self.expect(3, command.request, [("service", { $0.clearService() })])
            try self.expect(
                0, command.request,
                [
                    ("security_stats", { $0.service.clearSecurityStats() }),
                    ("reg_info", { $0.service.clearRegInfo() }),
                ])
        }
        try self.expect(
            3, RawRequests.auth(),
            [("login", { $0.auth.clearLogin() }), ("password", { $0.auth.clearPassword() })])
        try self.expect(
            3, RawRequests.nomenclature(), [("current_version", { $0.nomenclature.clearCurrentVersion() })])
        try self.expect(3, RawRequests.system, [("get_reg_info", { $0.service.clearGetRegInfo() })])
    }

    @Test("An offline mark wants the offline period")
    func offlinePeriod() throws {
        let ticket = RawRequests.sale().with { $0.ticket.offlineTicketNumber = 1_795_150_800 }
        #expect(try self.code(ticket) == 0)
        #expect(try self.code(ticket) { $0.service.clearOfflinePeriod() } == 15)
        let deposit = RawRequests.deposit(1).with { $0.moneyPlacement.isOffline = true }
        #expect(try self.code(deposit) { $0.service.clearOfflinePeriod() } == 3)
    }

    @Test("Older editions do without what came later")
    func editions() throws {
        let close = RawRequests.closeShift().with { $0.closeShift.clearZReport() }
        let noOperator = RawRequests.closeShift().with { $0.closeShift.clearOperator() }
        let deposit = RawRequests.deposit(1).with { $0.moneyPlacement.clearOperator() }
        let report = RawRequests.report(.reportX).with { $0.report.clearZxReport() }
        let noOpening = RawRequests.report(.reportX).with { $0.report.zxReport.clearOpenShiftTime() }
        let noUnit = RawRequests.sale().with { $0.ticket.items[0].commodity.clearMeasureUnitCode() }
        let noParent = Self.rich.with { $0.ticket.clearParentTicket() }
        let noService = RawRequests.sale().with { $0.clearService() }
        let noPlace = RawRequests.sale().with { $0.service.clearSecurityStats() }
        let noChecksum = RawRequests.report(.reportX).with { $0.report.zxReport.clearChecksum() }
        let rows: [(String, PBRequest, accepted: [UInt16], refused: [UInt16], UInt32)] = [
            ("close without z_report", close, [125, 200, 201], [202, 203, 204], 3),
            ("close without operator", noOperator, [125, 200, 201], [202, 203], 3),
            ("placement without operator", deposit, [200, 201], [202, 203], 3),
            ("report without zx_report", report, [124], [125, 200, 203], 3),
            ("report without open_shift_time", noOpening, [125], [200, 203], 3),
            ("commodity without measure_unit_code", noUnit, [200, 201, 202], [203, 204], 15),
            ("return without parent_ticket", noParent, [200, 202], [203, 204], 15),
            ("ticket without service", noService, [200, 202], [203, 204], 15),
            ("ticket without security_stats", noPlace, [200, 202], [203, 204], 15),
            ("report without checksum", noChecksum, [200, 201], [202, 203], 3),
        ]
        for (name, request, accepted, refused, code) in rows {
            for version in accepted { #expect(try self.code(request, version: version) == 0, "\(name) at \(version)") }
            for version in refused {
                #expect(try self.code(request, version: version) == code, "\(name) at \(version)")
            }
        }
        // The server makes the Z itself.
        let till = RawTill(version: 200)
        #expect(try till.code(RawRequests.sale(4_200)) == 0)
        let answer = try #require(try till.send(close))
        #expect(answer.response.report.report == .reportZ)
        #expect(answer.report.totalResult[2].sum.bills == 42)
        // A storno wants its unit since 2.0.4.
        let storno = Self.rich.with { $0.ticket.items[2].stornoCommodity.clearMeasureUnitCode() }
        #expect(try self.code(storno, version: 203) == 0)
        #expect(try self.code(storno, version: 204) == 15)
    }
}
