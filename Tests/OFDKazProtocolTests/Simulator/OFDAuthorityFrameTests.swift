import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The simulated OFD: frames and commands")
struct OFDAuthorityFrameTests {
    @Test("An answer mirrors VERSION, ID, REQNUM and the command, and has nothing behind its payload")
    func mirror() throws {
        for version in [UInt16(202), 203, 204] {
            for command in RawCommand.allCases {
                let till = RawTill(version: version) {
                    $0[0xFFFF_FFFE] = OFDAccount(id: 0xFFFF_FFFE, token: 9, registration: .test())
                }
                till.id = 0xFFFF_FFFE
                till.token = 9
                till.reqnum = 0x0203
                let answer = try #require(try till.send(command.request))
                #expect(answer.code == 0)
                #expect(answer.appcode == 0x81A2)
                #expect(Array(answer.bytes.prefix(2)) == [0xA2, 0x81])
                #expect(answer.version == UInt32(version))
                #expect(answer.id == 0xFFFF_FFFE)
                #expect(answer.reqnum == 0x0204)
                #expect(answer.size == UInt32(answer.bytes.count))
                #expect(answer.response.command == command.request.command)
            }
        }
    }

    @Test("The vectors made with Google's Python runtime are understood")
    func vectors() throws {
        // SYSTEM without a service part, which 2.0.3 does not allow: ID 100001, token 0x01020304, REQNUM 1.
        let system = try #require(Hex.decode("a281cb0014000000a18601000403020101000800"))
        let till = RawTill()
        let answer = try #require(till.exchange(system))
        #expect(answer.id == 100_001)
        #expect(answer.token == 0x0102_0304)
        #expect(answer.reqnum == 1)
        #expect(answer.code == 3)
        // INFO with everything.
        let info = try #require(
            Hex.decode(
                "a281cb008c000000a18601000403020102000805327622260a110a0708ea0f10011802120608031004180512110a0708"
                    + "ea0f1001180212060803100418053801624a0a1e1a0c3131313131313131313131312206534e303030312a0631303030"
                    + "303112280a034f72671204416464721a0c3030303030303030303030302a0534373330313206416464724b7a"))
        #expect(till.exchange(info)?.code == 0)
    }

    @Test("What is no frame closes the connection without an answer")
    func noFrame() throws {
        let till = RawTill()
        let payload: [UInt8] = try RawRequests.system.serializedBytes()
        let good = RawTill.frame(payload, version: 203, id: till.id, token: till.token, reqnum: 1)
        let count = UInt32(payload.count)
        let bad: [(String, [UInt8])] = [
            ("17 bytes", Array(good.prefix(17))),
            (
                "another APPCODE",
                RawTill.frame(payload, version: 203, id: till.id, token: till.token, reqnum: 1, appcode: 0xA281)
            ),
            ("an older layout", Array(good[2...])),
            ("SIZE 17", RawTill.frame([], version: 203, id: till.id, token: till.token, reqnum: 1, size: 17)),
            (
                "SIZE without the header",
                RawTill.frame(payload, version: 203, id: till.id, token: till.token, reqnum: 1, size: count)
            ),
            (
                "SIZE too large",
                RawTill.frame(payload, version: 203, id: till.id, token: till.token, reqnum: 1, size: count + 19)
            ),
            ("VERSION 0", RawTill.frame(payload, version: 0, id: till.id, token: till.token, reqnum: 1)),
            ("VERSION 99", RawTill.frame(payload, version: 99, id: till.id, token: till.token, reqnum: 1)),
        ]
        for (name, bytes) in bad {
            #expect(till.authority.receive(bytes, at: till.now) == .lost, "\(name)")
        }
        #expect(till.authority.ledger.messages.allSatisfy { $0.outcome == .dropped })
        #expect(till.exchange(good)?.code == 0)
    }

    @Test("Requests end where SIZE says; what can be no request is taken as it came")
    func requestLengths() {
        let frame = RawTill.frame([8, 0], version: 203, id: 1, token: 2, reqnum: 3)
        for count in 1..<20 { #expect(OFDAuthority.requestLength(in: Array(frame.prefix(count))) == nil) }
        #expect(OFDAuthority.requestLength(in: frame) == 20)
        #expect(OFDAuthority.requestLength(in: frame + frame) == 20)
        #expect(OFDAuthority.requestLength(in: [0xA2]) == nil)
        #expect(OFDAuthority.requestLength(in: [0x81, 0xA2, 1]) == 3)
        for size in [UInt32(0), 17, 0xFFFF_FFFF] {
            let broken = RawTill.frame([], version: 203, id: 1, token: 2, reqnum: 3, size: size)
            #expect(OFDAuthority.requestLength(in: broken) == 18)
        }
    }

    @Test("An ID that is not registered gets code 1, a wrong token 2, both right 0")
    func information() throws {
        let till = RawTill()
        till.id = 5
        #expect(try till.code(RawRequests.info) == 1)
        till.id = 100_001
        #expect(try till.sendOnce(RawRequests.info, token: 5)?.code == 2)
        #expect(try till.code(RawRequests.info) == 0)
    }

    @Test("The retired command 7 gets code 5, the reserved one too, and what is no command code 4")
    func commands() throws {
        let till = RawTill()
        for (command, code) in [(7, 5), (127, 5), (9, 4), (20, 4), (100, 4), (101, 4), (3_000, 4)] as [(Int, UInt32)] {
            let request = RawRequests.system.with {
                $0.command = PBCommandTypeEnum(rawValue: command) ?? .commandSystem
            }
            let answer = try #require(try till.send(request))
            #expect(answer.code == code, "command \(command)")
            #expect(answer.response.command.rawValue == command)
        }
        // 2.0.4 has payments by QR, which this server does not serve.
        till.version = 204
        let request = RawRequests.system.with { $0.command = PBCommandTypeEnum(rawValue: 100) ?? .commandSystem }
        #expect(try till.code(request) == 5)
    }

    @Test("Every refusal comes with a text of its own, and no body")
    func texts() throws {
        let till = RawTill()
        var texts: Set<String> = []
        for code in [UInt32(1), 2, 3, 4, 5, 7, 8, 9, 11, 13, 14, 15, 17, 254, 255] {
            till.authority.faults.add(.refuse(code: code))
            let answer = try #require(try till.send(RawRequests.sale()))
            #expect(answer.code == code)
            #expect(!answer.response.result.resultText.isEmpty)
            #expect(!answer.response.hasTicket)
            #expect(!answer.response.hasService)
            texts.insert(answer.response.result.resultText)
        }
        #expect(texts.count == 15)
    }

    @Test("Several exchanges over one connection, several connections, each request taken whatever its pieces")
    func connections() async throws {
        let clock = ManualClock(FiscalInstant(secondsSinceEpoch: 1_795_150_800))
        let till = RawTill()
        let transport = SimulatedStreamTransport(till.authority, clock: clock)
        let connection = try await transport.connect(timeout: .seconds(5))
        let info = try till.frame(RawRequests.info, reqnum: 1)
        try await connection.send(Array(info.prefix(30)), timeout: .seconds(5))
        try await connection.send(Array(info.dropFirst(30)), timeout: .seconds(5))
        let first = try #require(RawTill.Answer(try await connection.receive(timeout: .seconds(5))))
        #expect(first.code == 0)
        #expect(first.reqnum == 1)
        try await connection.send(try till.frame(RawRequests.sale(), reqnum: 2), timeout: .seconds(5))
        let second = try #require(RawTill.Answer(try await connection.receive(timeout: .seconds(5))))
        #expect(second.reqnum == 2)
        #expect(second.response.hasTicket)
        #expect(transport.authority.ledger.connections == 1)
        #expect(transport.authority.ledger.messages.map(\.reqnum) == [1, 2])
        // Bytes of another protocol end the connection.
        let other = try await transport.connect(timeout: .seconds(5))
        try await other.send(Array("GET / HTTP/1.1\r\n\r\n".utf8), timeout: .seconds(5))
        #expect(try await other.receive(timeout: .seconds(5)) == [])
        #expect(transport.authority.ledger.connections == 2)
    }
}
