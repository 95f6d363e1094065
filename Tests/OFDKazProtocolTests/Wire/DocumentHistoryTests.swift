import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What earlier editions brought and took away (appendix)")
struct DocumentHistoryTests {
    @Test("2.0.2 took opening of shifts away: nothing of it is left, in commands or fields")
    func openShift() {
        let fields = Schema.shared.messages.flatMap { message in message.fields.map { "\(message.name).\($0.name)" } }
        #expect(!fields.isEmpty)
        for name in fields { #expect(!name.lowercased().replacing("_", with: "").contains("openshiftrequest")) }
        #expect(Schema.shared["OpenShiftRequest"] == nil && Schema.shared["OpenShiftResponse"] == nil)
        #expect(CommandType.allCases.map(\.rawValue).sorted() == [0, 1, 2, 3, 4, 5, 6, 8, 127])
    }

    @Test("2.0.0 made document numbers wide and gave them to every document", arguments: [Edition.v202, .v203, .v204])
    func wideNumbers(edition: Edition) throws {
        let wide: UInt64 = 1 << 32 + 5
        var context = try SampleRegister.context(edition)
        context.documentNumber = wide
        for (name, request) in try SampleRegister.requests(context)
        where ["ticket", "close shift", "money placement"].contains(name) {
            let read = try PBRequest(serializedBytes: request.serializedBytes() as [UInt8])
            let number =
                switch name {
                case "ticket": read.ticket.printedDocumentNumber
                case "close shift": read.closeShift.printedDocumentNumber
                default: read.moneyPlacement.printedDocumentNumber
                }
            #expect(number == wide, "\(name)")
        }
    }

    @Test("Since 2.0.2 a document needs neither a shift number nor its own")
    func optionalNumbers() throws {
        for (name, request) in try SampleRegister.requests(SampleRegister.context())
        where ["ticket", "close shift", "money placement"].contains(name) {
            var bare = request
            switch name {
            case "ticket":
                bare.ticket.clearFrShiftNumber()
                bare.ticket.clearPrintedDocumentNumber()
            case "close shift":
                bare.closeShift.clearFrShiftNumber()
                bare.closeShift.clearPrintedDocumentNumber()
            default:
                bare.moneyPlacement.clearFrShiftNumber()
                bare.moneyPlacement.clearPrintedDocumentNumber()
            }
            #expect(PresenceCheck.issues(in: bare, edition: .v203) == [], "\(name)")
        }
    }

    @Test("1.2.5 gave reports markup_sum; the withdraw_sum of its list is in no table")
    func markupSum() throws {
        let report = Schema.shared.messages.filter { $0.name.hasPrefix("ZXReport") }
        let fields = report.flatMap(\.fields).map(\.name)
        #expect(fields.contains("markup_sum") && fields.contains("discount_sum") && fields.contains("change_sum"))
        #expect(!fields.contains("withdraw_sum"))
        let sent = try SampleRegister.report(isClosed: true).jsonString()
        #expect(sent.contains("markup") && !sent.contains("withdraw_sum"))
    }
}
