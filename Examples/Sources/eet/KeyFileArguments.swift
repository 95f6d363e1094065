import ArgumentParser
import FiscalCore
import ProgramSupport

/// The taxpayer's key file.
struct KeyFileArguments: ParsableArguments {
    @Option(help: "The key file (PKCS#12).")
    var p12: String

    @Option(help: "Its password.")
    var password: String

    /// Opens the file; a wrong password, an encryption that is not supported and damage are told apart.
    func open() throws -> PKCS12 {
        let bytes = try Terminal.input("--p12") { try Terminal.read(self.p12) }
        do { return try PKCS12.read(bytes, password: self.password) } catch {
            throw Terminal.fail("\(error.code == .wrongPassword ? "--password" : "--p12"): \(error)")
        }
    }
}
