public import FiscalCore
public import HTTPTypes

/// A call of the CPD server (section 2.4): how it is asked, and how its answer is read.
public protocol CPDCommand: Sendable {
    associatedtype Answer: Sendable

    /// The code of this call; nil for CMD16, which has none.
    var commandID: CommandID? { get }
    var method: HTTPRequest.Method { get }
    /// Path and query below the base address.
    var path: String { get }
    /// The body of a POST.
    var body: JSON? { get }
    /// The status that means success: 200, or 204 without a body.
    static var successStatus: Int { get }
    /// Reads the body of a success.
    func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> (Answer, [Leniency])
}

/// How the CPD server answered.
public enum CPDReply<Answer: Sendable>: Sendable {
    case answered(Answer, [Leniency])
    /// The server refused the call.
    case refused(CPDRefusal)
    /// Nothing that can be used: whether the call had an effect is not known.
    case unreadable(UnreadableMessage)
}

extension CPDReply: Equatable where Answer: Equatable {}

/// A refusal in the words of the HTTP status and the code (section 2.4.10). The server's text is for people.
public struct CPDRefusal: Sendable, Hashable, Codable {
    public var httpStatus: Int
    /// Nil when the answer names none.
    public var code: CPDErrorCode?
    public var message: String?

    public init(httpStatus: Int, code: CPDErrorCode?, message: String?) {
        self.httpStatus = httpStatus
        self.code = code
        self.message = message
    }

    /// Reads the body as far as it is JSON; else looks for something that is spelled like a code.
    init(httpStatus: Int, body: [UInt8]) {
        self.httpStatus = httpStatus
        if var json = try? JSON(parsing: body), json.members != nil {
            // No table shows the body of an error; some wrap it.
            if json[anyCase: "Code"] == nil, let inner = json.members?.first?.value, inner.members != nil {
                json = inner
            }
            self.code = json[anyCase: "Code"]?.string.map(CPDErrorCode.init(rawValue:))
            self.message = json[anyCase: "Message"]?.string
        } else {
            let text = String(decoding: body.prefix(4_096), as: UTF8.self)
            self.code = Self.code(in: Array(text.utf8)).map(CPDErrorCode.init(rawValue:))
            self.message = text.isEmpty ? nil : text
        }
    }

    private static func code(in text: [UInt8]) -> String? {
        func isWord(_ index: Int) -> Bool {
            guard text.indices.contains(index) else { return false }
            return Character(Unicode.Scalar(text[index])).isLetter || (0x30...0x39).contains(text[index])
        }
        for start in text.indices.dropLast(2) where !isWord(start - 1) && !isWord(start + 3) {
            let code = text[start..<start + 3]
            if [UInt8(ascii: "B"), UInt8(ascii: "E")].contains(code[start]),
                code.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
            {
                return String(decoding: code, as: UTF8.self)
            }
        }
        return nil
    }

    /// Whether the server failed, so that the same call may be repeated unchanged (decision P25).
    public var isServerFailure: Bool { (500...599).contains(self.httpStatus) || self.code == .wrongOutput }
}

extension CPDCommand {
    public static var commandPath: String { "/api/SerwerCPD/Command" }

    /// The call below a base address (section 2.1); an address that already ends in the path of the calls is taken too.
    /// - Throws: `InvalidField` unless it is an https URL.
    public func request(to base: String) throws(InvalidField) -> HTTPExchangeRequest {
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix(Self.commandPath) { base.removeLast(Self.commandPath.count) }
        let scheme = "https://"
        guard base.hasPrefix(scheme), base.count > scheme.count,
            !base.dropFirst(scheme.count).contains(where: { "/?# ".contains($0) })
        else { throw InvalidField("cpd", .pattern, limit: "https://host:port") }
        var head = HTTPRequest(
            method: self.method, scheme: "https", authority: String(base.dropFirst(scheme.count)), path: self.path)
        head.headerFields[.accept] = "application/json"
        guard let body else { return HTTPExchangeRequest(head: head, body: []) }
        head.headerFields[.contentType] = "application/json"
        return HTTPExchangeRequest(head: head, body: body.bytes)
    }

    /// What an answer means for this call.
    public func reply(_ response: HTTPExchangeResponse, _ mode: ReadingMode = .lenient) -> CPDReply<Answer> {
        let status = response.head.status.code
        guard status == Self.successStatus else {
            if (400...599).contains(status) { return .refused(CPDRefusal(httpStatus: status, body: response.body)) }
            return .unreadable(UnreadableMessage("", "HTTP \(status) where \(Self.successStatus) means success"))
        }
        do {
            let (answer, leniencies) = try self.read(response.body, mode)
            return .answered(answer, leniencies)
        } catch {
            return .unreadable(error)
        }
    }

    /// `commandId` in the query of a GET. A colon may stand in a query; nothing else of a code needs an escape.
    static func query(_ id: CommandID) -> String { "\(Self.commandPath)?commandId=\(id.text)" }

    /// `{"commandId":…,"command":{"attributes":{…}}}`
    static func message(_ id: CommandID, _ attributes: [JSON.Member]) -> JSON {
        ["commandId": .string(id.text), "command": ["attributes": .object(attributes)]]
    }

    /// The whole message and its attributes, when the message answers this call.
    func attributes(
        _ body: [UInt8], _ reader: inout MessageReader
    ) throws(UnreadableMessage) -> (root: JSON, command: JSON, attributes: JSON) {
        let root = try MessageReader.object(body)
        let id = try reader.text(try reader.required(root, "commandId"), "commandId")
        guard id == self.commandID?.text else { throw UnreadableMessage("commandId", "of another call") }
        let command = try reader.required(root, "command")
        let attributes = try reader.required(command, "attributes", "command.")
        guard attributes.members != nil else { throw UnreadableMessage("command.attributes", "no object") }
        return (root, command, attributes)
    }
}

/// Calls whose success has no body.
public protocol CPDConfirmation: CPDCommand where Answer == CPDDone {}

/// The server has carried out the call.
public struct CPDDone: Sendable, Hashable {
    public init() {}
}

extension CPDConfirmation {
    public static var successStatus: Int { 204 }
    public func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> (CPDDone, [Leniency]) {
        (CPDDone(), [])
    }
}
