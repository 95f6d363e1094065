import FiscalCore
import Foundation
import SwiftProtobuf
import Testing

@testable import OFDKazProtocol

@Suite("Frames and payloads made elsewhere")
struct WireVectorTests {
    @Test("Each comes out byte for byte after it was read", arguments: WireVectors.all)
    func readAndWritten(vector: WireVectors.Vector) throws {
        let bytes = try vector.bytes()
        let (frame, rest) = try Frame.decode(bytes)
        #expect(rest.isEmpty)
        #expect(frame.encoded() == bytes)
        switch vector.kind {
        case .request: #expect(try PBRequest(serializedBytes: frame.payload).serializedBytes() == frame.payload)
        case .response: #expect(try PBResponse(serializedBytes: frame.payload).serializedBytes() == frame.payload)
        }
    }

    @Test(
        "Each payload survives the way through JSON, but for the field that the schema lacks",
        arguments: WireVectors.all)
    func throughJSON(vector: WireVectors.Vector) throws {
        let payload = try Frame.decode(vector.bytes()).frame.payload
        let json = try PayloadJSON.text(of: payload, vector.kind)
        let back = try PayloadJSON.payload(from: json, vector.kind)
        if vector.name == "infoAnswer" {
            #expect(back.count < payload.count)
            #expect(try PayloadJSON.text(of: back, vector.kind) == json)
        } else {
            #expect(back == payload)
        }
    }

    @Test("The headers hold what was put in")
    func headers() throws {
        func header(_ hex: String) throws -> FrameHeader {
            try Frame.decode(#require(Hex.decode(hex))).frame.header
        }
        #expect(
            try header(WireVectors.infoAnswer)
                == FrameHeader(version: 202, size: 568, id: 100_001, token: 0x0102_0304, reqnum: 1))
        #expect(
            try header(WireVectors.saleRequest)
                == FrameHeader(version: 203, size: 348, id: 100_001, token: 0xFEDC_BA98, reqnum: 3))
        #expect(try header(WireVectors.returnRequest).reqnum == 65535)
        #expect(try header(WireVectors.ticketAnswer).reqnum == 84)
    }

    @Test("A 2.0.2 server's answer to INFO is read, its unknown field and its missing ones included")
    func infoAnswer() throws {
        let frame = try Frame.decode(#require(Hex.decode(WireVectors.infoAnswer))).frame
        let answer = try PBResponse(serializedBytes: frame.payload)
        #expect(answer.command == .commandInfo)
        #expect(answer.result.resultCode == 0)
        #expect(answer.result.hasResultCode)
        #expect(answer.report.report == .reportZ)
        #expect(answer.report.zxReport.shiftNumber == 1)
        #expect(!answer.report.zxReport.hasOpenShiftTime)
        #expect(answer.report.zxReport.dateTime.date.year == 2023)
        #expect(answer.report.zxReport.dateTime.time.second == 8)
        #expect(answer.service.ticketAds.map(\.info.version) == [588])
        #expect(answer.service.ticketAds[0].text.hasPrefix("Фиск. чек № NULL Код ККМ"))
        #expect(answer.service.regInfo.org.inn == "000000000000")
        #expect(answer.service.regInfo.org.unknownFields.data == Data([0x30, 0x01]))
        #expect(answer.service.auxiliary.map(\.key) == ["validation_policy"])
    }

    @Test("A sale is read: fields of 2.0.3, sums, and texts in Cyrillic")
    func saleRequest() throws {
        let frame = try Frame.decode(#require(Hex.decode(WireVectors.saleRequest))).frame
        let ticket = try PBRequest(serializedBytes: frame.payload).ticket
        #expect(ticket.operator.name == "Кассир")
        let commodity = try #require(ticket.items.first).commodity
        #expect(commodity.name == "Товар")
        #expect(commodity.quantity == 2500)
        #expect(commodity.listExciseStamp == ["010460"])
        #expect(commodity.ntin == "0200000000001")
        #expect(commodity.taxes.map(\.percent) == [12000])
        #expect(commodity.taxes[0].sum.coins == 86)
        #expect(ticket.payments.map(\.type) == [.paymentCash, .paymentMobile])
        #expect(ticket.payments[1].mobilePaymentFields.qrID == "1")
        #expect(ticket.amounts.change.bills == 1000)
    }

    @Test("A return issued offline is read: widest numbers, and a time without second")
    func returnRequest() throws {
        let frame = try Frame.decode(#require(Hex.decode(WireVectors.returnRequest))).frame
        let ticket = try PBRequest(serializedBytes: frame.payload).ticket
        #expect(ticket.offlineTicketNumber == 2_147_483_647)
        #expect(!ticket.dateTime.time.hasSecond)
        #expect(ticket.payments[0].cardPaymentFields.posRrn == 999_999_999_999)
        #expect(ticket.parentTicket.hasParentTicketIsOffline && !ticket.parentTicket.parentTicketIsOffline)
        #expect(ticket.parentTicket.parentTicketNumber == "4228143549")
    }

    @Test("The address of a receipt comes as UTF-8 bytes")
    func ticketAnswer() throws {
        let frame = try Frame.decode(#require(Hex.decode(WireVectors.ticketAnswer))).frame
        let answer = try PBResponse(serializedBytes: frame.payload)
        #expect(answer.ticket.ticketNumber == "4228143549")
        #expect(
            String(decoding: answer.ticket.qrCode, as: UTF8.self)
                == "http://consumer.test-oofd.kz?i=4228143549&f=111111111111&s=696.90&t=20260629T170916")
    }

    @Test("A number that equals the default is written: command 0, no coins, false")
    func defaultsAreWritten() throws {
        var request = PBRequest()
        request.command = .commandSystem
        #expect(try request.serializedBytes() as [UInt8] == [0x08, 0x00])
        var money = PBMoney()
        money.bills = 5
        money.coins = 0
        #expect(try money.serializedBytes() as [UInt8] == [0x08, 0x05, 0x10, 0x00])
        var tax = PBTicketRequest.Tax()
        tax.isInTotalSum = false
        #expect(try tax.serializedBytes() as [UInt8] == [0x28, 0x00])
    }

    @Test("Fields that the schema does not have are no fault, at any level, and are kept")
    func unknownFields() throws {
        // Tag 1000 as varint, text, four and eight bytes, before and after what is known; the same in Result.
        let unknown: [UInt8] =
            [0xC0, 0x3E, 0x07, 0xC2, 0x3E, 0x01, 0x41, 0xC5, 0x3E, 1, 2, 3, 4]
            + [0xC1, 0x3E, 1, 2, 3, 4, 5, 6, 7, 8]
        let result: [UInt8] = [0x08, 0x0E] + unknown
        let payload = unknown + [0x08, 0x01, 0x12, UInt8(result.count)] + result
        let answer = try PBResponse(serializedBytes: payload)
        #expect(answer.command == .commandTicket)
        #expect(answer.result.resultCode == 14)
        #expect(answer.unknownFields.data == Data(unknown))
        #expect(answer.result.unknownFields.data == Data(unknown))
        #expect(try PayloadJSON.text(of: payload, .response).contains("\"result_code\":14"))
    }
}
