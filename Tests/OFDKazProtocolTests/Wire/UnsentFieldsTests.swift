import FiscalCore
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What an edition does not have")
struct UnsentFieldsTests {
    private func unsent(_ request: PBRequest, _ edition: Edition) -> [String] {
        PresenceCheck.issues(in: request, edition: edition).filter { $0.rule == .notAllowed }.map(\.field)
    }

    @Test("At 2.0.2 what came with 2.0.3 is not sent, and what came with 2.0.4 not at 2.0.3")
    func newFields() throws {
        let sale = try #require(CompleteRequest.all.first { $0.name == "return" }).pb()
        let types = ["ticket.items[0].commodity.commodity_type", "ticket.items[1].storno_commodity.commodity_type"]
        #expect(Set(self.unsent(sale, .v203)) == Set(types))
        #expect(
            Set(self.unsent(sale, .v202)) == [
                "ticket.parent_ticket", "ticket.items[0].commodity.list_excise_stamp",
                "ticket.items[0].commodity.ntin", "ticket.items[0].commodity.commodity_type",
                "ticket.items[1].storno_commodity.list_excise_stamp", "ticket.items[1].storno_commodity.ntin",
                "ticket.items[1].storno_commodity.commodity_type", "ticket.payments[1].card_payment_fields",
                "ticket.payments[2].mobile_payment_fields", "service.security_stats",
            ])
        #expect(self.unsent(sale, .v204).isEmpty)
    }

    @Test("Fields that were retired are sent at no edition", arguments: Edition.sendable)
    func retiredFields(edition: Edition) throws {
        var request = try #require(CompleteRequest.all.first { $0.name == "sale" }).pb()
        let before = Set(self.unsent(request, edition))
        request.ticket.printedDocumentNumberOld = "1"
        request.ticket.shiftDocumentNumber = 1
        request.ticket.adInfos = [
            PBTicketAdInfo.with {
                $0.type = .ticketAdOfd; $0.version = 1
            }
        ]
        request.ticket.items[0].commodity.exciseStamp = "1"
        request.ticket.items[1].stornoCommodity.exciseStamp = "1"
        request.service.marker = 1
        request.service.softwareInformationOld = Data([1])
        request.service.securityStats.osVersion = "1"
        #expect(
            Set(self.unsent(request, edition)).subtracting(before) == [
                "ticket.printed_document_number_old", "ticket.shift_document_number", "ticket.ad_infos",
                "ticket.items[0].commodity.excise_stamp", "ticket.items[1].storno_commodity.excise_stamp",
                "service.marker", "service.software_information_old", "service.security_stats.os_version",
            ])
        var close = try #require(CompleteRequest.all.first { $0.name == "close" }).pb()
        close.closeShift.zReport.annulledTickets = .init()
        #expect(self.unsent(close, edition).contains("close_shift.z_report.annulled_tickets"))
    }

    @Test("A server that demands nothing of a newer edition is not told of our habits: the absence weighs by its kind")
    func weights() throws {
        var request = try #require(CompleteRequest.all.first { $0.name == "return" }).pb()
        request.ticket.clearOperation()
        request.ticket.clearParentTicket()
        request.ticket.items[0].commodity.clearName()
        request.ticket.items[1].stornoCommodity.clearMeasureUnitCode()
        let issues = PresenceCheck.issues(in: request, edition: .v203)
        #expect(issues.first { $0.field == "ticket.operation" }?.absence == .schema)
        #expect(issues.first { $0.field == "ticket.items[0].commodity.name" }?.absence == .document)
        let habits = PresenceCheck.omissions(in: request, edition: .v203)
        #expect(habits.map(\.field) == ["ticket.items[1].storno_commodity.measure_unit_code"])
    }

    @Test("A receipt by itself has paths that begin inside it")
    func receiptByItself() throws {
        var ticket = try #require(CompleteRequest.all.first { $0.name == "sale" }).pb().ticket
        #expect(PresenceCheck.issues(in: ticket, edition: .v204).isEmpty)
        ticket.items[0].commodity.clearName()
        ticket.amounts.clearTaken()
        #expect(
            PresenceCheck.issues(in: ticket, edition: .v204).map(\.field)
                == ["items[0].commodity.name", "amounts.taken"])
    }
}
