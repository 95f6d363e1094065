import FiscalCore
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Reading a server's report")
struct ZXReportTests {
    /// A complete report with something in every field.
    private static var full: ZXReport {
        var counters = RegisterCounters()
        var ticket = CountedTicket(total: 112_00)
        ticket.line(112_00, section: "1", taxes: [CountedTicket.tax(12_000, 12_00)])
        ticket.pay(.mobile, 112_00)
        guard (try? counters.add(ticket: ticket.pb, isOffline: true)) != nil else { return ZXReport() }
        var report = counters.xReport(at: .counted(hour: 12))
        report.closeShiftTime = .counted(hour: 13)
        report.checksum = "0"
        return report
    }

    @Test("A report with nothing in it is read as one that tells nothing")
    func empty() {
        let report = ZXReport(PBZXReport())
        #expect(report == ZXReport())
        #expect(report.cashSum == nil && report.revenue == nil && report.shiftNumber == nil && report.dateTime == nil)
    }

    @Test(
        "A part that is absent is not told, and the rest is read all the same",
        arguments: [
            FieldChange("date_time") { $0.clearDateTime() },
            FieldChange("open_shift_time") { $0.clearOpenShiftTime() },
            FieldChange("close_shift_time") { $0.clearCloseShiftTime() },
            FieldChange("shift_number") { $0.clearShiftNumber() },
            FieldChange("sections") { $0.sections = [] },
            FieldChange("sections[0].operations[2].sum") { $0.sections[0].operations[2].clearSum() },
            FieldChange("operations") { $0.operations = [] },
            FieldChange("operations[2].count") { $0.operations[2].clearCount() },
            FieldChange("discounts") { $0.discounts = [] },
            FieldChange("markups") { $0.markups = [] },
            FieldChange("total_result") { $0.totalResult = [] },
            FieldChange("taxes") { $0.taxes = [] },
            FieldChange("taxes[0].operations[2].turnover") { $0.taxes[0].operations[2].clearTurnover() },
            FieldChange("taxes[0].operations[2].sum") { $0.taxes[0].operations[2].clearSum() },
            FieldChange("taxes[0].operations[2].turnover_without_tax") {
                $0.taxes[0].operations[2].clearTurnoverWithoutTax()
            },
            FieldChange("start_shift_non_nullable_sums") { $0.startShiftNonNullableSums = [] },
            FieldChange("ticket_operations") { $0.ticketOperations = [] },
            FieldChange("ticket_operations[2].tickets_total_count") {
                $0.ticketOperations[2].clearTicketsTotalCount()
            },
            FieldChange("ticket_operations[2].tickets_count") { $0.ticketOperations[2].clearTicketsCount() },
            FieldChange("ticket_operations[2].tickets_sum") { $0.ticketOperations[2].clearTicketsSum() },
            FieldChange("ticket_operations[2].payments") { $0.ticketOperations[2].payments = [] },
            FieldChange("ticket_operations[2].payments[2].sum") { $0.ticketOperations[2].payments[2].clearSum() },
            FieldChange("ticket_operations[2].payments[2].count") { $0.ticketOperations[2].payments[2].clearCount() },
            FieldChange("ticket_operations[2].offline_count") { $0.ticketOperations[2].clearOfflineCount() },
            FieldChange("ticket_operations[2].discount_sum") { $0.ticketOperations[2].clearDiscountSum() },
            FieldChange("ticket_operations[2].markup_sum") { $0.ticketOperations[2].clearMarkupSum() },
            FieldChange("ticket_operations[2].change_sum") { $0.ticketOperations[2].clearChangeSum() },
            FieldChange("money_placements") { $0.moneyPlacements = [] },
            FieldChange("money_placements[0].operations_total_count") {
                $0.moneyPlacements[0].clearOperationsTotalCount()
            },
            FieldChange("money_placements[0].operations_count") { $0.moneyPlacements[0].clearOperationsCount() },
            FieldChange("money_placements[0].operations_sum") { $0.moneyPlacements[0].clearOperationsSum() },
            FieldChange("money_placements[0].offline_count") { $0.moneyPlacements[0].clearOfflineCount() },
            FieldChange("cash_sum") { $0.clearCashSum() },
            FieldChange("revenue") { $0.clearRevenue() },
            FieldChange("non_nullable_sums") { $0.nonNullableSums = [] },
            FieldChange("checksum") { $0.clearChecksum() },
        ] as [FieldChange<PBZXReport>])
    func absentPart(change: FieldChange<PBZXReport>) throws {
        let whole = Self.full.pb
        var pb = whole
        change.change(&pb)
        #expect(pb != whole)
        // Read and written as it came, the part is still absent and nothing else is.
        let report = ZXReport(pb)
        #expect(report.faithful == pb)
        #expect(report != ZXReport(whole))
        #expect(try JSONDecoder().decode(ZXReport.self, from: JSONEncoder().encode(report)) == report)
        // Sent by us, it would have every mandatory list and number again.
        Self.expectComplete(report.pb)
    }

