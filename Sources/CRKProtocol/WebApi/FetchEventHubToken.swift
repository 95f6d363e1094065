public import FiscalCore
public import HTTPTypes

/// Where packets are sent, and the word that opens the door (section 2.3.1.6).
public struct FetchEventHubToken: WebApiCall {
    public var method: HTTPRequest.Method { .get }
    public var path: String { "/api/Repository/EventHubSasToken" }
    public var body: JSON? { nil }

    public init() {}

    public func read(
        _ status: Int, _ body: [UInt8], _ reader: inout WebApiReader
    ) throws(UnreadableMessage) -> EventHubToken? {
        guard status == 200 else { return nil }
        let root = try MessageReader.object(body)
        let url = try reader.reader.text(
            reader.reader.required(root, "urlToSend"), "urlToSend", atMost: 200)
        guard url.hasPrefix("https://") else { throw UnreadableMessage("urlToSend", "no https address") }
        let value = try reader.reader.text(reader.reader.required(root, "sasValue"), "sasValue", atMost: 750)
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !value.isEmpty else {
            throw UnreadableMessage("sasValue", "no printable ASCII")
        }
        let seconds = try reader.reader.integer(reader.reader.required(root, "timeoutInSec"), "timeoutInSec")
        guard let seconds = Int32(exactly: seconds), seconds >= 0 else {
            throw UnreadableMessage("timeoutInSec", "no lifetime in seconds")
        }
        return EventHubToken(url: url, value: value, timeoutInSec: seconds)
    }
}

/// One register's access to the Event Hub. Its description says nothing of the value.
public struct EventHubToken: Sendable, Hashable {
    /// `urlToSend`: used as it is, nothing appended or escaped.
    public var url: String
    /// `sasValue`: the header `Authorization`, with the word of the scheme in it.
    public var value: String
    /// `timeoutInSec`, counted from a moment that is not told.
    public var timeoutInSec: Int32

    public init(url: String, value: String, timeoutInSec: Int32) {
        self.url = url
        self.value = value
        self.timeoutInSec = timeoutInSec
    }

    /// From when on it is not used (decision P15): the lifetime from the start of the GET, or `se` of the token when
    /// that comes earlier, less a margin.
    public func expiry(requestedAt start: FiscalInstant, margin: Duration = .zero) -> FiscalInstant {
        let byLifetime = start + .seconds(Int64(self.timeoutInSec))
        guard let end = self.signedExpiry else { return byLifetime - margin }
        return min(byLifetime, end) - margin
    }

    /// `se` of `SharedAccessSignature sr=…&sig=…&se=…&skn=…`: seconds since 1970.
    private var signedExpiry: FiscalInstant? {
        let fields = self.value.split(separator: " ").last?.split(separator: "&") ?? []
        guard let field = fields.first(where: { $0.hasPrefix("se=") }), let seconds = Int64(field.dropFirst(3)),
            (0...253_402_300_799).contains(seconds)
        else { return nil }
        return FiscalInstant(secondsSinceEpoch: seconds)
    }
}

extension EventHubToken: CustomStringConvertible {
    public var description: String { "EventHubToken(\(self.timeoutInSec) s, redacted)" }
}
