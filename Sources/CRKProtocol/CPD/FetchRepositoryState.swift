public import FiscalCore
public import HTTPTypes

/// CMD12, GIS: what the repository knows of the register (section 2.4.6).
public struct FetchRepositoryState: CPDCommand {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .get }
    public let path: String
    public var body: JSON? { nil }
    public static var successStatus: Int { 200 }

    public init(_ unit: UniqueNumber, at time: FiscalInstant) {
        let id = CommandID(.gis, unit, at: time)
        self.commandID = id
        self.path = Self.query(id)
    }

    public func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> (RepositoryState, [Leniency]) {
        var reader = MessageReader(mode)
        let (_, command, attributes) = try self.attributes(body, &reader)
        let path = "command.attributes."
        let document = try reader.integer(try reader.required(attributes, "maxDocId", path), path + "maxDocId")
        guard (0...999_999_999_999_999).contains(document) else {
            throw UnreadableMessage(path + "maxDocId", "not 0...999999999999999")
        }
        // The example has none, and the table indents it by one level less.
        var memory: Int64?
        if let value = try reader.member(attributes, "maxMemNr", path) ?? command["maxMemNr"] {
            memory = try reader.integer(value, path + "maxMemNr")
        } else {
            try reader.accept(path + "maxMemNr", "missing")
        }
        guard memory.map({ (0...999).contains($0) }) ?? true else {
            throw UnreadableMessage(path + "maxMemNr", "not 0...999")
        }
        let address = try reader.text(try reader.required(attributes, "addressWebAPI", path), path + "addressWebAPI")
        guard (20...100).contains(address.unicodeScalars.count) else {
            throw UnreadableMessage(path + "addressWebAPI", "not 20 to 100 characters")
        }
        return (
            RepositoryState(
                maxDocID: document, maxMemoryNumber: memory.flatMap { Int(exactly: $0) }, webApiAddress: address),
            reader.leniencies
        )
    }
}

/// The register as the repository has it.
public struct RepositoryState: Sendable, Hashable {
    /// `maxDocId`: the highest document that the repository has processed.
    public var maxDocID: Int64
    /// `maxMemNr`: the number of the protected memory, 0 to 999; always 1 for software.
    public var maxMemoryNumber: Int?
    /// `addressWebAPI`
    public var webApiAddress: String
}
