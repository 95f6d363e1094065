public import FiscalCore

/// A packet that the Event Hub stored (section 2.3.2.2). The hub takes anything; what is wrong with it is found behind it.
public struct CRKPacket: Sendable, Hashable, Codable {
    /// What is wrong with a packet.
    public enum Flaw: String, Sendable, Hashable, Codable, CaseIterable {
        /// The body is no JSON object.
        case noJSON
        /// The members are not exactly `commandId`, `packageNr`, `isLast`, `encryptedData`, or not of their types.
        case members
        /// `commandId` is no code, or of a command that brings no documents, or answers an order that was not served.
        case commandID
        /// `commandId` names another register than the address.
        case foreignUnit
        /// `packageNr` and `isLast` do not go together.
        case numbering
        /// A part came before the one before it.
        case sequence
        /// Same code and number as an earlier packet, other content.
        case conflict
        /// `encryptedData` is no packet of the profile, or its seal does not hold.
        case seal
        /// What is inside is no `{"content":[…]}` of objects.
        case content
    }

    /// From 1, in the order of arrival.
    public var number: Int
    public var receivedAt: FiscalInstant
    /// The register of the address.
    public var unit: String
    /// The number of the request in ``CRKLedger/requests``.
    public var request: Int
    public var commandID: String?
    public var packageNr: Int64?
    public var isLast: Int64?
    /// The whole request on the wire.
    public var octets: Int
    public var flaws: [Flaw] = []
    /// The earlier packet with the same code and number, when this one repeats it.
    public var repeats: Int?
    /// The protected header of the outer object, JSON.
    public var header: String?
    /// What was inside the seal, Base64.
    var content: String?
    /// The SHA-256 of the body, Base64.
    var digest: String

    /// What was inside the seal: a whole `{"content":[…]}`, or one part of it.
    public var opened: [UInt8]? { self.content.flatMap(Base64.decode) }
}

/// A document that came in a packet, or was joined of parts.
public struct CRKReceivedDocument: Sendable, Hashable, Codable {
    public var unit: String
    /// JPKID; nil when the document has none.
    public var number: Int64?
    /// `typObiektu` of an info: 9 for a gap, 10 for what is sent as a mere number; nil for a document.
    public var infoType: Int64?
    /// The number of the packet that completed it.
    public var packet: Int
    /// The code under which it came.
    public var commandID: String?
    /// JSON.
    public var text: String
}
