import FermaClient
import FiscalTestSupport
import Testing

@Suite("The characters that a register can print")
struct CP866Tests {
    @Test(
        "The table is that of Python's codec, for every character there is",
        .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func oracle() throws {
        let script = """
            for byte in range(256):
                text = bytes([byte]).decode("cp866")
                print(byte, ord(text), 0 if byte < 32 or byte == 127 else 1)
            """
        var printable: [Unicode.Scalar: UInt8] = [:]
        for line in try OutsideTool.run("python3", ["-c", script]).text.split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { UInt32($0) }
            try #require(numbers.count == 3)
            guard numbers[2] == 1, let scalar = Unicode.Scalar(numbers[1]) else { continue }
            printable[scalar] = UInt8(exactly: numbers[0])
        }
        #expect(printable.count == 223)
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            if CP866.byte(for: scalar) != printable[scalar] { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test("Russian names can be printed, typography and pictures cannot")
    func examples() {
        #expect(CP866.canPrint("Ёлка № 5, 20° (\"Ель\")"))
        for text in ["10 €", "чай — кофе", "«Яблоки»", "🍏", "два\nряда", "таб\t", "\u{7F}", "e\u{301}"] {
            #expect(!CP866.canPrint(CP866.composed(text)), "\(text)")
        }
    }

    @Test("A letter in two parts is one character")
    func composed() {
        let text = CP866.composed("и\u{306}од, е\u{308}ж")
        #expect(text.unicodeScalars.count == 7)
        #expect(CP866.canPrint(text) && CP866.count(text) == 7)
    }

    @Test("Folding writes plain marks for typographic ones and leaves the rest alone")
    func folding() {
        #expect(TypographicFolding.folded("«Чай» — 5…6 „к“ ‘а’") == "\"Чай\" - 5...6 \"к\" 'а'")
        #expect(TypographicFolding.folded("5 €, ёж № 2") == "5 €, ёж № 2")
    }
}
