import FiscalCore
import Foundation
import ProgramTestSupport
import Testing

@Suite("ofd-kaz decode, ofd-kaz encode")
struct WireCommandTests {
    private let program = Program("ofd-kaz")

    @Test("A frame becomes one JSON object: header in the order of the wire, payload by the names of the schema")
    func decoded() async throws {
        let ending = try await self.program.run("decode", "--kind", "request", FrameSamples.path("system-request"))
        #expect(ending.status == 0)
        #expect(
            ending.text
                == #"{"header":{"appcode":33186,"version":203,"size":20,"id":100001,"token":16909060,"reqnum":1},"#
                + #""payload":{"command":"COMMAND_SYSTEM"}}"# + "\n")
        #expect(ending.errors.isEmpty)
    }

    @Test("A server's answer shows its texts, and what it left out is left out")
    func decodedAnswer() async throws {
        let ending = try await self.program.run("decode", "--kind", "response", FrameSamples.path("info-answer"))
        #expect(ending.status == 0)
        let header = try #require(ending.json["header"] as? [String: Int])
        #expect(header["version"] == 202)
        #expect(header["size"] == 568)
        let payload = try #require(ending.json["payload"] as? [String: Any])
        let report = try #require((payload["report"] as? [String: Any])?["zx_report"] as? [String: Any])
        #expect(report["shift_number"] as? Int == 1)
        #expect(report["open_shift_time"] == nil)
        #expect((report["cash_sum"] as? [String: Any])?["bills"] as? String == "0")
        #expect(ending.text.contains("Фиск. чек № NULL"))
    }

    @Test(
        "encode makes the same bytes of what decode printed", arguments: FrameSamples.requests + FrameSamples.responses)
    func thereAndBack(name: String) async throws {
        let kind = FrameSamples.requests.contains(name) ? "request" : "response"
        let decoded = try await self.program.run("decode", "--kind", kind, FrameSamples.path(name))
        #expect(decoded.status == 0)
        let encoded = try await self.program.run("encode", "--kind", kind, "-", input: decoded.output)
        #expect(encoded.status == 0)
        #expect(try encoded.output == FrameSamples.bytes(name))
    }

    @Test("Hexadecimal digits in lines and blanks are read, and written without any")
    func hex() async throws {
        let bytes = try FrameSamples.bytes("sale-request")
        let digits = Hex.encode(bytes, uppercase: true)
        let lines = stride(from: 0, to: digits.count, by: 32).map { digits.dropFirst($0).prefix(32) }
        let text = "  " + lines.joined(separator: " \r\n\t") + "\n"
        let decoded = try await self.program.run("decode", "--kind=request", "--hex", "-", input: Array(text.utf8))
        #expect(decoded.status == 0)
        let encoded = try await self.program.run("encode", "--kind=request", "--hex", "-", input: decoded.output)
        #expect(encoded.text == Hex.encode(bytes) + "\n")
    }

    @Test(
        "A payload with a field that the schema lacks is refused by its size, and written without it when size is left out"
    )
    func unknownField() async throws {
        let path = FrameSamples.path(FrameSamples.withUnknownField)
        let decoded = try await self.program.run("decode", "--kind", "response", path)
        let refused = try await self.program.run("encode", "--kind", "response", "-", input: decoded.output)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("header.size: consistency (566"))
        let without = decoded.text.replacing(#""size":568,"#, with: "")
        let encoded = try await self.program.run("encode", "--kind", "response", "-", input: Array(without.utf8))
        #expect(encoded.status == 0)
        #expect(encoded.output.count == 566)
        let again = try await self.program.run("decode", "--kind", "response", "-", input: encoded.output)
        #expect(again.text == decoded.text.replacing(#""size":568,"#, with: #""size":566,"#))
    }

    @Test("appcode and size may be left out, members may stand in any order, and the document's spellings are taken")
    func encoded() async throws {
        let json = """
            { "payload" : { "money_placement": {"date_time": {}} , "command" : 6 },
              "header" : { "reqnum":1, "token":16909060, "id":4294967295, "version":204 } }
            """
        let ending = try await self.program.run("encode", "--kind", "request", "--hex", "-", input: Array(json.utf8))
        #expect(ending.status == 0)
        #expect(ending.text == "a281cc0018000000ffffffff040302010100" + "08063a020a00" + "\n")
    }

