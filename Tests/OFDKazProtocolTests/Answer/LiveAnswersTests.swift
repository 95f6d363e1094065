import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Answers that real servers gave")
struct LiveAnswersTests {
    private func read(edition: Edition = .v203) throws -> Answer {
        let frame = try LiveAnswers.frame(LiveAnswers.info)
        return try AnswerReader.read(
            frame,
            expecting: .init(
                id: 100_001, reqnum: 1, command: .info, edition: edition, sentToken: 0x0102_0304)
        ).settled()
    }

    @Test("The first INFO of a 2.0.2 server: Z of a shift without a document, one text, registration data")
    func info() throws {
        let answer = try self.read()
        #expect(answer.command == .info && answer.code == .ok && answer.text == nil)
        #expect(answer.token == 0x0102_0304)
        #expect(answer.reportType == .z)
        let report = try #require(answer.reportWire)
        #expect(report.shiftNumber == 1)
        #expect(report.dateTime.civil?.compactSeconds == "20231120T140708")
        #expect(report.cashSum.tiyn == 100 && report.revenue.sum.tiyn == 0 && !report.revenue.isNegative)
        #expect(!report.hasOpenShiftTime && report.operations.isEmpty)
        #expect(!answer.reportIsDamaged)

        #expect(answer.service.ads.map(\.info) == [TicketAdInfo(type: .ofd, version: 588)])
        #expect(answer.service.ads.first?.text.hasPrefix("Фиск. чек № NULL") == true)
        #expect(answer.service.auxiliary == [KeyValuePair(key: "validation_policy", value: "65535")])
        let registration = try #require(answer.service.registration)
        #expect(
            registration.kkm
                == KkmRegInfo(fnsKkmID: "111111111111", serialNumber: "TEST0000000000000", kkmID: "100001"))
        #expect(registration.org?.iin == "000000000000")
        #expect(registration.org?.title?.hasPrefix("ИП ") == true)
        #expect(registration.org?.addressKz == nil && registration.org?.oked == nil)
        #expect(registration.pos?.title == "TT serial")
        #expect(registration.ofd == nil)
        #expect(answer.service.lastDocument == nil && answer.service.bindedTaxation == nil)
    }

    @Test("What that answer lacks is told, at the edition that both sides know")
    func infoAnomalies() throws {
        let report = "report.zx_report."
        let lists = [
            "operations", "discounts", "markups", "total_result", "start_shift_non_nullable_sums", "ticket_operations",
            "money_placements", "non_nullable_sums",
        ]
        let missing =
            (lists + ["open_shift_time", "close_shift_time", "checksum"]).map { report + $0 }
            + ["service.reg_info.org.okved"]
        for edition in [Edition.v202, .v203] {
            let anomalies = try self.read(edition: edition).anomalies
            #expect(Set(anomalies.filter { $0.kind == .missing }.map(\.field)) == Set(missing))
            #expect(
                anomalies.filter { $0.kind == .unknownField }.map(\.field) == ["service.reg_info.org.address_kz"])
            #expect(anomalies.contains { $0.kind == .version } == (edition == .v203))
            #expect(anomalies.allSatisfy { [.missing, .unknownField, .version].contains($0.kind) })
        }
    }

    @Test("An answer of a 2.0.3 server to a receipt: number and QR text, and nothing odd")
    func ticket() throws {
        let frame = try LiveAnswers.frame(LiveAnswers.ticket)
        let answer = try AnswerReader.read(
            frame,
            expecting: .init(id: 100_001, reqnum: 84, command: .ticket, edition: .v203, sentToken: 0x0102_0304)
        ).settled()
        #expect(answer.code == .ok)
        #expect(answer.token == 0x0102_0305)
        #expect(answer.ticketNumber == "4228143549")
        #expect(
            answer.qr.map { String(decoding: $0, as: UTF8.self) }
                == "http://consumer.test-oofd.kz?i=4228143549&f=111111111111&s=696.90&t=20260629T170916")
        #expect(answer.anomalies.isEmpty)
        #expect(answer.service == ServiceAnswer())
    }

    @Test("An answer that is cut off anywhere behind its result settles with it, and before is none")
    func everyTruncation() throws {
        for hex in [LiveAnswers.info, LiveAnswers.ticket] {
            let frame = try LiveAnswers.frame(hex)
            let isTicket = frame.reqnum == 84
            let expectation = AnswerReader.Expectation(
                id: 100_001, reqnum: frame.reqnum, command: isTicket ? .ticket : .info, edition: .v203,
                sentToken: frame.token)
            for length in 0..<frame.payload.count {
                var cut = frame
                cut.payload = [UInt8](frame.payload.prefix(length))
                let reading = AnswerReader.read(cut, expecting: expectation)
                // 08 05 is the command, 12 02 08 00 the result: the two end with the sixth byte.
                guard length >= 6 else {
                    #expect(reading == .notAnAnswer(length < 2 ? .noCommand : .noResult))
                    continue
                }
                let answer = try reading.settled()
                #expect(answer.code == .ok)
                #expect(answer.anomalies.contains { $0.kind == .damaged || $0.kind == .missing }, "\(length) bytes")
                // The number of the receipt ends with the twentieth byte: 1a 61 0a 0a and ten digits.
                if isTicket { #expect(answer.ticketNumber == (length >= 20 ? "4228143549" : nil)) }
            }
        }
    }
}
