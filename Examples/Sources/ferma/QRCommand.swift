import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

struct QRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qr", abstract: "Reads the text of a receipt's QR code.",
        discussion: "Exit status: 0 valid, 1 not.")

    @Argument(help: "The text; - is the standard input.")
    var text: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        var text = self.text
        if text == "-" {
            text = String(decoding: try Terminal.input("-") { try Terminal.read("-") }, as: UTF8.self)
            // The end of the line is the terminal's.
            if text.hasSuffix("\n") { text.removeLast() }
        }
        let reading = QRReading(text)
        Terminal.print(self.json ? reading.json.text : reading.line)
        if !reading.isValid { throw ExitCode(1) }
    }
}

extension QRReading {
    private var problemTexts: [String] { self.problems.map(\.description) }

    fileprivate var json: JSON {
        [
            "valid": .bool(self.isValid),
            "totalKopecks": self.total.map { .integer($0.minorUnits) } ?? .null,
            "t": .optional(self.timeText),
            "fn": .optional(self.fn),
            "i": self.documentNumber.map { .integer($0) } ?? .null,
            "fp": self.fiscalSign.map { .integer($0) } ?? .null,
            "n": self.sign.map { .integer($0) } ?? .null,
            "problems": .array(self.problemTexts.map { .string($0) }),
        ]
    }

    fileprivate var line: String { self.isValid ? "valid" : self.problemTexts.joined(separator: "; ") }
}
