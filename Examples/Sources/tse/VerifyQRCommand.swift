import ArgumentParser
import FiscalCore
import ProgramSupport
import TSEOffline

struct VerifyQRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-qr", abstract: "Checks the signature in the QR text of a receipt.",
        discussion: """
            Exit status: 0 valid, 3 an algorithm that cannot be checked here, 1 anything else. A valid text proves that \
            the holder of its key signed these values, not that the key belongs to a certified TSE.
            """)

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: "The text, V0;…; - reads it from the standard input.")
    var text: String

    func run() throws {
        let result = QRVerification(of: try TextArgument.text(self.text))
        let line = [[result.verdict.rawValue], result.problems].joined().joined(separator: "; ")
        Terminal.print(json: result.jsonValue, if: self.json, else: line)
        switch result.verdict {
        case .valid: return
        case .unsupportedAlgorithm: throw ExitCode(3)
        case .signatureMismatch, .badPublicKey, .malformed: throw ExitCode(1)
        }
    }
}

extension QRVerification {
    var jsonValue: JSONValue {
        .object([
            "verdict": .string(self.verdict.rawValue), "curve": .optional(self.curve?.name),
            "layout": .optional(self.layout?.letter), "signatureForm": .optional(self.signatureForm?.rawValue),
            "serial": .optional(self.serial), "messageHex": .optional(self.message.map { Hex.encode($0) }),
            "problems": .array(self.problems.map { .string($0) }),
        ])
    }
}
