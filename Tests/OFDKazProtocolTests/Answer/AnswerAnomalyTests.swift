import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What is odd about an answer that settles")
struct AnswerAnomalyTests {
    /// Kinds and fields of what is told after a change of a complete answer.
    private func told(_ name: String, _ change: (inout PBResponse) -> Void) throws -> [String] {
        let answer = try CompleteAnswer.named(name)
        var response = try answer.pb()
        change(&response)
        let read = try answer.answer(response)
        return read.anomalies.map { "\($0.kind.rawValue) \($0.field ?? "-")" }
    }

    @Test("A code that the table of the edition does not have is kept and told")
    func unlistedCodes() throws {
        let answer = try CompleteAnswer.named("ticket")
        let listed: [(UInt16, Set<UInt32>)] = [
            (200, Set(0...9).union([11, 12, 13, 14, 15, 254, 255])),
            (202, Set(0...9).union([11, 12, 13, 14, 15, 17, 254, 255])),
            (203, Set(0...9).union([11, 12, 13, 14, 15, 17, 254, 255])),
            (204, Set(0...9).union([11, 12, 13, 14, 15, 17, 18, 19, 254, 255])),
        ]
        for (number, codes) in listed {
            let edition = try #require(Edition(rawValue: number))
            for code in Array(0...300) + [999, 2_147_483_648, .max] as [UInt32] {
                let response = PBResponse.with {
                    $0.command = .commandTicket; $0.result.resultCode = code
                }
                let read = try answer.answer(response, version: number, edition: edition)
                #expect(read.code.rawValue == code)
                let isTold = read.anomalies.contains { $0.kind == .unlistedCode && $0.field == "result.result_code" }
                #expect(isTold == !codes.contains(code), "\(code) at \(edition)")
            }
        }
    }

