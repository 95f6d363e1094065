import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The simulated OFD: what it can be made to do wrong")
struct OFDAuthorityFaultTests {
    /// One sale under a fault, and then its repeat without any.
    private struct Story {
        var reply: SimulatedStreamReply
        var documents: Int
        var again: RawTill.Answer?
        var till: RawTill

        init(_ fault: OFDFault, _ request: PBRequest = RawRequests.sale()) throws {
            self.till = RawTill()
            self.till.authority.faults.add(fault)
            self.reply = try self.till.reply(request)
            self.documents = self.till.account.documents.count
            self.again = try self.till.sendOnce(request)
        }

        var answer: RawTill.Answer? { RawTill.Answer(self.reply.pieces.flatMap(\.bytes)) }
    }

    @Test("Nothing comes, and nothing was looked at: the repeat is the first that counts")
    func notRecorded() throws {
        for (fault, reply) in [(.silence(), .silence), (.lost(recorded: false), .lost), (.noAccept, .lost)]
            as [(OFDFault, SimulatedStreamReply)]
        {
            let story = try Story(fault)
            #expect(story.reply == reply)
            #expect(story.documents == 0)
            #expect(story.again?.code == 0)
            #expect(story.till.account.documents.count == 1)
            #expect(story.till.authority.ledger.messages.map(\.outcome) == [.ignored, .accepted])
            #expect(story.till.authority.ledger.messages.map(\.fault) == [fault, nil])
        }
    }

    @Test("The answer is lost after the sale was accepted: the repeat gets its number, and it counts once")
    func recorded() throws {
        for (fault, reply) in [(.silence(recorded: true), .silence), (.lost(recorded: true), .lost)]
            as [(OFDFault, SimulatedStreamReply)]
        {
            let story = try Story(fault)
            #expect(story.reply == reply)
            #expect(story.documents == 1)
            #expect(story.till.account.documents.count == 1)
            #expect(story.again?.response.ticket.ticketNumber == story.till.account.documents[0].ticketNumber)
            #expect(story.again?.token == story.till.account.token)
            #expect(story.till.authority.ledger.messages.map(\.outcome) == [.accepted, .repeated])
        }
    }

    @Test("The answer ends in the middle, anywhere", arguments: [0, 1, 17, 18, 19, 40, 100_000])
    func cut(bytes: Int) throws {
        let story = try Story(.cut(bytes: bytes))
        let whole = try #require(story.again).bytes
        #expect(story.reply == .cut(whole, after: bytes))
        #expect(story.reply.ending == .closed)
        #expect(story.documents == 1)
    }

    @Test("The same bytes late, one by one, or twice")
    func delivery() throws {
        var story = try Story(.late(milliseconds: 1_500))
        var whole = try #require(story.again).bytes
        #expect(story.reply == .late(whole, after: .milliseconds(1_500)))
        story = try Story(.byteByByte)
        whole = try #require(story.again).bytes
        #expect(story.reply == .pieces(whole.map { [$0] }))
        story = try Story(.twice)
        whole = try #require(story.again).bytes
        #expect(story.reply == .answer(whole + whole))
    }

    @Test("An answer to the request before comes in front of the right one")
    func lateFrame() throws {
        let story = try Story(.lateFrame)
        let whole = try #require(story.again).bytes
        let bytes = story.reply.pieces.flatMap(\.bytes)
        #expect(bytes.suffix(whole.count) == whole[...])
        let late = try #require(RawTill.Answer(Array(bytes.dropLast(whole.count))))
        #expect(late.reqnum == 0)
        #expect(late.size == UInt32(late.bytes.count))
        #expect(late.response.command == .commandSystem)
        #expect(late.code == 0)
    }

