import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The requests of a register")
struct RequestComposerTests {
    private let cashier = Operator(code: 1, name: "Кассир")
    private let sum = Money(minorUnits: 100_05, currency: .kzt)

    @Test("Every request may be sent as it is, once it has its offline period", arguments: Edition.sendable)
    func checked(edition: Edition) throws {
        for (name, request) in try SampleRegister.requests(SampleRegister.context(edition)) {
            var request = request
            #expect(!request.service.hasOfflinePeriod, "\(name)")
            request.setOfflinePeriod(begin: try SampleRegister.time(), end: try SampleRegister.time())
            #expect(PresenceCheck.issues(in: request, edition: edition) == [], "\(name)")
            #expect(RangeCheck.issues(in: request, edition: edition) == [], "\(name)")
            let omissions = PresenceCheck.omissions(in: request, edition: edition).map(\.field)
            #expect(omissions == [], "\(name)")
        }
    }

    @Test("Each body stands in its own field, and the command is that of the body")
    func bodies() throws {
        let codes = [
            "ticket": 1, "return": 1, "close shift": 2, "X": 3, "Z": 3, "nomenclature": 4, "info": 5,
            "money placement": 6, "auth": 8, "system": 0, "announcement": 0,
        ]
        for (name, request) in try SampleRegister.requests(SampleRegister.context()) {
            #expect(request.command.rawValue == codes[name], "\(name)")
            #expect(request.hasCommand && request.hasService, "\(name)")
            #expect(request.hasTicket == ["ticket", "return"].contains(name), "\(name)")
            #expect(request.hasCloseShift == (name == "close shift"), "\(name)")
            #expect(request.hasReport == ["X", "Z"].contains(name), "\(name)")
            #expect(request.hasNomenclature == (name == "nomenclature"), "\(name)")
            #expect(request.hasMoneyPlacement == (name == "money placement"), "\(name)")
            #expect(request.hasAuth == (name == "auth"), "\(name)")
        }
    }

    @Test("The register puts its time, and the numbers that it knows, on a receipt")
    func stamps() throws {
        var context = try SampleRegister.context()
        let ticket = try Ticket(wire: SampleTickets.sale())
        let plain = try RequestComposer(context).ticket(ticket).ticket
        #expect(plain.dateTime.civil == context.now)
        #expect(!plain.hasFrShiftNumber && !plain.hasPrintedDocumentNumber && !plain.hasOfflineTicketNumber)
        context.shiftNumber = 7
        context.documentNumber = 5_000_000_000
        let numbered = try RequestComposer(context).ticket(ticket).ticket
        #expect(numbered.frShiftNumber == 7)
        #expect(numbered.printedDocumentNumber == 5_000_000_000)
        #expect(numbered.items == ticket.pb.items)
    }

    @Test("A placement carries sum, operation and operator; a close what becomes of the cash")
    func placementAndClose() throws {
        var context = try SampleRegister.context()
        context.shiftNumber = 7
        context.documentNumber = 43
        let composer = RequestComposer(context)
        let withdrawal = try composer.moneyPlacement(
            MoneyPlacement(operation: .withdrawal, sum: self.sum, operator: self.cashier)
        ).moneyPlacement
        #expect(withdrawal.operation == .moneyPlacementWithdrawal)
        #expect(withdrawal.sum.bills == 100 && withdrawal.sum.coins == 5)
        #expect(withdrawal.operator.name == "Кассир")
        #expect(withdrawal.frShiftNumber == 7 && withdrawal.printedDocumentNumber == 43)
        #expect(withdrawal.datetime.civil == context.now)
        #expect(!withdrawal.hasIsOffline)
        for withdraws in [true, false] {
            let close = try composer.closeShift(
                CloseShift(operator: self.cashier, withdrawsMoney: withdraws),
                zReport: SampleRegister.report(isClosed: true)
            ).closeShift
            #expect(close.hasWithdrawMoney && close.withdrawMoney == withdraws)
            #expect(close.frShiftNumber == 7 && close.printedDocumentNumber == 43)
            #expect(close.closeTime.civil == context.now)
            #expect(!close.hasIsOffline)
        }
    }

    @Test("A report is what was asked for, with the register's own")
    func reports() throws {
        let composer = RequestComposer(try SampleRegister.context())
        for (report, isClosed) in [(ReportRequest.z, true), (.x, false)] {
            let body = try composer.report(report, zxReport: SampleRegister.report(isClosed: isClosed)).report
            #expect(body.hasReport && body.report == report.report.pb)
            #expect(body.dateTime.civil == composer.context.now)
            #expect(try body.zxReport == SampleRegister.report(isClosed: isClosed))
        }
    }

    @Test("A register without a list of goods says 0, aloud")
    func nomenclature() throws {
        let composer = RequestComposer(try SampleRegister.context())
        let fresh = try composer.nomenclature(NomenclatureLoad()).nomenclature
        #expect(fresh.hasCurrentVersion && fresh.currentVersion == 0)
        #expect(try composer.nomenclature(NomenclatureLoad(currentVersion: 5)).nomenclature.currentVersion == 5)
    }

