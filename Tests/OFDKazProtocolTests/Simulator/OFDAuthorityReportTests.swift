import FiscalCore
import FiscalSimulators
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The simulated OFD: numbers of tickets, shifts, reports")
struct OFDAuthorityReportTests {
    private func tiyn(_ money: PBMoney) -> Int64 { Int64(money.bills) * 100 + Int64(money.coins) }

    private func x(_ till: RawTill) throws -> PBZXReport {
        let answer = try #require(try till.send(RawRequests.report(.reportX)))
        #expect(answer.response.report.report == .reportX)
        return answer.report
    }

    private func z(_ till: RawTill) throws -> PBZXReport {
        let answer = try #require(try till.send(RawRequests.report(.reportZ)))
        #expect(answer.response.report.report == .reportZ)
        return answer.report
    }

    /// Counts and sums by operation.
    private func table(_ operations: [PBZXReport.Operation]) -> [[Int64]] {
        operations.map { [Int64($0.operation.rawValue), Int64($0.count), self.tiyn($0.sum)] }
    }

    private static let nothing: [[Int64]] = [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]]

    private func isEmpty(_ report: PBZXReport) -> Bool {
        let lists = [report.operations, report.discounts, report.markups, report.totalResult]
        return lists.allSatisfy { self.table($0) == Self.nothing } && report.sections.isEmpty && report.taxes.isEmpty
            && report.ticketOperations.map(\.ticketsCount) == [0, 0, 0, 0]
            && report.moneyPlacements.map(\.operationsCount) == [0, 0]
            && self.tiyn(report.revenue.sum) == 0 && !report.revenue.isNegative
    }

    @Test("Tickets get decimal numbers of ten digits and more, all different, and an address in UTF-8 by the mask")
    func ticketNumbers() throws {
        let till = RawTill()
        till.authority.testRegister(id: 7, token: 9)
        var numbers: Set<String> = []
        for id in [UInt32(100_001), 7] {
            till.id = id
            till.token = try #require(till.authority[id]).token
            for _ in 0..<5 {
                let answer = try #require(try till.send(RawRequests.sale(12_305)))
                let number = answer.response.ticket.ticketNumber
                #expect(number.count >= 10)
                #expect(number.allSatisfy { $0.isASCII && $0.isNumber })
                #expect(number.first != "0")
                numbers.insert(number)
                let address = String(data: answer.response.ticket.qrCode, encoding: .utf8)
                #expect(
                    address
                        == "http://consumer.test-oofd.kz?i=\(number)&f=010101234567&s=123.05&t=20261120T100000")
            }
        }
        #expect(numbers.count == 10)
    }

    @Test("A fresh register: INFO and a Z say number 0 and zeros in every list, dated by the server or the request")
    func firstReports() throws {
        let till = RawTill()
        let info = try #require(try till.send(RawRequests.info))
        #expect(info.response.report.report == .reportZ)
        #expect(info.report.shiftNumber == 0)
        #expect(self.isEmpty(info.report))
        #expect(info.report.dateTime == RawRequests.time(10))
        #expect(info.report.openShiftTime == RawRequests.time(10))
        #expect(info.report.closeShiftTime == RawRequests.time(10))
        let asked = RawRequests.time(17, 45, nil, day: 3)
        let answer = try #require(try till.send(RawRequests.report(.reportZ, at: asked)))
        #expect(answer.response.report.report == .reportZ)
        #expect(answer.report.shiftNumber == 0)
        #expect(answer.report.dateTime == asked)
        #expect(!answer.report.dateTime.time.hasSecond)
        #expect(self.isEmpty(answer.report))
        // An open first shift has no Z before it either.
        #expect(try till.code(RawRequests.sale()) == 0)
        #expect(try self.z(till).shiftNumber == 0)
    }

    @Test("A fresh register at a server like the captured one: Z, number 1, no lists, never closed")
    func liveFirstReport() throws {
        let till = RawTill { $0.rules.firstReport = .live }
        let info = try #require(try till.send(RawRequests.info))
        #expect(info.response.report.report == .reportZ)
        #expect(info.report.shiftNumber == 1)
        #expect(info.report.operations.isEmpty)
        #expect(!info.report.hasCloseShiftTime)
        #expect(!info.report.hasOpenShiftTime)
        #expect(info.report.hasCashSum)
        #expect(info.report.hasRevenue)
        // The first document is in shift 1.
        #expect(try till.code(RawRequests.sale()) == 0)
        #expect(try till.send(RawRequests.info)?.report.shiftNumber == 1)
    }

    @Test("INFO shows the running X while a shift is open, and the last Z when none is")
    func information() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.sale(10_000)) == 0)
        let open = try #require(try till.send(RawRequests.info))
        #expect(open.response.report.report == .reportX)
        #expect(open.report.shiftNumber == 1)
        #expect(self.tiyn(open.report.cashSum) == 10_000)
        #expect(!open.report.hasCloseShiftTime)
        #expect(self.table(open.report.totalResult)[2] == [2, 1, 10_000])
        let closing = try #require(try till.send(RawRequests.closeShift()))
        let closed = try #require(try till.send(RawRequests.info))
        #expect(closed.response.report.report == .reportZ)
        #expect(closed.report == closing.report)
        #expect(try self.z(till) == closing.report)
    }

    @Test("The first ticket or movement of cash opens the next shift with its own time; other commands open none")
    func opening() throws {
        let till = RawTill()
        for command in [RawCommand.info, .system, .report, .auth, .nomenclature] {
            #expect(try till.code(command.request) == 0)
        }
        #expect(!till.account.isShiftOpen)
        let time = RawRequests.time(8, 15, nil)
        #expect(try till.code(RawRequests.sale().with { $0.ticket.dateTime = time }) == 0)
        #expect(try till.code(RawRequests.sale()) == 0)
        let report = try self.x(till)
        #expect(report.openShiftTime == time)
        #expect(!report.openShiftTime.time.hasSecond)
        #expect(try till.code(RawRequests.closeShift()) == 0)
        #expect(try till.code(RawRequests.placement(.moneyPlacementDeposit, 1, at: RawRequests.time(9, 1))) == 0)
        #expect(try self.x(till).openShiftTime == RawRequests.time(9, 1))
        #expect(try self.x(till).shiftNumber == 2)
    }

    @Test("A close answers with the Z of the shift that it closes; numbers follow one another and never go back")
    func closing() throws {
        let till = RawTill()
        var sums: [Int64] = []
        for number in UInt32(1)...3 {
            #expect(try till.code(RawRequests.sale(1_000)) == 0)
            let time = RawRequests.time(20, 30, 1)
            let answer = try #require(try till.send(RawRequests.closeShift(at: time)))
            #expect(answer.response.report.report == .reportZ)
            #expect(answer.report.shiftNumber == number)
            #expect(answer.report.closeShiftTime == time)
            #expect(answer.report.dateTime == time)
            #expect(self.table(answer.report.totalResult)[2] == [2, 1, 1_000])
            #expect(answer.report.ticketOperations[2].ticketsTotalCount == number)
            #expect(answer.report.ticketOperations[2].ticketsCount == 1)
            #expect(answer.report.checksum.count == 8)
            let start = answer.report.startShiftNonNullableSums.map { self.tiyn($0.sum) }
            #expect(start == (sums.isEmpty ? [0, 0, 0, 0] : sums))
            sums = answer.report.nonNullableSums.map { self.tiyn($0.sum) }
            #expect(sums == [0, 0, Int64(number) * 1_000, 0])
        }
        // The number that the register gives is not taken.
        #expect(try till.code(RawRequests.sale().with { $0.ticket.frShiftNumber = 99 }) == 0)
        #expect(try till.code(RawRequests.closeShift().with { $0.closeShift.frShiftNumber = 77 }) == 0)
        #expect(try self.z(till).shiftNumber == 4)
        // A shift without documents is one too.
        let empty = try #require(try till.send(RawRequests.closeShift()))
        #expect(empty.report.shiftNumber == 5)
        #expect(self.isEmpty(empty.report))
    }

    @Test("Closing with withdraw_money takes all cash out first; without it, or without cash, nothing is taken")
    func withdrawing() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.deposit(50_000)) == 0)
        #expect(try till.code(RawRequests.withdrawal(100)) == 0)
        var z = try #require(try till.send(RawRequests.closeShift(withdraws: true))).report
        #expect(self.tiyn(z.cashSum) == 0)
        #expect(z.moneyPlacements[1].operationsCount == 2)
        #expect(self.tiyn(z.moneyPlacements[1].operationsSum) == 50_000)
        #expect(z.moneyPlacements[1].offlineCount == 0)
        z = try #require(try till.send(RawRequests.closeShift(withdraws: true))).report
        #expect(z.moneyPlacements[1].operationsCount == 0)
        #expect(z.moneyPlacements[1].operationsTotalCount == 2)
        for withdraws in [nil, false] {
            #expect(try till.code(RawRequests.deposit(300)) == 0)
            z = try #require(try till.send(RawRequests.closeShift(withdraws: withdraws))).report
            #expect(z.moneyPlacements[1].operationsCount == 0)
        }
        #expect(self.tiyn(z.cashSum) == 600)
        #expect(try till.code(RawRequests.sale(400)) == 0)
        #expect(self.tiyn(try self.x(till).cashSum) == 1_000)
        // An offline close withdraws offline.
        let offline = RawRequests.closeShift(withdraws: true).with { $0.closeShift.isOffline = true }
        z = try #require(try till.send(offline)).report
        #expect(z.moneyPlacements[1].offlineCount == 1)
    }

    @Test("Deposits and withdrawals move the cash and their own counters, those of the shift and those for ever")
    func placements() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.deposit(10_000)) == 0)
        #expect(try till.code(RawRequests.deposit(5).with { $0.moneyPlacement.isOffline = true }) == 0)
        #expect(try till.code(RawRequests.withdrawal(3_000)) == 0)
        var report = try self.x(till)
        #expect(self.tiyn(report.cashSum) == 7_005)
        #expect(report.moneyPlacements.map(\.operation) == [.moneyPlacementDeposit, .moneyPlacementWithdrawal])
        #expect(report.moneyPlacements.map(\.operationsCount) == [2, 1])
        #expect(report.moneyPlacements.map(\.operationsTotalCount) == [2, 1])
        #expect(report.moneyPlacements.map { self.tiyn($0.operationsSum) } == [10_005, 3_000])
        #expect(report.moneyPlacements.map(\.offlineCount) == [1, 0])
        #expect(self.tiyn(report.revenue.sum) == 0)
        #expect(try till.code(RawRequests.closeShift()) == 0)
        #expect(try till.code(RawRequests.withdrawal(5)) == 0)
        report = try self.x(till)
        #expect(report.moneyPlacements.map(\.operationsCount) == [0, 1])
        #expect(report.moneyPlacements.map(\.operationsTotalCount) == [2, 2])
        #expect(report.moneyPlacements.map(\.offlineCount) == [0, 0])
    }

    @Test("Lists have every code once, zeros included; sections and taxes only what there was")
    func lists() throws {
        let till = RawTill()
        let items = [
            RawRequests.commodity(11_200, section: "2", taxes: [RawRequests.tax(12_000, 1_200)]),
            RawRequests.commodity(10_500, section: "pump-4", taxes: [RawRequests.tax(5_000, 500)]),
        ]
        #expect(try till.code(RawRequests.ticket(items, total: 21_700)) == 0)
        let report = try self.x(till)
        let operations = [0, 1, 2, 3]
        for list in [report.operations, report.discounts, report.markups, report.totalResult] {
            #expect(list.map(\.operation.rawValue) == operations)
        }
        #expect(report.startShiftNonNullableSums.map(\.operation.rawValue) == operations)
        #expect(report.nonNullableSums.map(\.operation.rawValue) == operations)
        #expect(report.ticketOperations.map(\.operation.rawValue) == operations)
        for entry in report.ticketOperations { #expect(entry.payments.map(\.payment.rawValue) == [0, 1, 4]) }
        #expect(report.sections.map(\.sectionCode) == ["2", "pump-4"])
        #expect(self.table(report.sections[0].operations)[2] == [2, 1, 11_200])
        #expect(self.table(report.sections[1].operations)[2] == [2, 1, 10_500])
        #expect(report.taxes.map(\.percent) == [5_000, 12_000])
        #expect(report.taxes.map { $0.operations.map(\.operation.rawValue) } == [operations, operations])
        let twelve = report.taxes[1].operations[2]
        #expect([twelve.turnover, twelve.turnoverWithoutTax, twelve.sum].map(self.tiyn) == [11_200, 10_000, 1_200])
        // INFO and the closing Z have the same form.
        let info = try #require(try till.send(RawRequests.info)).report
        #expect(info.ticketOperations == report.ticketOperations)
    }

    @Test("Discounts and markups: not in operations and sections, in the results and in lists of their own")
    func modifiers() throws {
        let till = RawTill()
        let items = [RawRequests.commodity(10_000), RawRequests.discount(1_000), RawRequests.markup(500)]
        #expect(
            try till.code(
                RawRequests.ticket(items, total: 9_300).with {
                    $0.ticket.amounts.discount = RawRequests.modifier(200)
                }) == 0)
        let report = try self.x(till)
        #expect(self.table(report.operations)[2] == [2, 1, 10_000])
        #expect(self.table(report.sections[0].operations)[2] == [2, 1, 10_000])
        #expect(self.table(report.discounts)[2] == [2, 2, 1_200])
        #expect(self.table(report.markups)[2] == [2, 1, 500])
        #expect(self.table(report.totalResult)[2] == [2, 1, 9_300])
        #expect(self.tiyn(report.ticketOperations[2].discountSum) == 1_200)
        #expect(self.tiyn(report.ticketOperations[2].markupSum) == 500)
        for place in [0, 1, 3] {
            #expect(self.table(report.discounts)[place] == Self.nothing[place])
            #expect(self.table(report.markups)[place] == Self.nothing[place])
        }
    }

    @Test("Cash is what was kept: change is not taken off a second time")
    func change() throws {
        let till = RawTill()
        let payments = [RawRequests.payment(.paymentCash, 6_000), RawRequests.payment(.paymentCard, 4_000)]
        let ticket = RawRequests.ticket(
            [RawRequests.commodity(10_000)], total: 10_000, payments: payments, change: 2_000)
        #expect(try till.code(ticket) == 0)
        let report = try self.x(till)
        #expect(self.tiyn(report.cashSum) == 6_000)
        let sales = report.ticketOperations[2]
        #expect(self.tiyn(sales.changeSum) == 2_000)
        #expect(sales.payments.map { self.tiyn($0.sum) } == [6_000, 4_000, 0])
        #expect(sales.payments.map(\.count) == [1, 1, 0])
        #expect(self.tiyn(sales.ticketsSum) == 10_000)
    }

    @Test("Offline tickets are those with a number of the register's own, whatever the offline period says")
    func offlineCounts() throws {
        let till = RawTill()
        for _ in 0..<3 { #expect(try till.code(RawRequests.sale(100).drained(8...9)) == 0) }
        for number in UInt32(1)...2 {
            #expect(try till.code(RawRequests.sale(100).with { $0.ticket.offlineTicketNumber = number }) == 0)
        }
        let sales = try self.x(till).ticketOperations[2]
        #expect(sales.ticketsCount == 5)
        #expect(sales.offlineCount == 2)
        #expect(till.account.tickets.map(\.isOffline) == [false, false, false, true, true])
        #expect(try till.code(RawRequests.closeShift()) == 0)
        #expect(try self.x(till).ticketOperations[2].offlineCount == 0)
    }

    @Test("Revenue is negative when returns and purchases exceed sales")
    func revenue() throws {
        let till = RawTill { $0[100_001]?.books.cash = 100_000 }
        #expect(try till.code(RawRequests.sale(1_000)) == 0)
        #expect(
            try till.code(RawRequests.ticket([RawRequests.commodity(4_000)], total: 4_000, .operationSellReturn)) == 0)
        #expect(try till.code(RawRequests.ticket([RawRequests.commodity(500)], total: 500, .operationBuy)) == 0)
        #expect(try till.code(RawRequests.ticket([RawRequests.commodity(70)], total: 70, .operationBuyReturn)) == 0)
        let report = try self.x(till)
        #expect(self.tiyn(report.revenue.sum) == 3_430)
        #expect(report.revenue.isNegative)
        #expect(self.tiyn(report.cashSum) == 100_000 + 1_000 - 4_000 - 500 + 70)
    }

    @Test("An X without an open shift: zeros for the shift, number of the last one, and the sums that run on")
    func xWithoutShift() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.sale(900)) == 0)
        #expect(try till.code(RawRequests.closeShift()) == 0)
        let report = try self.x(till)
        #expect(self.isEmpty(report))
        #expect(report.shiftNumber == 1)
        #expect(self.tiyn(report.cashSum) == 900)
        #expect(self.tiyn(report.nonNullableSums[2].sum) == 900)
        #expect(self.tiyn(report.startShiftNonNullableSums[2].sum) == 900)
        #expect(report.ticketOperations[2].ticketsTotalCount == 1)
        #expect(!till.account.isShiftOpen)
    }

    @Test("A report leaves everything as it is, bears the time that was asked for, and has a checksum of its own")
    func reportsChangeNothing() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.sale()) == 0)
        let before = till.account
        let time = RawRequests.time(23, 1, 2, day: 1)
        let answer = try #require(try till.send(RawRequests.report(.reportX, at: time)))
        #expect(answer.report.dateTime == time)
        #expect(try till.code(RawRequests.report(.reportZ)) == 0)
        #expect(try till.code(RawRequests.report(.reportX).with { $0.report.isOffline = true }) == 0)
        #expect(till.account == before)
        let later = try #require(try till.send(RawRequests.report(.reportX)))
        #expect(answer.report.checksum.count == 8)
        #expect(later.report.checksum != answer.report.checksum)
    }

    @Test("Documents are kept in order, with their bytes, and what they were counted as")
    func ledger() throws {
        let till = RawTill()
        let requests = [
            RawRequests.sale(100), RawRequests.withdrawal(30), RawRequests.closeShift(),
            RawRequests.sale(50).with {
                $0.ticket.offlineTicketNumber = 4_294_967_295
                $0.ticket.printedDocumentNumber = 5_000_000_000
            },
        ]
        for request in requests { #expect(try till.code(request) == 0) }
        #expect(try till.code(RawRequests.withdrawal(1_000)) == 14)
        let documents = till.account.documents
        #expect(documents.map(\.command.rawValue) == [1, 6, 2, 1])
        #expect(documents.map(\.shiftNumber) == [1, 1, 1, 2])
        #expect(documents.map(\.reqnum) == [1, 2, 3, 4])
        #expect(documents.map(\.isOffline) == [false, false, false, true])
        #expect(documents[3].offlineTicketNumber == 4_294_967_295)
        #expect(documents[3].printedDocumentNumber == 5_000_000_000)
        for (document, request) in zip(documents, requests) {
            #expect(document.payload == (try request.serializedBytes() as [UInt8]))
        }
        #expect(Set(till.account.tickets.compactMap(\.ticketNumber)).count == 2)
    }

    @Test("Preset counters show in INFO and in reports")
    func preset() throws {
        let till = RawTill()
        till.account.books.cash = 123_456
        till.account.books.sumsEver = [1, 2, 3, 4]
        till.account.books.ticketsEver = [5, 6, 7, 8]
        till.account.books.shiftNumber = 41
        #expect(try till.code(RawRequests.sale(100)) == 0)
        let report = try #require(try till.send(RawRequests.info)).report
        #expect(report.shiftNumber == 42)
        #expect(self.tiyn(report.cashSum) == 123_556)
        #expect(report.nonNullableSums.map { self.tiyn($0.sum) } == [1, 2, 103, 4])
        #expect(report.ticketOperations.map(\.ticketsTotalCount) == [5, 6, 8, 8])
    }
}
