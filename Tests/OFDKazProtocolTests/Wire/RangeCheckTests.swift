import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What values may be sent")
struct RangeCheckTests {
    /// Fields with limits of their own, from the document's tables; all other numbers go up to the largest signed one.
    private static let limits: [String: ClosedRange<UInt64>] = [
        "Money.coins": 0...99, "Date.year": 1000...9999, "Date.month": 1...12, "Date.day": 1...31,
        "Time.hour": 0...23, "Time.minute": 0...59, "Time.second": 0...59,
        "ServiceRequest.SecurityStats.GeoPosition.latitude": 0...900_000,
        "ServiceRequest.SecurityStats.GeoPosition.longitude": 0...1_800_000,
        "TicketRequest.offline_ticket_number": 1...2_147_483_647,
        "TicketRequest.Item.Commodity.quantity": 0...2_147_483_647,
        "TicketRequest.Item.StornoCommodity.quantity": 0...2_147_483_647,
    ]

    /// Codes, from the document's tables.
    private static let codes: [String: [UInt64]] = [
        "Request.command": [0, 1, 2, 3, 4, 5, 6, 8, 127], "TicketRequest.operation": [0, 1, 2, 3],
        "TicketRequest.Domain.type": [0, 1, 2, 3, 4, 5], "TicketRequest.Item.type": [1, 2, 3, 4, 5, 6],
        "TicketRequest.Item.Commodity.commodity_type": [0, 1, 2],
        "TicketRequest.Item.StornoCommodity.commodity_type": [0, 1, 2], "TicketRequest.Tax.tax_type": [100],
        "TicketRequest.Tax.taxation_type": [100, 101, 102, 103], "TicketRequest.Payment.type": [0, 1, 4],
        "MoneyPlacementRequest.operation": [0, 1], "ReportRequest.report": [0, 1],
        "ZXReport.Operation.operation": [0, 1, 2, 3], "ZXReport.Tax.tax_type": [100],
        "ZXReport.Tax.TaxOperation.operation": [0, 1, 2, 3], "ZXReport.NonNullableSum.operation": [0, 1, 2, 3],
        "ZXReport.TicketOperation.operation": [0, 1, 2, 3], "ZXReport.TicketOperation.Payment.payment": [0, 1, 4],
        "ZXReport.MoneyPlacement.operation": [0, 1], "TicketAdInfo.type": [0, 1, 2, 3, 4],
    ]

    @Test("A complete request has no value that may not be sent", arguments: CompleteRequest.all)
    func complete(request: CompleteRequest) throws {
        for edition in Edition.sendable {
            #expect(try RangeCheck.issues(in: request.pb(), edition: edition).isEmpty)
        }
    }

    @Test("Every number is taken up to its limit, and named with that limit beyond", arguments: CompleteRequest.all)
    func everyNumber(request: CompleteRequest) throws {
        let (whole, places) = try request.places()
        for place in places where Self.codes["\(place.message).\(place.field.name)"] == nil {
            let limit: ClosedRange<UInt64>
            switch place.field.type {
            case .uint32, .int32: limit = 0...2_147_483_647
            case .uint64: limit = 0...9_223_372_036_854_775_807
            case .bool, .enumeration, .string, .bytes, .message: continue
            }
            let range = Self.limits["\(place.message).\(place.field.name)"] ?? limit
            for value in [range.lowerBound, range.upperBound] {
                #expect(try self.issues(whole, place, value).isEmpty, "\(place.path) = \(value)")
            }
            var beyond = [range.upperBound + 1]
            if range.lowerBound > 0 { beyond.append(range.lowerBound - 1) }
            for value in beyond {
                let expected = FieldIssue(
                    field: place.path, rule: .range, limit: "\(range.lowerBound)...\(range.upperBound)")
                #expect(try self.issues(whole, place, value) == [expected], "\(place.path) = \(value)")
            }
        }
    }

