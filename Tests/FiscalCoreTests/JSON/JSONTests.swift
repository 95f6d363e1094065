import FiscalCore
import FiscalTestSupport
import Testing

@Suite("JSON as it was written") struct JSONTests {
    @Test("members keep their order, their case and their doubles")
    func members() throws {
        let json = try JSON(parsing: #"{"b":1,"A":2,"a":3,"b":4}"#)
        #expect(json.members?.map(\.name) == ["b", "A", "a", "b"])
        #expect(json["b"]?.integer == 4)
        #expect(json[anyCase: "A"]?.integer == 2)
        #expect(json[anyCase: "a"]?.integer == 3)
        #expect(json[anyCase: "B"]?.integer == 4)
        #expect(json["B"] == nil)
    }

    @Test(
        "a whole number is one that is written so",
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9007199254740993", 9_007_199_254_740_993), ("1.0", nil), ("1e3", nil), ("9223372036854775808", nil),
        ] as [(String, Int64?)])
    func numbers(text: String, value: Int64?) throws {
        let json = try JSON(parsing: text)
        #expect(json.integer == value)
        #expect(json.text == text)
    }

    @Test(
        "what RFC 8259 does not know is refused",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "1.", ".5", "+1", "1e", "-", "nul", "tru",
            "[1 2]", "\"\\x\"",
            "\"\\u12g4\"", "\"\t\"", "\"a", "{\"a\" 1}", "1 -- one", "// one\n1", "NaN", "[1]]", "{\"a\":1 \"b\":2}",
        ])
    func broken(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test("bytes that are not UTF-8, a text that is too deep or too long, are refused with the reason")
    func limits() throws {
        let bytes: [UInt8] = [UInt8(ascii: "\""), 0xC3, UInt8(ascii: "\"")]
        let encoding = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
        #expect(encoding?.code == .encoding)
        let deep = String(repeating: "[", count: 100_000)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: deep) }
        #expect(error?.code == .depth)
        let long = #expect(throws: JSONError.self) { try JSON(parsing: "[1,2,3]".utf8, maximumBytes: 6) }
        #expect(long?.code == .size)
        #expect(try JSON(parsing: "[[1]]".utf8, maximumDepth: 2, maximumBytes: 5).text == "[[1]]")
    }

    @Test("escapes are read, also pairs of surrogates, and half a pair is replaced")
    func escapes() throws {
        #expect(try JSON(parsing: #""\"\\\/\b\f\n\r\t\u0026\uD83D\uDE00""#).string == "\"\\/\u{8}\u{C}\n\r\t&😀")
        #expect(try JSON(parsing: #""\uD83Dx""#).string == "\u{FFFD}x")
        #expect(try JSON(parsing: #""\uDE00\uD83D\u0041""#).string == "\u{FFFD}\u{FFFD}A")
    }

    @Test("a byte order mark is skipped")
    func mark() throws {
        #expect(try JSON(parsing: [0xEF, 0xBB, 0xBF] + Array("[]".utf8)) == .array([]))
    }

    @Test("Python reads what we write as the same value, and we what it writes")
    func python() throws {
        var generator = SeededGenerator(seed: 8259)
        let values = (0..<300).map { _ in Self.random(depth: 4, &generator) }
        let program = """
            import json, sys
            for line in sys.stdin: print(json.dumps(json.loads(line), ensure_ascii=True))
            """
        let ours = values.map(\.text).joined(separator: "\n") + "\n"
        let result = try OutsideTool.run("python3", ["-c", program], input: Array(ours.utf8))
        #expect(result.status == 0, "\(result.errorText)")
        let theirs = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        #expect(theirs.count == values.count)
        for (value, line) in zip(values, theirs) { #expect(try JSON(parsing: String(line)) == value) }
    }

    private static func random(depth: Int, _ generator: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3: return .string(self.text(&generator))
        case 4:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in self.random(depth: depth - 1, &generator) })
        default:
            return .object(
                (0..<Int.random(in: 0..<5, using: &generator)).map {
                    JSON.Member("\($0)" + self.text(&generator), self.random(depth: depth - 1, &generator))
                })
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let scalars: [ClosedRange<UInt32>] = [0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0x1_0000...0x10_FFFF]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<8, using: &generator) {
            if let scalar = Unicode.Scalar(UInt32.random(in: generator.pick(scalars), using: &generator)) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