    @Test("The count of waiting documents travels under its key, and 0 does not travel")
    func announcement() throws {
        let composer = RequestComposer(try SampleRegister.context())
        let pairs = try composer.announcement(unsentDocuments: 3).service.auxiliary
        #expect(pairs.map(\.key) == ["unsent_documents"])
        #expect(pairs.map(\.value) == ["3"])
        #expect(try composer.announcement(unsentDocuments: 3, key: "n").service.auxiliary.map(\.key) == ["n"])
        #expect(try composer.announcement(unsentDocuments: 0).service.auxiliary.isEmpty)
        #expect(try composer.announcement(unsentDocuments: 3).command == .commandSystem)
    }

    @Test("A sign-in carries login and password; nothing shows them but the request itself")
    func auth() throws {
        let credentials = try Credentials(login: "kassa", password: "secret-word")
        let request = try RequestComposer(SampleRegister.context()).auth(credentials)
        #expect(request.auth.login == "kassa")
        #expect(request.auth.password == "secret-word")
    }

    @Test("127 is sent where the host enables it; of the retired commands there is none")
    func reserved() throws {
        var context = try SampleRegister.context()
        #expect(throws: InvalidField("command", .notAllowed, limit: "127 only where the host enables it")) {
            try RequestComposer(context).reserved()
        }
        context.sendsReserved = true
        #expect(try RequestComposer(context).reserved().command == .commandReserved)
        let codes = Set(try SampleRegister.requests(context).map { $0.request.command.rawValue })
        #expect(codes == [0, 1, 2, 3, 4, 5, 6, 8])
    }

    @Test("Going offline adds its traces and changes nothing else")
    func offline() throws {
        for (name, online) in try SampleRegister.requests(SampleRegister.context()) {
            var offline = online
            offline.setOffline(ticketNumber: 1_767_322_986)
            offline.setOfflinePeriod(begin: try SampleRegister.time(), end: try SampleRegister.time(hour: 5))
            let traces = [
                offline.closeShift.isOffline, offline.report.isOffline, offline.moneyPlacement.isOffline,
                offline.ticket.hasOfflineTicketNumber,
            ]
            #expect(traces.filter(\.self).count == (SampleRegister.fiscal.contains(name) ? 1 : 0), "\(name)")
            if offline.hasTicket { #expect(offline.ticket.offlineTicketNumber == 1_767_322_986) }
            #expect(PresenceCheck.issues(in: offline, edition: .v203) == [], "\(name)")
            offline.service.clearOfflinePeriod()
            if offline.hasTicket { offline.ticket.clearOfflineTicketNumber() }
            if offline.hasCloseShift { offline.closeShift.clearIsOffline() }
            if offline.hasReport { offline.report.clearIsOffline() }
            if offline.hasMoneyPlacement { offline.moneyPlacement.clearIsOffline() }
            #expect(offline == online, "\(name)")
        }
    }

    @Test("The end of the offline period is set again at each attempt, and is never before its begin")
    func offlinePeriod() throws {
        var request = try RequestComposer(SampleRegister.context()).info()
        let begin = try SampleRegister.time(hour: 4)
        for (end, expected) in [(5, 5), (6, 6), (3, 4)] {
            request.setOfflinePeriod(begin: begin, end: try SampleRegister.time(hour: end))
            #expect(request.service.offlinePeriod.beginTime.civil == begin)
            #expect(try request.service.offlinePeriod.endTime.civil == SampleRegister.time(hour: expected))
        }
    }

    @Test("What no request may carry is refused with its field")
    func refused() throws {
        var context = try SampleRegister.context()
        context.nomenclatureVersion = 2_147_483_648
        #expect(
            #expect(throws: InvalidField.self) { try RequestComposer(context).info() }?.field
                == "service.nomenclature_version")
        context = try SampleRegister.context()
        context.documentNumber = 1 << 63
        let ticket = try Ticket(wire: SampleTickets.sale())
        #expect(
            #expect(throws: InvalidField.self) { try RequestComposer(context).ticket(ticket) }?.field
                == "ticket.printed_document_number")
        var report = try SampleRegister.report(isClosed: true)
        report.clearChecksum()
        #expect(
            #expect(throws: InvalidField.self) {
                try RequestComposer(SampleRegister.context()).report(.z, zxReport: report)
            }?.field == "report.zx_report.checksum")
    }

    @Test("The customer of a receipt is not the seller, once the seller is known")
    func sameTaxpayer() throws {
        var wire = SampleTickets.sale()
        wire.extensionOptions.customerIinOrBin = "000000000000"
        let ticket = try Ticket(wire: wire)
        #expect(
            #expect(throws: InvalidField.self) { try RequestComposer(SampleRegister.context()).ticket(ticket) }?.field
                == "ticket.extension_options.customer_iin_or_bin")
    }
}
