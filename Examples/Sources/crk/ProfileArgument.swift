import ArgumentParser
import CRKProtocol
import FiscalCore
import Foundation
import ProgramSupport

/// How packets are sealed, and the files that both directions have in common.
struct ProfileArgument: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The profile, JSON: nesting, sign, encrypt, content, compression, signerReference, kid, wire.",
            valueName: "P.json"))
    var profile: String

    @Option(help: ArgumentHelp("The signer's certificate, PEM or DER.", valueName: "C.pem"))
    var signerCert: String

    @Option(name: .customLong("in"), help: ArgumentHelp("What is sealed or opened.", valueName: "F"))
    var input: String

    @Option(help: ArgumentHelp("Where the result goes; nothing is written when there is none.", valueName: "F"))
    var out: String

    func read() throws -> SealingProfile {
        try Terminal.input("--profile") { try SealingProfile(JSON(parsing: Terminal.read(self.profile))) }
    }

    static func certificate(_ path: String, _ option: String) throws -> Certificate {
        try Terminal.input(option) {
            guard let certificate = try Certificate.all(pemOrDER: Terminal.read(path)).first else {
                throw CryptoError(.malformed, "the file holds no certificate")
            }
            return certificate
        }
    }

    static func key(_ path: String, _ option: String) throws -> PrivateKey {
        try Terminal.input(option) { try PrivateKey(pem: String(decoding: Terminal.read(path), as: UTF8.self)) }
    }

    /// Readable by its owner only: what was opened may be a taxpayer's documents.
    func write(_ bytes: [UInt8]) throws {
        try Terminal.input("--out") {
            guard
                FileManager.default.createFile(
                    atPath: self.out, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
        }
    }
}