    @Test("No connection is taken, or one is with a frame that nobody asked for")
    func accepting() throws {
        let till = RawTill()
        till.authority.faults.add(.noAccept)
        till.authority.faults.add(.unaskedFrame)
        #expect(till.authority.accept(at: till.now) == .refused)
        guard case .unasked(let bytes) = till.authority.accept(at: till.now) else {
            Issue.record("no frame came")
            return
        }
        let frame = try #require(RawTill.Answer(bytes))
        #expect(frame.appcode == 0x81A2)
        #expect(frame.code == 0)
        #expect(try till.code(RawRequests.info) == 0)
        #expect(till.authority.accept(at: till.now) == .accepted)
        #expect(till.authority.ledger.connections == 2)
    }

    @Test("A permanent fault stays until it is cleared; planned ones come first, nil is a good answer")
    func plan() throws {
        let till = RawTill()
        till.authority.faults.permanent = .refuse(code: 254)
        till.authority.faults.add(nil)
        till.authority.faults.add(.refuse(code: 255), times: 2)
        #expect(try till.code(RawRequests.info) == 0)
        for code in [UInt32(255), 255, 254, 254] { #expect(try till.code(RawRequests.info) == code) }
        till.authority.faults.clear()
        #expect(try till.code(RawRequests.info) == 0)
    }

    @Test("Every refusal, listed or not, counts nothing and sends the token back")
    func refusals() throws {
        for code in [UInt32(1), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 200, 254, 255, 999, .max] {
            let story = try Story(.refuse(code: code, text: code == 13 ? "Почему" : nil))
            let answer = try #require(story.answer)
            #expect(answer.code == code)
            #expect(answer.token == 0x0102_0304)
            #expect(answer.response.command == .commandTicket)
            #expect(!answer.response.result.resultText.isEmpty)
            #expect((answer.response.result.resultText == "Почему") == (code == 13))
            #expect(story.documents == 0)
            #expect(story.again?.code == 0)
        }
    }

    @Test("A refusal, or an acceptance, under a token that was never issued")
    func foreignTokens() throws {
        let refusal = try Story(.refuseUnderForeignToken(code: 13))
        #expect(refusal.answer?.code == 13)
        #expect(refusal.answer?.token != 0x0102_0304)
        #expect(refusal.documents == 0)
        for command in [RawCommand.system, .report, .auth, .info] {
            let story = try Story(.foreignToken, command.request)
            let answer = try #require(story.answer)
            #expect(answer.code == 0)
            #expect(answer.token != 0x0102_0304)
            #expect(answer.token != 0)
            #expect(story.till.account.token == 0x0102_0304)
            #expect(try story.till.sendOnce(RawRequests.system, token: answer.token)?.code == 2)
            #expect(try story.till.sendOnce(RawRequests.sale(), reqnum: 2)?.code == 0)
        }
    }

    @Test("A repeat is refused with 13 or 15 although its answer is there; first attempts are not")
    func refusedRepeats() throws {
        for code in [UInt32(13), 15] {
            let till = RawTill()
            till.authority.faults.permanent = .refuseRepeat(code: code)
            #expect(try till.sendOnce(RawRequests.sale(), reqnum: 1)?.code == 0)
            let answer = try #require(try till.sendOnce(RawRequests.sale(), reqnum: 1))
            #expect(answer.code == code)
            #expect(answer.token == 0x0102_0304)
            till.authority.faults.clear()
            #expect(try till.sendOnce(RawRequests.sale(), reqnum: 1)?.code == 0)
            #expect(till.account.documents.count == 1)
        }
    }

    @Test("The server says 254 or 255 to what it has accepted")
    func acceptedBut() throws {
        for code in [UInt32(254), 255] {
            let story = try Story(.acceptedBut(code: code))
            let answer = try #require(story.answer)
            #expect(answer.code == code)
            #expect(answer.token == 0x0102_0304)
            #expect(story.documents == 1)
            #expect(story.again?.code == 0)
            #expect(story.till.account.documents.count == 1)
        }
    }

    @Test("The operator's desk resets the token: code 2 until the new one is typed in")
    func resetToken() throws {
        let story = try Story(.resetToken)
        #expect(story.answer?.code == 2)
        #expect(story.again?.code == 2)
        #expect(story.documents == 0)
        story.till.token = story.till.account.token
        #expect(try story.till.code(RawRequests.sale()) == 0)
    }

    @Test("Bytes that are no frame")
    func garbage() throws {
        let story = try Story(.garbage(bytes: 200))
        #expect(story.reply.pieces.flatMap(\.bytes).count == 200)
        #expect(!story.reply.pieces.flatMap(\.bytes).starts(with: [0xA2]))
        #expect(story.reply.ending == .closed)
        #expect(story.documents == 0)
        #expect(story.again?.code == 0)
    }

    @Test("One part of the header is wrong, everything else right")
    func headers() throws {
        let faults: [OFDFault] = [
            .wrongAppcode, .wrongVersion(303), .wrongSize(17), .wrongSize(.max), .wrongID, .wrongReqnum,
        ]
        for fault in faults {
            let story = try Story(fault)
            let answer = try #require(story.answer)
            let right = try #require(story.again)
            #expect((answer.appcode != right.appcode) == (fault == .wrongAppcode))
            #expect(answer.version == (fault == .wrongVersion(303) ? 303 : 203))
            #expect((answer.size == right.size) == (fault != .wrongSize(17) && fault != .wrongSize(.max)))
            #expect((answer.id != right.id) == (fault == .wrongID))
            #expect(answer.reqnum == (fault == .wrongReqnum ? 2 : 1))
            #expect(answer.token == right.token)
            #expect(answer.bytes.dropFirst(18) == right.bytes.dropFirst(18))
            #expect(story.documents == 1)
        }
    }

    @Test("A part of the answer is missing or wrong, the rest is as it should be")
    func parts() throws {
        typealias Response = PBResponse
        let rows: [(OFDFault, RawCommand, (Response) -> Bool)] = [
            (.wrongCommand, .ticket, { $0.command == .commandSystem && $0.hasTicket }),
            (.wrongCommand, .system, { $0.command == .commandInfo }),
            (.noCommand, .ticket, { !$0.hasCommand && $0.hasTicket }),
            (.noResult, .ticket, { !$0.hasResult && $0.hasTicket }),
            (.noTicket, .ticket, { !$0.hasTicket && $0.hasResult }),
            (.noReport, .closeShift, { !$0.hasReport && $0.hasResult }),
            (.noReport, .info, { !$0.hasReport && $0.hasService }),
            (.noService, .info, { !$0.hasService && $0.hasReport }),
            (.noNomenclature, .nomenclature, { !$0.hasNomenclature && $0.hasResult }),
            (.noAuth, .auth, { !$0.hasAuth && $0.hasResult }),
            (.otherCounters(tiyn: 500), .info, { $0.report.zxReport.cashSum == RawRequests.money(500) }),
            (.otherReportType, .report, { $0.report.report == .reportZ }),
            (.otherReportType, .closeShift, { $0.report.report == .reportX }),
            (.foreignBodies, .system, { $0.hasTicket && $0.hasReport && $0.hasNomenclature && $0.hasAuth }),
        ]
        for (fault, command, isRight) in rows {
            let story = try Story(fault, command.request)
            let answer = try #require(story.answer)
            #expect(isRight(answer.response), "\(fault)")
            #expect(answer.response.result.resultCode == 0)
            if RawCommand.documents.contains(command) { #expect(story.documents == 1) }
            // The stored answer is whole.
            let right = try #require(story.again)
            #expect(right.response.hasResult)
            #expect(right.response.command == command.request.command)
        }
    }

    /// Google's runtime reads the bytes: what it makes of an answer is said by `protoc --decode_raw`.
    private func isReadable(_ bytes: [UInt8]) throws -> Bool {
        try OutsideTool.run("protoc", ["--decode_raw"], input: bytes).status == 0
    }

    @Test("Parts that end in the middle of a field, and text that is not UTF-8")
    func damages() throws {
        for (fault, command, tag) in [
            (.truncatedBody, .ticket, 3), (.truncatedBody, .closeShift, 4), (.truncatedService, .info, 6),
        ] as [(OFDFault, RawCommand, Int)] {
            let story = try Story(fault, command.request)
            let bytes = story.reply.pieces.flatMap(\.bytes)
            #expect(bytes.count == Int(bytes[4]) + Int(bytes[5]) << 8)
            // As a whole it does not decode, but the result still stands in it.
            #expect(throws: (any Error).self) { try PBResponse(serializedBytes: Array(bytes.dropFirst(18))) }
            let fields = Self.fields(Array(bytes.dropFirst(18)))
            #expect(fields.contains { $0.tag == 2 })
            #expect(fields.contains { $0.tag == tag })
            #expect(story.again?.code == 0 || command == .info)
        }
        let text = try Story(.badText)
        let bytes = text.reply.pieces.flatMap(\.bytes)
        #expect(throws: (any Error).self) { try PBResponse(serializedBytes: Array(bytes.dropFirst(18))) }
        #expect(Self.fields(Array(bytes.dropFirst(18))).contains { $0.tag == 3 })
        let result = try Story(.truncatedResult)
        let cut = result.reply.pieces.flatMap(\.bytes)
        #expect(cut.last == 0x12)
        #expect(result.documents == 1)
    }

    @Test("Fields that no edition has, in the answer and in its parts", .enabled(if: OutsideTool.exists("protoc")))
    func unknownFields() throws {
        let story = try Story(.unknownFields, RawRequests.info)
        let answer = try #require(story.answer)
        #expect(answer.code == 0)
        #expect(answer.response.report.report == .reportZ)
        #expect(!answer.response.unknownFields.data.isEmpty)
        #expect(!answer.response.result.unknownFields.data.isEmpty)
        #expect(!answer.response.report.unknownFields.data.isEmpty)
        #expect(try self.isReadable(Array(answer.bytes.dropFirst(18))))
    }

    @Test("Every fault is one object in JSON, with its parameters inside")
    func json() throws {
        let rows: [(OFDFault, String)] = [
            (.refuse(code: 4), #"{"refuse":{"code":4}}"#),
            (.refuse(code: 13, text: "т"), #"{"refuse":{"code":13,"text":"т"}}"#),
            (.silence(recorded: true), #"{"silence":{"recorded":true}}"#),
            (.wrongVersion(303), #"{"wrongVersion":{"version":303}}"#),
            (.wrongSize(17), #"{"wrongSize":{"size":17}}"#),
            (.noTicket, #"{"noTicket":{}}"#),
            (.cut(bytes: 5), #"{"cut":{"bytes":5}}"#),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for (fault, text) in rows {
            #expect(String(decoding: try encoder.encode(fault), as: UTF8.self) == text)
            #expect(try JSONDecoder().decode(OFDFault.self, from: Data(text.utf8)) == fault)
        }
    }

    /// Top-level fields, read by hand.
    private static func fields(_ bytes: [UInt8]) -> [(tag: Int, content: [UInt8])] {
        var rest = bytes[...]
        var fields: [(Int, [UInt8])] = []
        func number() -> Int? {
            var value = 0
            var shift = 0
            while let byte = rest.popFirst(), shift < 35 {
                value |= Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { return value }
            }
            return nil
        }
        while let key = number() {
            if key & 7 == 0 {
                guard number() != nil else { break }
                fields.append((key >> 3, []))
            } else {
                guard let length = number(), length <= rest.count else { break }
                fields.append((key >> 3, Array(rest.prefix(length))))
                rest = rest.dropFirst(length)
            }
        }
        return fields
    }
}
