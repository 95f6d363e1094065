import ArgumentParser
import FiscalCore
import OFDKazProtocol
import ProgramSupport

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Writes a frame as JSON, its payload in the protobuf JSON mapping.",
        discussion: """
            The token is written in clear. `encode` makes the same bytes of this JSON again, unless the payload has \
            fields that are not in the schema: JSON has no place for them, and `encode` then refuses the size.
            """)

    @Option(help: "What the payload is: request (what a register sends) or response.")
    var kind: PayloadKind

    @Flag(help: "The frame is given in hexadecimal digits, with any white space between them.")
    var hex = false

    @Argument(help: "The frame, and nothing after it.")
    var file: String

    func run() throws {
        let input = try Terminal.input("file") { try Terminal.read(self.file) }
        guard let bytes = self.hex ? HexText.bytes(input) : input else {
            throw Terminal.fail("file: pattern (hexadecimal digits, two for a byte)")
        }
        let (frame, rest) = try Terminal.input("frame") {
            try Frame.decode(bytes, limit: Frame.nomenclatureLimit)
        }
        guard rest.isEmpty else {
            throw Terminal.fail("frame: length (SIZE \(frame.header.size), but the file has \(bytes.count) bytes)")
        }
        let payload = try Terminal.input("payload") { try PayloadJSON.text(of: frame.payload, self.kind) }
        Terminal.print(#"{"header":\#(frame.header.json),"payload":\#(payload)}"#)
    }
}

extension FrameHeader {
    /// Members in the order of the wire.
    fileprivate var json: String {
        #"{"appcode":\#(Self.appcode),"version":\#(self.version),"size":\#(self.size),"id":\#(self.id),"#
            + #""token":\#(self.token),"reqnum":\#(self.reqnum)}"#
    }
}
