import ArgumentParser
import EETFileModule
import EETProtocol
import FiscalCore
import FiscalTransport
import ProgramSupport

struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Writes the signed message of a sale; sends nothing.",
        discussion: "The same input with uuid and sending time given makes the same bytes.")

    @OptionGroup var keyFile: KeyFileArguments

    @Option(name: .customLong("in"), help: "An eetin.txt.")
    var input: String?

    @Option(help: #"A JSON file {"hlavicka":{…},"data":{…}}, attributes as on the wire."#)
    var message: String?

    @Option(help: "EET 1 (v3) or EET 2.0 (v4).")
    var edition = Edition.v3

    @Option(help: "uuid_zpravy; else that of the message, else a new one.")
    var uuid: String?

    @Option(help: "dat_odesl; else that of the message, else now.")
    var sentAt: String?

    @Option(help: "The file to write.")
    var out: String

    @Flag(help: "Also read decimal commas in eetin.txt, and empty amounts as 0.")
    var lenient = false

    @Flag(help: "Sign with a certificate that is out of validity.")
    var allowExpired = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (self.input == nil) != (self.message == nil) else {
            throw ValidationError("--in, --message: consistency (exactly one of them)")
        }
    }

    func run() throws {
        let contents = try self.keyFile.open()
        let taxpayer = try Terminal.input("--p12") { try Taxpayer(signer: contents.key, certificate: contents.leaf) }
        let draft = try Terminal.input(self.input == nil ? "--message" : "--in") { try self.draft() }
        let header = try Terminal.input("--uuid, --sent-at, hlavicka") {
            try Hlavicka(attributes: WireAttributes(self.completed(draft.header)))
        }
        if taxpayer.dic?.text != draft.data.taxpayer {
            Terminal.say(
                "warning: \(self.edition == .v3 ? "dic_popl" : "eic_popl"): not the number in the certificate; the "
                    + "authority may refuse it")
        }
        let signed = try Terminal.input("--p12") {
            let codes = self.edition.hasSecurityCodes ? try SecurityCodes(for: draft.data, by: taxpayer) : nil
            return try EETMessage(header: header, data: draft.data, codes: codes).signed(
                by: taxpayer, validity: self.allowExpired ? .notChecked : .at(SystemClock().now()))
        }
        try Terminal.input("--out") { try DurableFile.write(signed.bytes, to: self.out, mode: 0o600) }
        Terminal.print(
            json: .object([
                "pkp": .optional(signed.message.codes?.pkp), "bkp": .optional(signed.message.codes?.bkp),
                "uuid": .string(header.uuid), "digest": .string(signed.digest), "signature": .string(signed.signature),
            ]), if: self.json, else: "written: \(self.out)")
    }

    /// What the input says of the message.
    private func draft() throws -> (header: [String: String], data: SaleData) {
        if let message = self.message {
            let file = try MessageFile(bytes: Terminal.read(message))
            return (file.hlavicka, try SaleData(attributes: WireAttributes(file.data), edition: self.edition))
        }
        let (file, warnings) = try EETInFile.parse(
            Terminal.read(self.input ?? "-"), reading: self.lenient ? .lenient : .strict)
        for warning in warnings + file.warnings(edition: self.edition) { Terminal.say("warning: \(warning)") }
        return (
            ["prvni_zaslani": "\(file.isFirstAttempt)", "overeni": "\(file.isVerification)"],
            try file.data(edition: self.edition, certificateDIC: nil)
        )
    }

    /// Options win over the input; what is missing is made new.
    private func completed(_ header: [String: String]) -> [String: String] {
        var header = header
        header["uuid_zpravy"] = self.uuid ?? header["uuid_zpravy"] ?? SystemRandomSource().uuid()
        header["dat_odesl"] =
            self.sentAt ?? header["dat_odesl"]
            ?? OffsetDateTime(SystemClock().now(), zone: NamedZone.prague).iso8601Seconds
        header["prvni_zaslani"] = header["prvni_zaslani"] ?? "true"
        return header
    }
}