    /// All lists of the right size, and every mandatory part there but times and checksum.
    private static func expectComplete(_ pb: PBZXReport) {
        for list in [pb.operations, pb.discounts, pb.markups, pb.totalResult] + pb.sections.map(\.operations) {
            #expect(list.count == 4 && list.allSatisfy { $0.hasOperation && $0.hasCount && $0.hasSum })
        }
        for list in pb.taxes.map(\.operations) {
            #expect(list.count == 4)
            #expect(list.allSatisfy { $0.hasOperation && $0.hasTurnover && $0.hasTurnoverWithoutTax && $0.hasSum })
        }
        for list in [pb.startShiftNonNullableSums, pb.nonNullableSums] {
            #expect(list.count == 4 && list.allSatisfy { $0.hasOperation && $0.hasSum })
        }
        #expect(pb.ticketOperations.count == 4)
        for entry in pb.ticketOperations {
            #expect(entry.hasOperation && entry.hasTicketsTotalCount && entry.hasTicketsCount && entry.hasTicketsSum)
            #expect(entry.hasOfflineCount && entry.hasDiscountSum && entry.hasMarkupSum && entry.hasChangeSum)
            #expect(entry.payments.count == 3)
            #expect(entry.payments.allSatisfy { $0.hasPayment && $0.hasSum && $0.hasCount })
        }
        #expect(pb.moneyPlacements.count == 2)
        for entry in pb.moneyPlacements {
            #expect(entry.hasOperation && entry.hasOperationsTotalCount && entry.hasOperationsCount)
            #expect(entry.hasOperationsSum && entry.hasOfflineCount)
        }
        #expect(pb.hasShiftNumber && pb.hasCashSum && pb.revenue.hasSum && pb.revenue.hasIsNegative)
    }

    @Test("Codes that no table has keep their numbers; sent by us, a report has none of them")
    func unlistedCodes() {
        var pb = Self.full.pb
        pb.operations[0].operation = .UNRECOGNIZED(9)
        pb.ticketOperations[2].payments.append(pb.ticketOperations[2].payments[0])
        pb.ticketOperations[2].payments[3].payment = .UNRECOGNIZED(2)
        pb.ticketOperations[2].payments.append(pb.ticketOperations[2].payments[0])
        pb.ticketOperations[2].payments[4].payment = .UNRECOGNIZED(3)
        pb.moneyPlacements[0].operation = .UNRECOGNIZED(-1)
        pb.taxes[0].taxType = 101
        let report = ZXReport(pb)
        #expect(report.operations[0].operation.rawValue == 9)
        #expect(report.ticketOperations[2].payments.map(\.payment.rawValue) == [0, 1, 4, 2, 3])
        #expect(report.moneyPlacements[0].operation.rawValue == .max)
        #expect(report.taxes[0].type.rawValue == 101)
        #expect(report.faithful == pb)
        #expect(report.pb.operations.map(\.operation.rawValue) == [0, 1, 2, 3])
        #expect(report.pb.ticketOperations[2].payments.map(\.payment.rawValue) == [0, 1, 4])
        #expect(report.pb.moneyPlacements.map(\.operation.rawValue) == [0, 1])
    }

    @Test("An entry without its code is one of an encoder that leaves zeros out: code 0")
    func zeroCode() {
        var pb = Self.full.pb
        pb.operations[0].clearOperation()
        #expect(ZXReport(pb).operations[0].operation == .buy)
    }

    @Test("Numbers above the largest that may be sent stay the unsigned numbers they are")
    func largeNumbers() {
        var pb = Self.full.pb
        pb.shiftNumber = 2_147_483_648
        pb.operations[2].count = .max
        let report = ZXReport(pb)
        #expect(report.shiftNumber == 2_147_483_648)
        #expect(report.operation(.sell)?.count == .max)
        #expect(ZXReport.anomalies(in: pb).isEmpty, "the table of ranges reports them")
    }

