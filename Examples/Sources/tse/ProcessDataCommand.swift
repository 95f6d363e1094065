import ArgumentParser
import FiscalCore
import ProgramSupport
import TSEOffline

struct ProcessDataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process-data", abstract: "Reads the process data of a receipt (Kassenbeleg-V1).",
        discussion: """
            Exit status: 0 readable, 2 rejected. "canonical" tells whether a till may have such data signed; what a \
            receipt's signature covers is the text as it stands. Data that begin with a hyphen follow --.
            """)

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: "The data, Beleg^…; - reads them from the standard input.")
    var text: String

    func run() throws {
        let text = try Terminal.input("processData") { try TextArgument.text(self.text) }
        let reading: ProcessDataReading
        do { reading = try ProcessDataReading(parsing: text) } catch { throw Terminal.fail("\(error)") }
        let line = [[reading.isCanonical ? "canonical" : "not canonical"], reading.problems].joined()
        Terminal.print(json: reading.jsonValue, if: self.json, else: line.joined(separator: "; "))
    }
}

extension ProcessDataReading {
    /// Amounts without thousands separators; the euro has no code.
    fileprivate var jsonValue: JSONValue {
        let payments: [JSONValue] = self.payments.map { payment in
            let currency = payment.amount.currency
            return .array([
                .string(payment.amount.text), .string(payment.kind.rawValue),
                .optional(currency == .eur ? nil : currency.code),
            ])
        }
        return .object([
            "type": .string(self.type.rawValue), "gross": .array(self.gross.all.map { .string($0.text) }),
            "payments": .array(payments), "canonical": .bool(self.isCanonical),
            "problems": .array(self.problems.map { .string($0) }),
        ])
    }
}
