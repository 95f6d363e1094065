import ArgumentParser
import EETProtocol
import Foundation
import ProgramSupport

/// For comparing our canonical form with other programs'.
struct CanonicalizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "c14n", abstract: "Writes the exclusive canonical form of the document on the standard input.",
        shouldDisplay: false)

    @Option(help: "The wsu:Id of the element to write; without it the whole document.")
    var id: String?

    @Option(name: .customLong("prefix-list"), help: "The prefixes of the profile's PrefixList, separated by spaces.")
    var prefixList = ""

    func run() throws {
        let document = try Terminal.read("-")
        let canonical = try Terminal.input("document") {
            try ExclusiveC14N.canonicalize(
                document: document, id: self.id,
                inclusivePrefixes: self.prefixList.split(whereSeparator: \.isWhitespace).map(String.init))
        }
        guard let canonical else { throw Terminal.fail("--id: consistency (exactly one element with that wsu:Id)") }
        FileHandle.standardOutput.write(Data(canonical))
    }
}
