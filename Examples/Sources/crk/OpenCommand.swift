import ArgumentParser
import CRKProtocol
import FiscalCore
import FiscalTransport
import ProgramSupport

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Takes a document out of the value of encryptedData.",
        discussion: "Exit status: 0 opened, 1 when the seal does not hold, 2 when it cannot be read.")

    @OptionGroup var packet: ProfileArgument

    @Option(help: ArgumentHelp("The recipient's private key, PEM.", valueName: "KEY.pem"))
    var recipient: String

    func run() async throws {
        let profile = try self.packet.read()
        let key = try ProfileArgument.key(self.recipient, "--recipient")
        let certificate = try ProfileArgument.certificate(self.packet.signerCert, "--signer-cert")
        let bytes = try Terminal.input("--in") { try Terminal.read(self.packet.input) }
        guard let sealed = String(validating: bytes, as: UTF8.self) else { throw Terminal.fail("--in: not UTF-8") }
        do {
            let content = try profile.open(sealed, with: key, from: certificate, randomness: .system)
            try self.packet.write(content)
        } catch let error as SealError {
            Terminal.say("error: \(error)")
            throw ExitCode(error.code == .unreadable ? 2 : 1)
        }
    }
}
