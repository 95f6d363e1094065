import ArgumentParser
import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import Foundation
import ProgramSupport

/// What every command of a register takes.
struct RegisterArguments: ParsableArguments {
    @Option(help: "The folder of the register.")
    var state: String

    @Option(help: "The CPD server, instead of that of the ministry's test environment.")
    var cpd: String?

    @Option(help: "The WebApi, instead of what the repository says.")
    var webapi: String?

    @Option(help: ArgumentHelp("Vouches for the servers until CMD07; may be repeated.", valueName: "PEM"))
    var anchor: [String] = []

    @Option(help: ArgumentHelp("The register's certificate for connections.", valueName: "PEM"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("Its key.", valueName: "PEM"))
    var tlsKey: String?

    @Option(help: ArgumentHelp("The register's certificate for packets and orders.", valueName: "PEM"))
    var jsonCert: String?

    @Option(help: ArgumentHelp("Its key.", valueName: "PEM"))
    var jsonKey: String?

    @Option(help: "The unique number, instead of the one in the certificate.")
    var unit: String?

    @Option(help: "hardware or software.")
    var kind: String?

    @Option(help: "The taxpayer's NIP.")
    var nip: String?

    @Option(help: "The factory number of a device.")
    var serial: String?

    @Option(help: "Who installs a device.")
    var technician: String?

    @Option(help: ArgumentHelp("How packets are sealed, instead of the unverified default.", valueName: "P.json"))
    var profile: String?

    @Option(help: "The register's program, as CMD10 names it.")
    var programMetadata: String?

    @Option(help: "Its checksum.")
    var programChecksum: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    /// Opens the register, carries out `body`, and ends the program with what neither could do.
    func withRegister<Value>(
        _ setup: CRKFolder.Setup = .init(), _ body: (CRKRegister, DocumentFile) async throws -> Value
    ) async throws -> Value {
        let (folder, settings) = try self.remembered()
        do { return try await folder.withRegister(settings, setup, body) } catch { throw self.ending(error) }
    }

    /// The settings of the folder with what was given now, which is remembered.
    func remembered() throws -> (CRKFolder, CRKFolderSettings) {
        let folder = CRKFolder(self.state)
        let known = try Terminal.input("--state") { try folder.settings() }
        let settings = try self.settings(known ?? CRKFolderSettings())
        if settings != known {
            do { try folder.remember(settings) } catch { throw Self.badInput(error) }
        }
        return (folder, settings)
    }

    private func settings(_ known: CRKFolderSettings) throws -> CRKFolderSettings {
        var settings = known
        func text(_ option: String, _ path: String?) throws -> String? {
            try path.map { path in
                String(decoding: try Terminal.input(option) { try Terminal.read(path) }, as: UTF8.self)
            }
        }
        settings.cpd = self.cpd ?? known.cpd
        settings.webApi = self.webapi ?? known.webApi
        if !self.anchor.isEmpty {
            settings.anchors = try self.anchor.compactMap { try text("--anchor", $0) }.joined(separator: "\n")
        }
        settings.tlsCertificate = try text("--tls-cert", self.tlsCert) ?? known.tlsCertificate
        settings.tlsKey = try text("--tls-key", self.tlsKey) ?? known.tlsKey
        settings.jsonCertificate = try text("--json-cert", self.jsonCert) ?? known.jsonCertificate
        settings.jsonKey = try text("--json-key", self.jsonKey) ?? known.jsonKey
        settings.profile = try text("--profile", self.profile) ?? known.profile
        settings.unit = self.unit ?? known.unit
        if let kind {
            guard let word = RegisterKind(rawValue: kind) else {
                throw Terminal.fail("--kind: oneOf (hardware, software)")
            }
            settings.kind = word
        }
        settings.nip = self.nip ?? known.nip
        settings.serialNumber = self.serial ?? known.serialNumber
        settings.technician = self.technician ?? known.technician
        switch (self.programMetadata, self.programChecksum) {
        case (nil, nil): break
        case (let metadata?, let checksum?):
            settings.program = RegisterProgram(metadata: metadata, checksum: checksum)
        default: throw Terminal.fail("--program-metadata: consistency (together with --program-checksum)")
        }
        return settings
    }

    // MARK: How the program ends

    /// A refusal by the register's own rules is a verdict, everything else bad input or a broken store.
    private func ending(_ error: any Error) -> ExitCode {
        if let code = error as? ExitCode { return code }
        guard let refusal = error as? CRKError, Self.isRefusal(refusal.code) else { return Self.badInput(error) }
        Terminal.say("error: \(refusal)")
        if self.json {
            Terminal.print(
                JSONValue.object(["outcome": .string("refused"), "reason": .string("\(refusal.code)")]).text)
        }
        return ExitCode(1)
    }

    static func badInput(_ error: any Error) -> ExitCode {
        guard let field = error as? InvalidField else { return Terminal.fail("\(error)") }
        let options = [
            "anchor", "tls-cert", "tls-key", "json-cert", "json-key", "unit", "nip", "serial", "technician", "cpd",
        ]
        return Terminal.fail(options.contains(field.field) ? "--\(field)" : "\(field)")
    }

    private static func isRefusal(_ code: CRKError.Code) -> Bool {
        let rules: [CRKError.Code] = [
            .notForHardware, .noRepositoryKeys, .notFiscalised, .alreadyFiscalised, .fiscalisationUnderWay, .readOnly,
            .nothingToDecide, .noDocuments,
        ]
        return rules.contains(code)
    }

    /// Prints one object, or a line.
    func show(_ members: [String: JSONValue], _ line: String) {
        Terminal.print(json: .object(members), if: self.json, else: line)
    }
}