    @Test("An amount that does not fit is not told, and is reported under its name; the rest is read")
    func unfitAmounts() {
        var pb = Self.full.pb
        pb.cashSum.bills = .max
        pb.revenue.sum.bills = 92_233_720_368_547_759
        pb.operations[1].sum.bills = .max
        pb.discounts[0].sum.bills = .max
        pb.markups[0].sum.bills = .max
        pb.totalResult[0].sum.bills = .max
        pb.startShiftNonNullableSums[3].sum.bills = .max
        pb.nonNullableSums[3].sum.bills = .max
        pb.sections[0].operations[0].sum.bills = .max
        pb.taxes[0].operations[1].turnover.bills = .max
        pb.taxes[0].operations[1].turnoverWithoutTax.bills = .max
        pb.taxes[0].operations[1].sum.bills = .max
        pb.ticketOperations[2].ticketsSum.bills = .max
        pb.ticketOperations[2].discountSum.bills = .max
        pb.ticketOperations[2].markupSum.bills = .max
        pb.ticketOperations[2].changeSum.bills = .max
        pb.ticketOperations[2].payments[1].sum.bills = .max
        pb.moneyPlacements[0].operationsSum.bills = .max
        let report = ZXReport(pb)
        #expect(report.cashSum == nil && report.revenue == nil && report.operations[1].sum == nil)
        #expect(report.operations[1].count == 0)
        let anomalies = ZXReport.anomalies(in: pb)
        #expect(anomalies.allSatisfy { $0.kind == .damaged })
        #expect(
            anomalies.map { $0.field?.dropFirst("report.zx_report.".count) } == [
                "cash_sum", "revenue.sum", "operations[1].sum", "discounts[0].sum", "markups[0].sum",
                "total_result[0].sum", "start_shift_non_nullable_sums[3].sum", "non_nullable_sums[3].sum",
                "sections[0].operations[0].sum", "taxes[0].operations[1].turnover",
                "taxes[0].operations[1].turnover_without_tax", "taxes[0].operations[1].sum",
                "ticket_operations[2].tickets_sum", "ticket_operations[2].discount_sum",
                "ticket_operations[2].markup_sum", "ticket_operations[2].change_sum",
                "ticket_operations[2].payments[1].sum", "money_placements[0].operations_sum",
            ])
        // Taken over, the rest counts and these counters stay as they were.
        var counters = RegisterCounters()
        counters.adopt(report, from: .openShift, at: .counted(hour: 12))
        #expect(counters.cash == .tiyn(0))
        #expect(counters.xReport(at: .counted(hour: 12)).operation(.sell)?.sum == .tiyn(112_00))
    }

    @Test("A section or a tax that comes twice is reported, and the first one counts")
    func twice() {
        var pb = Self.full.pb
        pb.sections.append(pb.sections[0])
        pb.sections[1].operations[2].sum = PBMoney(tiyn: 1)
        pb.taxes.append(pb.taxes[0])
        pb.taxes[1].operations[2].sum = PBMoney(tiyn: 1)
        let anomalies = ZXReport.anomalies(in: pb)
        #expect(anomalies.map(\.kind) == [.list, .list])
        #expect(anomalies.map(\.field) == ["report.zx_report.sections[1]", "report.zx_report.taxes[1]"])
        let sent = ZXReport(pb).pb
        #expect(sent.sections.map { $0.operations[2].sum } == [PBMoney(tiyn: 112_00)])
        #expect(sent.taxes.map { $0.operations[2].sum } == [PBMoney(tiyn: 12_00)])
    }

    @Test("Takings are negative when the flag says so, and only then")
    func revenueSign() {
        var pb = PBZXReport()
        pb.revenue.sum = PBMoney(tiyn: 25_00)
        #expect(ZXReport(pb).revenue == .tiyn(25_00))
        pb.revenue.isNegative = true
        #expect(ZXReport(pb).revenue == .tiyn(-25_00))
        pb.revenue.sum = PBMoney(tiyn: 0)
        #expect(ZXReport(pb).revenue == .tiyn(0))
        #expect(!ZXReport(pb).faithful.revenue.isNegative)
    }

    @Test("A time without its second stays one, also when it was stored in counters")
    func timeWithoutSecond() throws {
        var pb = Self.full.pb
        pb.openShiftTime.time.clearSecond()
        let report = ZXReport(pb)
        #expect(report.openShiftTime?.second == nil && report.faithful == pb)
        var counters = RegisterCounters()
        counters.adopt(report, from: .openShift, at: .counted(hour: 12))
        let read = try JSONDecoder().decode(RegisterCounters.self, from: JSONEncoder().encode(counters))
        #expect(read.xReport(at: .counted(hour: 12)).pb.openShiftTime == pb.openShiftTime)
    }

    @Test("What is stored is the message in base64; anything else is refused")
    func stored() throws {
        let text = try #require(String(data: JSONEncoder().encode([Self.full]), encoding: .utf8))
        let bytes: [UInt8] = try Self.full.pb.serializedBytes()
        #expect(text.replacing("\\/", with: "/") == "[\"\(Base64.encode(bytes))\"]")
        for damaged in ["[\"\u{e9}\"]", "[\"CgUF\"]", "[1]"] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode([ZXReport].self, from: Data(damaged.utf8))
            }
        }
    }

    @Test("Reports of our own are sent in one form, whatever the order of their parts")
    func order() {
        var report = Self.full
        let sent = report.pb
        report.operations.reverse()
        report.ticketOperations.reverse()
        report.moneyPlacements.reverse()
        report.nonNullableSums.reverse()
        report.taxes[0].operations.reverse()
        report.sections[0].operations.reverse()
        report.ticketOperations[1].payments.reverse()
        #expect(report.pb == sent)
    }
}
