import FiscalTestSupport
import Testing

/// The `openssl` command as a second opinion.
enum OpenSSLCommand {
    static let exists = OutsideTool.exists("openssl")
    static let absence: Comment = "the openssl command is absent"

    /// Runs it, expecting success.
    @discardableResult
    static func run(
        _ arguments: [String], input: [UInt8] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> OutsideTool.Result {
        let result = try OutsideTool.run("openssl", arguments, input: input)
        #expect(result.status == 0, "\(arguments): \(result.errorText)", sourceLocation: sourceLocation)
        return result
    }
}

func bytes(hex text: String) -> [UInt8] {
    let digits = text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
