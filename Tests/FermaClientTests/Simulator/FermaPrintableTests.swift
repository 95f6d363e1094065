import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// What a simulated register can print, as Python's code page 866 has it.
@Suite("The simulated Ferma: printable characters")
struct FermaPrintableTests {
    @Test(
        "Every character of the basic plane: printed when Python's cp866 has it and it is no control character",
        .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func codePage() throws {
        let script = """
            for code in list(range(0x20, 0x7F)) + list(range(0x80, 0xD800)) + list(range(0xE000, 0x10000)):
                try:
                    chr(code).encode("cp866"); print(code)
                except UnicodeEncodeError: pass
            """
        let result = try OutsideTool.run("python3", ["-c", script])
        let expected = Set(result.text.split(separator: "\n").compactMap { UInt32($0) })
        #expect(expected.count == 95 + 128)
        // One request per row of 256: the whole row's printable characters at once, and each other one alone.
        let printable = expected.sorted().compactMap(Unicode.Scalar.init)
        for start in stride(from: 0, to: printable.count, by: 100) {
            let text = printable[start..<min(start + 100, printable.count)].map { Self.escape($0.value) }.joined()
            #expect(try self.code("x" + text) == 0)
        }
        let others = (0x1...0xFFFF as ClosedRange<UInt32>).filter {
            !expected.contains($0) && Unicode.Scalar($0) != nil && ($0 < 0x600 || $0 % 89 == 0)
        }
        for code in others { #expect(try self.code("x" + Self.escape(code)) == 51, "\(code)") }
    }

    private static func escape(_ code: UInt32) -> String {
        "\\u" + String(repeating: "0", count: 4 - String(code, radix: 16).count) + String(code, radix: 16)
    }

    private func code(_ description: String) throws -> Int64? {
        var authority = FermaAuthority()
        return try authority.post(HandmadeFermaRequest { $0[0, "Description"] = "\"\(description)\"" }).device()
    }
}
