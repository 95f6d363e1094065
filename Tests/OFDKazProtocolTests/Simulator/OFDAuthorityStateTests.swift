import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The simulated OFD: its memory, many registers, and any bytes")
struct OFDAuthorityStateTests {
    @Test("Written down and read back, it goes on exactly where it was")
    func codable() throws {
        let till = RawTill()
        till.account.goods = OFDGoods(version: 3, elements: [OFDGoods.Element(id: 1, title: "Нан")])
        till.account.notices = [OFDNotice(.info, version: 2, text: "Қ")]
        till.account.cashiers = [OFDCashier(login: "a", password: "b", code: 1, name: "А", commands: [.ticket])]
        till.authority.faults.permanent = .lost(recorded: true)
        till.authority.faults.add(nil, times: 5)
        for command in [RawCommand.ticket, .info, .ticket, .closeShift, .ticket] {
            _ = try till.send(command.request)
        }
        let copy = RawTill()
        copy.authority = try JSONDecoder().decode(OFDAuthority.self, from: JSONEncoder().encode(till.authority))
        #expect(copy.authority == till.authority)
        (copy.token, copy.reqnum) = (till.token, till.reqnum)
        till.authority.faults.clear()
        copy.authority.faults.clear()
        // The last document's answer, the next token, the next number, the next report.
        for request in [RawRequests.sale(), RawRequests.report(.reportZ), RawRequests.info] {
            #expect(try copy.send(request)?.bytes == till.send(request)?.bytes)
        }
        #expect(try copy.sendOnce(RawRequests.sale())?.bytes == till.sendOnce(RawRequests.sale())?.bytes)
    }

    @Test("Registers share nothing but the count of tickets")
    func manyRegisters() throws {
        let till = RawTill()
        for id in UInt32(1)...50 { till.authority.testRegister(id: id, token: id) }
        for round in 1...3 {
            for id in UInt32(1)...50 {
                till.id = id
                till.token = till.account.token
                till.reqnum = UInt16(round) - 1
                #expect(try till.code(RawRequests.sale(Int64(id) * 100)) == 0)
            }
        }
        for id in UInt32(1)...50 {
            #expect(till.authority[id]?.books.cash == Int64(id) * 300)
            #expect(till.authority[id]?.documents.count == 3)
            #expect(till.authority.ledger.messages(of: id).count == 3)
        }
        till.id = 50
        till.account.block = .deregistered
        #expect(try till.code(RawRequests.info) == 15)
        till.authority[50] = nil
        #expect(try till.code(RawRequests.info) == 1)
        #expect(till.authority.accounts.count == 50)
    }

    @Test("Messages are kept as they came, or only counted")
    func messages() throws {
        let till = RawTill()
        let frame = try till.frame(RawRequests.sale(), reqnum: 9)
        _ = till.exchange(frame)
        _ = till.exchange([1, 2, 3])
        let messages = till.authority.ledger.messages
        #expect(messages.map(\.number) == [1, 2])
        #expect(messages[0].frame == frame)
        #expect(messages[0].payload == Array(frame.dropFirst(18)))
        #expect(messages[0].id == 100_001)
        #expect(messages[0].token == 0x0102_0304)
        #expect(messages[0].reqnum == 9)
        #expect(messages[0].version == 203)
        #expect(messages[0].command == .ticket)
        #expect(messages[0].receivedAt == till.now)
        #expect(messages[1].frame == [1, 2, 3])
        #expect(messages[1].id == nil)
        #expect(messages[1].outcome == .dropped)
        // Neither the token nor the content is told to whoever prints it.
        #expect("\(messages[0])" == "message 1 of 100001: accepted")
        till.authority.rules.keepsMessages = false
        #expect(try till.code(RawRequests.info) == 2)
        #expect(till.authority.ledger.messages.count == 2)
        #expect(till.authority.ledger.count == 3)
    }

    @Test("Whatever bytes come: an answer with a code of this edition, or none; the books stay as they were or fit")
    func anyBytes() throws {
        let listed: Set<UInt32> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17, 254, 255]
        let random = CountingRandomSource(seed: 11)
        func number(_ limit: Int) -> Int { random.bytes(count: 4).reduce(0) { $0 << 8 | Int($1) } % limit }
        let till = RawTill { $0.rules = .strict }
        let payloads: [[UInt8]] = try RawCommand.allCases.map { try $0.request.serializedBytes() }
        for _ in 0..<4_000 {
            var payload = payloads[number(payloads.count)]
            for _ in 0..<number(5) {
                guard !payload.isEmpty else { break }
                let place = number(payload.count)
                switch number(4) {
                case 0: payload[place] = UInt8(number(256))
                case 1: payload.remove(at: place)
                case 2: payload.insert(contentsOf: random.bytes(count: number(12)), at: place)
                default: payload.removeSubrange(place...)
                }
            }
            let frame = RawTill.frame(
                payload, version: [203, 203, 203, 202, 204, 125, 0, 65_535][number(8)],
                id: number(20) == 0 ? 5 : till.id, token: number(20) == 0 ? 5 : till.account.token,
                reqnum: UInt16(number(300)))
            let reply = till.authority.receive(frame, at: till.now)
            let bytes = reply.pieces.flatMap(\.bytes)
            if bytes.isEmpty {
                #expect(reply == .lost)
            } else {
                let answer = try #require(RawTill.Answer(bytes))
                #expect(answer.size == UInt32(bytes.count))
                #expect(listed.contains(answer.code) || answer.version == 204 || answer.version > 204)
            }
        }
        for _ in 0..<2_000 {
            let bytes = [0xA2, 0x81].prefix(number(3)) + random.bytes(count: number(60))
            _ = OFDAuthority.requestLength(in: Array(bytes))
            _ = till.authority.receive(Array(bytes), at: till.now)
        }
        let accepted = till.authority.ledger.messages.filter { $0.outcome == .accepted }
        #expect(accepted.count > 100)
        #expect(till.account.documents.count < accepted.count)
    }
}