    @Test("Texts and numbers reach the wire as they were written")
    func exactValues() async throws {
        let json = #"""
            {"header":{"version":203,"id":1,"token":0,"reqnum":65535},"payload":{"ticket":{"printed_document_number":
            18446744073709551615,"printed_ticket":"\u0014\#u{FEFF}},{\"\ud840\udc00"}}}
            """#
        let text: [UInt8] = [0x14, 0xEF, 0xBB, 0xBF] + Array("},{\"\u{20000}".utf8)
        let ticket = [0x62, UInt8(text.count)] + text + [0x80, 0x01] + [UInt8](repeating: 0xFF, count: 9) + [0x01]
        let ending = try await self.program.run("encode", "--kind", "request", "-", input: Array(json.utf8))
        #expect(ending.status == 0)
        #expect(Array(ending.output.dropFirst(18)) == [0x12, UInt8(ticket.count)] + ticket)
    }

    @Test(
        "A bad frame: status 2, nothing on the standard output, and one line with the field and the rule",
        arguments: [
            ("", "frame: incomplete, byte 0: 0 of 18 bytes"),
            ("a281cb0014000000a186010004030201", "frame: incomplete, byte 16: 16 of 18 bytes"),
            ("a281cb0014000000a186010004030201010008", "frame: incomplete, byte 19: 19 of 20 bytes"),
            ("a281cb0014000000a1860100040302010100080008", "frame: length (SIZE 20, but the file has 21 bytes)"),
            ("81a2cb0014000000a18601000403020101000800", "frame: appcode, byte 0: APPCODE is not 81A2h"),
            ("a281000014000000a18601000403020101000800", "frame: version, byte 2: VERSION 0 is below 100"),
            ("a281cb0011000000a18601000403020101000800", "frame: sizeTooSmall, byte 4: SIZE 17 is below 18"),
            ("a281cb00ffffffffa18601000403020101000800", "frame: sizeTooLarge, byte 4: SIZE 4294967295 is above"),
            ("a281cb0013000000a186010004030201010008", "payload: truncated ("),
            ("a281cb0017000000a1860100040302010100420 30a01ff", "payload: invalidUTF8 ("),
            ("a281cb0014000000a1860100040302010100000 0", "payload: malformed ("),
            ("a281c", "file: pattern ("), ("a281xx", "file: pattern ("), ("é", "file: pattern ("),
        ] as [(String, String)])
    func badFrames(hex: String, message: String) async throws {
        let ending = try await self.program.run("decode", "--kind", "request", "--hex", "-", input: Array(hex.utf8))
        try self.expectRefusal(ending, message)
    }

    @Test(
        "A bad JSON text: status 2, nothing on the standard output, and one line with the member and the rule",
        arguments: [
            ("", "file: pattern (a JSON object)"), ("[]", "file: pattern ("), ("{", "file: pattern ("),
            (#"{"header":{},"payload":{}} x"#, "file: pattern ("), (#"{"header":}"#, "file: pattern ("),
            (#"{"header":"\"#, "file: pattern ("), (#"{"header" {}}"#, "file: pattern ("),
            (#"{"payload":{}}"#, "header: required ("), (#"{"header":HEADER}"#, "payload: required ("),
            (#"{"header":HEADER,"payload":{},"note":1}"#, "note: notAllowed ("),
            (#"{"header":HEADER,"payload":{},"payload":{}}"#, "payload: consistency (once)"),
            (#"{"header":[],"payload":{}}"#, "header: pattern ("),
            (#"{"header":{"version":203,"id":1,"token":2},"payload":{}}"#, "header.reqnum: required ("),
            (#"{"header":{"id":1,"token":2,"reqnum":3},"payload":{}}"#, "header.version: required ("),
            (
                #"{"header":{"version":99,"id":1,"token":2,"reqnum":3},"payload":{}}"#,
                "header.version: range (100...65535)"
            ),
            (#"{"header":{"version":203,"id":4294967296,"token":2,"reqnum":3},"payload":{}}"#, "header.id: range ("),
            (#"{"header":{"version":203,"id":1,"token":-2,"reqnum":3},"payload":{}}"#, "header.token: pattern ("),
            (#"{"header":{"version":203,"id":1,"token":"2","reqnum":3},"payload":{}}"#, "header.token: pattern ("),
            (
                #"{"header":{"version":203,"id":1,"token":2,"reqnum":65536},"payload":{}}"#,
                "header.reqnum: range (0...65535)"
            ),
            (#"{"header":{"version":203,"id":1,"token":2,"reqnum":03},"payload":{}}"#, "header.reqnum: pattern ("),
            (
                #"{"header":{"version":203,"id":1,"token":2,"reqnum":3,"crc":0},"payload":{}}"#,
                "header.crc: notAllowed ("
            ),
            (
                #"{"header":{"appcode":33187,"version":203,"id":1,"token":2,"reqnum":3},"payload":{}}"#,
                "header.appcode: oneOf (33186)"
            ),
            (
                #"{"header":{"size":20,"version":203,"id":1,"token":2,"reqnum":3},"payload":{}}"#,
                "header.size: consistency (18"
            ),
            (
                #"{"header":HEADER,"payload":{"ticket":{"items":[{"commodity":{"nmae":"x"}}]}}}"#,
                "payload.ticket.items[0].commodity.nmae: unknownMember ("
            ),
            (#"{"header":HEADER,"payload":{"command":"PING"}}"#, "payload.command: value ("),
            (#"{"header":HEADER,"payload":7}"#, "payload: syntax ("),
            (#"{"header":HEADER,"payload":{]}}"#, "file: pattern ("),
            (#"{"header":HEADER,"payload":{"command":0,}}"#, "payload: syntax ("),
        ])
    func badTexts(text: String, message: String) async throws {
        let json = text.replacing("HEADER", with: #"{"version":203,"id":1,"token":2,"reqnum":3}"#)
        let ending = try await self.program.run("encode", "--kind", "request", "-", input: Array(json.utf8))
        try self.expectRefusal(ending, message)
    }

    @Test("Bad usage and a missing file: status 2 and one line")
    func usage() async throws {
        let frame = FrameSamples.path("system-request")
        for arguments in [
            ["bogus"], ["decode"], ["decode", frame], ["decode", "--kind", "both", frame],
            ["encode", "--kind", "request"],
            ["decode", "--kind", "request", "/nonexistent/frame"], ["encode", "--kind", "request", "--bogus", frame],
        ] {
            let ending = try await self.program.run(arguments)
            #expect(ending.status == 2, "\(arguments)")
            #expect(ending.output.isEmpty)
            #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
        }
        let help = try await self.program.run("--help")
        #expect(help.status == 0)
        #expect(help.text.contains("decode") && help.text.contains("encode"))
    }

    private func expectRefusal(_ ending: Program.Ending, _ message: String) throws {
        #expect(ending.status == 2)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.split(separator: "\n").count == 1)
        #expect(ending.errors.hasPrefix("ofd-kaz: error: \(message)"), "\(ending.errors)")
    }
}
