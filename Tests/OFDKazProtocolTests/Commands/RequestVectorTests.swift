import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

/// Requests that Google's runtime made from an operator's schema, rebuilt from values.
@Suite("Our requests are byte for byte those of the published vectors")
struct RequestVectorTests {
    private func payload(_ hex: String) throws -> [UInt8] {
        try Frame.decode(#require(Hex.decode(hex))).frame.payload
    }

    private func bytes(_ request: PBRequest) throws -> [UInt8] {
        var request = request
        request.setOfflinePeriod(begin: try SampleRegister.time(), end: try SampleRegister.time())
        return try request.serializedBytes()
    }

    @Test("INFO")
    func info() throws {
        let composer = RequestComposer(try SampleRegister.context())
        #expect(try self.bytes(composer.info()) == self.payload(WireVectors.infoRequest))
    }

    @Test("A sale of 2.5 pieces, VAT inside, paid in cash and by mobile")
    func sale() throws {
        let twelve = Rate(thousandthsOfPercent: 12_000)
        func tenge(_ text: String) throws -> Money { try Money(parsing: text, currency: .kzt) }
        var sale = TicketBuilder(.sell, operator: Operator(code: 1, name: "Кассир"), taxationType: .rts)
        try sale.add(
            "Товар", price: tenge("1000.00"), quantity: Quantity("2.5"), section: "1", unit: "796", vat: .inside(twelve)
        ) {
            $0.listExciseStamp = ["010460"]
            $0.ntin = "0200000000001"
        }
        sale.pay(cash: try tenge("3000.00"))
        sale.pay(mobile: try tenge("500.00"), .init(qrType: "QR", qrID: "1"))
        var context = try SampleRegister.context()
        context.shiftNumber = 7
        context.documentNumber = 42
        let request = try RequestComposer(context).ticket(sale.build())
        #expect(try self.bytes(request) == self.payload(WireVectors.saleRequest))
    }

    @Test("A return issued offline, paid by card; the register knows the second that the vector leaves out")
    func saleReturn() throws {
        let sum = Money(minorUnits: 10_50, currency: .kzt)
        let parent = try #require(
            CivilDate(year: 2026, month: 1, day: 1).flatMap { DateTime(date: $0, hour: 0, minute: 0, second: 0) })
        var back = TicketBuilder(.sellReturn, operator: Operator(code: 1))
        try back.add("X", price: sum, section: "1", unit: "796") { $0.code = 5 }
        back.pay(card: nil, .init(posTerminalID: "T1", posRRN: "999999999999"))
        back.parentTicket = .init(
            number: "4228143549", dataTime: parent, kgdKkmID: "111111111111", total: sum, isOffline: false)
        var request = try RequestComposer(SampleRegister.context()).ticket(back.build())
        request.setOffline(ticketNumber: 2_147_483_647)
        request.ticket.dateTime.time.clearSecond()
        #expect(try self.bytes(request) == self.payload(WireVectors.returnRequest))
    }

    @Test("A withdrawal made offline")
    func withdrawal() throws {
        var context = try SampleRegister.context()
        context.shiftNumber = 7
        context.documentNumber = 43
        var request = try RequestComposer(context).moneyPlacement(
            MoneyPlacement(
                operation: .withdrawal, sum: Money(minorUnits: 100_05, currency: .kzt), operator: Operator(code: 1)))
        request.setOffline(ticketNumber: nil)
        #expect(try self.bytes(request) == self.payload(WireVectors.withdrawalRequest))
    }

    /// The vector's report has one entry in lists that must have all: no register of ours sends it, so it is put in the
    /// place of a complete one.
    @Test("The end of a shift, but for the report")
    func closeShift() throws {
        let vector = try self.payload(WireVectors.closeShiftRequest)
        var context = try SampleRegister.context()
        context.now = try SampleRegister.time(hour: 23, minute: 59, second: 59)
        context.shiftNumber = 7
        let close = try CloseShift(operator: Operator(code: 1))
        let composer = RequestComposer(context)
        let report = try PBRequest(serializedBytes: vector).closeShift.zReport
        #expect(throws: InvalidField.self) { try composer.closeShift(close, zReport: report) }
        var request = try composer.closeShift(close, zReport: SampleRegister.report(isClosed: true))
        request.closeShift.zReport = report
        #expect(try self.bytes(request) == vector)
    }

    /// The vector's SYSTEM is nothing but the command; since 2.0.3 the service part goes with every request.
    @Test("SYSTEM, but for the service part")
    func system() throws {
        var request = try RequestComposer(SampleRegister.context()).system()
        request.clearService()
        #expect(try request.serializedBytes() == self.payload(WireVectors.systemRequest))
    }
}
