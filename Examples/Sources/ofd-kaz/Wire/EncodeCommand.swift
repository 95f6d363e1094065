import ArgumentParser
import FiscalCore
import Foundation
import OFDKazProtocol
import ProgramSupport

struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Writes the frame that a JSON text describes, in the form that decode prints.",
        discussion: """
            appcode and size may be left out of the header. What is there must be right; a payload of unknown fields, \
            which decode cannot show, is refused by its size. Fields of the payload have the names that decode prints; \
            the document's spellings are taken as well. Nothing else is checked.
            """)

    @Option(help: "What the payload is: request (what a register sends) or response.")
    var kind: PayloadKind

    @Flag(help: "Write hexadecimal digits and a line feed instead of bytes.")
    var hex = false

    @Argument(help: #"The JSON text: {"header":{"version","id","token","reqnum"},"payload":{…}}."#)
    var file: String

    func run() throws {
        let input = try Terminal.input("file") { try Terminal.read(self.file) }
        let bytes: [UInt8]
        do { bytes = try FrameJSON.frame(input, self.kind) } catch { throw Terminal.fail("\(error)") }
        if self.hex {
            Terminal.print(Hex.encode(bytes))
        } else {
            FileHandle.standardOutput.write(Data(bytes))
        }
    }
}
