import ArgumentParser
import CRKProtocol
import FiscalCore
import FiscalTransport
import ProgramSupport

struct SealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Makes the value of encryptedData out of a document.",
        discussion: "Exit status: 0 sealed, 2 when a file cannot be read or a key does not fit the profile.")

    @OptionGroup var packet: ProfileArgument

    @Option(help: ArgumentHelp("The signer's private key, PEM.", valueName: "KEY.pem"))
    var signer: String

    @Option(help: ArgumentHelp("The recipient's certificate, PEM or DER.", valueName: "C.pem"))
    var recipientCert: String

    func run() async throws {
        let profile = try self.packet.read()
        let key = try ProfileArgument.key(self.signer, "--signer")
        let certificate = try ProfileArgument.certificate(self.packet.signerCert, "--signer-cert")
        let recipient = try ProfileArgument.certificate(self.recipientCert, "--recipient-cert")
        let content = try Terminal.input("--in") { try Terminal.read(self.packet.input) }
        let sealed = try Terminal.input("seal") {
            try profile.seal(content, signer: key, certificate: certificate, for: recipient, randomness: .system)
        }
        try self.packet.write(Array(sealed.utf8))
    }
}