    @Test("Every code is one of its table", arguments: CompleteRequest.all)
    func everyCode(request: CompleteRequest) throws {
        let (whole, places) = try request.places()
        for place in places {
            guard let codes = Self.codes["\(place.message).\(place.field.name)"] else {
                if case .enumeration = place.field.type { Issue.record("no table for \(place.path)") }
                continue
            }
            for value in Array(0...9) + [99, 100, 101, 102, 103, 104, 127, 128, 1 << 31] as [UInt64] {
                let rules = try self.issues(whole, place, value).map(\.rule)
                #expect(rules == (codes.contains(value) ? [] : [.oneOf]), "\(place.path) = \(value)")
            }
        }
    }

    /// What is found at that very place after a number was put there.
    private func issues(
        _ whole: EditableMessage, _ place: EditableMessage.Place, _ value: UInt64
    ) throws -> [FieldIssue] {
        let request = try PBRequest(serializedBytes: whole.replacing(place, by: .number(value)).bytes)
        return RangeCheck.issues(in: request, edition: .v203).filter { $0.field == place.path }
    }

    @Test("The patent regime is not sent from 2.0.4 on")
    func patent() throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.ticket.taxes[0].taxationType = 103
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
        let issues = RangeCheck.issues(in: request, edition: .v204)
        #expect(issues == [FieldIssue(field: "ticket.taxes[0].taxation_type", rule: .oneOf, limit: "100, 101, 102")])
    }

    @Test("Bills of 2^63-1 come back as they went, and 2^63 does not go")
    func largestAmount() throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.ticket.amounts.total.bills = 9_223_372_036_854_775_807
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
        let bytes: [UInt8] = try request.serializedBytes()
        #expect(try PBRequest(serializedBytes: bytes) == request)
        request.ticket.amounts.total.bills += 1
        #expect(RangeCheck.issues(in: request, edition: .v203).map(\.field) == ["ticket.amounts.total.bills"])
    }

    @Test(
        "A day must be in the calendar",
        arguments: [
            (2026, 2, 28, true), (2026, 2, 29, false), (2024, 2, 29, true), (2100, 2, 29, false), (2000, 2, 29, true),
            (2026, 4, 31, false), (2026, 12, 31, true),
        ] as [(UInt32, UInt32, UInt32, Bool)])
    func calendar(year: UInt32, month: UInt32, day: UInt32, isReal: Bool) throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.ticket.dateTime.date.year = year
        request.ticket.dateTime.date.month = month
        request.ticket.dateTime.date.day = day
        #expect(
            RangeCheck.issues(in: request, edition: .v203).map(\.field)
                == (isReal ? [] : ["ticket.date_time.date.day"]))
    }

    @Test("The offline period does not end before it begins; a second that is not there counts as 0")
    func period() throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.service.offlinePeriod.endTime = request.service.offlinePeriod.beginTime
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
        request.service.offlinePeriod.endTime.time.clearSecond()
        let expected = FieldIssue(
            field: "service.offline_period.end_time", rule: .consistency, limit: "not before begin_time")
        #expect(RangeCheck.issues(in: request, edition: .v203) == [expected])
        request.service.offlinePeriod.endTime.date.year += 1
        request.service.offlinePeriod.endTime.time.hour = 0
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
    }

    @Test("Each percent occurs at most once in every list of taxes, whatever else differs")
    func percents() throws {
        var request = try #require(CompleteRequest.all.first).pb()
        func double(_ taxes: inout [PBTicketRequest.Tax]) {
            taxes.append(taxes[0])
            taxes[1].percent = 5000
        }
        double(&request.ticket.taxes)
        double(&request.ticket.items[0].commodity.taxes)
        double(&request.ticket.items[1].stornoCommodity.taxes)
        double(&request.ticket.items[2].markup.taxes)
        double(&request.ticket.amounts.markup.taxes)
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
        func same(_ taxes: inout [PBTicketRequest.Tax]) {
            taxes[1].percent = 12000
            taxes[1].taxationType = 101
        }
        same(&request.ticket.taxes)
        same(&request.ticket.items[0].commodity.taxes)
        same(&request.ticket.items[1].stornoCommodity.taxes)
        same(&request.ticket.items[2].markup.taxes)
        same(&request.ticket.amounts.markup.taxes)
        let issues = RangeCheck.issues(in: request, edition: .v203)
        #expect(
            issues.map(\.field) == [
                "ticket.taxes", "ticket.items[0].commodity.taxes", "ticket.items[1].storno_commodity.taxes",
                "ticket.items[2].markup.taxes", "ticket.amounts.markup.taxes",
            ])
        #expect(issues.allSatisfy { $0.rule == .consistency && $0.limit == "each percent at most once" })
    }

    @Test("At most one payment of each type, and at most five texts of different types")
    func lists() throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.ticket.payments.append(request.ticket.payments[0])
        #expect(RangeCheck.issues(in: request, edition: .v203).map(\.field) == ["ticket.payments"])
        request.ticket.payments.removeFirst()
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)

        request.service.ticketAdInfos = PBTicketAdTypeEnum.allCases.map { type in
            PBTicketAdInfo.with {
                $0.type = type; $0.version = 1
            }
        }
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
        request.service.ticketAdInfos.append(
            PBTicketAdInfo.with {
                $0.type = .ticketAdKkm; $0.version = 2
            })
        #expect(RangeCheck.issues(in: request, edition: .v203).map(\.field) == ["service.ticket_ad_infos"])
        request.service.ticketAdInfos[5].type = .UNRECOGNIZED(5)
        #expect(
            Set(RangeCheck.issues(in: request, edition: .v203).map(\.field)) == [
                "service.ticket_ad_infos", "service.ticket_ad_infos[5].type",
            ])
    }

    @Test(
        "The identifier of goods is a decimal number that fits 63 bits",
        arguments: [
            ("0", nil), ("9223372036854775807", nil), ("9223372036854775808", .range), ("", .pattern),
            ("12a", .pattern), ("-1", .pattern), ("１", .pattern), (" 1", .pattern),
        ] as [(String, InvalidField.Rule?)])
    func productID(text: String, rule: InvalidField.Rule?) throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.ticket.items[0].commodity.productID = text
        request.ticket.items[1].stornoCommodity.productID = text
        let issues = RangeCheck.issues(in: request, edition: .v203)
        let paths = ["ticket.items[0].commodity", "ticket.items[1].storno_commodity"].map { $0 + ".product_id" }
        #expect(issues.map(\.field) == (rule == nil ? [] : paths))
        #expect(issues.allSatisfy { $0.rule == rule })
    }

    @Test("A text may be as long as the setting says, counted in bytes of UTF-8")
    func lengths() throws {
        var request = try #require(CompleteRequest.all.first).pb()
        request.ticket.printedTicket = String(repeating: "Қ", count: 50)
        #expect(RangeCheck.issues(in: request, edition: .v203, textLimit: 100).isEmpty)
        let issues = RangeCheck.issues(in: request, edition: .v203, textLimit: 99)
        #expect(
            issues == [FieldIssue(field: "ticket.printed_ticket", rule: .length, limit: "0...99 bytes")])
        request.ticket.printedTicket = String(repeating: "x", count: 65_537)
        #expect(RangeCheck.issues(in: request, edition: .v203).map(\.field) == ["ticket.printed_ticket"])
        request.ticket.printedTicket.removeLast()
        #expect(RangeCheck.issues(in: request, edition: .v203).isEmpty)
    }

    @Test("A receipt by itself has paths that begin inside it")
    func receiptByItself() throws {
        var ticket = try #require(CompleteRequest.all.first).pb().ticket
        #expect(RangeCheck.issues(in: ticket, edition: .v203).isEmpty)
        ticket.items[0].commodity.price.coins = 100
        #expect(
            RangeCheck.issues(in: ticket, edition: .v203)
                == [FieldIssue(field: "items[0].commodity.price.coins", rule: .range, limit: "0...99")])
    }
}
