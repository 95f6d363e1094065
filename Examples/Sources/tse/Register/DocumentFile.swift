import FiscalCore
import ProgramSupport

/// The data of a document in a file: what the TSE signs.
///
/// Either one line of process data (`Beleg^…`), or a JSON object with `processData` and, unless it is a receipt,
/// `processType`.
struct DocumentFile {
    var processType: String
    var processData: String

    static let receipt = "Kassenbeleg-V1"

    /// - Parameter path: `-` is the standard input.
    init(_ path: String) throws {
        let bytes = try Terminal.input(path) { try Terminal.read(path) }
        let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        guard bytes.first(where: { !space.contains($0) }) == UInt8(ascii: "{") else {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Terminal.fail("processData: pattern (UTF-8)")
            }
            // A line of a text file has an end that is not part of the data.
            self.init(processData: text.hasSuffix("\n") ? String(text.dropLast()) : text)
            return
        }
        let json = try Terminal.input(path) { try JSON(parsing: bytes) }
        guard let data = json[anyCase: "processData"]?.string else {
            throw Terminal.fail("processData: required (a text)")
        }
        self.init(processData: data)
        if let type = json[anyCase: "processType"] {
            guard let type = type.string else { throw Terminal.fail("processType: pattern (a text)") }
            self.processType = type
        }
    }

    private init(processData: String) {
        self.processType = Self.receipt
        self.processData = processData
    }
}
