import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What an edition lacks is not sent in it")
struct EditionTrimTests {
    /// A return that uses everything that came after 2.0.2.
    private func modern() throws -> Ticket {
        var ticket = SampleTickets.saleReturn()
        ticket.items[0].commodity.listExciseStamp = ["010460"]
        ticket.items[0].commodity.ntin = "02"
        ticket.items[0].commodity.commodityType = .service
        ticket.items.append(SampleTickets.storno(1000, price: 0, sum: 0, []))
        ticket.items[1].stornoCommodity.listExciseStamp = ["010461"]
        ticket.items[1].stornoCommodity.ntin = "02"
        ticket.items[1].stornoCommodity.commodityType = .task
        ticket.payments[0].cardPaymentFields.posTerminalID = "T1"
        ticket.payments.append(SampleTickets.payment(.paymentMobile, 0))
        ticket.payments[1].mobilePaymentFields.qrID = "1"
        ticket.taxes = [SampleTickets.vat(12_000, 1_13, inside: true)]
        ticket.taxes[0].taxationType = 103
        // Read at 2.0.3; what it lacks waits in the value.
        return try Ticket(wire: ticket)
    }

    private func sent(_ edition: Edition) throws -> PBTicketRequest {
        try RequestComposer(SampleRegister.context(edition)).ticket(self.modern()).ticket
    }

    @Test("2.0.2 has no parent, no lists of stamps, no NTIN, and payments without particulars")
    func v202() throws {
        let ticket = try self.sent(.v202)
        #expect(!ticket.hasParentTicket)
        #expect(ticket.items[0].commodity.listExciseStamp.isEmpty && !ticket.items[0].commodity.hasNtin)
        #expect(ticket.items[1].stornoCommodity.listExciseStamp.isEmpty && !ticket.items[1].stornoCommodity.hasNtin)
        #expect(!ticket.items[0].commodity.hasCommodityType && !ticket.items[1].stornoCommodity.hasCommodityType)
        #expect(!ticket.payments[0].hasCardPaymentFields && !ticket.payments[1].hasMobilePaymentFields)
        #expect(ticket.taxes[0].taxationType == 103)
    }

    @Test("2.0.3 has all of these, but no kind of commodity")
    func v203() throws {
        let ticket = try self.sent(.v203)
        #expect(ticket.hasParentTicket)
        #expect(ticket.items[0].commodity.listExciseStamp == ["010460"] && ticket.items[0].commodity.ntin == "02")
        #expect(ticket.items[1].stornoCommodity.listExciseStamp == ["010461"])
        #expect(ticket.items[1].stornoCommodity.ntin == "02")
        #expect(!ticket.items[0].commodity.hasCommodityType && !ticket.items[1].stornoCommodity.hasCommodityType)
        #expect(ticket.payments[0].cardPaymentFields.posTerminalID == "T1")
        #expect(ticket.payments[1].mobilePaymentFields.qrID == "1")
        #expect(ticket.taxes[0].taxationType == 103)
    }

    @Test("2.0.4 has the kind of commodity, and no TRBP")
    func v204() throws {
        let ticket = try self.sent(.v204)
        #expect(ticket.items[0].commodity.commodityType == .service)
        #expect(ticket.items[1].stornoCommodity.commodityType == .task)
        #expect(ticket.hasParentTicket && ticket.payments[0].hasCardPaymentFields)
        #expect(!ticket.taxes[0].hasTaxationType)
    }

    @Test("TRBP goes wherever a tax can be, other regimes stay")
    func regimes() throws {
        func named(_ regime: UInt32) -> PBTicketRequest {
            var sale = SampleTickets.sale()
            sale.items[0].commodity.taxes[0].taxationType = regime
            sale.items[1].discount.taxes[0].taxationType = regime
            sale.items[2].stornoDiscount.taxes[0].taxationType = regime
            sale.items[4].stornoCommodity.taxes[0].taxationType = regime
            sale.items[5].markup.taxes = [SampleTickets.vat(0, 0, inside: true)]
            sale.items[5].markup.taxes[0].taxationType = regime
            sale.items[6].stornoMarkup.taxes = [SampleTickets.vat(0, 0, inside: true)]
            sale.items[6].stornoMarkup.taxes[0].taxationType = regime
            return sale
        }
        for edition in Edition.sendable {
            for (regime, count) in [(UInt32(103), edition == .v204 ? 6 : 0), (101, 0)] {
                var ticket = named(regime)
                #expect(EditionTrim.trim(&ticket, for: edition).count == count)
                #expect(ticket.textFormatString().contains("taxation_type: \(regime)") == (count == 0))
                #expect(TicketRules.issues(in: named(regime), edition: edition) == [])
            }
            var whole = SampleTickets.taxedAsAWhole()
            whole.amounts.discount.taxes = [SampleTickets.vat(0, 0, inside: true)]
            whole.amounts.discount.taxes[0].taxationType = 103
            whole.amounts.markup.taxes = whole.amounts.discount.taxes
            #expect(EditionTrim.trim(&whole, for: edition).count == (edition == .v204 ? 2 : 0))
        }
    }

    @Test("2.0.2 has no position, and a number where the address in Kazakh would be")
    func service() throws {
        for (name, request) in try SampleRegister.requests(SampleRegister.context(.v202)) {
            #expect(!request.service.hasSecurityStats, "\(name)")
            #expect(!request.service.regInfo.org.hasAddressKz, "\(name)")
            #expect(request.service.regInfo.org.address == "Addr", "\(name)")
        }
        var context = try SampleRegister.context(.v202)
        context.registration?.org?.addressKz = nil
        context.securityStats = nil
        #expect(try RequestComposer(context).ticket(Ticket(wire: SampleTickets.sale())).service.hasRegInfo)
    }

    @Test("Fields of older editions are never sent")
    func older() throws {
        var given = SampleTickets.sale()
        let value = try Ticket(wire: given)
        given.items[0].commodity.exciseStamp = "1"
        #expect(throws: InvalidField.self) { try Ticket(wire: given) }
        #expect(!value.pb.items[0].commodity.hasExciseStamp && value.pb.adInfos.isEmpty)
        #expect(!value.pb.hasPrintedDocumentNumberOld && !value.pb.hasShiftDocumentNumber)
        for (_, request) in try SampleRegister.requests(SampleRegister.context()) {
            #expect(!request.service.hasMarker && !request.service.hasSoftwareInformationOld)
            #expect(!request.service.securityStats.hasOsVersion)
        }
    }
}
