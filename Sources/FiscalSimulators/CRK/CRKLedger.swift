public import CRKProtocol
public import FiscalCore

/// One request as a server saw it, whatever became of it.
public struct CRKReceivedRequest: Sendable, Hashable, Codable {
    /// From 1, in the order of arrival at all doors.
    public var number: Int
    public var receivedAt: FiscalInstant
    public var door: CRKChannel
    public var method: String
    /// Path and query, as sent.
    public var target: String
    /// `Name: value`, in the order of the request.
    public var headers: [String]
    /// The common name of the client certificate; nil when none was shown.
    public var clientName: String?
    /// How long the request was on the wire: request line, headers and body.
    public var octets: Int
    /// The command of the document, `MFP`, where the request named one.
    public var command: String?
    /// The HTTP status that the server decided on; what was said may be something else (``fault``). Nil when it did not
    /// look at the request.
    public var status: Int?
    /// The code that it refused with: `B10`, `110`.
    public var code: String?
    /// Why it was refused, in words; for people, not for decisions.
    public var reason: String?
    /// The fault that was shown with it.
    public var fault: CRKFault?
    /// The body, Base64.
    public var content: String

    /// The body, byte for byte.
    public var body: [UInt8] { Base64.decode(self.content) ?? [] }

    /// The value of a header, by its name in any letter case.
    public func header(_ name: String) -> String? {
        let prefix = name.lowercased() + ": "
        return self.headers.first { $0.lowercased().hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}

/// What the repository has seen.
public struct CRKLedger: Sendable, Hashable, Codable {
    /// Everything received at all doors, in order.
    public internal(set) var requests: [CRKReceivedRequest] = []
    /// Every packet that the Event Hub stored, in order, repeats included.
    public internal(set) var packets: [CRKPacket] = []
    /// Every document out of those packets, in order.
    public internal(set) var documents: [CRKReceivedDocument] = []

    public init() {}

    /// The requests at one door, in order.
    public func requests(at door: CRKChannel) -> [CRKReceivedRequest] { self.requests.filter { $0.door == door } }

    /// The commands that were named at the door of the CPD server, in order.
    public var commands: [String] { self.requests(at: .cpd).compactMap(\.command) }

    /// The documents of one register, in order.
    public func documents(of unit: UniqueNumber) -> [CRKReceivedDocument] {
        self.documents.filter { $0.unit == unit.text }
    }

    /// The packets of one register, in order.
    public func packets(of unit: UniqueNumber) -> [CRKPacket] { self.packets.filter { $0.unit == unit.text } }
}