    @Test("A number above the signed maximum is kept as it came, never negative, and told")
    func wideNumbers() throws {
        let answer = try CompleteAnswer.named("X")
        var response = try answer.pb()
        response.report.zxReport.shiftNumber = 2_147_483_648
        response.report.zxReport.cashSum.bills = 9_223_372_036_854_775_808
        response.service.lastDocumentInfo.frShiftNumber = .max
        response.service.lastDocumentInfo.printedDocumentNumber = .max
        let read = try answer.answer(response)
        #expect(read.reportWire?.shiftNumber == 2_147_483_648)
        #expect(read.reportWire?.cashSum.bills == 9_223_372_036_854_775_808)
        #expect(read.service.lastDocument == LastDocumentInfo(frShiftNumber: .max, printedDocumentNumber: .max))
        #expect(!read.reportIsDamaged)
        #expect(read.anomalies.allSatisfy { $0.kind == .outOfRange })
        #expect(
            Set(read.anomalies.map(\.field)) == [
                "report.zx_report.shift_number", "report.zx_report.cash_sum.bills",
                "service.last_document_info.fr_shift_number", "service.last_document_info.printed_document_number",
            ])
    }

    @Test("Values outside their ranges are told: dates, times, coins, positions")
    func ranges() throws {
        let fields = try self.told("X") {
            $0.report.zxReport.dateTime.date.month = 13
            $0.report.zxReport.openShiftTime.time.hour = 24
            $0.report.zxReport.revenue.sum.coins = 100
            $0.service.regInfo.pos.latitude = 900_001
        }
        #expect(
            Set(fields) == [
                "outOfRange report.zx_report.date_time.date.month",
                "outOfRange report.zx_report.open_shift_time.time.hour",
                "outOfRange report.zx_report.revenue.sum.coins", "outOfRange service.reg_info.pos.latitude",
            ])
    }

    @Test("Codes that a table does not have reach the caller as their numbers")
    func codes() throws {
        let auth = try CompleteAnswer.named("auth")
        var response = try auth.pb()
        response.auth.roles = [.userRolePaymaster, .UNRECOGNIZED(9)]
        response.service.bindedTaxation.taxationType = 777
        response.service.ticketAds[0].info.type = .UNRECOGNIZED(12)
        let read = try auth.answer(response)
        #expect(read.auth?.roles == [.paymaster, UserRole(rawValue: 9)])
        #expect(read.service.bindedTaxation?.type == TaxationType(rawValue: 777))
        #expect(read.service.ads.first?.info.type == TicketAdType(rawValue: 12))
        #expect(
            Set(read.anomalies.map(\.field)) == [
                "auth.roles[1]", "service.binded_taxation.taxation_type", "service.ticket_ads[0].info.type",
            ])
        #expect(read.anomalies.allSatisfy { $0.kind == .unlistedCode })
    }

    @Test("More texts than there are types, or two of one type, are told; none to five are not")
    func advertisements() throws {
        func ads(_ types: [Int]) throws -> [String] {
            try self.told("system") {
                $0.service.ticketAds = types.map { type in
                    PBTicketAd.with {
                        $0.info.type = PBTicketAdTypeEnum(rawValue: type) ?? .ticketAdOfd
                        $0.info.version = 1
                        $0.text = "T"
                    }
                }
            }
        }
        #expect(try ads([]).isEmpty)
        #expect(try ads([0, 1, 2, 3, 4]).isEmpty)
        #expect(try ads([3, 3]) == ["list service.ticket_ads"])
        #expect(try ads([0, 1, 2, 3, 4, 0]) == ["list service.ticket_ads"])
        #expect(
            try Set(ads([0, 1, 2, 3, 4, 5])) == [
                "list service.ticket_ads", "unlistedCode service.ticket_ads[5].info.type",
            ])
    }

    @Test("Lists with one entry too many, or one twice, are told")
    func lists() throws {
        #expect(try self.told("auth") { $0.auth.roles.append(.userRolePaymaster) } == ["list auth.roles"])
        #expect(
            try self.told("nomenclature") {
                $0.nomenclature.elements[1].item.taxes.append($0.nomenclature.elements[1].item.taxes[0])
            } == ["list nomenclature.elements[1].item.taxes"])
        #expect(
            try self.told("info, shift open") {
                $0.service.bindedTaxation.taxes.append($0.service.bindedTaxation.taxes[0])
                $0.report.zxReport.taxes.append($0.report.zxReport.taxes[0])
            } == ["list report.zx_report.taxes", "list service.binded_taxation.taxes"])
        #expect(
            try self.told("X") { $0.report.zxReport.operations[0].operation = .operationSell }
                == ["list report.zx_report.operations"])
    }

    @Test("A server that still counts the retired kinds of payment is not odd; one that leaves a kind out is")
    func retiredPayments() throws {
        func payments(_ types: [Int]) throws -> [String] {
            try self.told("X") {
                let entry = $0.report.zxReport.ticketOperations[0].payments[0]
                $0.report.zxReport.ticketOperations[0].payments = types.map { type in
                    var entry = entry
                    entry.payment = PBPaymentTypeEnum(rawValue: type) ?? .paymentCash
                    return entry
                }
            }.filter { $0.hasPrefix("list") }
        }
        #expect(try payments([0, 1, 2, 3, 4]).isEmpty)
        #expect(try payments([0, 1]) == ["list report.zx_report.ticket_operations[0].payments"])
        #expect(try payments([0, 1, 1]) == ["list report.zx_report.ticket_operations[0].payments"])
    }

    @Test("A body of another command is ignored and told", arguments: CompleteAnswer.all)
    func strayBodies(answer: CompleteAnswer) throws {
        let all = try PBResponse.with {
            $0.ticket = try CompleteAnswer.named("ticket").pb().ticket
            $0.report = try CompleteAnswer.named("X").pb().report
            $0.nomenclature = try CompleteAnswer.named("nomenclature").pb().nomenclature
            $0.auth = try CompleteAnswer.named("auth").pb().auth
        }
        let original = try answer.pb()
        var response = original
        if !response.hasTicket { response.ticket = all.ticket }
        if !response.hasReport { response.report = all.report }
        if !response.hasNomenclature { response.nomenclature = all.nomenclature }
        if !response.hasAuth { response.auth = all.auth }
        var read = try answer.answer(response)
        let present = [
            "ticket": original.hasTicket, "report": original.hasReport, "nomenclature": original.hasNomenclature,
            "auth": original.hasAuth,
        ]
        #expect(Set(read.anomalies.map(\.field)) == Set(present.filter { !$0.value }.map { Optional($0.key) }))
        #expect(read.anomalies.allSatisfy { $0.kind == .misplaced })
        read.anomalies = []
        #expect(try read == answer.answer(original))
    }

    @Test("The data of a refusal are ignored and told, and its texts are read", arguments: CompleteAnswer.all)
    func refusalWithData(answer: CompleteAnswer) throws {
        var response = try answer.pb()
        response.result.resultCode = 15
        let read = try answer.answer(response)
        #expect(read.code == .blocked && read.text == "Т")
        #expect(read.ticketNumber == nil && read.qr == nil && read.reportType == nil && read.reportWire == nil)
        #expect(read.nomenclature == nil && read.nomenclatureResult == nil && read.auth == nil)
        #expect(read.service.ads.contains { $0.info.type == .info })
        let hasBody = response.hasTicket || response.hasReport || response.hasNomenclature
        #expect(read.anomalies.map(\.kind) == (hasBody ? [.misplaced] : []))
    }

    @Test("A report of the other type is told: X to a close, or the one that was not asked for; an INFO has either")
    func reportTypes() throws {
        let other: (inout PBResponse) -> Void = {
            $0.report.report = $0.report.report == .reportX ? .reportZ : .reportX
            $0.report.zxReport.closeShiftTime = $0.report.zxReport.openShiftTime
        }
        #expect(try self.told("close", other) == ["contradiction report.report"])
        #expect(try self.told("X", other) == ["contradiction report.report"])
        #expect(try self.told("Z", other) == ["contradiction report.report"])
        #expect(try self.told("info, shift open", other).isEmpty)
        #expect(try self.told("info, shift closed", other).isEmpty)
    }

    @Test("The older way to refuse a sign-in means the same")
    func olderSignInRefusal() throws {
        let answer = try CompleteAnswer.named("auth")
        let response = PBResponse.with {
            $0.command = .commandAuth; $0.result.resultCode = 12
        }
        let read = try answer.answer(response)
        #expect(read.auth == AuthAnswer(result: .invalidLoginPassword))
        #expect(read.anomalies.isEmpty)
        #expect(
            try CompleteAnswer.named("auth refused").answer(CompleteAnswer.named("auth refused").pb()).auth
                == AuthAnswer(result: .invalidLoginPassword, operatorCode: 7, operatorName: "К", roles: [.paymaster]))
        // A sign-in without a result authorises nobody.
        var without = try answer.pb()
        without.auth.clearResult()
        #expect(try answer.answer(without).auth == nil)
    }

    @Test("Texts of the peer do not stand in what is told")
    func redaction() throws {
        let answer = try CompleteAnswer.named("ticket")
        var response = try answer.pb()
        response.result.resultText = "SECRET"
        response.result.resultCode = 99
        response.service.ticketAds[0].text = "SECRET"
        response.service.ticketAds[1] = response.service.ticketAds[0]
        let read = try answer.answer(response)
        #expect(!read.anomalies.isEmpty)
        #expect(read.anomalies.allSatisfy { !$0.description.contains("SECRET") })
    }
}
