import ArgumentParser
import FiscalCore
import ProgramSupport
import TSEOffline

struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "Tells what an answer of the fiscal service means.",
        discussion: """
            F holds the JSON body of an answer to createDocument, storeDocument or cancelDocument. Exit status: 0 signed \
            or started, 3 an outage of the TSE, 1 anything else, 2 no JSON object.
            """)

    @Option(help: "The call that was answered: create, store or cancel.")
    var step = "store"

    @Flag(help: "createDocument of this document had failed; the answer itself cannot tell.")
    var afterCreateFailed = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: "The answer; - is the standard input.")
    var file: String

    func run() throws {
        guard let step = FiscalStep(rawValue: self.step) else {
            throw Terminal.fail("step: oneOf (create, store, cancel)")
        }
        let bytes = try Terminal.input("F") { try Terminal.read(self.file) }
        let response = try Terminal.input("F") { try FiscalResponse(parsing: bytes) }
        let verdict = response.classify(step: step, afterCreateFailed: self.afterCreateFailed)
        // The library's own JSON: values to send back keep their spelling.
        let line = [[verdict.kind.rawValue], verdict.inconsistencies].joined().joined(separator: "; ")
        Terminal.print(self.json ? verdict.json.text : line)
        switch verdict.kind {
        case .signed, .started: return
        case .createFailed, .storeFailed, .bothFailed: throw ExitCode(3)
        case .unsigned, .inconsistent, .otherError, .notGermany: throw ExitCode(1)
        }
    }
}

extension ResponseVerdict {
    /// The members of decision T3, each of them always.
    var json: JSON {
        [
            "kind": .string(self.kind.rawValue),
            "step": .string(self.step.rawValue),
            "country": .optional(self.country.name),
            "tseAvailable": self.tseAvailable.map { .bool($0) } ?? .null,
            "tseOutage": .bool(self.tseOutage),
            "mayContinueSale": .bool(self.mayContinueSale),
            "receiptIssuedUnsigned": .bool(self.receiptIssuedUnsigned),
            "resignByService": .bool(self.resignByService),
            "printMessage": .optional(self.printMessage),
            "printQr": .bool(self.printQr),
            "storeWithNumber": self.storeWith?.number ?? .null,
            "storeWithRevision": self.storeWith?.revision ?? .null,
            "storeWithStartTime": self.storeWith?.startTime ?? .null,
            "signatureVerdict": .optional(self.signatureVerdict?.rawValue),
            "inconsistencies": .array(self.inconsistencies.map { .string($0) }),
        ]
    }
}
